//! The rows of a table as a file has them.

use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::ArrowError;

use super::{columns::Columns, manifest::StoredColumn};
use crate::{
    TableRows,
    arrow::{self, encode_column},
};

/// The rows of one table. `sequence` is the number of the batch's first record in its load, for rows
/// that are staged.
pub(super) fn encode(
    rows: &TableRows<'_>,
    columns: &Columns,
    sequence: Option<i64>,
) -> Result<RecordBatch, ArrowError> {
    let encode = |(column, source): (&StoredColumn, Option<usize>)| {
        encode_column(rows, &column.name, column.stored, source)
    };
    let arrays = columns.stored().iter().zip(columns.sources()).map(encode);
    let mut arrays: Vec<ArrayRef> = arrays.collect::<Result<_, ArrowError>>()?;
    let Some(first) = sequence else {
        return RecordBatch::try_new(columns.schema(), arrays);
    };
    arrays.push(arrow::sequence(rows, first));
    RecordBatch::try_new(columns.staged_schema(), arrays)
}
