//! The bodies of requests.

use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderValue};
use serde_json::{Map, Value};

use crate::plan::Str;

/// The body of a request.
#[derive(Clone)]
pub(crate) enum Payload {
    Json(Value),
    Form(Vec<(String, String)>),
    Text(String),
}

/// Headers and a body as they are sent, with a content type if the body has one and the headers have
/// none.
pub(super) fn headers_and_body(
    headers: &HeaderMap,
    body: Option<&Payload>,
) -> (HeaderMap, Option<String>) {
    let mut headers = headers.clone();
    let (content_type, body) = match body {
        None => return (headers, None),
        Some(Payload::Json(value)) => (Some("application/json"), value.to_string()),
        Some(Payload::Form(fields)) => {
            let mut form = url::form_urlencoded::Serializer::new(String::new());
            form.extend_pairs(fields);
            (Some("application/x-www-form-urlencoded"), form.finish())
        }
        Some(Payload::Text(text)) => (None, text.clone()),
    };
    if let Some(content_type) = content_type {
        let value = HeaderValue::from_static(content_type);
        headers.entry(CONTENT_TYPE).or_insert(value);
    }
    (headers, Some(body))
}

/// Puts a value at the end of a path of keys. What is in the way gives way.
pub(super) fn put(place: &mut Value, keys: &[Str], value: Value) {
    let Some((key, rest)) = keys.split_first() else {
        *place = value;
        return;
    };
    if !place.is_object() {
        *place = Value::Object(Map::new());
    }
    if let Value::Object(members) = place {
        put(members.entry(key.to_string()).or_insert(Value::Null), rest, value);
    }
}
