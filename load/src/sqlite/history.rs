//! What runs have done, in a table that a person can read.

use rusqlite::{Connection, params};

use super::schema;
use crate::{
    ResourceState, Run, RunReport, Table, open_run,
    sql::{age::FAILED, now},
};

pub(super) const CREATE: &str = "
CREATE TABLE IF NOT EXISTS _rest_source_runs (
  run INTEGER NOT NULL, -- counts the runs of all pipelines
  pipeline TEXT NOT NULL,
  source TEXT NOT NULL,
  resource TEXT NOT NULL,
  outcome TEXT NOT NULL, -- running, complete, failed, stopped; interrupted: the process ended in it
  rows INTEGER NOT NULL DEFAULT 0, -- that the run has committed
  rejected INTEGER NOT NULL DEFAULT 0, -- records that were set aside
  discarded INTEGER NOT NULL DEFAULT 0, -- records that the schema contract leaves out
  pages INTEGER NOT NULL DEFAULT 0,
  retries INTEGER NOT NULL DEFAULT 0,
  bytes INTEGER NOT NULL DEFAULT 0, -- of responses, after decompression
  started_at TEXT NOT NULL,
  ended_at TEXT,
  error TEXT,
  records INTEGER, -- that came, with those that are no rows
  new INTEGER, -- rows that were added; like the next two NULL if that is not known
  updated INTEGER, -- rows that were updated
  unchanged INTEGER, -- records whose row was left as it was
  variant TEXT, -- the settings and arguments of its requests; NULL in runs of earlier versions
  PRIMARY KEY (run, resource)
) STRICT";

/// Records that a run has begun, and gives its number.
pub(super) fn begin(connection: &Connection, run: &Run) -> rusqlite::Result<i64> {
    // Whatever was running is not any more: one run of a pipeline goes on at a time.
    connection.execute(
        "UPDATE _rest_source_runs SET outcome = 'interrupted'
         WHERE pipeline = ?1 AND outcome = 'running'",
        [&run.pipeline],
    )?;
    // A state remembers the run that it is of, also where the history is an older one.
    let sql = "SELECT max((SELECT coalesce(max(run), 0) FROM _rest_source_runs),
                 (SELECT coalesce(max(run), 0) FROM _rest_source_state)) + 1";
    let number = connection.query_row(sql, [], |row| row.get(0))?;
    let mut statement = connection.prepare(
        "INSERT INTO _rest_source_runs
           (run, pipeline, source, resource, variant, outcome, started_at)
         VALUES (?1, ?2, ?3, ?4, ?6, 'running', ?5)",
    )?;
    for table in &run.tables {
        let Table { resource, variant, .. } = table;
        statement.execute(params![number, run.pipeline, run.source, resource, now(), variant])?;
    }
    Ok(number)
}

/// Resources whose last run has failed.
pub(super) fn failed(connection: &Connection) -> rusqlite::Result<Vec<ResourceState>> {
    if !schema::columns(connection, "_rest_source_runs")?.iter().any(|column| column == "variant") {
        // An earlier version has made it.
        return Ok(Vec::new());
    }
    let mut statement = connection.prepare(FAILED)?;
    let failed = statement.query_map([], |row| {
        let key = [row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?];
        Ok(open_run::failed(key, row.get(4)?, row.get(5)?))
    })?;
    failed.collect()
}

/// Records how a run has ended.
pub(super) fn end(connection: &Connection, run: i64, report: &RunReport) -> rusqlite::Result<()> {
    let mut statement = connection.prepare(
        "UPDATE _rest_source_runs SET outcome = ?3, rows = ?4, rejected = ?5, discarded = ?6,
           pages = ?7, retries = ?8, bytes = ?9, ended_at = ?10, error = ?11, records = ?12,
           new = ?13, updated = ?14, unchanged = ?15
         WHERE run = ?1 AND resource = ?2",
    )?;
    for report in &report.resources {
        let [rows, rejected, discarded, pages, retries, bytes] = report.counts();
        let [records, new, updated, unchanged] = report.later_counts();
        statement.execute(params![
            run,
            report.resource,
            report.outcome.name(),
            rows,
            rejected,
            discarded,
            pages,
            retries,
            bytes,
            now(),
            report.outcome.error(),
            records,
            new,
            updated,
            unchanged,
        ])?;
    }
    Ok(())
}
