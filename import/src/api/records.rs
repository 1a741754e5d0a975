//! Where the records are in a response: by the lists that its schema has, their names and what is around them.

use std::fmt::Write as _;

use super::{
    operation::Operation,
    reference::Document,
    schema::{Kind, Schema},
};
use crate::document::Value;

/// Names that lists of records have whatever they hold.
const OF_RECORDS: [&str; 24] = [
    "data",
    "items",
    "results",
    "result",
    "records",
    "value",
    "values",
    "entries",
    "content",
    "list",
    "rows",
    "objects",
    "elements",
    "entities",
    "resources",
    "hits",
    "docs",
    "documents",
    "nodes",
    "collection",
    "members",
    "page",
    "payload",
    "response",
];
/// Names of lists that are beside the records.
const BESIDE: [&str; 22] = [
    "error",
    "errors",
    "warning",
    "warnings",
    "included",
    "links",
    "link",
    "messages",
    "message",
    "facets",
    "aggregations",
    "filters",
    "sort",
    "sorting",
    "notes",
    "schemas",
    "metadata",
    "meta",
    "validationerrors",
    "unreachable",
    "fields",
    "includes",
];
/// How deep the list may be, by a schema and by samples, which have nothing else.
const MOST_DEPTH: usize = 3;
const MOST_DEPTH_OF_SAMPLES: usize = 6;

/// Where the records of a response are, and what they are.
pub(super) struct Records<'a> {
    /// The keys that lead to them; none if the response is the list.
    pub(super) path: Vec<&'a str>,
    /// What a record is. Several schemas are alternatives.
    pub(super) record: Vec<&'a Value>,
    /// Why this list was taken, if there were others.
    pub(super) reason: Option<String>,
    /// The schema of the whole response.
    pub(super) response: Schema<'a>,
}

struct Candidate<'a> {
    path: Vec<&'a str>,
    record: Vec<&'a Value>,
    is_of_objects: bool,
    score: i32,
}

impl<'a> Records<'a> {
    /// The selector of the list.
    pub(super) fn selector(&self) -> String {
        selector(&self.path)
    }

    /// Finds the list of an operation's response; `None` if the response is a single record, or unknown.
    pub(super) fn of(document: &Document<'a>, operation: &Operation<'a>) -> Option<Records<'a>> {
        let response = Schema::of(document, operation.schema?);
        let last = operation.path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
        let is_single = last.contains('{');
        let may_be_list = response.kinds.contains(&Kind::List) && !response.items.is_empty();
        if response.is(Kind::List) || (may_be_list && !is_single) {
            let record = response.items.clone();
            return Some(Records { path: Vec::new(), record, reason: None, response });
        }
        let name = simple(last);
        let mut candidates = Vec::new();
        search(document, &response, &name, &mut Vec::new(), &mut candidates);
        let is_envelope = is_envelope(&response);
        // Of equal ones the first.
        candidates.reverse();
        let count = candidates.iter().filter(|candidate| candidate.score >= 20).count();
        let of_objects = candidates.iter().filter(|of| of.is_of_objects).count();
        let is_only = candidates.len() == 1 || (document.is_of_samples && of_objects == 1);
        let best = candidates.into_iter().max_by_key(|candidate| candidate.score)?;
        // `/orders/page/1` that has `orders`.
        let is_of_path = || {
            let key = best.path.last().map(|key| simple(key));
            operation.path.split('/').any(|segment| Some(simple(segment)) == key)
        };
        let is_named = best.score >= 60 || (document.is_of_samples && is_single && is_of_path());
        let is_list = match (is_single, is_envelope) {
            (true, true) => is_named,
            (true, false) => false,
            // A list of records that is the only one, however deep it is.
            (false, true) => best.score >= 20 || is_named || (is_only && best.score > 0),
            (false, false) => best.score >= 100,
        };
        let reason = (count > 1).then(|| {
            format!("the response has {count} lists, and this one has the name of records")
        });
        is_list.then_some(Records { path: best.path, record: best.record, reason, response })
    }
}

/// The selector for keys, in brackets where they have dots or other signs.
pub(super) fn selector(path: &[&str]) -> String {
    if path.is_empty() {
        return "$".to_owned();
    }
    let mut selector = String::new();
    for key in path {
        let is_name = key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
        let begins = key.starts_with(|c: char| c.is_alphabetic() || c == '_');
        if is_name && begins {
            if !selector.is_empty() {
                selector.push('.');
            }
            selector.push_str(key);
        } else {
            let key = key.replace('\\', "\\\\").replace('\'', "\\'");
            let _ = write!(selector, "['{key}']");
        }
    }
    selector
}

/// A name without its case, signs and plural, by which names are compared.
pub(crate) fn simple(name: &str) -> String {
    let name: String = name.chars().filter(|c| c.is_alphanumeric()).collect();
    let name = name.to_lowercase();
    match name.strip_suffix("ies") {
        Some(stem) => format!("{stem}y"),
        None => name.strip_suffix('s').map_or(name.clone(), str::to_owned),
    }
}

fn search<'a>(
    document: &Document<'a>,
    schema: &Schema<'a>,
    name: &str,
    path: &mut Vec<&'a str>,
    found: &mut Vec<Candidate<'a>>,
) {
    let depth = i32::try_from(path.len()).unwrap_or(i32::MAX);
    let most_depth = if document.is_of_samples { MOST_DEPTH_OF_SAMPLES } else { MOST_DEPTH };
    for (key, property) in &schema.properties {
        let lower = key.to_lowercase();
        if BESIDE.contains(&lower.trim_start_matches('_')) && simple(key) != name {
            continue;
        }
        let below = Schema::of_alternatives(document, property);
        path.push(key);
        if below.is(Kind::List) {
            let record = Schema::of_alternatives(document, &below.items);
            let score = score(key, name, &record) - 5 * depth;
            let is_of_objects = record.kinds.contains(&Kind::Object);
            let record = below.items.clone();
            found.push(Candidate { path: path.clone(), record, is_of_objects, score });
        } else if below.is(Kind::Object) && path.len() < most_depth && leads(key, name, &below) {
            search(document, &below, name, path, found);
        }
        path.pop();
    }
}

fn score(key: &str, name: &str, record: &Schema<'_>) -> i32 {
    let of_objects =
        if record.kinds.contains(&Kind::Object) || record.kinds.is_empty() { 20 } else { 0 };
    let named = if !name.is_empty() && simple(key) == name {
        100
    } else if OF_RECORDS.contains(&key.to_lowercase().as_str()) {
        80
    } else if name.len() > 3 && (simple(key).ends_with(name) || name.ends_with(&simple(key))) {
        60
    } else {
        0
    };
    of_objects + named
}

/// Whether a list may be within an object of this name, as in `_embedded` or `data`.
fn leads(key: &str, name: &str, below: &Schema<'_>) -> bool {
    let lower = key.to_lowercase();
    let is_known = OF_RECORDS.contains(&lower.as_str())
        || ["_embedded", "body", "root", "output", "embedded", "resultset"]
            .contains(&lower.as_str());
    is_known || simple(key) == name || is_envelope(below)
}

/// Whether an object is what is around a list, and not a record that has lists in it.
fn is_envelope(schema: &Schema<'_>) -> bool {
    let names: Vec<String> = schema.properties.keys().map(|key| key.to_lowercase()).collect();
    let is_record =
        names.iter().any(|name| matches!(name.as_str(), "id" | "uuid" | "_id" | "guid"));
    !is_record && names.len() <= 16
}
