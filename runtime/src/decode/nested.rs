//! Records and lists within a record.

use std::{fmt, marker::PhantomData};

use serde::de::{Deserializer, IgnoredAny, SeqAccess, Visitor};

use super::{
    object::{Names, Object},
    value::{Written, convert},
    wrong::Wrong,
};
use crate::{
    ListPlace, Record,
    plan::{Column, DataType, SchemaContract},
};

/// The place of a record or a list, together with what is declared of it.
pub(super) struct Nested<'a, 'p> {
    pub(super) column: &'a Column,
    pub(super) contract: SchemaContract,
    pub(super) place: NestedPlace<'p>,
}

pub(super) enum NestedPlace<'a> {
    Record(&'a mut dyn Record),
    List(&'a mut dyn ListPlace),
}

impl Nested<'_, '_> {
    /// Reads it, its values as `S` says.
    pub(super) fn read<'de, S: Written<'de>, D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<Result<(), Wrong>, D::Error> {
        let Nested { column, contract, place } = self;
        match place {
            NestedPlace::Record(record) => deserializer.deserialize_map(Object::<S> {
                names: Names::of(&column.fields),
                contract,
                record,
                likely_extra: 0,
                deletes: false,
                written: PhantomData,
            }),
            NestedPlace::List(list) => {
                /// What the elements are where a record that was written by hand does not say it.
                static ANY: Column = Column::new("", DataType::Json);
                let items = column.items.as_deref().unwrap_or(&ANY);
                let written = PhantomData;
                deserializer.deserialize_seq(Elements::<S> { items, contract, list, written })
            }
        }
    }
}

struct Elements<'a, 'p, S> {
    items: &'a Column,
    contract: SchemaContract,
    list: &'p mut dyn ListPlace,
    written: PhantomData<S>,
}

impl<'de, S: Written<'de>> Visitor<'de> for Elements<'_, '_, S> {
    type Value = Result<(), Wrong>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Self::Value, A::Error> {
        let mut index = 0;
        while let Some(value) = elements.next_element::<S>()? {
            if let Err(wrong) = convert(&value, self.list.add(), self.items, self.contract) {
                while elements.next_element::<IgnoredAny>()?.is_some() {}
                return Ok(Err(wrong.in_element(index)));
            }
            index += 1;
        }
        Ok(Ok(()))
    }
}
