//! How a value is stored.

use rest_source::plan::DataType;
use rusqlite::{Result, Statement, types::Null};

use crate::Value;

/// The type of a column for values of this data type. The manual's table of types says the same.
pub(super) fn column_type(data_type: DataType) -> &'static str {
    match data_type {
        DataType::Bigint | DataType::Bool => "INTEGER",
        DataType::Double => "REAL",
        DataType::Binary => "BLOB",
        // Decimal and wei too, because a SQLite number has 64 bits and they have more.
        DataType::Text
        | DataType::Timestamp
        | DataType::Date
        | DataType::Time
        | DataType::Decimal
        | DataType::Wei
        | DataType::Json => "TEXT",
    }
}

/// Binds a value. `text` is a place to write text in, used again and again.
pub(super) fn bind(
    statement: &mut Statement<'_>,
    index: usize,
    value: &Value<'_>,
    text: &mut String,
) -> Result<()> {
    match value {
        Value::Null => statement.raw_bind_parameter(index, Null),
        Value::Bigint(number) => statement.raw_bind_parameter(index, number),
        Value::Double(number) => statement.raw_bind_parameter(index, number),
        Value::Bool(truth) => statement.raw_bind_parameter(index, truth),
        Value::Text(value) | Value::Json(value) => statement.raw_bind_parameter(index, &**value),
        Value::Binary(bytes) => statement.raw_bind_parameter(index, bytes),
        Value::Timestamp(_)
        | Value::DateTime(_)
        | Value::Date(_)
        | Value::Time(_)
        | Value::Decimal(_)
        | Value::Wei(_) => {
            text.clear();
            value.write_text(text);
            statement.raw_bind_parameter(index, text.as_str())
        }
    }
}
