//! From the text of a response to records.
//!
//! A selector is followed while the JSON is read, and records go straight into their list; nothing
//! is built in between. Each value is found as text first, then converted by its column's type:
//! so digits are never lost to a number type on the way, and an error can show what was sent.

mod explain;
mod follow;
mod json;
mod nested;
mod object;
mod record;
pub(crate) mod value;
mod wrong;

use std::marker::PhantomData;

use serde::de::{Deserialize as _, DeserializeSeed as _, Deserializer, Error as _};
use serde_json::{Value, error::Category, value::RawValue};

use self::{
    follow::{Target, follow},
    record::{Context, RecordSeed, Records},
};
pub(crate) use self::{json::Json, record::Sink};
use crate::{
    FieldMut, Place, Record,
    error::Misread,
    plan::{Column, DataType, ResourcePlan, SchemaContract, Selector, Str},
};

/// A body that is not JSON.
#[derive(Debug)]
pub(crate) struct Unreadable(pub(crate) serde_json::Error);

/// Why a page could not be decoded.
pub(crate) enum Fault {
    /// The body is not JSON.
    Unreadable(Unreadable),
    /// The body is JSON, but not what the plan says.
    Misread(Misread),
}

/// The raw JSON at the end of a path in a body, or `None` where there is none.
pub(crate) fn find<'a>(body: &'a str, selector: &Selector) -> Result<Option<&'a str>, Unreadable> {
    struct Raw<'a>(Option<&'a str>);

    impl<'de> Target<'de> for Raw<'de> {
        fn read<D: serde::Deserializer<'de>>(&mut self, deserializer: D) -> Result<(), D::Error> {
            let raw: &RawValue = serde::Deserialize::deserialize(deserializer)?;
            self.0 = Some(raw.get());
            Ok(())
        }
    }

    let mut raw = Raw(None);
    follow(body, keys(selector), &mut raw).map_err(Unreadable)?;
    Ok(raw.0)
}

/// The records of a page, as they stand there.
pub(crate) fn raw_records<'a>(
    plan: &ResourcePlan,
    body: &'a str,
) -> Result<Vec<&'a RawValue>, Fault> {
    struct Raw<'a>(Vec<&'a RawValue>);

    impl<'de> Target<'de> for Raw<'de> {
        fn read<D: serde::Deserializer<'de>>(&mut self, deserializer: D) -> Result<(), D::Error> {
            let raw: &RawValue = serde::Deserialize::deserialize(deserializer)?;
            self.0 = match raw.get().as_bytes().first() {
                Some(b'[') => serde_json::from_str(raw.get()).map_err(serde::de::Error::custom)?,
                Some(b'n') => Vec::new(),
                _ => vec![raw],
            };
            Ok(())
        }
    }

    let selector = plan.endpoint.data_selector.as_ref();
    let path = selector.map_or(&[][..], keys);
    let mut raw = Raw(Vec::new());
    match follow(body, path, &mut raw) {
        Ok(true) => Ok(raw.0),
        Ok(false) => Err(Fault::Misread(explain::nothing_there(body, path))),
        Err(error) => Err(Fault::Unreadable(Unreadable(error))),
    }
}

/// Adds the records of a page to `sink`, those that count and that the schema contract lets in.
pub(crate) fn records(
    plan: &ResourcePlan,
    body: &str,
    kept: Option<&[bool]>,
    sink: &mut dyn Sink,
) -> Result<(), Fault> {
    let selector = plan.endpoint.data_selector.as_ref();
    let mut context = Context::new(&plan.columns, plan.schema_contract);
    let mut records = Records { sink, context: &mut context, list_only: selector.is_none(), kept };
    let path = selector.map_or(&[][..], keys);
    match follow(body, path, &mut records) {
        Ok(true) => {
            if let (discarded, Some(last)) = context.discarded {
                tracing::warn!(
                    resource = %plan.name,
                    discarded,
                    last_record = last.record,
                    last_field = last.field,
                    "records were left out, as the schema contract says"
                );
            }
            Ok(())
        }
        Ok(false) => Err(Fault::Misread(explain::nothing_there(body, path))),
        Err(error) if error.classify() != Category::Data => {
            Err(Fault::Unreadable(Unreadable(error)))
        }
        Err(error) => Err(Fault::Misread(match context.misread.take() {
            Some(misread) => misread,
            None => explain::not_records(body, path, &context, &error),
        })),
    }
}

/// The keys of a path of keys.
fn keys(selector: &Selector) -> &[Str] {
    match selector {
        Selector::Keys(keys) => keys,
        Selector::JsonPath { .. } => &[],
    }
}

/// Puts what a record gets from its parent's record into its fields.
pub(crate) fn include(
    plan: &ResourcePlan,
    included: &[(Str, Value)],
    record: &mut dyn Record,
) -> Result<(), Misread> {
    for (name, value) in included {
        let json = value.to_string();
        let Some(index) = plan.columns.iter().position(|column| column.name == *name) else {
            record.extra_mut().push(name, &json);
            continue;
        };
        let raw: &RawValue = serde_json::from_str(&json).unwrap_or(RawValue::NULL);
        let (place, column) = (record.field_mut(index), &plan.columns[index]);
        value::convert(&raw, place, column, plan.schema_contract).map_err(|wrong| Misread {
            what: format!("{}, from the parent's record", wrong.what()),
            ..wrong.in_field(name).misread(None)
        })?;
    }
    Ok(())
}

/// Decodes one record from anything that serde reads, for `Deserialize`.
pub(crate) fn record<'de, D: Deserializer<'de>>(
    columns: &[Column],
    contract: SchemaContract,
    sink: &mut dyn Sink,
    deserializer: D,
) -> Result<(), D::Error> {
    let mut context = Context::new(columns, contract);
    let written = PhantomData;
    let read =
        RecordSeed::<value::Any> { sink, context: &mut context, written }.deserialize(deserializer);
    // A record alone cannot be left out.
    match context.misread.or(context.discarded.1) {
        Some(Misread { field, what, found, .. }) => Err(D::Error::custom(format_args!(
            "field `{}`: {what}, found {}",
            field.unwrap_or_default(),
            found.unwrap_or_default()
        ))),
        None => read,
    }
}

/// Decodes text from anything that serde reads, as leniently as that of a column.
pub(crate) fn word<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let mut word = None;
    let (column, contract) = (Column::new("", DataType::Text), SchemaContract::EVOLVE);
    let value = value::Any::deserialize(deserializer)?;
    match value::convert(&value, FieldMut::Text(Place::Nullable(&mut word)), &column, contract) {
        Ok(()) => word.ok_or_else(|| D::Error::custom("expected a word, found null")),
        Err(wrong) => Err(D::Error::custom(wrong)),
    }
}
