//! Recordings of HTTP in the format HAR 1.2, which browsers and proxies save: requests with their responses.

use base64::{Engine as _, engine::general_purpose::STANDARD};

use crate::{
    description::Mapping,
    document::{self, Value},
    failure::Failure,
    gap::Gap,
    recorded::{self, Address, Body, Exchange, Request, Response},
    selection::Selection,
};

/// What a recording is.
const HELP: &str =
    "a recording has `log.entries`: in a browser's network tools, save all as HAR, with content";

/// Reads a recording, and makes a description of what of it is selected.
pub(crate) fn import(text: &str, selection: &Selection) -> Result<(Mapping, Vec<Gap>), Failure> {
    let document = document::read(text)?;
    let Some(Value::List(entries)) = document.get("log").and_then(|log| log.get("entries")) else {
        return Err(Failure::new("this is no recording in HAR", HELP));
    };
    let (mut exchanges, mut gaps) = (Vec::new(), Vec::new());
    for (at, entry) in entries.iter().enumerate() {
        exchanges.extend(exchange(entry, &format!("log.entries.{at}"), selection, &mut gaps));
    }
    if exchanges.is_empty() {
        let message = format!("none of the {} requests has been answered in JSON", entries.len());
        return Err(Failure::new(message, HELP));
    }
    recorded::describe(exchanges, &[], selection, gaps)
}

/// A request that reads and its response in JSON; `None` for what else a page requests.
fn exchange(
    entry: &Value,
    place: &str,
    selection: &Selection,
    gaps: &mut Vec<Gap>,
) -> Option<Exchange> {
    let (request, response) = (entry.get("request")?, entry.get("response")?);
    let method = request.text_of("method")?.to_ascii_uppercase();
    let status = response.get("status").and_then(Value::whole)?;
    let content = response.get("content")?;
    let is_json =
        content.text_of("mimeType").is_some_and(|of| of.to_ascii_lowercase().contains("json"));
    let address = Address::read(request.text_of("url")?)?;
    // What a browser asks before a request of another origin, and what it had already.
    if !is_json || method == "OPTIONS" || (300..400).contains(&status) {
        return None;
    }
    let other = if !["GET", "POST"].contains(&method.as_str()) {
        Some(("request", format!("`{method}` changes what a source only reads")))
    } else if !(200..300).contains(&status) {
        Some(("response", format!("the request has been answered {status}")))
    } else {
        None
    };
    if let Some((code, message)) = other {
        if selection.has_path(&address.path) {
            gaps.push(Gap::new(code, place, message));
        }
        return None;
    }
    let mut sent = Request {
        method,
        address,
        headers: pairs(request, "headers"),
        body: None,
        lists: Vec::new(),
        other_auth: None,
        place: place.to_owned(),
    };
    let cookies: Vec<String> =
        pairs(request, "cookies").iter().map(|(name, value)| format!("{name}={value}")).collect();
    if !cookies.is_empty() && sent.header("cookie").is_none() {
        sent.headers.push(("Cookie".to_owned(), cookies.join("; ")));
    }
    if let Some(body) = request.get("postData").filter(|_| sent.method == "POST") {
        let text = body.text_of("text").unwrap_or_default();
        if !text.is_empty() {
            sent.body = Some(Request::body_of(text.to_owned(), body.text_of("mimeType")));
        } else if !body.list_of("params").is_empty() {
            sent.body = Some(Body::Form(pairs(body, "params")));
        }
    }
    let body = content.text_of("text").and_then(|text| body(text, content.text_of("encoding")));
    let Some(body) = body else {
        let message = "the recording has no body of the response, or one that is no JSON";
        gaps.push(Gap::new("response", place, message));
        return Some(Exchange { request: sent, response: None });
    };
    let headers = pairs(response, "headers");
    Some(Exchange { request: sent, response: Some(Response { headers, body }) })
}

/// The JSON of a response's body.
fn body(text: &str, encoding: Option<&str>) -> Option<Value> {
    if encoding != Some("base64") {
        return serde_json::from_str(text).ok();
    }
    let packed: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    serde_json::from_slice(&STANDARD.decode(packed).ok()?).ok()
}

/// Names and values, as `{name: …, value: …}`.
fn pairs(of: &Value, key: &str) -> Vec<(String, String)> {
    let pair =
        |pair: &Value| Some((pair.text_of("name")?.to_owned(), pair.text_of("value")?.to_owned()));
    of.list_of(key).iter().filter_map(pair).collect()
}
