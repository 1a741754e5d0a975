//! Following a selector while JSON is read.

use std::fmt;

use serde::de::{
    Deserialize as _, DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess,
    Visitor,
};
use serde_json::value::RawValue;

use super::{Json, query::Scope};
use crate::{
    plan::{self, Choice, Filter, JsonPath, Segment, Selector, Str},
    record::reader::Reader,
};

/// What reads the values at the end of a path.
pub(super) trait Target<'de> {
    fn read<D: Deserializer<'de>>(&mut self, deserializer: D) -> Result<(), D::Error>;

    /// Drops what was read: a key on the path is there a second time, and the last one counts.
    fn forget(&mut self);
}

/// A path that can be followed from the beginning of a body to its end.
#[derive(Clone, Copy)]
pub(super) enum Way<'a> {
    /// To one place at most.
    Keys(&'a [Str]),
    /// To as many as there are, in the order of the body.
    Query(&'a [Segment]),
}

/// Where a path continues from a value.
enum Turn<'a> {
    Key(&'a str),
    Index(usize),
    Each,
    EachWith(&'a Filter),
}

impl<'a> Way<'a> {
    /// `None` if the path goes to and fro: from the end of a list, to a value and to what is in it, to
    /// one key and then another of the same object, or by a filter to the beginning.
    pub(super) fn of(selector: &'a Selector) -> Option<Way<'a>> {
        match selector {
            Selector::Keys(path) => Some(Way::Keys(path)),
            Selector::JsonPath(JsonPath { segments, .. }) => segments
                .iter()
                .all(|segment| turn(segment).is_some())
                .then_some(Way::Query(segments)),
        }
    }

    fn split_first(self) -> Option<(Turn<'a>, Way<'a>)> {
        match self {
            Way::Keys(path) => {
                path.split_first().map(|(key, rest)| (Turn::Key(key), Way::Keys(rest)))
            }
            Way::Query(path) => {
                let (segment, rest) = path.split_first()?;
                Some((turn(segment)?, Way::Query(rest)))
            }
        }
    }
}

fn turn(segment: &Segment) -> Option<Turn<'_>> {
    let Segment::Children(choices) = segment else { return None };
    match &**choices {
        [Choice::One(plan::Step::Name(name))] => Some(Turn::Key(name)),
        [Choice::One(plan::Step::Index(index))] => usize::try_from(*index).ok().map(Turn::Index),
        [Choice::Wildcard] => Some(Turn::Each),
        // What a filter looks at in the whole body is not known before its end.
        [Choice::Filter(filter)] => (!filter.looks_at_root()).then_some(Turn::EachWith(filter)),
        _ => None,
    }
}

/// Reads the whole body and has `target` read what is at the end of `way`. Says whether there is
/// something.
pub(super) fn follow<'de>(
    body: &'de str,
    way: Way<'_>,
    target: &mut impl Target<'de>,
) -> serde_json::Result<bool> {
    let mut reader = Reader::of(body);
    if let Ok(found) = follow_in(&mut reader, way, target)
        && reader.end().is_ok()
    {
        return Ok(found);
    }
    target.forget();
    follow_by_serde_json(body, way, target)
}

/// The same by a reader that says what is wrong, and reads no further than what it is stopped at.
pub(super) fn follow_by_serde_json<'de>(
    body: &'de str,
    way: Way<'_>,
    target: &mut impl Target<'de>,
) -> serde_json::Result<bool> {
    let mut deserializer = serde_json::Deserializer::from_str(body);
    let found = follow_in(&mut deserializer, way, target)?;
    deserializer.end()?;
    Ok(found)
}

/// The same with a body that this reads. What is behind the body's value is left to be looked at.
pub(super) fn follow_in<'de, D: Deserializer<'de>>(
    deserializer: D,
    way: Way<'_>,
    target: &mut impl Target<'de>,
) -> Result<bool, D::Error> {
    Step { way, target }.deserialize(deserializer)
}

/// One step on the path.
struct Step<'a, T> {
    way: Way<'a>,
    target: &'a mut T,
}

impl<'de, T: Target<'de>> DeserializeSeed<'de> for Step<'_, T> {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        if self.way.split_first().is_none() {
            self.target.read(deserializer)?;
            return Ok(true);
        }
        deserializer.deserialize_any(self)
    }
}

/// What the path does not lead into, because it is of another kind, does not have what is looked for.
impl<'de, T: Target<'de>> Visitor<'de> for Step<'_, T> {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<bool, A::Error> {
        let Step { way, target } = self;
        let Some((turn, rest)) = way.split_first() else { return Ok(false) };
        let mut found = false;
        match turn {
            Turn::Key(key) => {
                while let Some(here) = map.next_key_seed(Is(key))? {
                    if !here {
                        map.next_value::<IgnoredAny>()?;
                        continue;
                    }
                    if found {
                        // What was read may be of this key or of others.
                        if let Way::Query(_) = way {
                            return Err(A::Error::custom("a key on the path is there twice"));
                        }
                        target.forget();
                    }
                    found = map.next_value_seed(Step { way: rest, target: &mut *target })?;
                }
            }
            // Which of them are there twice is known at the end.
            Turn::Each | Turn::EachWith(_) => {
                return Err(A::Error::custom("all members are on the path"));
            }
            Turn::Index(_) => while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {},
        }
        Ok(found)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<bool, A::Error> {
        let Step { way, target } = self;
        let Some((turn, rest)) = way.split_first() else { return Ok(false) };
        let mut found = false;
        match turn {
            Turn::Index(index) => {
                for _ in 0..index {
                    if list.next_element::<IgnoredAny>()?.is_none() {
                        return Ok(false);
                    }
                }
                found = list.next_element_seed(Step { way: rest, target })?.unwrap_or(false);
            }
            Turn::Each => {
                while let Some(is_there) =
                    list.next_element_seed(Step { way: rest, target: &mut *target })?
                {
                    found |= is_there;
                }
            }
            Turn::EachWith(filter) => {
                while let Some(value) = list.next_element::<&RawValue>()? {
                    // The root is that of filters which are not followed here.
                    let scope = Scope { current: value, root: value };
                    if scope.holds(filter).map_err(|wrong| A::Error::custom(wrong.what))? {
                        let value = &mut serde_json::Deserializer::from_str(value.get());
                        let step = Step { way: rest, target: &mut *target };
                        found |= step.deserialize(value).map_err(A::Error::custom)?;
                    }
                }
            }
            Turn::Key(_) => {}
        }
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(found)
    }

    fn visit_unit<E>(self) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_bool<E>(self, _: bool) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_i64<E>(self, _: i64) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_u64<E>(self, _: u64) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_f64<E>(self, _: f64) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_str<E>(self, _: &str) -> Result<bool, E> {
        Ok(false)
    }
}

/// Whether a key is this one. One that escapes half of a surrogate pair is none.
pub(super) struct Is<'a>(pub(super) &'a str);

impl<'de> DeserializeSeed<'de> for Is<'_> {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        let key = <&RawValue>::deserialize(deserializer)?.get();
        let written = &key[1..key.len() - 1];
        // An escape is longer than what it stands for.
        if written.len() < self.0.len() || !written.contains('\\') {
            return Ok(written == self.0);
        }
        Ok(matches!(Json::read(key), Some(Json::Text(key)) if key == self.0))
    }
}
