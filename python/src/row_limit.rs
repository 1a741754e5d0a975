//! A limit of rows, which pages do not keep.

use arrow_array::RecordBatch;

/// How many rows may still be given, if that is limited: pages come whole.
#[derive(Clone, Copy)]
pub(crate) struct RowLimit(pub(crate) Option<u64>);

impl RowLimit {
    /// Of these rows, those that may be given.
    pub(crate) fn cut(&mut self, rows: RecordBatch) -> RecordBatch {
        let Some(left) = &mut self.0 else { return rows };
        let given = usize::try_from(*left).unwrap_or(usize::MAX).min(rows.num_rows());
        *left -= given as u64;
        rows.slice(0, given)
    }
}
