//! Which requests only read: a POST does if it looks like a query.

use heck::ToSnakeCase as _;

use super::request::{Body, Exchange, Request};
use crate::{document::Value, gap::Gap, secret, selection::Selection};

/// Words in paths of what reads by POST.
const OF_PATHS: [&str; 22] = [
    "search",
    "msearch",
    "query",
    "queries",
    "find",
    "filter",
    "list",
    "get",
    "graphql",
    "report",
    "reports",
    "export",
    "exports",
    "lookup",
    "fetch",
    "select",
    "scroll",
    "read",
    "rpc",
    "jsonrpc",
    "aggregate",
    "analytics",
];
/// Words in bodies of such requests.
const OF_BODIES: [&str; 39] = [
    "q",
    "term",
    "keyword",
    "query",
    "queries",
    "filter",
    "filters",
    "search",
    "where",
    "select",
    "sort",
    "page",
    "limit",
    "offset",
    "size",
    "cursor",
    "from",
    "to",
    "since",
    "until",
    "after",
    "start",
    "end",
    "fields",
    "columns",
    "metrics",
    "dimensions",
    "range",
    "ranges",
    "take",
    "skip",
    "top",
    "per",
    "max",
    "jsonrpc",
    "aggs",
    "kind",
    "report",
    "count",
];

/// The requests that only read; each other of a path that is selected is a gap.
pub(super) fn only(
    exchanges: Vec<Exchange>,
    selection: &Selection,
    gaps: &mut Vec<Gap>,
) -> Vec<Exchange> {
    let gets: Vec<String> = exchanges
        .iter()
        .filter(|of| of.request.method == "GET")
        .map(|of| of.request.address.path.clone())
        .collect();
    let mut reading = Vec::new();
    for exchange in exchanges {
        let request = &exchange.request;
        // What a POST has been answered with a list is taken for a query, unless a GET gives that list.
        let is_answered = exchange.response.as_ref().is_some_and(|of| has_list(&of.body, 0))
            && !gets.contains(&request.address.path);
        let message = match &request.body {
            _ if request.method == "GET" => None,
            _ if request.header("content-type").is_some_and(|of| of.starts_with("multipart/")) => {
                Some("a form in several parts cannot be described")
            }
            _ if is_query(request) => None,
            body if is_answered && !body.as_ref().is_some_and(is_write) => None,
            _ => Some(
                "`POST` changes what a source only reads: nothing shows that this one is a query",
            ),
        };
        match message {
            Some(message) if selection.has_path(&request.address.path) => {
                gaps.push(Gap::new("request", request.place.as_str(), message));
            }
            Some(_) => {}
            None => reading.push(exchange),
        }
    }
    reading
}

/// Whether a POST looks like a query, by the words of its path and its body.
fn is_query(request: &Request) -> bool {
    if request.body.as_ref().is_some_and(is_write) {
        return false;
    }
    let has = |words: &[&str], name: &str| {
        name.to_snake_case().split('_').any(|word| words.contains(&word))
    };
    let of_path = || request.address.path.split('/').any(|segment| has(&OF_PATHS, segment));
    let of_body = || match &request.body {
        Some(Body::Json(Value::Map(members))) => members.keys().any(|name| has(&OF_BODIES, name)),
        Some(Body::Form(fields)) => fields.iter().any(|(name, _)| has(&OF_BODIES, name)),
        Some(Body::Text(text)) => has(&OF_BODIES, text) || has(&OF_PATHS, text),
        _ => false,
    };
    of_path() || of_body()
}

/// Whether a body is one that changes something, or exchanges a credential: a mutation of GraphQL, a login.
fn is_write(body: &Body) -> bool {
    match body {
        Body::Json(body) => {
            let is_mutation =
                |text: &str| text.trim_start().starts_with("mutation") && text.contains('{');
            let has_password = body.map().is_some_and(|of| of.keys().any(|name| is_password(name)));
            body.text_of("query").is_some_and(is_mutation) || has_password
        }
        Body::Form(fields) => {
            fields.iter().any(|(name, _)| name == "grant_type" || is_password(name))
        }
        Body::Text(_) => false,
    }
}

fn is_password(name: &str) -> bool {
    secret::is_name(name) && name.to_ascii_lowercase().contains("pass")
}

/// Whether a response has a list of objects near its top.
fn has_list(value: &Value, depth: usize) -> bool {
    match value {
        Value::List(items) => items.first().is_some_and(|item| item.map().is_some()),
        Value::Map(members) if depth < 4 => members.values().any(|of| has_list(of, depth + 1)),
        _ => false,
    }
}
