//! What one run leaves for the next, in a table that a person can read.

use jiff::{Timestamp, tz::Offset};
use rest_source::{Checkpoint, plan::WriteDisposition};
use rusqlite::{Connection, OptionalExtension};

use super::{failed, schema, write::is_staged};
use crate::{Batch, Error, ErrorKind, Run, Table};

/// Comments inside a table's definition are kept by SQLite and shown by its tools.
pub(super) const CREATE: &str = "
CREATE TABLE IF NOT EXISTS _rest_source_state (
  id INTEGER PRIMARY KEY, -- the number in the name of the table _rest_source_staging_…
  pipeline TEXT NOT NULL,
  source TEXT NOT NULL,
  resource TEXT NOT NULL,
  checkpoint TEXT, -- where the load goes on; NULL: it is complete, and the next run begins
  next_run TEXT, -- where a run begins; NULL: at the beginning
  next_run_fingerprint TEXT, -- of the description that next_run belongs to
  fingerprint TEXT NOT NULL, -- of the description that the checkpoint belongs to
  range_fingerprint TEXT NOT NULL, -- of what in it tells where a next run begins
  rows INTEGER NOT NULL, -- committed by this load so far, or by the last complete one
  started_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  UNIQUE (pipeline, source, resource)
) STRICT";

/// A load of one table: its number in the state, and where it goes on.
#[derive(Debug)]
pub(super) struct Load {
    pub(super) id: i64,
    pub(super) checkpoint: Option<Checkpoint>,
    /// How to have it begin anew.
    pub(super) start_over: String,
}

/// What the state says of a load half-way.
struct Unfinished {
    id: i64,
    checkpoint: String,
    fingerprint: String,
    rows: i64,
}

impl Unfinished {
    /// What somebody does to have it begin anew.
    fn start_over(&self, table: &Table) -> String {
        let Unfinished { id, rows, .. } = self;
        let sql = format!("`UPDATE _rest_source_state SET checkpoint = NULL WHERE id = {id}`");
        if table.write_disposition == WriteDisposition::Append {
            format!(
                "delete the {rows} rows that it has written so far, and then begin anew by {sql}"
            )
        } else {
            format!("run the pipeline once with `full_refresh`, or begin anew by {sql}")
        }
    }

    /// A merge or a replace begins again without harm. An append would double what it has appended
    /// so far, and only its owner can tell whether that matters.
    fn refuse_to_append_again(&self, run: &Run, start_over: &str) -> Error {
        let (why, finish) = if run.full_refresh {
            ("a load stopped half-way", "without `full_refresh`")
        } else {
            (
                "the source, its base URL or its description, has changed since a load stopped \
                 half-way",
                "with the old one",
            )
        };
        let message = format!(
            "{why}, after {} rows, and beginning again would append these a second time; finish it \
             {finish}, or {start_over}",
            self.rows,
        );
        Error::new(ErrorKind::Schema, message)
    }
}

/// Goes on with the load that an earlier run left half-way, or begins one.
pub(super) fn open(
    connection: &Connection,
    run: &Run,
    table: &Table,
    created: bool,
) -> Result<Load, Error> {
    let cannot = || failed("the state cannot be used");
    // Of a table that somebody has deleted, everything must be loaded again.
    if !created && let Some(load) = unfinished(connection, run, table).map_err(cannot())? {
        let staged = schema::has_staging(connection, load.id).map_err(cannot())?;
        let start_over = load.start_over(table);
        if run.full_refresh || load.fingerprint != table.fingerprint {
            if !staged && table.write_disposition == WriteDisposition::Append {
                return Err(load.refuse_to_append_again(run, &start_over));
            }
        } else if staged == is_staged(table) {
            let checkpoint = serde_json::from_str(&load.checkpoint).map_err(|error| {
                let message = format!(
                    "the checkpoint in row {} of `_rest_source_state` cannot be read; {start_over}",
                    load.id,
                );
                Error::caused_by(ErrorKind::Destination, message, error)
            })?;
            return Ok(Load { id: load.id, checkpoint: Some(checkpoint), start_over });
        }
    }
    let id = begin(connection, run, table).map_err(cannot())?;
    schema::create_staging(connection, table, id).map_err(cannot())?;
    // Into a table that is new, or that shall be loaded anew, everything must come.
    let is_anew = created || run.full_refresh;
    let checkpoint = if is_anew { None } else { next_run(connection, id)? };
    Ok(Load { id, checkpoint, start_over: String::new() })
}

