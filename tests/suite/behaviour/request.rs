//! A request as a scripted server sees it.

use std::collections::BTreeMap;

use percent_encoding::percent_decode_str;
use serde_json::{Value, json};

/// A request as it was sent.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) target: String,
    pub(crate) path: String,
    pub(crate) query: Vec<(String, String)>,
    /// By their names in lower case.
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) body: Body,
    /// What stands for the names in a route's path.
    pub(crate) path_values: BTreeMap<String, String>,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Body {
    None,
    Json(Value),
    Form(Vec<(String, String)>),
    Text(String),
}

impl Request {
    pub(crate) fn new(
        method: &str,
        target: &str,
        headers: BTreeMap<String, String>,
        body: &[u8],
    ) -> Request {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let query = query.split('#').next().unwrap_or_default();
        Request {
            method: method.to_owned(),
            target: target.to_owned(),
            path: path.to_owned(),
            query: pairs(query.as_bytes()),
            body: Body::of(headers.get("content-type").map_or("", String::as_str), body),
            headers,
            path_values: BTreeMap::new(),
        }
    }

    /// What stands in a place of the request under a name.
    pub(crate) fn read(&self, place: &str, name: &str) -> Option<Value> {
        let last = |pairs: &[(String, String)]| {
            let found = pairs.iter().rev().find(|(key, _)| key == name);
            found.map(|(_, value)| Value::from(value.as_str()))
        };
        match (place, &self.body) {
            ("query", _) => last(&self.query),
            ("header", _) => self.headers.get(&name.to_lowercase()).cloned().map(Value::from),
            ("path", _) => self.path_values.get(name).cloned().map(Value::from),
            ("cookie", _) => {
                let mut cookies = self.headers.get("cookie")?.split(';');
                cookies.find_map(|cookie| {
                    let (key, value) = cookie.trim().split_once('=')?;
                    (key == name).then(|| Value::from(value))
                })
            }
            ("form", Body::Form(fields)) => last(fields),
            ("json", Body::Json(json)) => at(json, name).cloned(),
            ("form" | "json", _) => None,
            (unknown, _) => panic!("a scenario reads from `{unknown}`"),
        }
    }

    /// The same as text.
    pub(crate) fn text(&self, place: &str, name: &str) -> Option<String> {
        self.read(place, name).filter(|value| !value.is_null()).map(|value| text(&value))
    }

    /// As it is written down, without its times.
    pub(crate) fn row(&self, status: u16, log_headers: &[String]) -> Value {
        const ALWAYS: [&str; 3] = ["authorization", "content-type", "cookie"];
        let is_kept = |name: &str| {
            let also = || log_headers.iter().any(|also| also.eq_ignore_ascii_case(name));
            ALWAYS.contains(&name) || name.starts_with("x-") || also()
        };
        let headers: BTreeMap<_, _> =
            self.headers.iter().filter(|(name, _)| is_kept(name)).collect();
        let mut query = self.query.clone();
        query.sort();
        let body = match &self.body {
            Body::None => Value::Null,
            Body::Json(json) => json!({ "json": json }),
            Body::Form(fields) => json!({ "form": fields }),
            Body::Text(text) => json!({ "text": text }),
        };
        json!({
            "method": self.method,
            "path": self.path,
            "query": query,
            "headers": headers,
            "body": body,
            "status": status,
        })
    }
}

impl Body {
    fn of(content_type: &str, bytes: &[u8]) -> Body {
        if bytes.is_empty() {
            return Body::None;
        }
        let text = || Body::Text(String::from_utf8_lossy(bytes).into_owned());
        let kind = content_type.split(';').next().unwrap_or_default().trim().to_lowercase();
        if kind == "application/json" || kind.ends_with("+json") {
            return serde_json::from_slice(bytes).map_or_else(|_| text(), Body::Json);
        }
        if kind == "application/x-www-form-urlencoded" {
            let mut fields = pairs(bytes);
            fields.sort();
            return Body::Form(fields);
        }
        text()
    }
}

/// The value at the end of a path of keys.
pub(crate) fn at<'a>(value: &'a Value, path: &str) -> Option<&'a Value> {
    path.split('.').filter(|key| !key.is_empty()).try_fold(value, |value, key| value.get(key))
}

/// A value as it stands in an address.
pub(crate) fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// What percent signs stand for.
pub(crate) fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

fn pairs(text: &[u8]) -> Vec<(String, String)> {
    url::form_urlencoded::parse(text).into_owned().collect()
}
