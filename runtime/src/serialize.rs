//! `Serialize` and `Deserialize` of records, written once over the table of their columns.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde::{
    Deserializer, Serialize, Serializer,
    ser::{Error as _, SerializeMap as _},
};

use crate::{FieldRef, Record, Resource, decode};

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

/// Reads a record from a map, as leniently as one is read from a response.
///
/// # Errors
///
/// Those of the deserializer, and a value that does not fit its column.
pub fn deserialize<'de, T: Resource, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let mut records: Vec<T> = Vec::with_capacity(1);
    decode::record(T::PLAN, &mut records, deserializer)?;
    records.pop().ok_or_else(|| serde::de::Error::custom("there is no record"))
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
            FieldRef::Date(date) => serializer.collect_str(&date),
            FieldRef::Time(time) => serializer.collect_str(&time),
            FieldRef::Decimal(number) => serializer.collect_str(&number),
            FieldRef::Wei(number) => serializer.collect_str(number),
            FieldRef::Json(value) => value.serialize(serializer),
            FieldRef::Binary(bytes) => serializer.serialize_str(&STANDARD.encode(bytes)),
        }
    }
}
