//! From the records of a page to a list of them.

use std::{fmt, marker::PhantomData};

use serde::de::{
    DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor,
    value::MapAccessDeserializer,
};

use super::{
    follow::Target,
    object::{Names, Object},
    plain::Plain,
    value::Written,
};
use crate::{
    Record,
    error::Misread,
    plan::{Column, ResourcePlan, SchemaContract, WriteDisposition},
};

/// A list that records are added to. It is what keeps the decoder free of the record's type, so
/// that it is compiled once.
pub(crate) trait Sink {
    /// Adds an empty record and gives it out.
    fn add(&mut self) -> &mut dyn Record;

    /// The record that was added last.
    fn last(&mut self) -> Option<&mut dyn Record>;

    /// Takes out the record that was added last.
    fn remove_last(&mut self);

    /// Takes out all records.
    fn clear(&mut self);

    /// Shows every record.
    fn each(
        &mut self,
        show: &mut dyn FnMut(&mut dyn Record) -> Result<(), Misread>,
    ) -> Result<(), Misread>;
}

/// A list of records, and what an empty one is.
pub(crate) struct Growing<'a, T, F> {
    pub(crate) records: &'a mut Vec<T>,
    pub(crate) empty: F,
}

impl<T: Record, F: Fn() -> T> Sink for Growing<'_, T, F> {
    fn add(&mut self) -> &mut dyn Record {
        let index = self.records.len();
        self.records.push((self.empty)());
        &mut self.records[index]
    }

    fn last(&mut self) -> Option<&mut dyn Record> {
        self.records.last_mut().map(|record| record as &mut dyn Record)
    }

    fn remove_last(&mut self) {
        self.records.pop();
    }

    fn clear(&mut self) {
        self.records.clear();
    }

    fn each(
        &mut self,
        show: &mut dyn FnMut(&mut dyn Record) -> Result<(), Misread>,
    ) -> Result<(), Misread> {
        // A loop, for it is compiled for every type of record.
        for record in &mut *self.records {
            show(record)?;
        }
        Ok(())
    }
}

/// What is known while records are read.
pub(super) struct Context<'a> {
    names: Names<'a>,
    contract: SchemaContract,
    /// The number of the record that is being read or was read last, from 1.
    pub(super) record: u64,
    /// What went wrong: serde's errors carry only text.
    pub(super) misread: Option<Misread>,
    /// How many records the schema contract has left out, and why the last one.
    pub(super) discarded: (u64, Option<Misread>),
    /// How many undeclared fields the last record had, and of how many bytes: most likely the next one's are
    /// like them.
    extra: (usize, usize),
    /// Whether `null` is in place of the records.
    pub(super) is_null: bool,
    /// Which records may be no objects.
    pub(super) plain: Plain,
    /// Whether a record may remove its row, and needs its key only.
    pub(super) deletes: bool,
}

impl<'a> Context<'a> {
    pub(super) fn new(columns: &'a [Column], contract: SchemaContract) -> Context<'a> {
        Context {
            names: Names::of(columns),
            contract,
            record: 0,
            misread: None,
            discarded: (0, None),
            extra: (0, 0),
            is_null: false,
            plain: Plain::default(),
            deletes: false,
        }
    }

    /// For the records of a resource.
    pub(super) fn of(plan: &'a ResourcePlan) -> Context<'a> {
        let context = Context::new(&plan.columns, plan.schema_contract);
        Context {
            names: context.names.with_keys(&plan.primary_key, &plan.merge_key),
            plain: Plain::of(plan),
            deletes: plan.write_disposition == WriteDisposition::Merge,
            ..context
        }
    }
}

/// The records at the end of the data selector: lists of objects, single objects, or `null` for none. Their
/// values are read as `S` says.
pub(super) struct Records<'a, 'c, S> {
    pub(super) sink: &'a mut dyn Sink,
    pub(super) context: &'a mut Context<'c>,
    /// Which records count; all do if `None`.
    pub(super) kept: Option<&'a [bool]>,
    pub(super) written: PhantomData<S>,
}

impl<'de, S: Written<'de>> Target<'de> for Records<'_, '_, S> {
    fn read<D: Deserializer<'de>>(&mut self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }

    fn forget(&mut self) {
        self.sink.clear();
        (self.context.record, self.context.discarded) = (0, (0, None));
        (self.context.misread, self.context.is_null) = (None, false);
    }
}

impl<S> Records<'_, '_, S> {
    /// Whether the next record counts.
    fn is_kept(&self) -> bool {
        let index = usize::try_from(self.context.record).unwrap_or(usize::MAX);
        self.kept.is_none_or(|kept| kept.get(index) != Some(&false))
    }
}

impl<'de, S: Written<'de>> Visitor<'de> for &mut Records<'_, '_, S> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("records")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        loop {
            if !self.is_kept() {
                if list.next_element::<IgnoredAny>()?.is_none() {
                    return Ok(());
                }
                self.context.record += 1;
                continue;
            }
            let (context, written) = (&mut *self.context, self.written);
            let seed = RecordSeed { sink: self.sink, context, written };
            if list.next_element_seed(seed)?.is_none() {
                return Ok(());
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<(), A::Error> {
        if !self.is_kept() {
            self.context.record += 1;
            return IgnoredAny.visit_map(map).map(drop);
        }
        RecordSeed { sink: self.sink, context: self.context, written: self.written }
            .deserialize(MapAccessDeserializer::new(map))
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<(), E> {
        self.context.is_null = true;
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
        let RecordSeed { sink, context, written } = self;
        context.record += 1;
        let (names, contract, deletes) = (context.names, context.contract, context.deletes);
        let (record, likely_extra) = (sink.add(), context.extra);
        let object =
            Object::<S> { names, contract, record: &mut *record, likely_extra, deletes, written };
        let Err(wrong) = deserializer.deserialize_map(object)? else {
            let extra = record.extra();
            context.extra = (extra.len(), extra.byte_len());
            return Ok(());
        };
        let discards_record = wrong.discards_record;
        let misread = Some(wrong.misread(Some(context.record)));
        if !discards_record {
            context.misread = misread;
            return Err(D::Error::custom("a field is not as its column says"));
        }
        sink.remove_last();
        context.discarded = (context.discarded.0 + 1, misread);
        Ok(())
    }
}
