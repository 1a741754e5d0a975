//! Responses with a status of success that report an error where records are expected.
//!
//! What such a response says is no record, and that it has none does not mean that there are none:
//! a table that is replaced by it would be lost. A page that has a record in its list is never looked
//! at any closer than that.

use std::borrow::Cow;

use serde_json::{Map, Value};

use super::{
    error_list, must_match, normalized, outline,
    presence::Presence,
    select::Select,
    signs::{Signs, is_of_errors},
};
use crate::plan::{Choice, JsonPath, ResourcePlan, Segment, Selector, Step};

/// What a response is, where it is not simply a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Report {
    /// It reports an error.
    Failed,
    /// It says that the work is not done yet (RFC 9110, 15.3.3).
    Unfinished,
    /// A part of the work failed, so that records may be missing.
    Partial {
        /// What says so.
        why: String,
        /// The filter for bodies that say so, as `where` takes it.
        condition: Cow<'static, str>,
    },
    /// There are records, and what is beside them says that the request failed.
    Contradicted(String),
    /// This stands in place of the records, and is none.
    Nothing(&'static str),
    /// The data selector matches nothing: what it leads to is left out.
    LeftOut,
    /// The data selector matches nothing: something else is in its way.
    Misplaced,
}

impl Report {
    /// A member that says that a part of the work failed.
    pub(super) fn in_part((name, value): (&str, &Value)) -> Report {
        let is_word =
            |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        let path = if is_word(name) { format!("@.{name}") } else { format!("@['{name}']") };
        let is_of_search =
            matches!(&*normalized(name), "shards" | "timedout" | "incompleteresults");
        let what = if is_of_search {
            "the server has not searched all of them"
        } else {
            "a part of the request failed"
        };
        let (sign, condition) = match value {
            Value::Bool(_) => (name.to_owned(), format!("{path} == true")),
            Value::String(text) if is_word(text) => {
                (format!("{name}: {text}"), format!("{path} == '{text}'"))
            }
            _ if is_of_search => (format!("{name}.failed"), format!("{path}.failed > 0")),
            _ => (name.to_owned(), path),
        };
        let why = format!("`{sign}` says that {what}");
        Report::Partial { why, condition: condition.into() }
    }
}

/// A response, and what is known of the resource that it was requested for.
pub(crate) struct Reply<'a> {
    pub(crate) status: u16,
    pub(crate) content_type: Option<&'a str>,
    pub(crate) body: &'a str,
    /// Where the records are, if that is known yet.
    pub(crate) selector: Option<&'a Selector>,
    pub(crate) plan: &'a ResourcePlan,
    /// Whether there were pages before it.
    pub(crate) is_later: bool,
}

