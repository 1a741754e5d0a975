//! What one run leaves for the next, in a table that a person can read.

use rest_source::Checkpoint;
use rusqlite::{Connection, OptionalExtension, Row};

use super::{error::failed, history, relied, schema};
use crate::{
    Batch, Error, ErrorKind, ResourceState, Run, RunReport, Shape, Status, Table, Written,
    begin::{self, Last, Other},
    open_run::{self, Left},
    relied::Standing,
    resume::{self, Unfinished},
    sql::{age::Begun, now},
};

/// Comments inside a table's definition are kept by SQLite and shown by its tools.
pub(super) const CREATE: &str = "
CREATE TABLE IF NOT EXISTS _rest_source_state (
  id INTEGER PRIMARY KEY, -- the number in the name of the table _rest_source_staging_…
  pipeline TEXT NOT NULL,
  source TEXT NOT NULL,
  resource TEXT NOT NULL,
  variant TEXT NOT NULL DEFAULT '', -- the settings and arguments of its requests: repo=a
  status TEXT, -- running, interrupted, failed, reset; loaded: complete in a run that is not; complete
  checkpoint TEXT, -- where the load goes on; NULL: it is complete, and the next run begins
  next_run TEXT, -- where a run begins; NULL: at the beginning
  next_run_fingerprint TEXT, -- of the description that next_run belongs to
  fingerprint TEXT NOT NULL, -- of the description that the checkpoint belongs to
  range_fingerprint TEXT NOT NULL, -- of what in it tells where a next run begins
  rows INTEGER NOT NULL, -- committed by this load so far, or by the last complete one
  records INTEGER NOT NULL DEFAULT 0, -- the same with those that were set aside or left out
  run INTEGER NOT NULL DEFAULT 0, -- the last run that has begun with it; 0: that is not known
  started_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  UNIQUE (pipeline, source, resource, variant)
) STRICT";

/// Makes the table of an earlier version, whose rows are unique without their variant, today's.
pub(super) fn upgrade(connection: &Connection) -> rusqlite::Result<()> {
    let columns = schema::columns(connection, "_rest_source_state")?;
    if columns.iter().any(|column| column == "variant") {
        return Ok(());
    }
    let columns = columns.join(", ");
    connection.execute_batch(&format!(
        "ALTER TABLE _rest_source_state RENAME TO _rest_source_state_earlier;
         {CREATE};
         INSERT INTO _rest_source_state ({columns}) SELECT {columns} FROM _rest_source_state_earlier;
         DROP TABLE _rest_source_state_earlier",
    ))
}

/// A load of one resource: its number in the state, and where it goes on.
#[derive(Debug)]
pub(super) struct Load {
    pub(super) id: i64,
    pub(super) checkpoint: Option<Checkpoint>,
    /// How many rows it has committed.
    rows: i64,
    /// How many records, which are also those that are set aside or left out.
    pub(super) records: i64,
    /// How to have it start over.
    pub(super) start_over: String,
}

/// The resources that are complete in the run which this one resumes.
pub(super) fn completed(
    connection: &Connection,
    run: &Run,
    begun: &Begun,
) -> rusqlite::Result<Vec<String>> {
    let mut left = Vec::new();
    // What such a state says is told, or refused, when the table is opened.
    for table in run.tables.iter().filter(|table| begun.standing(table) == Standing::Agrees) {
        let state = connection
            .query_row(
                "SELECT status, fingerprint, checkpoint IS NOT NULL,
                   next_run IS NOT NULL AND next_run_fingerprint = range_fingerprint, rows > 0
                 FROM _rest_source_state
                 WHERE pipeline = ?1 AND source = ?2 AND resource = ?3 AND variant = ?4",
                (&run.pipeline, &run.source, &table.resource, &table.variant),
                |row| {
                    let status: Option<String> = row.get(0)?;
                    Ok(Left {
                        table,
                        status: Status::read(status.as_deref(), row.get(2)?),
                        fingerprint: row.get(1)?,
                        has_next_run: row.get(3)?,
                        is_emptied: row.get(4)?,
                    })
                },
            )
            .optional()?;
        // Of a table that somebody has deleted, everything must be loaded.
        if let Some(mut state) = state
            && let Some(has_rows) = relied::has_rows(connection, &table.name)?
        {
            state.is_emptied &= !has_rows;
            left.push(state);
        }
    }
    Ok(open_run::completed(run, &left, begun.has_failed))
}

