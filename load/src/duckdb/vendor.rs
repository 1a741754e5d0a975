//! What DuckDB needs so that rows go in as Arrow.

use std::sync::Arc;

use adbc_core::error::Error as AdbcError;
use arrow_array::{ArrayRef, cast::AsArray, types::TimestampNanosecondType};
use arrow_schema::ArrowError;
use rest_source::plan::Column;

use super::{dialect::DuckDbDialect, value};
use crate::{
    TableRows, Value,
    adbc::{Vendor, cause},
    arrow::{Storage, encode_column},
    sql::{
        apply::Comparison,
        failure::{Failed, Means},
        quote,
    },
};

impl Vendor for DuckDbDialect {
    fn accepts(column: &Column, value: &Value<'_>, _: impl FnOnce() -> bool) -> Result<(), String> {
        value::accepts(column, value)
    }

    fn encode(rows: &TableRows<'_>, column: &Column, place: usize) -> Result<ArrayRef, ArrowError> {
        let storage = Storage::of(column);
        let values = encode_column(rows, &column.name, storage, Some(place))?;
        if let Storage::Timestamp { nanoseconds: true, utc: true } = storage {
            // DuckDB makes a type without a zone of nanoseconds alone.
            let of_utc = values.as_primitive::<TimestampNanosecondType>().clone();
            return Ok(Arc::new(of_utc.with_timezone_opt(None::<Arc<str>>)));
        }
        Ok(values)
    }

    fn comparison(_: bool) -> Comparison {
        Comparison {
            merges: Some(is_same),
            sorted_by: Some(value::sorted_by),
            ..Comparison::default()
        }
    }

    fn failed(error: AdbcError) -> Failed {
        let means = match duplicate(&error.message) {
            Some(column) => Means::Unique(column.to_owned()),
            None => Means::Nothing,
        };
        Failed::new(cause(&error), means)
    }
}

/// The condition that the rows of two names are the same in these columns.
fn is_same(one: &str, other: &str, columns: &[&Column]) -> String {
    let same = |column: &&Column| {
        let name = quote(&column.name);
        format!("{one}.{name} IS NOT DISTINCT FROM {other}.{name}")
    };
    format!("({})", columns.iter().map(same).collect::<Vec<_>>().join(" AND "))
}

/// The column in which two rows have the same value, which DuckDB does not always say.
fn duplicate(message: &str) -> Option<&str> {
    // `Constraint Error: Duplicate key "mail: a@b.c" violates unique constraint.`
    if let Some((_, rest)) = message.split_once("Duplicate key \"") {
        return Some(rest.split_once(": ").map_or("", |(column, _)| column));
    }
    let is_unsaid = message.contains("UNIQUE constraint violat")
        || message.contains("Data contains duplicates on indexed column");
    is_unsaid.then_some("")
}
