//! What is declared `unique`, and rows that are not.

use super::{failure::Failed, index::unique_name};
use crate::{Error, ErrorKind, Shape};

/// For `map_err`: what failed when rows were written into the tables of a shape, whose names have up to
/// `max_name` bytes.
///
/// Of two rows with the same value in a column which is declared `unique`, it is an error also where
/// records are set aside: which of the rows is at fault is not known, and of rows that were staged nor is
/// where they came from.
pub(crate) fn refused<E: Into<Failed>>(
    shape: &Shape,
    max_name: usize,
    what: String,
) -> impl FnOnce(E) -> Error + '_ {
    move |error| {
        let error = error.into();
        // DuckDB says the column at most.
        let is_it = |(table, column): &(&String, &str)| {
            error.violated().is_some_and(|by| {
                by.is_empty()
                    || by == *column
                    || by == unique_name(table, column, max_name)
                    || by.eq_ignore_ascii_case(&format!("{table}.{column}"))
            })
        };
        let mut columns = shape.tables().iter().flat_map(|table| {
            let unique = table.columns.iter().filter(|column| column.unique);
            unique.map(|column| (&table.name, &*column.name))
        });
        let Some((table, column)) = columns.find(is_it) else { return error.error(&what) };
        let message = format!(
            "{what}: `{column}` is declared `unique`, and another row of the table `{table}` has the \
             same value"
        );
        let advice = "declare the column without `unique` to keep both rows, and run again";
        Error::caused_by(ErrorKind::Record, message, error.into_cause())
            .with_advice(advice.to_owned())
    }
}