/// Records how the loads of a run have ended, and whether the run has.
pub(super) fn end(
    connection: &Connection,
    run: &Run,
    number: i64,
    report: &RunReport,
) -> rusqlite::Result<()> {
    let (unfinished, is_complete) = open_run::ended(run, report);
    for (table, status) in unfinished {
        connection.execute(
            "UPDATE _rest_source_state SET status = ?5 WHERE pipeline = ?1 AND source = ?2
               AND resource = ?3 AND variant = ?4 AND status = 'running' AND run = ?6",
            (&run.pipeline, &run.source, &table.resource, &table.variant, status.name(), number),
        )?;
    }
    if is_complete {
        for table in &run.tables {
            // With its last resource, a run is complete also for those that this one did not load.
            connection.execute(
                "UPDATE _rest_source_state SET status = 'complete'
                 WHERE pipeline = ?1 AND source = ?2 AND status = 'loaded'
                   AND (resource = ?3 AND variant = ?4 OR NOT EXISTS (
                     SELECT 1 FROM _rest_source_state WHERE pipeline = ?1 AND source = ?2
                       AND status IN ('running', 'interrupted', 'failed')))",
                (&run.pipeline, &run.source, &table.resource, &table.variant),
            )?;
        }
    }
    Ok(())
}

/// Goes on with the load that an earlier run left unfinished, or begins one.
pub(super) fn open(
    connection: &Connection,
    run: &Run,
    number: i64,
    table: &Table,
    shape: &Shape,
    is_missing: bool,
) -> Result<Load, Error> {
    let cannot = || failed("the state cannot be used");
    // Of a table that is new or that somebody has deleted, everything must be loaded.
    if !is_missing
        && let Some((id, load)) = unfinished(connection, run, table).map_err(cannot())?
        && let Some(checkpoint) = load.go_on(run, table, shape, table.is_staged())?
    {
        let (checkpoint, start_over) = (Some(checkpoint), load.start_over(table, shape));
        let [rows, records] = [load.rows, load.records].map(self::number);
        schema::prepare_staging(connection, table, shape, id).map_err(cannot())?;
        let sql = "UPDATE _rest_source_state SET run = ?2, status = 'running' WHERE id = ?1";
        connection.execute(sql, [id, number]).map_err(cannot())?;
        return Ok(Load { id, checkpoint, rows, records, start_over });
    }
    let keeps_place = if is_missing {
        false
    } else {
        let has_rows = relied::has_rows(connection, &shape.tables()[0].name);
        let has_rows = has_rows.map_err(cannot())? == Some(true);
        match last(connection, run, table).map_err(cannot())? {
            Some(last) => Last { has_rows, ..last }.keeps_place(run, table)?,
            None => {
                let (_, others) = others(connection, run, table).map_err(cannot())?;
                begin::refuse_renamed(run, table, &others, has_rows)?;
                false
            }
        }
    };
    // Everything must come also by a later run, should this one end before its first batch.
    let is_anew = is_missing || run.full_refresh;
    let id = self::begin(connection, run, number, table, is_anew, keeps_place).map_err(cannot())?;
    schema::drop_staging(connection, id).map_err(cannot())?;
    schema::prepare_staging(connection, table, shape, id).map_err(cannot())?;
    let checkpoint = next_run(connection, id)?;
    Ok(Load { id, checkpoint, rows: 0, records: 0, start_over: String::new() })
}

/// Makes what the run's pipeline has left of the same load, when the source was called otherwise, this
/// run's.
pub(super) fn take_over(connection: &Connection, run: &Run, table: &Table) -> rusqlite::Result<()> {
    let (ids, others) = others(connection, run, table)?;
    if let Some(place) = begin::taken_over(run, table, &others) {
        let sql = "UPDATE _rest_source_state SET source = ?2, variant = ?3 WHERE id = ?1";
        connection.execute(sql, (ids[place], &run.source, &table.variant))?;
    }
    Ok(())
}

