//! Following selectors.

use std::{borrow::Cow, fmt};

use serde::de::{Deserialize as _, Deserializer, Error as _, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::{
    decode_error::{DecodeError, Unreadable},
    edges, explain,
    follow::{Target, Way, follow, follow_by_serde_json},
    query,
};
use crate::plan::{Choice, JsonPath, List, Segment, Selector};

/// What a selector selects in a body.
pub(crate) trait Select {
    /// The raw JSON of what is selected, the first if it is several places, or `None` if nothing is.
    fn find<'a>(&self, body: &'a str) -> Result<Option<&'a str>, DecodeError>;

    /// The raw JSON of every place that is selected.
    fn matches<'a>(&self, body: &'a str) -> Result<Vec<&'a RawValue>, DecodeError>;

    /// The records that are selected, as they are written there: the elements of a list, of every list if
    /// it is several, or else what it is. `null` is no record.
    fn records<'a>(&self, body: &'a str) -> Result<Vec<&'a RawValue>, DecodeError>;
}

impl Select for Selector {
    fn find<'a>(&self, body: &'a str) -> Result<Option<&'a str>, DecodeError> {
        match self {
            Selector::Keys(keys) => {
                let mut raw = Raw(None);
                if let Some((first, rest)) = keys.split_first()
                    && let Some(value) = edges::member(body, first)
                    && follow(value, Way::Keys(rest), &mut raw).is_ok()
                    && raw.0.is_some()
                {
                    return Ok(raw.0.map(RawValue::get));
                }
                follow(body, Way::Keys(keys), &mut raw).map_err(unreadable)?;
                Ok(raw.0.map(RawValue::get))
            }
            Selector::JsonPath(JsonPath { segments, .. }) => {
                Ok(query::matches(segments, body)?.first().map(|raw| raw.get()))
            }
        }
    }

    fn matches<'a>(&self, body: &'a str) -> Result<Vec<&'a RawValue>, DecodeError> {
        match self {
            Selector::Keys(keys) => {
                let mut raw = Raw(None);
                follow(body, Way::Keys(keys), &mut raw).map_err(unreadable)?;
                Ok(Vec::from_iter(raw.0))
            }
            Selector::JsonPath(JsonPath { segments, .. }) => query::matches(segments, body),
        }
    }

    fn records<'a>(&self, body: &'a str) -> Result<Vec<&'a RawValue>, DecodeError> {
        let mut lists = Lists(Vec::new());
        match Way::of(self).map(|way| follow(body, way, &mut lists)) {
            Some(Ok(found)) if found || !must_match(self) => Ok(lists.0),
            _ => one_by_one(self, body),
        }
    }
}

/// The same as [`Select::find`] in one record, which is short: it is read once, from its beginning.
pub(crate) fn find_in_record<'a>(
    selector: &Selector,
    record: &'a RawValue,
) -> Result<Option<&'a str>, DecodeError> {
    let Selector::Keys(keys) = selector else { return selector.find(record.get()) };
    let mut raw = Raw(None);
    follow(record.get(), Way::Keys(keys), &mut raw).map_err(unreadable)?;
    Ok(raw.0.map(RawValue::get))
}

/// The first record, for which the body is read no further. `None` if it is not at the beginning of a list
/// that a path leads to straight away.
pub(crate) fn first_record<'a>(selector: &Selector, body: &'a str) -> Option<&'a RawValue> {
    let mut first = FirstRecord(None);
    // It stops with an error, for nothing else stops it in the middle of a list.
    let _ = follow_by_serde_json(body, Way::of(selector)?, &mut first);
    first.0
}

/// The records that a selector selects, which are looked for one after the other, whatever they are.
pub(super) fn one_by_one<'a>(
    selector: &Selector,
    body: &'a str,
) -> Result<Vec<&'a RawValue>, DecodeError> {
    let matches = selector.matches(body)?;
    if matches.is_empty() && must_match(selector) {
        return Err(DecodeError::Misread(match selector {
            Selector::Keys(keys) => explain::nothing_there(body, keys),
            Selector::JsonPath(_) => explain::no_match(body, selector),
        }));
    }
    let mut records = Vec::new();
    for raw in matches {
        records.append(&mut elements(raw).map_err(unreadable)?);
    }
    Ok(records)
}

