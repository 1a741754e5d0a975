//! JSONPath (RFC 9535), followed in the text of a body. One level of it is read at a time, and only
//! where the path goes: nothing is built of the rest, and what is selected stays as it stands there.

use std::{borrow::Cow, cmp::Ordering, collections::BTreeMap, iter};

use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use super::{Fault, Json, Unreadable, value::numeral::Numeral};
use crate::{
    error::Misread,
    plan::{Choice, Comparison, Filter, Literal, Segment, Step},
};

/// How many levels below a value `..` looks for descendants, each of which takes a look at all that
/// is below it.
const DEPTH: usize = 128;

/// Whether a segment may select values in another order than that of the body: `['b', 'a']` or
/// `[::-1]`.
fn is_reordering(segment: &Segment) -> bool {
    let (Segment::Children(choices) | Segment::Descendants(choices)) = segment;
    choices.len() > 1 || matches!(**choices, [Choice::Slice { .. }])
}

/// What a path selects, in the order of the body unless the path has an order of its own.
pub(super) fn matches<'a>(path: &[Segment], body: &'a str) -> Result<Vec<&'a RawValue>, Fault> {
    let root = serde_json::from_str(body).map_err(|error| Fault::Unreadable(Unreadable(error)))?;
    let mut values = vec![root];
    for segment in path {
        let mut selected = Vec::new();
        for value in values {
            match segment {
                Segment::Children(choices) => Level::of(value).choose(choices, &mut selected),
                Segment::Descendants(choices) => {
                    descend(value, choices, DEPTH, &mut selected).map_err(Fault::Misread)?;
                }
            }
        }
        values = selected;
    }
    if !path.iter().any(is_reordering) {
        values.sort_by_key(|value| place(value));
    }
    Ok(values)
}

/// Selects children of a value, then of each child, and so on.
fn descend<'a>(
    value: &'a RawValue,
    choices: &[Choice],
    depth: usize,
    selected: &mut Vec<&'a RawValue>,
) -> Result<(), Misread> {
    let level = Level::of(value);
    level.choose(choices, selected);
    for child in level.children() {
        if depth == 0 {
            let what = format!("`..` looks {DEPTH} levels deep, and the response is nested deeper");
            return Err(Misread { what, ..Misread::default() });
        }
        descend(child, choices, depth - 1, selected)?;
    }
    Ok(())
}

/// Where a value stands in the body.
fn place(value: &RawValue) -> usize {
    value.get().as_ptr().addr()
}

/// The children of one value.
enum Level<'a> {
    Object(BTreeMap<Name<'a>, &'a RawValue>),
    List(Vec<&'a RawValue>),
    Neither,
}

impl<'a> Level<'a> {
    fn of(value: &'a RawValue) -> Level<'a> {
        let json = value.get();
        let level = match json.as_bytes().first() {
            Some(b'{') => serde_json::from_str(json).map(Level::Object),
            Some(b'[') => serde_json::from_str(json).map(Level::List),
            _ => Ok(Level::Neither),
        };
        // The body has been gone over as a whole, so that no part of it can fail.
        level.unwrap_or(Level::Neither)
    }

    /// All of them, in the order of the body.
    fn children(&self) -> Vec<&'a RawValue> {
        match self {
            Level::Object(members) => {
                let mut children: Vec<&RawValue> = members.values().copied().collect();
                children.sort_by_key(|child| place(child));
                children
            }
            Level::List(elements) => elements.clone(),
            Level::Neither => Vec::new(),
        }
    }

    fn choose(&self, choices: &[Choice], selected: &mut Vec<&'a RawValue>) {
        for choice in choices {
            match (choice, self) {
                (Choice::One(step), _) => selected.extend(self.child(step)),
                (Choice::Slice { start, end, step }, Level::List(elements)) => {
                    let indices = slice(elements.len(), *start, *end, *step);
                    selected.extend(indices.filter_map(|index| elements.get(index)));
                }
                (Choice::Slice { .. }, _) => {}
                (Choice::Wildcard, _) => selected.append(&mut self.children()),
                (Choice::Filter(filter), _) => {
                    let children = self.children().into_iter();
                    selected.extend(children.filter(|child| holds(filter, child)));
                }
            }
        }
    }