/// What there is of other states of the resource, if there is none of this run's.
fn others(
    connection: &Connection,
    run: &Run,
    table: &Table,
) -> rusqlite::Result<(Vec<i64>, Vec<Other>)> {
    let mut statement = connection.prepare(
        "SELECT id, pipeline, source, variant, fingerprint,
           coalesce(iif(next_run IS NULL, NULL, next_run_fingerprint), range_fingerprint),
           next_run IS NOT NULL, checkpoint IS NOT NULL, status, rows
         FROM _rest_source_state
         WHERE resource = ?3 AND NOT EXISTS (
           SELECT 1 FROM _rest_source_state
           WHERE pipeline = ?1 AND source = ?2 AND resource = ?3 AND variant = ?4)
         ORDER BY updated_at DESC",
    )?;
    let of = (&run.pipeline, &run.source, &table.resource, &table.variant);
    let others = statement.query_map(of, |row| {
        let other = Other {
            pipeline: row.get(1)?,
            source: row.get(2)?,
            variant: row.get(3)?,
            fingerprint: row.get(4)?,
            range_fingerprint: row.get(5)?,
            has_next_run: row.get(6)?,
            has_checkpoint: row.get(7)?,
            status: Status::read(row.get::<_, Option<String>>(8)?.as_deref(), row.get(7)?),
            rows: count(row, "rows")?,
        };
        Ok((row.get::<_, i64>(0)?, other))
    })?;
    others.collect()
}

/// The last load of the resource.
fn last(connection: &Connection, run: &Run, table: &Table) -> rusqlite::Result<Option<Last>> {
    connection
        .query_row(
            "SELECT status, checkpoint IS NOT NULL, fingerprint, range_fingerprint,
               iif(next_run IS NULL, NULL, next_run_fingerprint), rows
             FROM _rest_source_state
             WHERE pipeline = ?1 AND source = ?2 AND resource = ?3 AND variant = ?4",
            (&run.pipeline, &run.source, &table.resource, &table.variant),
            |row| {
                let status: Option<String> = row.get(0)?;
                Ok(Last {
                    status: Status::read(status.as_deref(), row.get(1)?),
                    fingerprint: row.get(2)?,
                    range_fingerprint: row.get(3)?,
                    next_run_fingerprint: row.get(4)?,
                    rows: count(row, "rows")?,
                    has_rows: true,
                })
            },
        )
        .optional()
}

/// Records what a batch has done, in the transaction that does it.
pub(super) fn advance(
    connection: &Connection,
    load: &mut Load,
    batch: &Batch,
    written: Written,
) -> Result<(), Error> {
    let cannot = || failed("the state cannot be written");
    let checkpoint = batch.checkpoint.as_ref().map(resume::written).transpose()?;
    load.rows = load.rows.saturating_add(number(written.rows));
    load.records = load.records.saturating_add(number(written.records()));
    let changed = connection
        .execute(
            "UPDATE _rest_source_state
             SET checkpoint = ?2, rows = ?3, records = ?4, updated_at = ?5,
               status = iif(?2 IS NULL, 'loaded', status) WHERE id = ?1",
            (load.id, &checkpoint, load.rows, load.records, now()),
        )
        .map_err(cannot())?;
    if changed != 1 {
        let message =
            "somebody has deleted this load from `_rest_source_state` while it was running";
        return Err(Error::new(ErrorKind::Destination, message));
    }
    if checkpoint.is_none()
        && let Some(next_run) = &batch.next_run
    {
        // Where the next run begins, of a resource that is fetched incrementally.
        let sql = "UPDATE _rest_source_state SET next_run = ?2,
                   next_run_fingerprint = range_fingerprint WHERE id = ?1";
        connection.execute(sql, (load.id, resume::written(next_run)?)).map_err(cannot())?;
    }
    Ok(())
}

/// Everything that is known, of a database that may have nothing.
pub(super) fn all(connection: &Connection) -> rusqlite::Result<Vec<ResourceState>> {
    let exists = "SELECT 1 FROM sqlite_schema WHERE name = '_rest_source_state'";
    if connection.query_row(exists, [], |_| Ok(())).optional()?.is_none() {
        return Ok(Vec::new());
    }
    // By their names, as `records` is not in what an earlier version has made.
    let mut statement = connection.prepare(
        "SELECT *, iif(next_run_fingerprint = range_fingerprint, next_run, NULL) AS begins
         FROM _rest_source_state ORDER BY pipeline, source, id",
    )?;
    let states = statement.query_map([], |row| {
        // What cannot be read any more is shown as not being there, as it is of no use.
        let checkpoint = |name| -> rusqlite::Result<Option<Checkpoint>> {
            let json: Option<String> = row.get(name)?;
            Ok(json.and_then(|json| serde_json::from_str(&json).ok()))
        };
        let rows = count(row, "rows")?;
        let status: Option<String> = row.get("status").unwrap_or_default();
        let has_checkpoint = row.get::<_, Option<String>>("checkpoint")?.is_some();
        Ok(ResourceState {
            pipeline: row.get("pipeline")?,
            source: row.get("source")?,
            resource: row.get("resource")?,
            variant: row.get("variant").unwrap_or_default(),
            status: Status::read(status.as_deref(), has_checkpoint),
            checkpoint: checkpoint("checkpoint")?,
            next_run: checkpoint("begins")?,
            rows,
            records: count(row, "records").unwrap_or_default().max(rows),
            started_at: row.get("started_at")?,
            updated_at: row.get("updated_at")?,
        })
    })?;
    let mut states = states.collect::<rusqlite::Result<_>>()?;
    open_run::show_failed(&mut states, history::failed(connection)?);
    Ok(states)
}