/// Whether nothing but names and indices leads to what is selected, so that it should be there. A path
/// with a wildcard or a filter may well select nothing.
pub(crate) fn must_match(selector: &Selector) -> bool {
    match selector {
        Selector::Keys(_) => true,
        Selector::JsonPath(JsonPath { segments, .. }) => {
            segments.iter().all(|segment| match segment {
                Segment::Children(choices) => matches!(**choices, [Choice::One(_)]),
                Segment::Descendants(_) => false,
            })
        }
    }
}

/// The selector with all that its filters look at.
pub(crate) fn unfiltered(selector: &Selector) -> Cow<'_, Selector> {
    let is_filter = |choice: &Choice| matches!(choice, Choice::Filter(_));
    let all = |choices: &List<Choice>| {
        let all = |choice| if is_filter(choice) { Choice::Wildcard } else { choice.clone() };
        choices.iter().map(all).collect()
    };
    match selector {
        Selector::JsonPath(JsonPath { text, segments, .. })
            if segments.iter().any(|segment| choices(segment).iter().any(is_filter)) =>
        {
            let segments = segments.iter().map(|segment| match segment {
                Segment::Children(choices) => Segment::Children(all(choices)),
                Segment::Descendants(choices) => Segment::Descendants(all(choices)),
            });
            Cow::Owned(Selector::JsonPath(JsonPath {
                text: text.clone(),
                segments: segments.collect(),
                ..JsonPath::DEFAULT
            }))
        }
        other => Cow::Borrowed(other),
    }
}

fn choices(segment: &Segment) -> &[Choice] {
    let (Segment::Children(choices) | Segment::Descendants(choices)) = segment;
    choices
}

fn unreadable(error: serde_json::Error) -> DecodeError {
    DecodeError::Unreadable(Unreadable(error))
}

/// What is at the end of a path, as it is written there.
struct Raw<'a>(Option<&'a RawValue>);

impl<'de> Target<'de> for Raw<'de> {
    fn read<D: Deserializer<'de>>(&mut self, deserializer: D) -> Result<(), D::Error> {
        self.0 = Some(<&RawValue>::deserialize(deserializer)?);
        Ok(())
    }

    fn forget(&mut self) {
        self.0 = None;
    }
}

/// The elements of the lists at the end of a path, of which `null` is an empty one. What is no list
/// is an error.
struct Lists<'a>(Vec<&'a RawValue>);

impl<'de> Target<'de> for Lists<'de> {
    fn read<D: Deserializer<'de>>(&mut self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }

    fn forget(&mut self) {
        self.0.clear();
    }
}

impl<'de> Visitor<'de> for &mut Lists<'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while let Some(element) = list.next_element()? {
            self.0.push(element);
        }
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
}

/// The first element of the first list that has one.
struct FirstRecord<'a>(Option<&'a RawValue>);

impl<'de> Target<'de> for FirstRecord<'de> {
    fn read<D: Deserializer<'de>>(&mut self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }

    fn forget(&mut self) {
        self.0 = None;
    }
}

impl<'de> Visitor<'de> for &mut FirstRecord<'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        self.0 = list.next_element()?;
        match self.0 {
            Some(_) => Err(A::Error::custom("found")),
            None => Ok(()),
        }
    }
}

/// The records that a selected value has, or is.
pub(super) fn elements(raw: &RawValue) -> serde_json::Result<Vec<&RawValue>> {
    match raw.get().as_bytes().first() {
        Some(b'[') => serde_json::from_str(raw.get()),
        Some(b'n') => Ok(Vec::new()),
        _ => Ok(vec![raw]),
    }
}
