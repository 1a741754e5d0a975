//! Headers of requests: which of them a client, a browser or a proxy adds by itself.

use super::request::{Body, Request};

/// What clients and browsers send, and is of no use to another client.
const OF_CLIENT: [&str; 34] = [
    "accept-charset",
    "accept-encoding",
    "accept-language",
    "access-control-request-headers",
    "access-control-request-method",
    "b3",
    "baggage",
    "cache-control",
    "cf-ray",
    "connection",
    "content-length",
    "correlation-id",
    "dnt",
    "expect",
    "forwarded",
    "host",
    "idempotency-key",
    "if-modified-since",
    "if-none-match",
    "newrelic",
    "origin",
    "pragma",
    "priority",
    "proxy-authorization",
    "referer",
    "request-id",
    "te",
    "transfer-encoding",
    "upgrade-insecure-requests",
    "via",
    "x-correlation-id",
    "x-real-ip",
    "x-request-id",
    "x-requested-with",
];
/// How headers begin that browsers and proxies add.
const BEGINNINGS: [&str; 8] =
    [":", "sec-ch-", "sec-fetch-", "x-forwarded-", "x-datadog-", "x-newrelic-", "x-b3-", "sec-gpc"];
/// How programs call themselves that are none of the user's own.
const AGENTS: [&str; 16] = [
    "mozilla/",
    "curl/",
    "wget/",
    "postman",
    "insomnia",
    "python-",
    "python/",
    "node",
    "axios",
    "okhttp",
    "go-http-client",
    "java/",
    "apache-httpclient",
    "httpie",
    "dart/",
    "thunder client",
];

/// Whether a request needs a header, so that it is part of the description.
pub(super) fn is_needed(request: &Request, name: &str, value: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let value = value.to_ascii_lowercase();
    match name.as_str() {
        "accept" => {
            let usual = ["application/json", "text/plain"];
            !value.contains("*/*") && !value.split(',').all(|of| usual.contains(&of.trim()))
        }
        "content-type" => {
            let media_type = value.split(';').next().unwrap_or_default().trim();
            match &request.body {
                Some(Body::Json(_)) => media_type != "application/json",
                Some(Body::Form(_)) => media_type != "application/x-www-form-urlencoded",
                Some(Body::Text(_)) => true,
                None => false,
            }
        }
        "user-agent" => !AGENTS.iter().any(|agent| value.starts_with(agent)),
        // Of one request among many, and of no use to another.
        name if name.contains("trace") => false,
        name => {
            !OF_CLIENT.contains(&name) && !BEGINNINGS.iter().any(|begin| name.starts_with(begin))
        }
    }
}

/// The response format that a header `Accept` requests, if it is not JSON.
pub(super) fn response_format(accept: &str) -> Option<&'static str> {
    let media_type = accept.split([',', ';']).next().unwrap_or_default().trim();
    match media_type.to_ascii_lowercase().as_str() {
        "text/csv" => Some("csv"),
        "application/x-ndjson" | "application/jsonl" | "application/jsonlines" => Some("jsonl"),
        _ => None,
    }
}
