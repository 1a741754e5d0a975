//! How a value is stored.

use std::io::Write as _;

use jiff::tz::Offset;
use rest_source::{Extra, FieldRef, plan::DataType};
use rusqlite::{
    Error, Result, Statement, ToSql,
    types::{Null, ToSqlOutput, ValueRef},
};

/// The type of a column for values of this data type. The table on the crate page says the same.
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

/// Binds the value of a declared column. `text` is a place to write text in, used again and again.
pub(super) fn bind(
    statement: &mut Statement<'_>,
    index: usize,
    field: FieldRef<'_>,
    text: &mut Vec<u8>,
) -> Result<()> {
    text.clear();
    match field {
        FieldRef::Null => return statement.raw_bind_parameter(index, Null),
        FieldRef::Bigint(number) => return statement.raw_bind_parameter(index, number),
        FieldRef::Double(number) => return statement.raw_bind_parameter(index, number),
        FieldRef::Bool(truth) => return statement.raw_bind_parameter(index, truth),
        FieldRef::Text(value) => return statement.raw_bind_parameter(index, value),
        FieldRef::Binary(bytes) => return statement.raw_bind_parameter(index, bytes),
        // With an offset in digits and as many digits of the second as there are: so the texts
        // sort as the moments do. `Z` would come after a fraction instead of before it.
        FieldRef::Timestamp(moment) => write!(text, "{}", moment.display_with_offset(Offset::UTC)),
        FieldRef::DateTime(time) => write!(text, "{time}"),
        FieldRef::Date(date) => write!(text, "{date}"),
        FieldRef::Time(time) => write!(text, "{time}"),
        FieldRef::Decimal(number) => write!(text, "{number}"),
        FieldRef::Wei(number) => write!(text, "{number}"),
        FieldRef::Json(json) => serde_json::to_writer(&mut *text, json).map_err(Into::into),
        FieldRef::Record(_) | FieldRef::List(_) => field.write_json(&mut *text),
        _ => Err(std::io::Error::other("a value of a data type that SQLite is not told about")),
    }
    .map_err(|error| Error::ToSqlConversionFailure(error.into()))?;
    statement.raw_bind_parameter(index, Text(text))
}

/// Binds the fields that are not declared as one JSON object, and nothing if there are none.
pub(super) fn bind_extra(statement: &mut Statement<'_>, index: usize, extra: &Extra) -> Result<()> {
    if extra.is_empty() {
        return statement.raw_bind_parameter(index, Null);
    }
    statement.raw_bind_parameter(index, extra.as_json())
}

/// UTF-8 text that is bound without a copy of its own.
struct Text<'a>(&'a [u8]);

impl ToSql for Text<'_> {
    fn to_sql(&self) -> Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(ValueRef::Text(self.0)))
    }
}