/// Records what a batch has done, in the transaction that does it.
pub(super) fn advance(connection: &Connection, id: i64, batch: &Batch) -> Result<(), Error> {
    let cannot = || failed("the state cannot be written");
    let checkpoint = batch.checkpoint.as_ref().map(serde_json::to_string).transpose();
    let checkpoint = checkpoint.map_err(|error| {
        Error::caused_by(ErrorKind::Destination, "the checkpoint cannot be written", error)
    })?;
    let rows = i64::try_from(batch.rows()).unwrap_or(i64::MAX);
    let changed = connection
        .execute(
            "UPDATE _rest_source_state
             SET checkpoint = ?2, rows = rows + ?3, updated_at = ?4 WHERE id = ?1",
            (id, &checkpoint, rows, now()),
        )
        .map_err(cannot())?;
    if changed == 1 {
        return if checkpoint.is_none() { finish(connection, id, batch) } else { Ok(()) };
    }
    let message = "somebody has deleted this load from `_rest_source_state` while it was running";
    Err(Error::new(ErrorKind::Destination, message))
}

/// Records where the next run begins, of a resource that is fetched incrementally.
fn finish(connection: &Connection, id: i64, batch: &Batch) -> Result<(), Error> {
    let Some(next_run) = &batch.next_run else { return Ok(()) };
    let json = serde_json::to_string(next_run).map_err(|error| {
        Error::caused_by(ErrorKind::Destination, "the checkpoint cannot be written", error)
    })?;
    connection
        .execute(
            "UPDATE _rest_source_state SET next_run = ?2, next_run_fingerprint = range_fingerprint
             WHERE id = ?1",
            (id, json),
        )
        .map_err(failed("the state cannot be written"))
        .map(drop)
}

/// Where a run begins that goes on with nothing.
fn next_run(connection: &Connection, id: i64) -> Result<Option<Checkpoint>, Error> {
    let next_run: Option<String> = connection
        .query_row(
            "SELECT next_run FROM _rest_source_state
             WHERE id = ?1 AND next_run_fingerprint = range_fingerprint",
            [id],
            |row| row.get(0),
        )
        .optional()
        .map_err(failed("the state cannot be used"))?
        .flatten();
    next_run.map(|json| serde_json::from_str(&json)).transpose().map_err(|error| {
        let message = format!(
            "`next_run` in row {id} of `_rest_source_state` cannot be read; set it to NULL to begin \
             at the beginning"
        );
        Error::caused_by(ErrorKind::Destination, message, error)
    })
}

fn unfinished(
    connection: &Connection,
    run: &Run,
    table: &Table,
) -> rusqlite::Result<Option<Unfinished>> {
    connection
        .query_row(
            "SELECT id, checkpoint, fingerprint, rows FROM _rest_source_state
             WHERE pipeline = ?1 AND source = ?2 AND resource = ?3 AND checkpoint IS NOT NULL",
            (&run.pipeline, &run.source, &table.name),
            |row| {
                Ok(Unfinished {
                    id: row.get(0)?,
                    checkpoint: row.get(1)?,
                    fingerprint: row.get(2)?,
                    rows: row.get(3)?,
                })
            },
        )
        .optional()
}

fn begin(connection: &Connection, run: &Run, table: &Table) -> rusqlite::Result<i64> {
    connection.query_row(
        "INSERT INTO _rest_source_state
           (pipeline, source, resource, fingerprint, range_fingerprint, rows, started_at,
            updated_at)
         VALUES (?1, ?2, ?3, ?4, ?6, 0, ?5, ?5)
         ON CONFLICT (pipeline, source, resource) DO UPDATE SET
           checkpoint = NULL, fingerprint = excluded.fingerprint,
           range_fingerprint = excluded.range_fingerprint, rows = 0,
           started_at = excluded.started_at, updated_at = excluded.updated_at
         RETURNING id",
        (
            &run.pipeline,
            &run.source,
            &table.name,
            &table.fingerprint,
            now(),
            &table.range_fingerprint,
        ),
        |row| row.get(0),
    )
}

fn now() -> String {
    format!("{:.3}", Timestamp::now().display_with_offset(Offset::UTC))
}
