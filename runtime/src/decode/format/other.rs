//! Bodies of another format than the file says.

use serde::de::IgnoredAny;

use super::{body_error::BodyError, place::Place};
use crate::plan::Syntax;

/// Content types, in lowercase and without parameters, and the format that each means.
const TYPES: &[(&str, &str)] = &[
    ("application/x-ndjson", "jsonl"),
    ("application/ndjson", "jsonl"),
    ("application/x-json-stream", "jsonl"),
    ("application/jsonl", "jsonl"),
    ("application/x-jsonl", "jsonl"),
    ("application/jsonlines", "jsonl"),
    ("application/json-lines", "jsonl"),
    ("application/x-jsonlines", "jsonl"),
    ("application/json-l", "jsonl"),
    ("application/jsonl+json", "jsonl"),
    ("text/x-ndjson", "jsonl"),
    ("text/ndjson", "jsonl"),
    ("text/jsonl", "jsonl"),
    ("text/csv", "csv"),
    ("application/csv", "csv"),
    ("text/x-csv", "csv"),
    ("text/comma-separated-values", "csv"),
    ("application/xml", "xml"),
    ("text/xml", "xml"),
];

/// How many lines of a body are looked at.
const MOST_LINES: usize = 4;

/// The word of `response_format` for a body that is no JSON, as far as its content type or its text tells.
pub(crate) fn detected(content_type: Option<&str>, text: &str) -> Option<&'static str> {
    if is_html(text) {
        return None;
    }
    let kind = essence(content_type);
    if let Some((_, word)) = TYPES.iter().find(|(name, _)| *name == kind) {
        return Some(word);
    }
    if kind.ends_with("+xml") || starts_with(text, "<?xml") {
        return Some("xml");
    }
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let lines: Vec<&str> = lines.take(MOST_LINES).collect();
    // The last line that is looked at may be cut short.
    let (_, whole) = lines.split_last()?;
    let is_record = |line: &&str| line.starts_with('{') && is_json(line);
    (!whole.is_empty() && whole.iter().all(is_record)).then_some("jsonl")
}

/// What a text is instead of what is expected: a page of HTML that says that something is wrong, say.
pub(super) fn mismatch(
    expected: &Syntax,
    place: &Place<'_>,
    content_type: Option<&str>,
) -> Option<BodyError> {
    let text = place.text.trim_start();
    let kind = essence(content_type);
    let word = expected.name();
    let found = |what: &str, help: Option<&str>| {
        let error = BodyError::new(format!(
            "is {what}{}, where `response_format` says `{word}`",
            place.in_file()
        ));
        let help = help.map(|help| format!("if that is what the API sends, say {help}"));
        Some(BodyError { help, ..error })
    };
    let has_braces = text.starts_with(['{', '[']);
    let is_of_json = kind == "application/json" || kind.ends_with("+json");
    if is_html(text) {
        return found("an HTML page", None);
    }
    match expected {
        Syntax::Csv(_) | Syntax::Xml if has_braces && (is_of_json || is_json(text)) => {
            found("JSON", Some("`response_format: json`"))
        }
        Syntax::Csv(_) if text.starts_with('{') && is_json(place.line_at(0)) => {
            found("a JSON value on each line", Some("`response_format: jsonl`"))
        }
        Syntax::Csv(_) | Syntax::Jsonl(_) if starts_with(text, "<?xml") => {
            found("XML", Some("`response_format: xml`"))
        }
        Syntax::Jsonl(jsonl)
            if jsonl.data_selector.is_none()
                && text.starts_with('[')
                && is_list_of_objects(text) =>
        {
            found("a JSON list", Some("`response_format: json`"))
        }
        Syntax::Jsonl(_) if !has_braces && detected(content_type, text) == Some("csv") => {
            found("CSV", Some("`response_format: csv`"))
        }
        Syntax::Xml if !text.is_empty() && !text.starts_with('<') => {
            let help =
                detected(content_type, text).map(|word| format!("`response_format: {word}`"));
            found("no XML", help.as_deref())
        }
        _ => None,
    }
}

/// Whether a text is one JSON document.
pub(super) fn is_json(text: &str) -> bool {
    serde_json::from_str::<IgnoredAny>(text).is_ok()
}

/// Whether the content type is that of a page for people.
pub(super) fn is_of_html(content_type: Option<&str>) -> bool {
    matches!(&*essence(content_type), "text/html" | "application/xhtml+xml")
}

fn is_list_of_objects(text: &str) -> bool {
    text[1..].trim_start().starts_with(['{', ']']) && is_json(text)
}

fn is_html(text: &str) -> bool {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    starts_with(text, "<!doctype html") || starts_with(text, "<html")
}

fn starts_with(text: &str, beginning: &str) -> bool {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    text.get(..beginning.len()).is_some_and(|start| start.eq_ignore_ascii_case(beginning))
}

/// A content type without its parameters.
fn essence(content_type: Option<&str>) -> String {
    let essence = content_type.unwrap_or_default().split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}
