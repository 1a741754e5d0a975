//! Records that are set aside because they cannot be stored.

use std::sync::Arc;

use arrow_array::{ArrayRef, Int64Array, RecordBatch, StringArray};
use rest_source::plan::DataType;

use super::{columns::Columns, manifest::StoredColumn};
use crate::{Rejected, arrow::Storage, moment::now};

/// The columns of their table.
pub(super) fn columns() -> Columns {
    let number = |name| StoredColumn::new(name, DataType::Bigint, Storage::Bigint);
    let text = |name| StoredColumn::new(name, DataType::Text, Storage::Text);
    Columns::new(vec![
        number("page"),
        number("record"),
        text("reason"),
        text("json"),
        text("rejected_at"),
        // The number of the run in the history.
        number("run"),
    ])
}

/// Their rows.
pub(super) fn rows(
    rejected: &[Rejected],
    run: u64,
) -> Result<RecordBatch, arrow_schema::ArrowError> {
    let number = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    let now = now();
    let pages = rejected.iter().map(|rejected| number(rejected.page));
    let records = rejected.iter().map(|rejected| number(rejected.record));
    let texts: [ArrayRef; 3] = [
        Arc::new(StringArray::from_iter_values(rejected.iter().map(|rejected| &rejected.reason))),
        Arc::new(StringArray::from_iter_values(rejected.iter().map(|rejected| &rejected.json))),
        Arc::new(StringArray::from_iter_values(rejected.iter().map(|_| &now))),
    ];
    let mut arrays: Vec<ArrayRef> = vec![
        Arc::new(Int64Array::from_iter_values(pages)),
        Arc::new(Int64Array::from_iter_values(records)),
    ];
    arrays.extend(texts);
    arrays.push(Arc::new(Int64Array::from_value(number(run), rejected.len())));
    RecordBatch::try_new(columns().schema(), arrays)
}