/// Forgets where loads go on and where runs begin. What is staged is dropped when the next one does.
pub(super) fn reset(
    connection: &Connection,
    pipeline: &str,
    resource: Option<&str>,
) -> rusqlite::Result<u64> {
    let changed = connection.execute(
        "UPDATE _rest_source_state AS state
         SET checkpoint = NULL, next_run = NULL, run = 0, status = 'reset'
         WHERE pipeline = ?1 AND (?2 IS NULL OR resource = ?2)
           AND (checkpoint IS NOT NULL OR next_run IS NOT NULL OR status IN ('running', 'loaded')
             OR run NOT IN (0, (SELECT max(run) FROM _rest_source_runs AS runs
               WHERE runs.pipeline = state.pipeline AND runs.source = state.source
                 AND runs.resource = state.resource AND runs.variant = state.variant)))",
        (pipeline, resource),
    )?;
    Ok(changed as u64)
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
    let start_over = format!(
        "set `next_run` in row {id} of `_rest_source_state` to NULL to begin at the beginning"
    );
    next_run.map(|json| resume::read(&json, &start_over)).transpose()
}

fn unfinished(
    connection: &Connection,
    run: &Run,
    table: &Table,
) -> rusqlite::Result<Option<(i64, Unfinished)>> {
    connection
        .query_row(
            "SELECT id, checkpoint, fingerprint, rows, records FROM _rest_source_state
             WHERE pipeline = ?1 AND source = ?2 AND resource = ?3 AND variant = ?4
               AND checkpoint IS NOT NULL",
            (&run.pipeline, &run.source, &table.resource, &table.variant),
            |row| {
                let id = row.get(0)?;
                let unfinished = Unfinished {
                    checkpoint: row.get(1)?,
                    fingerprint: row.get(2)?,
                    rows: count(row, "rows")?,
                    records: count(row, "records")?.max(count(row, "rows")?),
                    is_staged: schema::has_staging(connection, id)?,
                    how_to_restart: format!(
                        "`UPDATE _rest_source_state SET checkpoint = NULL WHERE id = {id}`"
                    ),
                };
                Ok((id, unfinished))
            },
        )
        .optional()
}

fn begin(
    connection: &Connection,
    run: &Run,
    number: i64,
    table: &Table,
    is_anew: bool,
    keeps_place: bool,
) -> rusqlite::Result<i64> {
    connection.query_row(
        "INSERT INTO _rest_source_state
           (pipeline, source, resource, variant, status, fingerprint, range_fingerprint, rows, run,
            started_at, updated_at)
         VALUES (?1, ?2, ?3, ?8, 'running', ?4, ?6, 0, ?10, ?5, ?5)
         ON CONFLICT (pipeline, source, resource, variant) DO UPDATE SET
           status = 'running', checkpoint = NULL, fingerprint = excluded.fingerprint,
           range_fingerprint = excluded.range_fingerprint, rows = 0, records = 0,
           run = excluded.run, started_at = excluded.started_at, updated_at = excluded.updated_at,
           next_run = iif(?7, NULL, next_run),
           next_run_fingerprint = iif(?9, excluded.range_fingerprint, next_run_fingerprint)
         RETURNING id",
        (
            &run.pipeline,
            &run.source,
            &table.resource,
            &table.fingerprint,
            now(),
            &table.range_fingerprint,
            is_anew,
            &table.variant,
            keeps_place,
            number,
        ),
        |row| row.get(0),
    )
}

/// A count as a database holds numbers.
fn number(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn count(row: &Row<'_>, name: &str) -> rusqlite::Result<u64> {
    Ok(u64::try_from(row.get::<_, i64>(name)?).unwrap_or(0))
}
