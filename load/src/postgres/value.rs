//! The binary form of values.

use std::error::Error as StdError;

use bytes::BytesMut;
use postgres_protocol::types as protocol;
use rest_source::plan::{Column, DataType};
use tokio_postgres::types::{IsNull, ToSql, Type, to_sql_checked};

use super::numeric;
use crate::{
    Value,
    sql::postgres::value::{day, microseconds},
};

/// What is written at one place of a row.
#[derive(Debug)]
pub(super) enum Cell<'a> {
    /// The value of a column.
    Value(&'a Value<'a>, &'a Column),
    /// The number of the record in its load.
    Sequence(i64),
}

impl Cell<'_> {
    /// What a COPY says of the type of a column's values.
    pub(super) fn type_of(column: &Column) -> Type {
        match column.data_type {
            DataType::Text => Type::TEXT,
            DataType::Bigint => Type::INT8,
            DataType::Double => Type::FLOAT8,
            DataType::Bool => Type::BOOL,
            DataType::Timestamp if column.timezone => Type::TIMESTAMPTZ,
            DataType::Timestamp => Type::TIMESTAMP,
            DataType::Date => Type::DATE,
            DataType::Time => Type::TIME,
            DataType::Decimal | DataType::Wei => Type::NUMERIC,
            DataType::Json => Type::JSONB,
            DataType::Binary => Type::BYTEA,
        }
    }
}

impl ToSql for Cell<'_> {
    fn to_sql(
        &self,
        sql_type: &Type,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn StdError + Sync + Send>> {
        let (value, column) = match self {
            Cell::Sequence(number) => {
                protocol::int8_to_sql(*number, out);
                return Ok(IsNull::No);
            }
            Cell::Value(Value::Null, _) => return Ok(IsNull::Yes),
            Cell::Value(value, column) => (value, column),
        };
        // A COPY takes whatever bytes fit the column, so a value of another type must not get there.
        match (value, sql_type) {
            (Value::Text(text), &Type::TEXT) => protocol::text_to_sql(text, out),
            (Value::Bigint(number), &Type::INT8) => protocol::int8_to_sql(*number, out),
            (Value::Double(number), &Type::FLOAT8) => protocol::float8_to_sql(*number, out),
            (Value::Bool(truth), &Type::BOOL) => protocol::bool_to_sql(*truth, out),
            (Value::Timestamp(_), &Type::TIMESTAMPTZ) | (Value::DateTime(_), &Type::TIMESTAMP) => {
                protocol::timestamp_to_sql(microseconds(value, column), out);
            }
            (Value::Date(date), &Type::DATE) => {
                protocol::date_to_sql(i32::try_from(day(*date))?, out);
            }
            (Value::Time(_), &Type::TIME) => {
                protocol::time_to_sql(microseconds(value, column), out);
            }
            (Value::Decimal(_) | Value::Wei(_), &Type::NUMERIC) => {
                let mut text = String::new();
                value.write_text(&mut text);
                numeric::write(&text, out);
            }
            (Value::Json(text), &Type::JSONB) => {
                // The version of the form, which is text.
                out.extend_from_slice(&[1]);
                out.extend_from_slice(text.as_bytes());
            }
            (Value::Binary(bytes), &Type::BYTEA) => protocol::bytea_to_sql(bytes, out),
            _ => return Err(format!("`{}` has a value of another type", column.name).into()),
        }
        Ok(IsNull::No)
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}
