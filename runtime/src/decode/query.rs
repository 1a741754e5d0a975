//! JSONPath (RFC 9535), followed in the text of a body. One level of it is read at a time, and only
//! where the path goes: nothing is built of the rest, and what is selected stays as it is written there.

use std::{borrow::Cow, cmp::Ordering};

use serde_json::value::RawValue;

use super::{
    compare::{Value, length},
    decode_error::{DecodeError, Unreadable},
    level::{Level, place, slice},
};
use crate::{
    error::Misread,
    plan::{Choice, Compare, Comparison, Filter, Literal, Node, Operand, Query, Segment, Slice},
};

/// How many levels below a value `..` looks for descendants, each of which takes a look at all that
/// is below it.
pub(super) const DEPTH: usize = 128;

/// Whether a segment may select values in another order than that of the body: `['b', 'a']` or
/// `[::-1]`.
pub(super) fn is_reordering(segment: &Segment) -> bool {
    let (Segment::Children(choices) | Segment::Descendants(choices)) = segment;
    choices.len() > 1 || matches!(**choices, [Choice::Slice(_)])
}

/// What a path selects, in the order of the body unless the path has an order of its own.
pub(super) fn matches<'a>(
    path: &[Segment],
    body: &'a str,
) -> Result<Vec<&'a RawValue>, DecodeError> {
    let root =
        serde_json::from_str(body).map_err(|error| DecodeError::Unreadable(Unreadable(error)))?;
    let mut values = select(path, root, root).map_err(DecodeError::Misread)?;
    if !path.iter().any(is_reordering) {
        values.sort_by_key(|value| place(value));
    }
    Ok(values)
}

/// What a path selects from `start`, in the order of the path. Filters in it may look at `root`.
pub(super) fn select<'a>(
    path: &[Segment],
    start: &'a RawValue,
    root: &'a RawValue,
) -> Result<Vec<&'a RawValue>, Misread> {
    let mut values = vec![start];
    for segment in path {
        let mut selected = Vec::new();
        for value in values {
            match segment {
                Segment::Children(choices) => {
                    choose(&Level::of(value), choices, root, &mut selected)?;
                }
                Segment::Descendants(choices) => {
                    descend(value, choices, root, DEPTH, &mut selected)?;
                }
            }
        }
        values = selected;
    }
    Ok(values)
}

/// Selects children of a value, then of each child, and so on.
fn descend<'a>(
    value: &'a RawValue,
    choices: &[Choice],
    root: &'a RawValue,
    depth: usize,
    selected: &mut Vec<&'a RawValue>,
) -> Result<(), Misread> {
    let level = Level::of(value);
    choose(&level, choices, root, selected)?;
    for child in level.children() {
        if depth == 0 {
            let what = format!("`..` looks {DEPTH} levels deep, and the response is nested deeper");
            return Err(Misread { what, ..Misread::default() });
        }
        descend(child, choices, root, depth - 1, selected)?;
    }
    Ok(())
}

/// Selects the children of a value that are chosen.
fn choose<'a>(
    level: &Level<'a>,
    choices: &[Choice],
    root: &'a RawValue,
    selected: &mut Vec<&'a RawValue>,
) -> Result<(), Misread> {
    for choice in choices {
        match (choice, level) {
            (Choice::One(step), _) => selected.extend(level.child(step)),
            (Choice::Slice(Slice { start, end, step, .. }), Level::List(elements)) => {
                let indices = slice(elements.len(), *start, *end, *step);
                selected.extend(indices.filter_map(|index| elements.get(index)));
            }
            (Choice::Slice(_), _) => {}
            (Choice::Wildcard, _) => selected.append(&mut level.children()),
            (Choice::Filter(filter), _) => {
                for current in level.children() {
                    if (Scope { current, root }).holds(filter)? {
                        selected.push(current);
                    }
                }
            }
        }
    }
    Ok(())
}

/// Whether a filter holds for a whole body. One whose `..` goes too deep does not.
pub(crate) fn holds(filter: &Filter, body: &RawValue) -> bool {
    Scope { current: body, root: body }.holds(filter).unwrap_or(false)
}

/// What the queries of a filter start at.
#[derive(Clone, Copy)]
pub(super) struct Scope<'a> {
    /// `@`
    pub(super) current: &'a RawValue,
    /// `$`
    pub(super) root: &'a RawValue,
}

impl<'a> Scope<'a> {
    /// Whether a filter holds. It is an error if `..` in it goes too deep.
    pub(super) fn holds(self, filter: &Filter) -> Result<bool, Misread> {
        match filter {
            Filter::All(filters) => {
                for filter in &**filters {
                    if !self.holds(filter)? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            Filter::Any(filters) => {
                for filter in &**filters {
                    if self.holds(filter)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            Filter::Not(filter) => Ok(!self.holds(filter)?),
            Filter::Exists(query) => Ok(!self.select(query)?.is_empty()),
            Filter::Compare(Compare { left, comparison, right, .. }) => {
                let order = self.operand(left)?.order(&self.operand(right)?);
                Ok(match comparison {
                    Comparison::Equal => order == Some(Ordering::Equal),
                    Comparison::NotEqual => order != Some(Ordering::Equal),
                    Comparison::Less => order == Some(Ordering::Less),
                    Comparison::LessOrEqual => order.is_some_and(Ordering::is_le),
                    Comparison::Greater => order == Some(Ordering::Greater),
                    Comparison::GreaterOrEqual => order.is_some_and(Ordering::is_ge),
                })
            }
        }
    }

    fn select(self, query: &Query) -> Result<Vec<&'a RawValue>, Misread> {
        let from = match query.from {
            Node::Current => self.current,
            Node::Root => self.root,
        };
        select(&query.segments, from, self.root)
    }

    fn operand<'b>(self, operand: &'b Operand) -> Result<Value<'b>, Misread>
    where
        'a: 'b,
    {
        let number =
            |number: usize| Value::Literal(Cow::Owned(Literal::Number(number.to_string().into())));
        Ok(match operand {
            Operand::Literal(literal) => Value::Literal(Cow::Borrowed(literal)),
            Operand::Value(query) => self.value(query)?.map_or(Value::Nothing, Value::Raw),
            Operand::Length(query) => {
                self.value(query)?.and_then(length).map_or(Value::Nothing, number)
            }
            Operand::Count(query) => number(self.select(query)?.len()),
        })
    }

    /// The value that a query selects, if it is one.
    fn value(self, query: &Query) -> Result<Option<&'a RawValue>, Misread> {
        Ok(match *self.select(query)? {
            [value] => Some(value),
            _ => None,
        })
    }
}
