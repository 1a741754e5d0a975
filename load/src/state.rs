//! What runs have left of one resource for the next run: the same for every destination, each of which stores
//! it in its own way.

use crate::{
    ResourceState, Run, Status, Table,
    fingerprint::is_into,
    relied::{Left, committed},
};

/// What runs have left of one resource.
#[derive(Debug, Clone)]
pub(crate) struct State {
    pub(crate) pipeline: String,
    pub(crate) source: String,
    pub(crate) resource: String,
    /// The settings and arguments of its requests: `repo=a`.
    pub(crate) variant: String,
    pub(crate) status: Status,
    /// Where the load resumes, as JSON. `None`: it is complete, and the next run begins.
    pub(crate) checkpoint: Option<String>,
    /// Where a run begins, as JSON. `None`: at the beginning.
    pub(crate) next_run: Option<String>,
    /// [`Table::range_fingerprint`] of the description that `next_run` belongs to.
    pub(crate) next_run_fingerprint: Option<String>,
    /// [`Table::fingerprint`] and [`Table::range_fingerprint`] as they were when the load began.
    pub(crate) fingerprint: String,
    pub(crate) range_fingerprint: String,
    /// Committed by this load so far, or by the last complete one.
    pub(crate) rows: u64,
    /// The same with those that were set aside or left out.
    pub(crate) records: u64,
    pub(crate) started_at: String,
    pub(crate) updated_at: String,
}

impl State {
    /// Where a run begins that resumes nothing. Of use only while it belongs to what is described.
    pub(crate) fn begins_at(&self) -> Option<&str> {
        let is_of_this = self.next_run_fingerprint.as_ref() == Some(&self.range_fingerprint);
        self.next_run.as_deref().filter(|_| is_of_this)
    }

    /// Whether its rows were in a table that has lost them, and it is of no load of this run, which notices that
    /// itself. The state of another pipeline that is running is left alone, as that run is writing to it.
    pub(crate) fn is_lost_with(&self, table: &Table, run: &Run) -> bool {
        let is_of = |table: &Table| {
            self.pipeline == run.pipeline
                && self.source == run.source
                && self.resource == table.resource
                && self.variant == table.variant
        };
        let has_place = self.checkpoint.is_some() || self.next_run.is_some();
        let is_active = self.pipeline != run.pipeline && self.status == Status::Running;
        has_place
            && !is_active
            && is_into(&self.fingerprint, &table.name)
            && !run.tables.iter().any(is_of)
    }

    /// The fingerprint of the place where a next run begins, if there is one.
    pub(crate) fn next_run_fingerprint(&self) -> Option<&str> {
        self.next_run.as_ref().and(self.next_run_fingerprint.as_deref())
    }

    /// How many records the load has committed, which earlier versions did not count.
    pub(crate) fn records(&self) -> u64 {
        self.records.max(self.rows)
    }

    /// What it says of the rows that are there. `is_staged` says that a load which stopped has staged its
    /// own, and `stages` that loads of the table do.
    pub(crate) fn left(&self, table: &Table, is_staged: bool, stages: bool) -> Left {
        let rows = self.checkpoint.as_ref().map_or(0, |_| self.rows);
        Left {
            rows: committed(table, stages, rows),
            is_incremental: self.next_run.is_some(),
            is_elsewhere: table.disposition_of(&self.fingerprint).is_none(),
            is_staged,
        }
    }

    /// The state as people see it. What cannot be read any more is shown as not being there, as it is of
    /// no use.
    pub(crate) fn shown(&self) -> ResourceState {
        let checkpoint = |json: &str| serde_json::from_str(json).ok();
        ResourceState {
            pipeline: self.pipeline.clone(),
            source: self.source.clone(),
            resource: self.resource.clone(),
            variant: self.variant.clone(),
            status: self.status,
            checkpoint: self.checkpoint.as_deref().and_then(checkpoint),
            next_run: self.begins_at().and_then(checkpoint),
            rows: self.rows,
            records: self.records(),
            started_at: self.started_at.clone(),
            updated_at: self.updated_at.clone(),
        }
    }
}
