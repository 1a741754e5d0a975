//! Following a selector while JSON is read.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::plan::Str;

/// What reads the value at the end of a path. When a key is there twice it reads twice, and the
/// last one counts.
pub(super) trait Target<'de> {
    fn read<D: Deserializer<'de>>(&mut self, deserializer: D) -> Result<(), D::Error>;
}

/// Reads the whole body and has `target` read what is at `path`. Says whether there is something.
pub(super) fn follow<'de>(
    body: &'de str,
    path: &[Str],
    target: &mut impl Target<'de>,
) -> serde_json::Result<bool> {
    let mut deserializer = serde_json::Deserializer::from_str(body);
    let found = Step { path, target }.deserialize(&mut deserializer)?;
    deserializer.end()?;
    Ok(found)
}

/// One step on the path.
struct Step<'a, T> {
    path: &'a [Str],
    target: &'a mut T,
}

impl<'de, T: Target<'de>> DeserializeSeed<'de> for Step<'_, T> {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        if self.path.is_empty() {
            self.target.read(deserializer)?;
            return Ok(true);
        }
        deserializer.deserialize_any(self)
    }
}

/// Where the path goes on only an object can follow; anything else does not have what is looked for.
impl<'de, T: Target<'de>> Visitor<'de> for Step<'_, T> {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<bool, A::Error> {
        let Some((key, rest)) = self.path.split_first() else {
            return Ok(false);
        };
        let mut found = false;
        while let Some(here) = map.next_key_seed(Is(key))? {
            if here {
                found = map.next_value_seed(Step { path: rest, target: &mut *self.target })?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(found)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<bool, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(false)
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

/// Whether a key is this one.
pub(super) struct Is<'a>(pub(super) &'a str);

impl<'de> DeserializeSeed<'de> for Is<'_> {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Is<'_> {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E>(self, key: &str) -> Result<bool, E> {
        Ok(key == self.0)
    }
}
