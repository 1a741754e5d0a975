//! What has become of the records of a batch.

use crate::Changes;

/// What has become of the records of a batch.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Written {
    /// Records that are stored, as rows of the resource's own table.
    pub rows: u64,
    /// Records that are set aside, see [`OnBadRecord`](crate::OnBadRecord).
    pub rejected: u64,
    /// Records that the `schema_contract` leaves out.
    pub discarded: u64,
    /// Of the rows, those with the primary key of an earlier one of the load, of which one counts.
    pub repeated: u64,
    /// What the batch has done to the resource's own table.
    pub changes: Changes,
}

impl Written {
    /// So many records, all of them stored.
    pub fn stored(rows: u64) -> Written {
        Written { rows, ..Written::default() }
    }

    /// All of them.
    pub fn records(&self) -> u64 {
        self.rows + self.rejected + self.discarded
    }
}
