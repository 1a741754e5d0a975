//! Which resources a run that is resumed leaves out: the same for every destination.
//!
//! A run ends when every resource that it loads is complete. Until then it is open: the next run of the
//! pipeline resumes it, and what is complete in it stays [`Loaded`](Status::Loaded).

use crate::{Outcome, ResourceState, Run, RunReport, Status, Strategy, Table, state::State};

/// What earlier runs have left of a resource that this run is to load.
pub(crate) struct Left<'a> {
    pub(crate) table: &'a Table,
    pub(crate) state: &'a State,
    /// Whether the table has a row.
    pub(crate) has_rows: bool,
}

/// The resources that are complete in the run which this one resumes, and that it leaves out.
///
/// After an interruption these are all of them. A failure may last, and must not keep the others from
/// being updated: after one, only those are left out that would append their rows a second time.
///
/// `has_failed` says that a load could not even begin, which no state tells.
pub(crate) fn completed(run: &Run, left: &[Left<'_>], has_failed: bool) -> Vec<String> {
    if run.full_refresh {
        return Vec::new();
    }
    let has_failed = has_failed || left.iter().any(|left| left.state.status == Status::Failed);
    let is_left_out = |left: &&Left<'_>| {
        let doubles = left.table.strategy() == Strategy::Append && left.state.begins_at().is_none();
        let is_left_out = left.state.status == Status::Loaded
            && left.table.load_changes(&left.state.fingerprint).is_empty()
            && (doubles || !has_failed);
        let is_emptied = left.state.rows > 0 && !left.has_rows;
        if is_left_out && is_emptied {
            tracing::warn!(
                resource = &*left.table.resource,
                "the table `{}` is empty, although the run before has loaded it: it is loaded again",
                left.table.name,
            );
        }
        is_left_out && !is_emptied
    };
    left.iter().filter(is_left_out).map(|left| left.table.resource.clone()).collect()
}

/// What a run changes at its end: a pair for each resource whose load did not end as complete, and
/// whether the run has completed all that it was to load.
pub(crate) fn ended<'r>(run: &'r Run, report: &RunReport) -> (Vec<(&'r Table, Status)>, bool) {
    let unfinished = report.resources.iter().filter_map(|resource| {
        let status = match resource.outcome {
            Outcome::Failed { .. } => Status::Failed,
            Outcome::Stopped => Status::Interrupted,
            Outcome::Running | Outcome::Complete => return None,
        };
        let table = run.tables.iter().find(|table| table.resource == resource.resource)?;
        Some((table, status))
    });
    (unfinished.collect(), report.is_complete())
}

/// Adds resources whose load could not even begin in the last run, as the request or the table before it
/// failed: these have no state of that run, and may have none at all.
pub(crate) fn show_failed(
    states: &mut Vec<ResourceState>,
    failed: impl IntoIterator<Item = ResourceState>,
) {
    for failed in failed {
        let key = |state: &ResourceState| {
            let ResourceState { pipeline, source, resource, variant, .. } = state;
            [pipeline, source, resource, variant].map(Clone::clone)
        };
        match states.iter_mut().find(|state| key(state) == key(&failed)) {
            None => states.push(failed),
            Some(state) if state.status == Status::Reset => {}
            Some(state) => state.status = Status::Failed,
        }
    }
}

/// The state of a resource whose load could not even begin.
pub(crate) fn failed(key: [String; 4], started_at: String, updated_at: String) -> ResourceState {
    let [pipeline, source, resource, variant] = key;
    ResourceState {
        pipeline,
        source,
        resource,
        variant,
        status: Status::Failed,
        checkpoint: None,
        next_run: None,
        rows: 0,
        records: 0,
        started_at,
        updated_at,
    }
}
