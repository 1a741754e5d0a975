//! `Serialize` of records, written once over the table of their columns.

use std::io;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde::{
    Serialize, Serializer,
    ser::{Error as _, SerializeMap as _, SerializeSeq as _},
};
use serde_json::value::RawValue;

use crate::{FieldRef, List, Record};

/// Writes a record as a map of the API's names, with the undeclared fields among them. What JSON
/// has no exact form for is text: times in ISO 8601, decimals and whole numbers of any size in
/// their digits, bytes in base64.
///
/// # Errors
///
/// Those of the serializer.
pub fn serialize<S: Serializer>(record: &dyn Record, serializer: S) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(None)?;
    for (index, column) in record.columns().iter().enumerate() {
        map.serialize_entry(&column.name, &record.field(index))?;
    }
    record.extra().serialize_members(&mut map)?;
    map.end()
}

impl Serialize for FieldRef<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match *self {
            FieldRef::Null => serializer.serialize_none(),
            FieldRef::Text(text) => serializer.serialize_str(text),
            FieldRef::Bigint(number) => serializer.serialize_i64(number),
            FieldRef::Double(number) if !number.is_finite() => {
                Err(S::Error::custom(format_args!("{number} is no JSON number")))
            }
            FieldRef::Double(number) => serializer.serialize_f64(number),
            FieldRef::Bool(value) => serializer.serialize_bool(value),
            FieldRef::Timestamp(time) => serializer.collect_str(&time),
            FieldRef::DateTime(time) => serializer.collect_str(&time),
            FieldRef::Date(date) => serializer.collect_str(&date),
            FieldRef::Time(time) => serializer.collect_str(&time),
            FieldRef::Decimal(number) => serializer.collect_str(&number),
            FieldRef::Wei(number) => serializer.collect_str(number),
            FieldRef::Json(value) => value.serialize(serializer),
            FieldRef::Binary(bytes) => serializer.serialize_str(&STANDARD.encode(bytes)),
            FieldRef::Record(record) => serialize(record, serializer),
            FieldRef::List(list) => serialize_list(list, |field| field, serializer),
        }
    }
}

impl FieldRef<'_> {
    /// Writes the field as JSON, with every digit that the server sent in `json` columns and in
    /// undeclared fields of nested records. The forms are those of `Serialize`, which has to round numbers that no number
    /// type of Rust can hold.
    ///
    /// # Errors
    ///
    /// Those of the writer, and a floating-point number that is not finite.
    pub fn write_json(self, writer: impl io::Write) -> io::Result<()> {
        serde_json::to_writer(writer, &Exact(self)).map_err(Into::into)
    }
}

/// A field on its way to JSON and to no other format.
struct Exact<'a>(FieldRef<'a>);

impl Serialize for Exact<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let record = match self.0 {
            FieldRef::Record(record) => record,
            FieldRef::List(list) => return serialize_list(list, Exact, serializer),
            FieldRef::Json(json) => {
                let json: &RawValue =
                    serde_json::from_str(json.as_str()).map_err(S::Error::custom)?;
                return json.serialize(serializer);
            }
            field => return field.serialize(serializer),
        };
        let mut map = serializer.serialize_map(None)?;
        for (index, column) in record.columns().iter().enumerate() {
            map.serialize_entry(&column.name, &Exact(record.field(index)))?;
        }
        for (name, json) in record.extra().iter() {
            let json: &RawValue = serde_json::from_str(json).map_err(S::Error::custom)?;
            map.serialize_entry(&name, json)?;
        }
        map.end()
    }
}

fn serialize_list<'a, T: Serialize, S: Serializer>(
    list: &'a dyn List,
    element: impl Fn(FieldRef<'a>) -> T,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut elements = serializer.serialize_seq(Some(list.len()))?;
    for index in 0..list.len() {
        elements.serialize_element(&element(list.get(index)))?;
    }
    elements.end()
}