impl Reply<'_> {
    /// What the response is, if it is not simply a page of records.
    pub(crate) fn report(&self) -> Option<Report> {
        if self.is_list_of_errors() {
            return Some(Report::Failed);
        }
        let presence = Presence::of(self.selector.unwrap_or(&Selector::ROOT), self.body);
        if presence == Presence::Records {
            return self.beside();
        }
        let names = self.selector.map(names).unwrap_or_default();
        let tree = outline(self.body, names.len() + 3).ok()?;
        let path = Path::of(&tree, &names);
        if !names.iter().any(|name| is_of_errors(name)) && self.is_failure(presence, &path) {
            return Some(Report::Failed);
        }
        if self.status == 202 && self.is_unfinished(presence, &path) {
            return Some(Report::Unfinished);
        }
        if matches!(presence, Presence::Empty | Presence::Null)
            && let Some(part) = path.part()
        {
            return Some(part);
        }
        if presence == Presence::Single && self.selector.is_some() && path.is_whole {
            // The tree has no members where a name is no text.
            let stands = self.selector.and_then(|selector| selector.find(self.body).ok()?);
            let stands = stands.map(str::trim_ascii).unwrap_or_default();
            let members = stands.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
            if members.is_some_and(|members| members.trim_ascii().is_empty()) {
                return Some(Report::Nothing("{}"));
            }
            if stands == "\"\"" {
                return Some(Report::Nothing("\"\""));
            }
        }
        if presence == Presence::Single
            && let Some(partial) = self.errors_beside()
        {
            return Some(partial);
        }
        let is_missing = presence == Presence::Missing && self.selector.is_some_and(must_match);
        is_missing.then(|| if path.is_left_out() { Report::LeftOut } else { Report::Misplaced })
    }

    fn is_failure(&self, presence: Presence, path: &Path<'_>) -> bool {
        let around = || path.signs();
        // RFC 9457: nothing else has this type.
        let is_problem =
            self.content_type.is_some_and(|kind| kind.starts_with("application/problem+"));
        match presence {
            Presence::Records => false,
            Presence::Single => {
                let object = match path.end {
                    Value::Object(object) if !object.is_empty() => object,
                    // What is there instead of a record could be none, or is a plain value.
                    end => {
                        return is_problem
                            // Where a list was, a text says why there is none.
                            || self.is_later
                                && self.selector.is_some()
                                && end.as_str().is_some_and(|text| !text.trim().is_empty())
                            || around().any(|signs| {
                                signs.fails()
                                    || signs.is_report()
                                    || end.is_string() && signs.explains_a_text()
                            });
                    }
                };
                if declares(self.plan, object) {
                    return false;
                }
                let signs = self.signs(object);
                is_problem
                    || signs.is_report()
                    || self.selector.is_none() && signs.is_likely_report()
                    || self.is_later && self.selector.is_some() && signs.fails()
                    || around().any(|signs| signs.refuses())
            }
            Presence::Empty => is_problem || around().any(|signs| signs.fails_without_records()),
            Presence::Null | Presence::Missing => {
                is_problem
                    || around().any(|signs| signs.fails_without_records() || signs.is_report())
            }
        }
    }

    /// Whether the body is a list of errors, and not of records that are called so.
    fn is_list_of_errors(&self) -> bool {
        let is_wanted = || {
            let name = normalized(&self.plan.name);
            ["error", "fault", "exception", "message"].iter().any(|word| name.contains(word))
        };
        let errors = error_list::errors(self.body);
        errors.is_some_and(|errors| {
            !is_wanted() && !errors.iter().any(|error| declares(self.plan, error))
        })
    }

    /// A status of 202 with records is one of a careless API.
    fn is_unfinished(&self, presence: Presence, path: &Path<'_>) -> bool {
        match (presence, path.end) {
            // Where the records are is not known yet: they may be in a list of the object.
            (Presence::Single, _) if self.selector.is_none() => false,
            (Presence::Single, Value::Object(object)) => {
                !declares(self.plan, object) && self.signs(object).is_of_progress()
            }
            _ => true,
        }
    }

    /// The signs of what may be a record. A list may be called as its resource is, `errors` too.
    fn signs(&self, object: &Map<String, Value>) -> Signs {
        let name = normalized(&self.plan.name);
        Signs::of(object, &|key| self.selector.is_none() && normalized(key) == name)
    }
}

/// A text that is longer is not compared with, but looked for; a name that is longer is not suggested.
const LONGEST: usize = 40;

/// How deep in a body the member is looked for that reports an error.
const DEPTH: usize = 4;

/// A filter for bodies that report an error as this one does, as `where` takes it.
pub(crate) fn condition(body: &str) -> String {
    let of = if body.trim_start().starts_with('[') { "@[*]" } else { "@" };
    let told = match outline(body, DEPTH) {
        Ok(Value::Object(object)) => sign(of, &object),
        _ => error_list::errors(body).and_then(|errors| sign(of, errors.first()?)),
    };
    told.unwrap_or_else(|| format!("{of}.error"))
}

