//! What a database needs beside its dialect so that rows go in as Arrow.

use adbc_core::error::Error as AdbcError;
use arrow_array::ArrayRef;
use arrow_schema::ArrowError;
use rest_source::plan::Column;

use crate::{
    Shape, Table, TableRows, Value,
    sql::{apply::Comparison, database::Dialect, failure::Failed},
};

/// A vendor's database by way of its driver.
pub(crate) trait Vendor: Dialect + Send + 'static {
    /// What is set for each statement.
    const STATEMENT_OPTIONS: &'static [(&'static str, &'static str)] = &[];

    /// A text of one zero byte: a statement ends with its first.
    const ZERO_BYTE: &'static str = "chr(0)";

    /// Whether the temporary tables that the driver makes of rows have the types of the columns. Otherwise they
    /// are copied into tables that have.
    const INGESTS_TYPES: bool = true;

    /// Whether a column takes a value, and why not.
    fn accepts(
        column: &Column,
        value: &Value<'_>,
        is_key: impl FnOnce() -> bool,
    ) -> Result<(), String>;

    /// The values at this place of the rows, as the driver takes them.
    fn encode(rows: &TableRows<'_>, column: &Column, place: usize) -> Result<ArrayRef, ArrowError>;

    /// The expression by which a column that the driver has made becomes one of the column's type, if not the
    /// column itself.
    fn converted(_column: &Column) -> Option<String> {
        None
    }

    /// How rows that differ are told from those that do not.
    fn comparison(is_partitioned: bool) -> Comparison;

    /// What is executed before rows in these places are moved into the tables.
    fn analyze(_table: &Table, _shape: &Shape, _places: &[String]) -> Option<String> {
        None
    }

    /// What an error of the driver means.
    fn failed(error: AdbcError) -> Failed;
}
