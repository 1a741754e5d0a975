//! Why a response has no records where the plan looks for them. Only read when a fetch has failed,
//! so it may take its time and build a tree.

use serde_json::Value;

use crate::{
    error::{Misread, brief},
    plan::{Selector, Str},
};

/// How many keys are named.
const KEYS: usize = 20;

/// The data selector matches nothing.
pub(super) fn nothing_there(body: &str, path: &[Str]) -> Misread {
    let root: Value = serde_json::from_str(body).unwrap_or_default();
    let mut here = &root;
    let mut walked = 0;
    for key in path {
        let Some(next) = here.get(&**key) else { break };
        here = next;
        walked += 1;
    }
    let place = match walked {
        0 => "the response".to_owned(),
        _ => format!("`{}`", name(&path[..walked])),
    };
    let there = describe(&place, here);
    let name = name(path);
    let mut what = format!("the data selector `{name}` matches nothing: {there}");
    if matches!(here, Value::Object(_) | Value::Null) {
        what = format!("{what}{LEFT_OUT}, or `{name}[*]` for the selector");
    }
    Misread { what, ..Misread::default() }
}

/// What to write where the API leaves a list out that has no records.
const LEFT_OUT: &str =
    "; if the API leaves it out where there are no records, write `data_selector_required: false`";

/// A query of names and indices selects nothing.
pub(super) fn no_match(body: &str, selector: &Selector) -> Misread {
    let root: Value = serde_json::from_str(body).unwrap_or_default();
    let there = describe("the response", &root);
    let what = format!("the data selector `{selector}` matches nothing: {there}{LEFT_OUT}");
    Misread { what, ..Misread::default() }
}

/// A record is no object, or has names that cannot be read.
pub(super) fn unread(number: u64, found: &str) -> Misread {
    let what = if found.starts_with('{') {
        "expected names that escape whole characters only"
    } else {
        "expected a record, which is an object"
    };
    Misread {
        record: Some(number),
        what: what.to_owned(),
        found: Some(found.to_owned()),
        ..Misread::default()
    }
}

/// What keys lead to, if it can be no records.
pub(super) fn no_records(path: &[Str], found: &str) -> Option<Misread> {
    if found.starts_with(['[', '{', 'n']) {
        return None;
    }
    let found: Value = serde_json::from_str(found).unwrap_or_default();
    let what = match path {
        [] => format!("the response is {} and no record", kind(&found)),
        _ => format!(
            "the data selector `{}` must lead to a list, an object or null, not to {}",
            name(path),
            kind(&found)
        ),
    };
    Some(Misread { what, ..Misread::default() })
}

/// `meta.cursors.after`, or `$` for the response itself.
fn name(path: &[Str]) -> String {
    Selector::Keys(path.to_vec().into()).to_string()
}

fn describe(place: &str, value: &Value) -> String {
    match value {
        Value::Object(members) if !members.is_empty() => {
            let keys: Vec<String> = members.keys().map(|key| format!("`{}`", brief(key))).collect();
            let (keys, more) = keys.split_at(keys.len().min(KEYS));
            let more = if more.is_empty() { "" } else { " …" };
            format!("{place} has the keys {}{more}", keys.join(", "))
        }
        other => format!("{place} is {}", kind(other)),
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an empty object",
    }
}
