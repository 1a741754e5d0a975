//! What one run leaves for the next, in the manifest.

use rest_source::Checkpoint;
use serde_json::value::RawValue;

use super::manifest::{DataFile, Failed, Manifest, StagedTable, State, StoredTable};
use crate::{
    Batch, Error, ErrorKind, ResourceState, Run, RunReport, Shape, Status, Strategy, Table,
    Written,
    begin::{self, Last, Other},
    moment::now,
    open_run::{self, Left},
    resume::{self, Unfinished},
};

/// A load of one resource: where it goes on, and how far it has come.
#[derive(Debug)]
pub(super) struct Load {
    pub(super) checkpoint: Option<Checkpoint>,
    /// How many records it has committed, also such as are set aside or left out.
    pub(super) records: u64,
    /// How to have it start over.
    pub(super) start_over: String,
}

/// Whether rows wait for the load to be complete: all but those that are only appended, as
/// changed rows are rewritten, which is done once.
pub(super) fn is_staged(table: &Table) -> bool {
    table.strategy() != Strategy::Append
}

/// The resources that are complete in the run which this one resumes.
pub(super) fn completed(manifest: &mut Manifest, run: &Run) -> Vec<String> {
    for table in &run.tables {
        take_over(manifest, run, table);
    }
    let left = run.tables.iter().filter_map(|table| {
        // Of a table that somebody has deleted, everything must be loaded.
        manifest.table(&table.name).filter(|stored| !stored.is_deleted)?;
        let state = manifest.state(run, table)?;
        Some(Left {
            table,
            status: state.status(),
            fingerprint: state.fingerprint.clone(),
            has_next_run: next_run(state).is_some(),
            // Nobody empties a table of files but by deleting them.
            is_emptied: false,
        })
    });
    let has_failed = |table| manifest.failed.iter().any(|failed| failed.is_of(run, table));
    let has_failed = run.tables.iter().any(has_failed);
    open_run::completed(run, &left.collect::<Vec<_>>(), has_failed)
}

/// Records how the loads of a run have ended, and whether the run has.
pub(super) fn end(manifest: &mut Manifest, run: &Run, report: &RunReport) {
    let (unfinished, is_complete) = open_run::ended(run, report);
    manifest.failed.retain(|failed| !run.tables.iter().any(|table| failed.is_of(run, table)));
    for (table, _) in unfinished.iter().filter(|(_, status)| *status == Status::Failed) {
        let begun = manifest.state(run, table).map(State::status);
        if !matches!(begun, Some(Status::Running | Status::Failed)) {
            manifest.failed.push(Failed {
                pipeline: run.pipeline.clone(),
                source: run.source.clone(),
                resource: table.resource.clone(),
                variant: table.variant.clone(),
                at: now(),
            });
        }
    }
    let mut of_source: Vec<&mut State> = manifest
        .state
        .iter_mut()
        .filter(|state| state.pipeline == run.pipeline && state.source == run.source)
        .collect();
    for state in &mut of_source {
        let ended = unfinished.iter().find(|(table, _)| state.is_of(run, table));
        if let Some((_, status)) = ended
            && state.status() == Status::Running
        {
            state.set(*status);
        }
    }
    if is_complete {
        // With its last resource, a run is complete also for those that this one did not load.
        let is_open = of_source.iter().any(|state| state.status().is_unfinished());
        for state in of_source {
            let is_of_run = run.tables.iter().any(|table| state.is_of(run, table));
            if state.status() == Status::Loaded && (is_of_run || !is_open) {
                state.set(Status::Complete);
            }
        }
    }
}

