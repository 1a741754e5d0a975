//! Records with what encloses them: the values that the data selector leads through, and the keys that lead
//! to them.

use std::{borrow::Cow, rc::Rc};

use serde_json::value::RawValue;

use crate::{
    decode::{
        decode_error::{DecodeError, Unreadable},
        level::{Level, place, slice},
        query::{Scope, is_reordering, select},
        select::{Select as _, elements},
    },
    error::Misread,
    plan::{Choice, JsonPath, Segment, Selector, Slice, Step, With},
};

/// A value on the way to a record, and the key that leads to it from the one before.
#[derive(Clone)]
struct Way<'a> {
    value: &'a RawValue,
    key: Option<Cow<'a, str>>,
}

/// The values from the response to what a selector selects, one for each of its steps.
type Trail<'a> = Vec<Way<'a>>;

/// A record, and what leads to it.
pub(super) struct Enclosed<'a> {
    pub(super) record: &'a RawValue,
    trail: Rc<Trail<'a>>,
}

/// The records that a selector selects, in the order in which [`Select::records`] has them.
pub(super) fn records<'a>(
    selector: &Selector,
    body: &'a str,
) -> Result<Vec<Enclosed<'a>>, DecodeError> {
    let unreadable = |error| DecodeError::Unreadable(Unreadable(error));
    let root: &RawValue = serde_json::from_str(body).map_err(unreadable)?;
    let keys;
    let segments = match selector {
        Selector::JsonPath(JsonPath { segments, .. }) => &**segments,
        Selector::Keys(names) => {
            let segment = |name: &_| {
                Segment::Children(vec![Choice::One(Step::Name(Clone::clone(name)))].into())
            };
            keys = names.iter().map(segment).collect::<Vec<_>>();
            &keys
        }
    };
    let mut trails: Vec<Trail<'a>> = vec![vec![Way { value: root, key: None }]];
    for segment in segments {
        let mut next = Vec::new();
        for trail in &trails {
            let Some(Way { value, .. }) = trail.last() else { continue };
            step(segment, trail, value, root, &mut next)?;
        }
        trails = next;
    }
    let end = |trail: &Trail<'a>| trail.last().map(|way| way.value);
    if !segments.iter().any(is_reordering) {
        trails.sort_by_key(|trail| end(trail).map(place));
    }
    let mut records = Vec::new();
    for trail in trails {
        let Some(value) = end(&trail) else { continue };
        let trail = Rc::new(trail);
        let selected = elements(value).map_err(unreadable)?;
        records.extend(
            selected.into_iter().map(|record| Enclosed { record, trail: Rc::clone(&trail) }),
        );
    }
    Ok(records)
}

/// One step of a selector from the value at the end of a trail.
fn step<'a>(
    segment: &Segment,
    trail: &Trail<'a>,
    value: &'a RawValue,
    root: &'a RawValue,
    next: &mut Vec<Trail<'a>>,
) -> Result<(), Misread> {
    match segment {
        Segment::Children(choices) => {
            for (key, value) in chosen(value, choices, root)? {
                next.push([&**trail, &[Way { value, key }]].concat());
            }
        }
        Segment::Descendants(_) => {
            let path = std::slice::from_ref(segment);
            for value in select(path, value, root)? {
                next.push([&**trail, &[Way { value, key: None }]].concat());
            }
        }
    }
    Ok(())
}

type Child<'a> = (Option<Cow<'a, str>>, &'a RawValue);

/// The children of a value that are chosen, with the keys of those that have some.
fn chosen<'a>(
    value: &'a RawValue,
    choices: &[Choice],
    root: &'a RawValue,
) -> Result<Vec<Child<'a>>, Misread> {
    let level = || Level::of(value);
    let mut chosen = Vec::new();
    for choice in choices {
        match choice {
            Choice::One(step) => {
                let key = match step {
                    Step::Name(name) => Some(Cow::Owned(name.to_string())),
                    Step::Index(_) => None,
                };
                chosen.extend(level().child(step).map(|child| (key, child)));
            }
            Choice::Wildcard => chosen.append(&mut level().named_children()),
            Choice::Slice(Slice { start, end, step, .. }) => {
                if let Level::List(elements) = level() {
                    let indices = slice(elements.len(), *start, *end, *step);
                    let found = indices.filter_map(|index| elements.get(index));
                    chosen.extend(found.map(|child| (None, *child)));
                }
            }
            Choice::Filter(filter) => {
                for (key, current) in level().named_children() {
                    if (Scope { current, root }).holds(filter)? {
                        chosen.push((key, current));
                    }
                }
            }
        }
    }
    Ok(chosen)
}

/// Reads fields of what encloses records. Records that come one after the other have it in common.
#[derive(Default)]
pub(super) struct Reading<'a> {
    last: Vec<Option<(&'a RawValue, String)>>,
}

impl<'a> Reading<'a> {
    /// The JSON of a field; `None` if it is not there.
    pub(super) fn field(
        &mut self,
        index: usize,
        with: &With,
        record: &Enclosed<'a>,
    ) -> Result<Option<String>, Misread> {
        let depth = usize::try_from(with.depth).unwrap_or(usize::MAX);
        let Some(way) = record.trail.get(depth) else { return Ok(None) };
        if with.is_key {
            let Some(key) = &way.key else {
                return Err(Misread {
                    field: Some(with.name.to_string()),
                    what: "`$key` is the key of a member, and this is an element of a list"
                        .to_owned(),
                    ..Misread::default()
                });
            };
            return Ok(Some(super::node::quoted(key)));
        }
        if self.last.len() <= index {
            self.last.resize_with(index + 1, || None);
        }
        if let Some((of, json)) = &self.last[index]
            && std::ptr::eq(*of, way.value)
        {
            return Ok(Some(json.clone()));
        }
        let found = with.path.find(way.value.get()).ok().flatten().map(str::to_owned);
        self.last[index] = found.clone().map(|json| (way.value, json));
        Ok(found)
    }
}
