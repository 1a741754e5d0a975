//! Rows as lines of JSON.

use std::{collections::HashSet, io::Write};

use rest_source::plan::DataType;
use rest_source_plan::printable;
use rusqlite::{Error, Rows, types::ValueRef};
use serde_json::value::RawValue;

use super::{stopped::Stopped, value::Column};
use crate::failure::Failure;

/// Prints a line for each row.
pub(super) fn print(
    rows: &mut Rows<'_>,
    columns: &[Column],
    out: &mut impl Write,
    wrong: impl Fn(Error) -> Stopped,
) -> Result<(), Stopped> {
    let mut names = HashSet::new();
    if let Some(column) = columns.iter().find(|column| !names.insert(&*column.name)) {
        let message =
            format!("two columns are called `{}`, which one object cannot hold", column.name);
        return Err(Failure::user(message, "name one of them otherwise: `… AS other`").into());
    }
    while let Some(row) = rows.next().map_err(&wrong)? {
        let mut line = String::from("{");
        for (place, column) in columns.iter().enumerate() {
            if place > 0 {
                line.push(',');
            }
            line += &text(&column.name);
            line.push(':');
            line += &value(column, row.get_ref(place).map_err(&wrong)?);
        }
        // What a terminal would obey is escaped for pipes, too: many end at one.
        writeln!(out, "{}}}", printable::json(&line))?;
    }
    Ok(())
}

fn value(column: &Column, value: ValueRef<'_>) -> String {
    let is_json = column.data_type == Some(DataType::Json);
    match (column.text(value), value) {
        (None, _) => "null".to_owned(),
        (Some(number), ValueRef::Integer(_)) => number.into_owned(),
        (Some(number), ValueRef::Real(real)) if real.is_finite() => number.into_owned(),
        (Some(json), _) if is_json && serde_json::from_str::<&RawValue>(&json).is_ok() => {
            // Between its tokens only, as a text has no line breaks that are not escaped.
            json.replace(['\n', '\r'], " ")
        }
        (Some(other), _) => text(&other),
    }
}

fn text(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