/// Goes on with the load that an earlier run left unfinished, or begins one. `is_missing` says that a
/// table is new, or was deleted.
pub(super) fn open(
    manifest: &mut Manifest,
    run: &Run,
    table: &Table,
    shape: &Shape,
    is_missing: bool,
) -> Result<Load, Error> {
    // Of a table that is new or that somebody has deleted, everything must be loaded.
    if !is_missing
        && let Some(load) = manifest.state(run, table).and_then(unfinished)
        && let Some(checkpoint) = load.go_on(run, table, shape, is_staged(table))?
    {
        let (checkpoint, start_over) = (Some(checkpoint), load.start_over(table, shape));
        let states = manifest.state.iter_mut().filter(|state| state.is_of(run, table));
        states.for_each(|state| state.set(Status::Running));
        return Ok(Load { checkpoint, records: load.records, start_over });
    }
    let has_rows = manifest.table(&shape.tables()[0].name).is_some_and(StoredTable::has_rows);
    let keeps_place = match manifest.state(run, table) {
        _ if is_missing => false,
        Some(state) => {
            let has_rows =
                manifest.table(&shape.tables()[0].name).is_some_and(StoredTable::has_rows);
            last(state, has_rows).keeps_place(run, table)?
        }
        None => {
            let others: Vec<_> =
                manifest.state.iter().filter_map(|one| other(one, table)).collect();
            begin::refuse_renamed(run, table, &others, has_rows)?;
            false
        }
    };
    let state = self::begin(manifest, run, table, keeps_place);
    let is_anew = is_missing || run.full_refresh;
    let checkpoint = match next_run(state) {
        Some(json) if !is_anew => {
            let start_over = "forget where it begins by `Destination::reset`";
            Some(resume::read(json, start_over)?)
        }
        _ => None,
    };
    Ok(Load { checkpoint, records: 0, start_over: String::new() })
}

/// Makes what the run's pipeline has left of the same load, when the source was called otherwise, this
/// run's.
fn take_over(manifest: &mut Manifest, run: &Run, table: &Table) {
    if manifest.state(run, table).is_some() {
        return;
    }
    // The newest first.
    let mut states: Vec<_> =
        manifest.state.iter_mut().filter(|state| state.resource == table.resource).collect();
    states.sort_by(|a, b| b.updated_at.cmp(&a.updated_at));
    let others: Vec<_> = states.iter().filter_map(|state| other(state, table)).collect();
    if let Some(place) = begin::taken_over(run, table, &others) {
        states[place].source.clone_from(&run.source);
        states[place].variant.clone_from(&table.variant);
    }
}

/// What there is of another state of the resource.
fn other(state: &State, table: &Table) -> Option<Other> {
    let next_run = state.next_run.as_ref().and(state.next_run_fingerprint.as_ref());
    (state.resource == table.resource).then(|| Other {
        pipeline: state.pipeline.clone(),
        source: state.source.clone(),
        variant: state.variant.clone(),
        fingerprint: state.fingerprint.clone(),
        range_fingerprint: next_run.unwrap_or(&state.range_fingerprint).clone(),
        has_next_run: state.next_run.is_some(),
        has_checkpoint: state.checkpoint.is_some(),
        status: state.status(),
        rows: state.rows,
    })
}

/// The last load of the resource.
fn last(state: &State, has_rows: bool) -> Last {
    Last {
        status: state.status(),
        fingerprint: state.fingerprint.clone(),
        range_fingerprint: state.range_fingerprint.clone(),
        next_run_fingerprint: state
            .next_run
            .as_ref()
            .and_then(|_| state.next_run_fingerprint.clone()),
        rows: state.rows,
        has_rows,
    }
}

/// Records what a batch has done, in the commit that does it.
pub(super) fn advance(
    manifest: &mut Manifest,
    run: &Run,
    table: &Table,
    batch: &Batch,
    written: Written,
    staged: Option<Vec<StagedTable>>,
) -> Result<(), Error> {
    let Some(state) = manifest.state.iter_mut().find(|state| state.is_of(run, table)) else {
        let message = "the load is not in the manifest any more";
        return Err(Error::new(ErrorKind::Destination, message));
    };
    state.checkpoint = batch.checkpoint.as_ref().map(json).transpose()?;
    if state.checkpoint.is_none() {
        state.set(Status::Loaded);
    }
    state.rows = state.rows.saturating_add(written.rows);
    state.records = state.records.saturating_add(written.records());
    state.updated_at = now();
    state.staged = staged;
    if let (None, Some(next_run)) = (&batch.checkpoint, &batch.next_run) {
        // Where the next run begins, of a resource that is fetched incrementally.
        state.next_run = Some(json(next_run)?);
        state.next_run_fingerprint = Some(state.range_fingerprint.clone());
    }
    Ok(())
}

