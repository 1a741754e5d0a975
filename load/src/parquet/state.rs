//! What one run leaves for the next, in the manifest.

use rest_source::Checkpoint;
use serde_json::value::RawValue;

use super::manifest::{DataFile, Failed, Manifest, StagedTable, State, StoredTable};
use crate::{
    Batch, Error, ErrorKind, ResourceState, Run, RunReport, Shape, Status, Strategy, Table,
    Written,
    advance::Advance,
    begin::taken_over,
    moment::now,
    open_run::{self, Left},
    opening::{Found, Opening},
    resume,
};

/// A load of one resource: where it resumes, and how far it has come.
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
    // Of a table that was deleted, everything must be loaded.
    let is_there = |table: &&Table| manifest.table(&table.name).is_some_and(|it| !it.is_deleted);
    let states = run.tables.iter().filter(is_there);
    let states = states.filter_map(|table| Some((table, manifest.state(run, table)?.said())));
    let states: Vec<_> = states.collect();
    // A table of files is emptied only by deleting them.
    let left = states.iter().map(|(table, state)| Left { table, state, has_rows: true });
    let left: Vec<_> = left.collect();
    let has_failed = |table| manifest.failed.iter().any(|failed| failed.is_of(run, table));
    open_run::completed(run, &left, run.tables.iter().any(has_failed))
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
        let is_of_run = |state: &State| run.tables.iter().any(|table| state.is_of(run, table));
        let is_loaded = |state: &State| state.status() == Status::Loaded;
        // With its last resource, a run is complete also for those that this one did not load. One of
        // other settings is open while a resource is loaded in it.
        let is_open = of_source.iter().any(|state| {
            let is_loaded_here = run.tables.iter().any(|table| state.resource == table.resource);
            state.status().is_unfinished()
                || (is_loaded(state) && is_loaded_here && !is_of_run(state))
        });
        for state in of_source {
            if is_loaded(state) && (is_of_run(state) || !is_open) {
                state.set(Status::Complete);
            }
        }
    }
}

/// Resumes the load that an earlier run left unfinished, or begins one. `is_missing` says that a
/// table is new, or was deleted.
pub(super) fn open(
    manifest: &mut Manifest,
    run: &Run,
    table: &Table,
    shape: &Shape,
    is_missing: bool,
) -> Result<Load, Error> {
    let state = manifest.state(run, table);
    let said = state.map(State::said);
    let others: Vec<_> = match state {
        Some(_) => Vec::new(),
        None => of_resource(manifest, table).map(State::said).collect(),
    };
    let found = Found {
        state: said.as_ref(),
        others: &others,
        has_rows: manifest.table(&shape.tables()[0].name).is_some_and(StoredTable::has_rows),
        is_staged: state.is_some_and(|state| state.staged.is_some()),
        stages: is_staged(table),
        how_to_restart: format!(
            "`Destination::reset` for the resource `{}` of the pipeline `{}`",
            table.resource, run.pipeline,
        ),
    };
    match found.open(run, table, shape, is_missing)? {
        Opening::Resumed { checkpoint, start_over } => {
            let states = manifest.state.iter_mut().filter(|state| state.is_of(run, table));
            states.for_each(|state| state.set(Status::Running));
            let records = said.map_or(0, |said| said.records());
            Ok(Load { checkpoint: Some(*checkpoint), records, start_over })
        }
        Opening::Begun { keeps_place, is_anew } => {
            let state = begin(manifest, run, table, keeps_place).said();
            let start_over = "forget where it begins by `Destination::reset`";
            let begins_at = state.begins_at().filter(|_| !is_anew);
            let checkpoint = begins_at.map(|json| resume::read(json, start_over)).transpose()?;
            Ok(Load { checkpoint, records: 0, start_over: String::new() })
        }
    }
}

fn of_resource<'m>(manifest: &'m Manifest, table: &Table) -> impl Iterator<Item = &'m State> {
    manifest.state.iter().filter(|state| state.resource == table.resource)
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
    let others: Vec<_> = states.iter().map(|state| state.said()).collect();
    if let Some(place) = taken_over(run, table, &others) {
        states[place].source.clone_from(&run.source);
        states[place].variant.clone_from(&table.variant);
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
    let Advance { checkpoint, next_run, rows, records } =
        Advance::by(batch, written, state.rows, state.records)?;
    state.checkpoint = checkpoint.map(json).transpose()?;
    if state.checkpoint.is_none() {
        state.set(Status::Loaded);
    }
    (state.rows, state.records) = (rows, records);
    state.updated_at = now();
    state.staged = staged;
    if let Some(next_run) = next_run {
        // Where the next run begins, of a resource that is fetched incrementally.
        state.next_run = Some(json(next_run)?);
        state.next_run_fingerprint = Some(state.range_fingerprint.clone());
    }
    Ok(())
}

/// Everything that is known.
pub(super) fn all(manifest: &Manifest) -> Vec<ResourceState> {
    let failed = |failed: &Failed| {
        let Failed { pipeline, source, resource, variant, at } = failed;
        let key = [pipeline, source, resource, variant].map(Clone::clone);
        open_run::failed(key, at.clone(), at.clone())
    };
    let mut states: Vec<_> = manifest.state.iter().map(|state| state.said().shown()).collect();
    open_run::show_failed(&mut states, manifest.failed.iter().map(failed));
    states.sort_by(|a, b| (&a.pipeline, &a.source).cmp(&(&b.pipeline, &b.source)));
    states
}

/// Forgets where loads resume and where runs begin. What is staged goes when the next one begins.
pub(super) fn reset(manifest: &mut Manifest, pipeline: &str, resource: Option<&str>) -> u64 {
    reset_those(manifest, |state| {
        state.pipeline == pipeline && resource.is_none_or(|resource| state.resource == resource)
    })
}

/// Has other loads into the table begin at the beginning, because it has lost their rows, too. Gives how many
/// there are.
pub(super) fn reset_others(manifest: &mut Manifest, run: &Run, table: &Table) -> u64 {
    reset_those(manifest, |state| state.said().is_lost_with(table, run))
}

fn reset_those(manifest: &mut Manifest, is_meant: impl Fn(&State) -> bool) -> u64 {
    let mut changed = 0;
    for state in &mut manifest.state {
        if is_meant(state)
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
        table: table.name.clone(),
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

fn json(checkpoint: String) -> Result<Box<RawValue>, Error> {
    RawValue::from_string(checkpoint).map_err(|error| {
        Error::caused_by(ErrorKind::Destination, "the checkpoint cannot be written", error)
    })
}
