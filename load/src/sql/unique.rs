//! What is declared `unique`, and rows that are not.

use std::error::Error as StdError;

use crate::{Error, ErrorKind, Shape};

/// Two rows that would have the same value in a column which is declared `unique`.
pub(crate) struct Clash<'s> {
    table: &'s str,
    column: &'s str,
}

/// The clash of which `is_it` says so, by the names of a table and a column.
pub(crate) fn clash(shape: &Shape, is_it: impl Fn(&str, &str) -> bool) -> Option<Clash<'_>> {
    let tables = shape.tables().iter();
    let mut columns = tables.flat_map(|table| {
        let unique = table.columns.iter().filter(|column| column.unique);
        unique.map(|column| Clash { table: &table.name, column: &column.name })
    });
    columns.find(|Clash { table, column }| is_it(table, column))
}

impl Clash<'_> {
    /// The error of what has failed by it. Also where records are set aside it is one: which of the
    /// rows is at fault is not known, and of rows that were staged nor is where they came from.
    pub(crate) fn error(
        &self,
        what: &str,
        cause: impl Into<Box<dyn StdError + Send + Sync>>,
    ) -> Error {
        let Clash { table, column } = self;
        let message = format!(
            "{what}: `{column}` is declared `unique`, and another row of the table `{table}` has the \
             same value"
        );
        let advice = "declare the column without `unique` to keep both rows, and run again";
        Error::caused_by(ErrorKind::Record, message, cause).with_advice(advice.to_owned())
    }
}
