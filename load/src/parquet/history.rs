//! What runs have done: a file for each run that a person can read.

use serde::{Deserialize, Serialize};

use super::{manifest::FOLDER, store::Store};
use crate::{Changes, Error, Outcome, Run, RunReport, moment::now};

/// What a run has done for one resource.
#[derive(Debug, Serialize, Deserialize)]
struct Entry {
    pipeline: String,
    source: String,
    resource: String,
    /// `running`, `complete`, `failed`, `stopped`; `interrupted`: the process ended in it.
    outcome: String,
    /// That the run has committed.
    rows: u64,
    /// Records that were set aside.
    rejected: u64,
    /// Records that the schema contract leaves out.
    #[serde(default)]
    discarded: u64,
    /// That came, with those that are no rows.
    #[serde(default)]
    records: Option<u64>,
    /// What the run has done to the resource's own table, as far as it is known.
    #[serde(flatten)]
    changes: Changes,
    pages: u64,
    retries: u64,
    /// Of responses, after decompression.
    bytes: u64,
    started_at: String,
    ended_at: Option<String>,
    error: Option<String>,
}

/// Records that a run has begun.
pub(super) async fn begin(store: &Store, number: u64, run: &Run) -> Result<(), Error> {
    // Whatever was running is not any more: one run is active at a time.
    if let Some(last) = number.checked_sub(1)
        && let Some(mut entries) = read(store, last).await?
        && entries.iter().any(is_running)
    {
        let running = entries.iter_mut().filter(|entry| is_running(entry));
        running.for_each(|entry| "interrupted".clone_into(&mut entry.outcome));
        write(store, last, &entries).await?;
    }
    let entries: Vec<_> = run.tables.iter().map(|table| entry(run, &table.resource)).collect();
    write(store, number, &entries).await
}

/// Records how a run has ended.
pub(super) async fn end(store: &Store, number: u64, report: &RunReport) -> Result<(), Error> {
    let mut entries = read(store, number).await?.unwrap_or_default();
    for entry in &mut entries {
        let mut reports = report.resources.iter();
        let Some(report) = reports.find(|report| report.resource == entry.resource) else {
            continue;
        };
        report.outcome.name().clone_into(&mut entry.outcome);
        entry.rows = report.rows;
        entry.rejected = report.rejected;
        entry.discarded = report.discarded;
        entry.records = Some(report.records);
        entry.changes = report.changes;
        entry.pages = report.pages;
        entry.retries = report.retries;
        entry.bytes = report.bytes;
        entry.ended_at = Some(now());
        entry.error = report.outcome.error().map(str::to_owned);
    }
    write(store, number, &entries).await
}

fn entry(run: &Run, resource: &str) -> Entry {
    Entry {
        pipeline: run.pipeline.clone(),
        source: run.source.clone(),
        resource: resource.to_owned(),
        outcome: Outcome::Running.name().to_owned(),
        rows: 0,
        rejected: 0,
        discarded: 0,
        records: None,
        changes: Changes::default(),
        pages: 0,
        retries: 0,
        bytes: 0,
        started_at: now(),
        ended_at: None,
        error: None,
    }
}

fn is_running(entry: &Entry) -> bool {
    entry.outcome == Outcome::Running.name()
}

/// What is there of a run. One that a person has made unreadable is no reason not to load.
async fn read(store: &Store, number: u64) -> Result<Option<Vec<Entry>>, Error> {
    let json = store.get(&path(number)).await?;
    Ok(json.and_then(|json| serde_json::from_slice(&json).ok()))
}

async fn write(store: &Store, number: u64, entries: &[Entry]) -> Result<(), Error> {
    let cannot = store.failed(|| "the run cannot be recorded".to_owned());
    let json = serde_json::to_vec_pretty(entries).map_err(cannot)?;
    store.put(&path(number), json).await
}

/// The file of a run.
pub(super) fn path(number: u64) -> String {
    format!("{FOLDER}/runs/{number:06}.json")
}
