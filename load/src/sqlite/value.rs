//! How a value is stored.

use rusqlite::{Result, Statement, types::Null};

use crate::Value;

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
