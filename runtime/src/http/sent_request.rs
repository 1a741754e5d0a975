//! What a program may look at of each request that its client sends.

use std::time::Duration;

use reqwest::header::HeaderValue;

use crate::error::{LONGEST_TEXT, cut, mask::Mask};

/// A request that a client has sent, those for tokens and those after redirects too, and the status
/// of its response. What the client knows as a secret is shown as `***`, and of texts longer than
/// 8 KiB only their beginning and how long they are.
///
/// ```
/// use rest_source::ClientBuilder;
///
/// fn verbose(builder: ClientBuilder) -> ClientBuilder {
///     builder.on_request(|request| {
///         eprintln!("{} {} {:?}", request.method, request.url, request.status);
///     })
/// }
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct SentRequest {
    /// `GET` or `POST`.
    pub method: String,
    /// The whole address.
    pub url: String,
    /// The headers that the description and its authentication give it, by their names in lower
    /// case.
    pub headers: Vec<(String, String)>,
    /// The body, if it has one.
    pub body: Option<String>,
    /// The status of the response; `None` if none has come.
    pub status: Option<u16>,
    /// From sending it to the headers of the response, or to the failure.
    pub elapsed: Duration,
}

impl SentRequest {
    /// A request that is about to be sent.
    pub(crate) fn new(request: &reqwest::Request, mask: &Mask) -> SentRequest {
        let cut = |text: &str| cut(&mask.shown(text, LONGEST_TEXT), text, LONGEST_TEXT);
        let shown = |value: &HeaderValue| {
            if value.is_sensitive() {
                return "***".to_owned();
            }
            cut(&String::from_utf8_lossy(value.as_bytes()))
        };
        let headers = request.headers().iter();
        let body = request.body().and_then(reqwest::Body::as_bytes);
        SentRequest {
            method: request.method().to_string(),
            url: cut(request.url().as_str()),
            headers: headers.map(|(name, value)| (name.to_string(), shown(value))).collect(),
            body: body.map(|body| cut(&String::from_utf8_lossy(body))),
            status: None,
            elapsed: Duration::ZERO,
        }
    }
}
