//! Which format an input seems to have, for the error that it is not the one that was named.

use crate::failure::Failure;

/// What each format is known by, and what it is called.
const FORMATS: [(&str, &str, &[&str]); 4] = [
    ("dlt", "a source of dlt", &["rest_api_source", "rest_api_resources", "RESTAPIConfig"]),
    ("har", "a recording in HAR", &["\"entries\""]),
    ("openapi", "an OpenAPI document", &["openapi:", "\"openapi\"", "swagger:", "\"swagger\""]),
    ("curl", "a command of `curl`", &["curl "]),
];

/// The failure to read an input as a format, with the format that it seems to have.
pub(crate) fn mistaken(failure: Failure, text: &str, format: &str) -> Failure {
    let seems =
        |(_, _, marks): &&(&str, &str, &[&str])| marks.iter().any(|mark| text.contains(mark));
    match FORMATS.iter().find(seems) {
        Some((name, what, _)) if *name != format => Failure {
            help: format!("it seems to be {what}: `cargo rest-source import {name} FILE`"),
            ..failure
        },
        _ => failure,
    }
}