/// Everything that is known.
pub(super) fn all(manifest: &Manifest) -> Vec<ResourceState> {
    // What cannot be read any more is shown as not being there, as it is of no use.
    let checkpoint = |json: &str| serde_json::from_str(json).ok();
    let state = |state: &State| ResourceState {
        pipeline: state.pipeline.clone(),
        source: state.source.clone(),
        resource: state.resource.clone(),
        variant: state.variant.clone(),
        status: state.status(),
        checkpoint: state.checkpoint.as_ref().and_then(|json| checkpoint(json.get())),
        next_run: next_run(state).and_then(checkpoint),
        rows: state.rows,
        records: state.records.max(state.rows),
        started_at: state.started_at.clone(),
        updated_at: state.updated_at.clone(),
    };
    let failed = |failed: &Failed| {
        let Failed { pipeline, source, resource, variant, at } = failed;
        let key = [pipeline, source, resource, variant].map(Clone::clone);
        open_run::failed(key, at.clone(), at.clone())
    };
    let mut states: Vec<_> = manifest.state.iter().map(state).collect();
    open_run::show_failed(&mut states, manifest.failed.iter().map(failed));
    states.sort_by(|a, b| (&a.pipeline, &a.source).cmp(&(&b.pipeline, &b.source)));
    states
}

/// Forgets where loads go on and where runs begin. What is staged goes when the next one begins.
pub(super) fn reset(manifest: &mut Manifest, pipeline: &str, resource: Option<&str>) -> u64 {
    let mut changed = 0;
    for state in &mut manifest.state {
        if state.pipeline == pipeline
            && resource.is_none_or(|resource| state.resource == resource)
            && (state.checkpoint.is_some()
                || state.next_run.is_some()
                || state.status() == Status::Loaded)
        {
            state.set(Status::Reset);
            (state.checkpoint, state.next_run) = (None, None);
            changed += 1;
        }
    }
    changed
}

/// The files that wait in the staging place for a table.
pub(super) fn staged(state: Option<&State>, table: &str) -> Vec<DataFile> {
    let staged = state.and_then(|state| state.staged.as_ref());
    let of = staged.and_then(|staged| staged.iter().find(|staged| staged.table == table));
    of.map(|staged| staged.files.clone()).unwrap_or_default()
}

fn begin<'m>(manifest: &'m mut Manifest, run: &Run, table: &Table, keeps_place: bool) -> &'m State {
    let place = manifest.state.iter().position(|state| state.is_of(run, table));
    let before = place.map(|place| manifest.state.remove(place));
    let now = now();
    let state = State {
        pipeline: run.pipeline.clone(),
        source: run.source.clone(),
        resource: table.resource.clone(),
        variant: table.variant.clone(),
        status: Some(Status::Running.name().to_owned()),
        checkpoint: None,
        next_run: before.as_ref().and_then(|state| state.next_run.clone()),
        next_run_fingerprint: if keeps_place {
            Some(table.range_fingerprint.clone())
        } else {
            before.and_then(|state| state.next_run_fingerprint)
        },
        fingerprint: table.fingerprint.clone(),
        range_fingerprint: table.range_fingerprint.clone(),
        rows: 0,
        records: 0,
        started_at: now.clone(),
        updated_at: now,
        staged: is_staged(table).then(Vec::new),
    };
    let place = place.unwrap_or(manifest.state.len());
    manifest.state.insert(place, state);
    &manifest.state[place]
}

fn unfinished(state: &State) -> Option<Unfinished> {
    Some(Unfinished {
        checkpoint: state.checkpoint.as_ref()?.get().to_owned(),
        fingerprint: state.fingerprint.clone(),
        rows: state.rows,
        records: state.records.max(state.rows),
        is_staged: state.staged.is_some(),
        how_to_restart: format!(
            "`Destination::reset` for the resource `{}` of the pipeline `{}`",
            state.resource, state.pipeline,
        ),
    })
}

/// Where a run begins that goes on with nothing. Of use only while it belongs to what is described.
fn next_run(state: &State) -> Option<&str> {
    let is_of_this = state.next_run_fingerprint.as_ref() == Some(&state.range_fingerprint);
    state.next_run.as_ref().filter(|_| is_of_this).map(|json| json.get())
}

fn json(checkpoint: &Checkpoint) -> Result<Box<RawValue>, Error> {
    RawValue::from_string(resume::written(checkpoint)?).map_err(|error| {
        Error::caused_by(ErrorKind::Destination, "the checkpoint cannot be written", error)
    })
}
