//! A request as it was sent, and its response where that is known.

use super::address::{Address, form};
use crate::document::Value;

/// A request and its response.
pub(crate) struct Exchange {
    /// The request.
    pub(crate) request: Request,
    /// The response, if it was recorded.
    pub(crate) response: Option<Response>,
}

/// A request as it was sent.
pub(crate) struct Request {
    /// Its method, in capitals.
    pub(crate) method: String,
    /// Where it was sent.
    pub(crate) address: Address,
    /// Its headers.
    pub(crate) headers: Vec<(String, String)>,
    /// Its body.
    pub(crate) body: Option<Body>,
    /// The lists whose values are in it, each named as the variable that stands for them.
    pub(crate) lists: Vec<(String, Vec<String>)>,
    /// The option of a kind of authentication that a description does not have.
    pub(crate) other_auth: Option<String>,
    /// Where it is in the input, for gaps.
    pub(crate) place: String,
}

/// The body of a request.
pub(crate) enum Body {
    /// JSON.
    Json(Value),
    /// Fields of a form.
    Form(Vec<(String, String)>),
    /// Other text.
    Text(String),
}

/// A response in JSON.
pub(crate) struct Response {
    /// Its headers.
    pub(crate) headers: Vec<(String, String)>,
    /// Its body.
    pub(crate) body: Value,
}

impl Request {
    /// The value of a header.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let is = |(of, _): &&(String, String)| of.eq_ignore_ascii_case(name);
        self.headers.iter().find(is).map(|(_, value)| value.as_str())
    }

    /// The body that a text is, by its type where that is said.
    pub(crate) fn body_of(text: String, media_type: Option<&str>) -> Body {
        let media_type = media_type.unwrap_or_default().to_ascii_lowercase();
        let may_be_json = media_type.contains("json") || text.trim_start().starts_with(['{', '[']);
        if may_be_json && let Ok(value) = serde_json::from_str::<Value>(&text) {
            return Body::Json(value);
        }
        let is_form = media_type.is_empty() || media_type.contains("form-urlencoded");
        let looks_like_form = text.contains('=') && !text.contains(['\n', '<', '{']);
        if is_form && looks_like_form {
            return Body::Form(form(&text));
        }
        Body::Text(text)
    }
}
