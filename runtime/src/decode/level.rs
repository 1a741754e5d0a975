//! The children of one value.

use std::{borrow::Cow, cmp::Ordering, collections::BTreeMap, iter};

use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use super::Json;
use crate::plan::Step;

/// The children of one value.
pub(super) enum Level<'a> {
    Object(BTreeMap<Name<'a>, &'a RawValue>),
    List(Vec<&'a RawValue>),
    Neither,
}

impl<'a> Level<'a> {
    pub(super) fn of(value: &'a RawValue) -> Level<'a> {
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
    pub(super) fn children(&self) -> Vec<&'a RawValue> {
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

    /// The same with the keys of members.
    pub(super) fn named_children(self) -> Vec<(Option<Cow<'a, str>>, &'a RawValue)> {
        match self {
            Level::Object(members) => {
                let mut children: Vec<_> =
                    members.into_iter().map(|(Name(name), child)| (Some(name), child)).collect();
                children.sort_by_key(|(_, child)| place(child));
                children
            }
            Level::List(elements) => elements.into_iter().map(|child| (None, child)).collect(),
            Level::Neither => Vec::new(),
        }
    }

    /// Whether both have the same children, as `is_equal` compares them.
    pub(super) fn matches(
        &self,
        other: &Level<'_>,
        is_equal: impl Fn(&RawValue, &RawValue) -> bool,
    ) -> bool {
        match (self, other) {
            (Level::Object(members), Level::Object(others)) => {
                let is_there = |(name, value): (&Name<'_>, &&RawValue)| {
                    others.get(name).is_some_and(|other| is_equal(value, other))
                };
                members.len() == others.len() && members.iter().all(is_there)
            }
            (Level::List(elements), Level::List(others)) => {
                elements.len() == others.len()
                    && elements.iter().zip(others).all(|(value, other)| is_equal(value, other))
            }
            _ => false,
        }
    }

    pub(super) fn child(&self, step: &Step) -> Option<&'a RawValue> {
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
pub(super) struct Name<'a>(Cow<'a, str>);

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
pub(super) fn slice(
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

/// Where a value stands in the body.
pub(crate) fn place(value: &RawValue) -> usize {
    value.get().as_ptr().addr()
}