/// The first member that says that a request failed, or else the first that is called so.
fn sign(of: &str, object: &Map<String, Value>) -> Option<String> {
    let tells = |name: &str, value: &Value| {
        let alone = Map::from_iter([(name.to_owned(), value.clone())]);
        Signs::of(&alone, &|_| false).fails()
    };
    let mut members = object.iter();
    let told = members.clone().find(|(name, value)| tells(name, value));
    let word = || members.find(|(name, value)| !value.is_null() && Signs::have(&normalized(name)));
    let (name, value) = told.or_else(word)?;
    let is_word =
        |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    // Others would need escapes in JSONPath and in YAML.
    let can_stand = |byte: u8| byte.is_ascii_alphanumeric() || b"_ -.@:".contains(&byte);
    if name.len() > LONGEST || !name.bytes().all(can_stand) {
        return None;
    }
    let path = if is_word(name) { format!("{of}.{name}") } else { format!("{of}['{name}']") };
    Some(match value {
        Value::Object(_) if normalized(name) == "shards" => format!("{path}.failed > 0"),
        // Good pages have an envelope of that name, too.
        Value::Object(members) if !is_of_errors(name) => sign(&path, members)?,
        Value::Bool(_) | Value::Number(_) => format!("{path} == {value}"),
        Value::String(text) if is_word(text) && text.len() < LONGEST && !is_of_errors(name) => {
            format!("{path} == '{text}'")
        }
        _ => path,
    })
}

/// Whether an object has all that the file declares of a record.
pub(crate) fn declares(plan: &ResourcePlan, object: &Map<String, Value>) -> bool {
    let included: Vec<&str> = plan.included().map(|name| &**name).collect();
    let own = plan.columns.iter().filter(|column| !included.contains(&&*column.name));
    let records = &plan.endpoint.records;
    if records.is_plain() {
        let mut own = own.peekable();
        return own.peek().is_some() && own.all(|column| object.contains_key(&*column.name));
    }
    // Those that steps add, or name otherwise, are not in what was sent.
    let mut sent = own.filter_map(|column| records.sent(&column.name)).peekable();
    let is_there = |name: &str| object.contains_key(name.split("__").next().unwrap_or(name));
    sent.peek().is_some() && sent.all(|name| object.contains_key(&*name) || is_there(&name))
}

/// The names that a selector begins with.
pub(super) fn names(selector: &Selector) -> Vec<&str> {
    match selector {
        Selector::Keys(keys) => keys.iter().map(|key| &**key).collect(),
        Selector::JsonPath(JsonPath { segments, .. }) => segments
            .iter()
            .map_while(|segment| match segment {
                Segment::Children(choices) => match &**choices {
                    [Choice::One(Step::Name(name))] => Some(&**name),
                    _ => None,
                },
                Segment::Descendants(_) => None,
            })
            .collect(),
    }
}

/// What lies along a path of names.
pub(super) struct Path<'a> {
    /// The objects that it leads through, and the names by which it continues.
    around: Vec<(&'a Map<String, Value>, &'a str)>,
    /// What it has come to; `null` if that is left out.
    end: &'a Value,
    /// Whether that is at its end.
    is_whole: bool,
}

impl<'a> Path<'a> {
    pub(super) fn of(tree: &'a Value, names: &[&'a str]) -> Path<'a> {
        let (mut around, mut end) = (Vec::new(), tree);
        for name in names {
            let Value::Object(object) = end else { break };
            around.push((object, *name));
            end = object.get(*name).unwrap_or(&Value::Null);
        }
        let is_whole = around.len() == names.len();
        Path { around, end, is_whole }
    }

    /// What says that a part of the work failed.
    pub(super) fn part(&self) -> Option<Report> {
        self.signs().find_map(|signs| signs.partial().map(Report::in_part))
    }

    /// What the objects say.
    pub(super) fn signs(&self) -> impl Iterator<Item = Signs> {
        self.around.iter().map(|(object, key)| Signs::of(object, &|name| name == *key))
    }

    /// Whether a key is left out, or an element behind the end of a list, and not of another type
    /// than what the path expects.
    fn is_left_out(&self) -> bool {
        self.end.is_null() || self.is_whole && self.end.is_array()
    }
}
