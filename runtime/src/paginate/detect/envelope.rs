//! What is about records but has none: the response of a server that leaves an empty list out.

use serde_json::{Map, Value};

use super::{
    fact::{number, word},
    words,
};

/// What stands in responses beside records and paging.
const STATUS: &[&str] = &[
    "status",
    "success",
    "ok",
    "code",
    "message",
    "error",
    "errors",
    "warnings",
    "took",
    "time",
    "version",
    "apiversion",
    "object",
    "kind",
    "type",
    "self",
    "href",
    "url",
    "uri",
    "first",
    "last",
    "prev",
    "previous",
    "requestid",
    "sort",
    "order",
    "query",
    "facets",
    "incompleteresults",
];

/// What an object without lists is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Envelope {
    /// No envelope: a single record.
    Not,
    /// One that says that there are no records.
    Empty,
    /// One whose records are not to be seen.
    Unclear,
}

/// What was seen of an object and those in it.
#[derive(Default)]
struct Seen {
    /// Members that no envelope has.
    others: usize,
    /// Members about pages.
    paging: usize,
    is_zero: bool,
    is_more: bool,
    /// A name of records without any: `"data": null`.
    is_null: bool,
}

/// What an object is that has no list of records. `is_records` says whether a word is a name of
/// records.
pub(super) fn of(members: &Map<String, Value>, is_records: &dyn Fn(&str) -> bool) -> Envelope {
    if members.is_empty() {
        return Envelope::Empty;
    }
    if words::has_identity(members) {
        return Envelope::Not;
    }
    let mut seen = Seen::default();
    look(members, is_records, &mut seen);
    match seen {
        Seen { others: 1.., .. } | Seen { paging: 0, is_null: false, .. } => Envelope::Not,
        Seen { is_more: true, paging: 2.., .. } => Envelope::Unclear,
        Seen { is_null: true, is_more: false, .. } | Seen { is_zero: true, paging: 2.., .. } => {
            Envelope::Empty
        }
        Seen { is_zero: true, .. } | Seen { paging: 2.., .. } => Envelope::Unclear,
        Seen { .. } => Envelope::Not,
    }
}

fn look(members: &Map<String, Value>, is_records: &dyn Fn(&str) -> bool, seen: &mut Seen) {
    for (key, value) in members {
        let word = word(key);
        let word = word.as_str();
        if value.is_null() && is_records(word) {
            seen.is_null = true;
        } else if let Value::Object(inner) = value {
            let others = seen.others;
            look(inner, is_records, seen);
            // What is in an object of another name counts as one.
            seen.others = others + usize::from(seen.others > others);
        } else if words::is_total_word(word) {
            seen.paging += 1;
            seen.is_zero |= number(value) == Some(0);
            seen.is_more |= number(value) > Some(0);
        } else if words::is_paging(word) {
            seen.paging += 1;
            let is_next = words::is_next_word(word);
            seen.is_more |= is_next && value.as_str().is_some_and(|next| !next.is_empty());
        } else if !STATUS.contains(&word) && !word.ends_with("etag") && !value.is_array() {
            seen.others += 1;
        }
    }
}
