//! What a batch changes of the state of its load: the same for every destination.

use crate::{Batch, Error, Written, resume};

/// What a batch changes of the state of its load.
#[derive(Debug)]
pub(crate) struct Advance {
    /// As JSON. `None`: the load is complete.
    pub(crate) checkpoint: Option<String>,
    /// Where the next run begins, of a resource that is fetched incrementally, when a load is complete.
    pub(crate) next_run: Option<String>,
    /// How many rows and records the load has committed then.
    pub(crate) rows: u64,
    pub(crate) records: u64,
}

impl Advance {
    /// By a batch of a load that has committed so many rows and records before it.
    pub(crate) fn by(
        batch: &Batch,
        written: Written,
        rows: u64,
        records: u64,
    ) -> Result<Advance, Error> {
        let checkpoint = batch.checkpoint.as_ref().map(resume::written).transpose()?;
        let next_run = batch.next_run.as_ref().filter(|_| checkpoint.is_none());
        Ok(Advance {
            next_run: next_run.map(resume::written).transpose()?,
            checkpoint,
            rows: rows.saturating_add(written.rows),
            records: records.saturating_add(written.records()),
        })
    }
}