    fn child(&self, step: &Step) -> Option<&'a RawValue> {
        match (self, step) {
            (Level::Object(members), Step::Name(name)) => {
                members.get(&Name(Cow::Borrowed(name))).copied()
            }
            (Level::List(elements), Step::Index(index)) => {
                let from_start = match index {
                    0.. => usize::try_from(*index).ok()?,
                    _ => {
                        let from_end = usize::try_from(index.unsigned_abs()).ok()?;
                        elements.len().checked_sub(from_end)?
                    }
                };
                elements.get(from_start).copied()
            }
            _ => None,
        }
    }
}

/// The name of a member. One that escapes half of a surrogate pair is no text; it stays as it is
/// written.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Name<'a>(Cow<'a, str>);

impl<'de> Deserialize<'de> for Name<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Name<'de>, D::Error> {
        let raw = <&RawValue>::deserialize(deserializer)?.get();
        Ok(Name(match Json::read(raw) {
            Some(Json::Text(name)) => name,
            _ => Cow::Borrowed(raw),
        }))
    }
}

/// The indices of a slice (RFC 9535, 2.3.4.2.2).
fn slice(
    length: usize,
    start: Option<i64>,
    end: Option<i64>,
    step: i64,
) -> impl Iterator<Item = usize> {
    let length = i64::try_from(length).unwrap_or(i64::MAX);
    let (lowest, highest) = if step < 0 { (-1, length - 1) } else { (0, length) };
    let (first, last) = if step < 0 { (highest, lowest) } else { (lowest, highest) };
    let index = |bound: i64| if bound < 0 { length + bound } else { bound };
    let bound = |bound: Option<i64>, absent| bound.map_or(absent, index).clamp(lowest, highest);
    let (start, end) = (bound(start, first), bound(end, last));
    iter::successors(Some(start), move |index| index.checked_add(step))
        .take_while(move |index| match step.cmp(&0) {
            Ordering::Less => *index > end,
            Ordering::Equal => false,
            Ordering::Greater => *index < end,
        })
        .filter_map(|index| usize::try_from(index).ok())
}

/// Whether a value is as a filter says.
pub(crate) fn holds(filter: &Filter, value: &RawValue) -> bool {
    match filter {
        Filter::All(filters) => filters.iter().all(|filter| holds(filter, value)),
        Filter::Any(filters) => filters.iter().any(|filter| holds(filter, value)),
        Filter::Exists(path) => follow(path, value).is_some(),
        Filter::Compare { path, comparison, literal } => {
            let order = follow(path, value).and_then(|found| order(found, literal));
            match comparison {
                Comparison::Equal => order == Some(Ordering::Equal),
                Comparison::NotEqual => order != Some(Ordering::Equal),
                Comparison::Less => order == Some(Ordering::Less),
                Comparison::LessOrEqual => order.is_some_and(Ordering::is_le),
                Comparison::Greater => order == Some(Ordering::Greater),
                Comparison::GreaterOrEqual => order.is_some_and(Ordering::is_ge),
            }
        }
    }
}

fn follow<'a>(path: &[Step], value: &'a RawValue) -> Option<&'a RawValue> {
    path.iter().try_fold(value, |value, step| Level::of(value).child(step))
}

/// `None` if they are not equal and neither is less than the other.
fn order(value: &RawValue, literal: &Literal) -> Option<Ordering> {
    match (Json::read(value.get())?, literal) {
        (Json::Null, Literal::Null) => Some(Ordering::Equal),
        (Json::Bool(value), Literal::Bool(literal)) if value == *literal => Some(Ordering::Equal),
        (Json::Number(value), Literal::Number(literal)) => {
            Numeral::read(value)?.compare(&Numeral::read(literal)?)
        }
        (Json::Text(value), Literal::Text(literal)) => Some(value.cmp(literal)),
        _ => None,
    }
}
