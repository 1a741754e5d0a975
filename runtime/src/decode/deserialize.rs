//! `Deserialize` of records, written once over the table of their columns.

use serde::{Deserializer, de::Error as _};

use super::{Growing, record, word};
use crate::{
    Record, Resource, Word,
    plan::{Column, SchemaContract},
};

/// Reads a record from a map, as leniently as one is read from a response.
///
/// # Errors
///
/// Those of the deserializer, and a value that does not fit its column.
pub fn deserialize<'de, T: Resource, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserialize_nested(&T::PLAN.columns, T::PLAN.schema_contract, deserializer)
}

/// The same for a record that has these columns, and is no resource's.
///
/// # Errors
///
/// Those of the deserializer, and a value that does not fit its column.
pub fn deserialize_nested<'de, T: Record + Default, D: Deserializer<'de>>(
    columns: &[Column],
    contract: SchemaContract,
    deserializer: D,
) -> Result<T, D::Error> {
    let mut records: Vec<T> = Vec::with_capacity(1);
    let mut growing = Growing { records: &mut records, empty: T::default };
    record(columns, contract, &mut growing, deserializer)?;
    records.pop().ok_or_else(|| D::Error::custom("there is no record"))
}

/// Reads a word of an enum.
///
/// # Errors
///
/// Those of the deserializer, and what is no text.
pub fn deserialize_word<'de, T: Word, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    word(deserializer).map(|word| T::of(&word))
}
