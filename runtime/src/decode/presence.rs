//! What a body has where its records are looked for, known without reading further than to the
//! first of them.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, SeqAccess, Visitor};

use super::{
    follow::{Target, Way, follow_by_serde_json},
    select::must_match,
};
use crate::plan::Selector;

/// What is at the place of the records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Presence {
    /// A list that has records.
    Records,
    /// A list without records.
    Empty,
    /// `null`.
    Null,
    /// One value that is no list, or something that only a look at all of the body would tell.
    Single,
    /// Nothing.
    Missing,
}

impl Presence {
    /// A page of records is read up to the first one. A body that is no JSON is [`Single`]: what is
    /// wrong with it is an error of the code that reads it.
    ///
    /// [`Single`]: Presence::Single
    pub(super) fn of(selector: &Selector, body: &str) -> Presence {
        let Some(way) = Way::of(selector) else { return Presence::Single };
        let is_one = must_match(selector);
        let mut look = Look { presence: Presence::Missing, is_settled: false, is_one };
        let followed = follow_by_serde_json(body, way, &mut look);
        if followed.is_ok() || look.is_settled { look.presence } else { Presence::Single }
    }
}

/// Whether `null` is in place of the records.
pub(crate) fn is_null(selector: &Selector, body: &str) -> bool {
    Presence::of(selector, body) == Presence::Null
}

/// Stops the reading with an error as soon as something is settled.
struct Look {
    presence: Presence,
    is_settled: bool,
    /// Whether the path leads to one place at most.
    is_one: bool,
}

impl Look {
    /// A value that is no list: a record itself where the path leads to many.
    fn settle<E: Error>(&mut self) -> E {
        self.presence = if self.is_one { Presence::Single } else { Presence::Records };
        self.is_settled = true;
        E::custom("settled")
    }
}

impl<'de> Target<'de> for Look {
    fn read<D: Deserializer<'de>>(&mut self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }

    fn forget(&mut self) {
        self.presence = Presence::Missing;
    }
}

impl<'de> Visitor<'de> for &mut Look {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        self.presence = Presence::Empty;
        // There is no element, or reading it is stopped.
        list.next_element_seed(First(self)).map(|_| ())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        if self.presence == Presence::Missing {
            self.presence = Presence::Null;
        }
        Ok(())
    }

    fn visit_map<A: serde::de::MapAccess<'de>>(self, _: A) -> Result<(), A::Error> {
        Err(self.settle())
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<(), E> {
        Err(self.settle())
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<(), E> {
        Err(self.settle())
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<(), E> {
        Err(self.settle())
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<(), E> {
        Err(self.settle())
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<(), E> {
        Err(self.settle())
    }
}

/// The first element of a list, which is not read. One that is `null` is no record where the path
/// leads to many.
struct First<'a>(&'a mut Look);

impl<'de> DeserializeSeed<'de> for First<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, _: D) -> Result<(), D::Error> {
        self.0.presence = Presence::Records;
        self.0.is_settled = true;
        Err(D::Error::custom("settled"))
    }
}
