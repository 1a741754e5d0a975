//! From a JSON object to a record, by the table of its columns.

use std::{borrow::Cow, fmt, marker::PhantomData};

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::{
    follow::Target,
    value::{NOT_NULL, Written, convert},
};
use crate::{Record, error::Misread, plan::Column};

/// A list that records are added to. It is what keeps the decoder free of the record's type, so
/// that it is compiled once.
pub(crate) trait Sink {
    /// Adds an empty record and gives it out.
    fn add(&mut self) -> &mut dyn Record;

    /// Takes out all records.
    fn clear(&mut self);
}

impl<T: Record + Default> Sink for Vec<T> {
    fn add(&mut self) -> &mut dyn Record {
        let index = self.len();
        self.push(T::default());
        &mut self[index]
    }

    fn clear(&mut self) {
        Vec::clear(self);
    }
}

/// What is known while records are read.
pub(super) struct Context<'a> {
    columns: &'a [Column],
    /// Which columns the record has, where some must be there.
    seen: Option<Vec<bool>>,
    /// The number of the record that is being read, from 1.
    pub(super) record: u64,
    /// What went wrong: serde's errors carry only text.
    pub(super) misread: Option<Misread>,
}

impl<'a> Context<'a> {
    pub(super) fn new(columns: &'a [Column]) -> Context<'a> {
        let required = columns.iter().any(|column| !column.nullable);
        let seen = required.then(|| vec![false; columns.len()]);
        Context { columns, seen, record: 0, misread: None }
    }

    /// The column with this name, which most often is the one after the last.
    fn column(&self, name: &str, likely: usize) -> Option<usize> {
        let is = |column: &Column| column.name == name;
        if self.columns.get(likely).is_some_and(is) {
            return Some(likely);
        }
        self.columns.iter().position(is)
    }

    fn fail<E: serde::de::Error>(&mut self, field: &str, expected: &str, found: String) -> E {
        self.misread = Some(Misread {
            record: Some(self.record),
            field: Some(field.to_owned()),
            what: format!("expected {expected}"),
            found: Some(found),
        });
        E::custom("a field is not of its column's type")
    }
}

/// The records at the end of the data selector: a list of objects, one object, or `null` for none.
pub(super) struct Records<'a, 'c> {
    pub(super) sink: &'a mut dyn Sink,
    pub(super) context: &'a mut Context<'c>,
    /// Which records count; all do if `None`.
    pub(super) kept: Option<&'a [bool]>,
}

impl<'de> Target<'de> for Records<'_, '_> {
    fn read<D: Deserializer<'de>>(&mut self, deserializer: D) -> Result<(), D::Error> {
        self.sink.clear();
        self.context.record = 0;
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for &mut Records<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("records")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        loop {
            let index = usize::try_from(self.context.record).unwrap_or(usize::MAX);
            self.context.record += 1;
            if self.kept.is_some_and(|kept| kept.get(index) == Some(&false)) {
                list.next_element::<IgnoredAny>()?;
                continue;
            }
            let seed = RecordSeed::<&'de RawValue> {
                sink: self.sink,
                context: self.context,
                written: PhantomData,
            };
            if list.next_element_seed(seed)?.is_none() {
                return Ok(());
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<(), A::Error> {
        self.context.record = 1;
        if self.kept.is_some_and(|kept| kept.first() == Some(&false)) {
            return IgnoredAny.visit_map(map).map(drop);
        }
        let written = PhantomData;
        RecordSeed::<&'de RawValue> { sink: self.sink, context: self.context, written }
            .visit_map(map)
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<(), E> {
        Ok(())
    }
}

/// One record, its values read as `S` says.
pub(super) struct RecordSeed<'a, 'c, S> {
    pub(super) sink: &'a mut dyn Sink,
    pub(super) context: &'a mut Context<'c>,
    pub(super) written: PhantomData<S>,
}

impl<'de, S: Written<'de>> DeserializeSeed<'de> for RecordSeed<'_, '_, S> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de, S: Written<'de>> Visitor<'de> for RecordSeed<'_, '_, S> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a record, which is an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let RecordSeed { sink, context, .. } = self;
        let columns = context.columns;
        let record = sink.add();
        if let Some(seen) = &mut context.seen {
            seen.fill(false);
        }
        let mut likely = 0;
        while let Some(key) = map.next_key_seed(Key { context, likely })? {
            let value = map.next_value::<S>()?;
            match key {
                Name::Declared(index) => {
                    if let Err(expected) = convert(&value, record.field_mut(index)) {
                        let found = value.json().to_owned();
                        return Err(context.fail(&columns[index].name, expected, found));
                    }
                    if let Some(seen) = &mut context.seen {
                        seen[index] = true;
                    }
                    likely = index + 1;
                }
                Name::Other(name) => record.extra_mut().push(&name, value.json()),
            }
        }
        let Some(seen) = &context.seen else { return Ok(()) };
        match columns.iter().zip(seen).find(|(column, seen)| !column.nullable && !**seen) {
            None => Ok(()),
            Some((column, _)) => {
                Err(context.fail(&column.name, NOT_NULL, "no such field".to_owned()))
            }
        }
    }
}

/// The name of a field.
enum Name<'de> {
    /// Of the column with this index.
    Declared(usize),
    Other(Cow<'de, str>),
}

struct Key<'a, 'c> {
    context: &'a Context<'c>,
    likely: usize,
}

impl<'de> DeserializeSeed<'de> for Key<'_, '_> {
    type Value = Name<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Name<'de>, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Key<'_, '_> {
    type Value = Name<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a field")
    }

    fn visit_borrowed_str<E>(self, name: &'de str) -> Result<Name<'de>, E> {
        let index = self.context.column(name, self.likely);
        Ok(index.map_or(Name::Other(Cow::Borrowed(name)), Name::Declared))
    }

    fn visit_str<E>(self, name: &str) -> Result<Name<'de>, E> {
        let index = self.context.column(name, self.likely);
        Ok(index.map_or_else(|| Name::Other(Cow::Owned(name.to_owned())), Name::Declared))
    }
}
