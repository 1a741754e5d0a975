//! Where the records of a response are.

use serde_json::Value;

use super::{
    envelope::{self, Envelope, Names},
    fact::word,
    list_words::{is_name, is_other},
    relations::relations,
    words,
};
use crate::{
    decode::{self, declares},
    paginate::{Halt, key_path::path as text},
    plan::ResourcePlan,
};

/// How many objects a list may lie in.
const DEPTH: usize = 3;

#[expect(clippy::struct_excessive_bools, reason = "each is a trait of its own")]
struct List<'a> {
    path: Vec<&'a str>,
    is_named: bool,
    /// Whether it is called by something else than records, or is one of messages to people.
    is_other: bool,
    is_of_messages: bool,
    /// Whether it has nothing that is no object.
    has_objects: bool,
    is_empty: bool,
}

/// The path of the records of this resource; `None` if the response says that there are
/// none, and does not show where they would be. The error shows what could be meant.
pub(super) fn find(body: &Value, plan: &ResourcePlan) -> Result<Option<Vec<String>>, Halt> {
    let Value::Object(members) = body else { return Ok(Some(Vec::new())) };
    let resource = &*plan.name;
    let mut lists = Vec::new();
    collect(body, &[], resource, &mut lists);
    let is_other = |list: &List<'_>| list.is_other && !list.is_named;
    let all: Vec<Vec<&str>> = lists.iter().map(|list| list.path.clone()).collect();
    lists.retain(|list| !is_other(list));
    if lists.len() > 1 {
        // Of messages to people there are mostly none.
        lists.retain(|list| list.is_named || !list.is_empty || !list.is_of_messages);
    }
    let is_entity = words::has_identity(members) && !envelope::names_list(members);
    let refuse = || Err(undecided(&all));
    if is_entity {
        // Its lists of texts, `tags`, and those without content say nothing; a list of objects may
        // be what is meant.
        let is_weak = |list: &List<'_>| !list.is_named && (list.is_empty || !list.has_objects);
        return if lists.iter().all(is_weak) { Ok(Some(Vec::new())) } else { refuse() };
    }
    if lists.is_empty() {
        if declares(plan, members) {
            return Ok(Some(Vec::new()));
        }
        let names =
            Names { is_records: &|word| is_name(word, resource), nouns: &words::nouns([resource]) };
        return match envelope::of(members, &names) {
            Envelope::Not if all.is_empty() => Ok(Some(Vec::new())),
            Envelope::Empty => Ok(None),
            Envelope::Not | Envelope::Unclear => refuse(),
        };
    }
    let named = lists.iter().filter(|list| list.is_named).collect();
    let objects = lists.iter().filter(|list| list.has_objects).collect();
    for candidates in [named, objects] {
        let candidates: Vec<&List<'_>> = candidates;
        let Some(least) = candidates.iter().map(|list| list.path.len()).min() else { continue };
        let mut outermost = candidates.iter().filter(|list| list.path.len() == least);
        return match (outermost.next(), outermost.next()) {
            // One that is empty says little where another list has something.
            (Some(list), None)
                if list.is_empty && !list.is_named && lists.iter().any(|list| !list.is_empty) =>
            {
                refuse()
            }
            (Some(list), None) => Ok(Some(list.path.iter().map(|key| (*key).to_owned()).collect())),
            _ => refuse(),
        };
    }
    refuse()
}

/// The path of the records, which is known from another response of the resource. `None` if this one
/// says that there are none.
pub(super) fn find_again(
    body: &Value,
    known: &[String],
    plan: &ResourcePlan,
) -> Result<Option<Vec<String>>, Halt> {
    let keys: Vec<&str> = known.iter().map(String::as_str).collect();
    let found = find(body, plan);
    match (words::at(body, &keys), found) {
        // What was taken for a single record was the envelope of none.
        (Some(Value::Object(_)), Ok(Some(found))) if known.is_empty() && !found.is_empty() => {
            Err(differs(known, &found))
        }
        (Some(Value::Object(_)), Ok(None)) if known.is_empty() => Ok(None),
        (Some(Value::Null), _) if !known.is_empty() => Ok(None),
        (Some(_), _) => Ok(Some(known.to_vec())),
        (None, Ok(None)) => Ok(None),
        (None, Ok(Some(found))) => Err(differs(known, &found)),
        // What counts none may be a record elsewhere, but here would be a list.
        (None, Err(_)) if counts_none(body, plan) => Ok(None),
        (None, Err(error)) => Err(error),
    }
}

fn counts_none(body: &Value, plan: &ResourcePlan) -> bool {
    let Value::Object(members) = body else { return false };
    let resource = &*plan.name;
    let names =
        Names { is_records: &|word| is_name(word, resource), nouns: &words::nouns([resource]) };
    envelope::counts_none(members, &names)
}

fn differs(known: &[String], found: &[String]) -> Halt {
    let (known, found) = (text(known), text(found));
    Halt::Undecided(format!(
        "the records of another parent are at `{known}`, and those of this one would be at \
         `{found}`; say in the file where they are: `data_selector: {known}` or `data_selector: \
         {found}`"
    ))
}

fn collect<'a>(value: &'a Value, path: &[&'a str], resource: &str, lists: &mut Vec<List<'a>>) {
    let Value::Object(members) = value else { return };
    for (key, value) in members {
        let mut path = path.to_vec();
        path.push(key);
        match value {
            // `[{"rel": "self", "href": …}]`
            Value::Array(_) if relations(value).is_some() => {}
            Value::Array(list) => {
                let key = word(key);
                let is_of_messages = key == "messages";
                let has_notices = !list.is_empty() && list.iter().all(is_notice);
                lists.push(List {
                    path,
                    is_named: is_name(&key, resource),
                    is_other: is_other(&key) || is_of_messages && has_notices,
                    is_of_messages,
                    has_objects: list.iter().all(Value::is_object),
                    is_empty: list.is_empty(),
                });
            }
            _ if path.len() < DEPTH => collect(value, &path, resource, lists),
            _ => {}
        }
    }
}

/// Whether an element of a list of messages says something to people, and is no record.
fn is_notice(element: &Value) -> bool {
    element.as_object().is_none_or(decode::is_notice)
}

fn undecided(lists: &[Vec<&str>]) -> Halt {
    let mut choices: Vec<String> = lists
        .iter()
        .take(5)
        .map(|path| {
            let path: Vec<String> = path.iter().map(|key| (*key).to_owned()).collect();
            format!("`data_selector: {}`", text(&path))
        })
        .collect();
    choices.push("`data_selector: $` for the object itself".to_owned());
    Halt::Undecided(format!(
        "the response is an object, and it cannot be known where its records are; say it in the \
         file: {}",
        choices.join(" or ")
    ))
}
