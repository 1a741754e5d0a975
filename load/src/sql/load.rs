//! Loads: begun or resumed, and advanced with each batch.
//!
//! Where a database can lose a connection with its lock, or the answer to a commit, the state also keeps
//! two writers of one load apart: each says which run it belongs to and how often it has committed, and
//! one that finds something else there has been overtaken. So a run that lost the connection which holds
//! its lock does no harm, and a commit whose answer was lost is recognised.

use rest_source::Checkpoint;

use super::{
    catalog,
    database::{Argument, Database, Dialect as _, Kind, with},
    failure::{Failed, failed},
    schema::{self, Present},
    state::{Stored, lock, others, reset_others},
};
use crate::{
    Batch, Error, ErrorKind, Run, Shape, Table, Written,
    advance::Advance,
    opening::{Found, Opening},
    resume,
    table::Created,
};

/// A load of one resource: its number in the state, and where it resumes.
#[derive(Debug)]
pub(crate) struct Load {
    pub(crate) id: i64,
    /// The run that writes it.
    pub(super) run: i64,
    /// How often it has committed.
    commits: i64,
    pub(crate) checkpoint: Option<Checkpoint>,
    /// How many rows it has committed.
    rows: u64,
    /// How many records, which are also those that are set aside or left out.
    records: u64,
    /// How to have it start over.
    pub(crate) start_over: String,
}

/// Makes the tables ready, and resumes the load that an earlier run left unfinished, or begins one.
/// `is_gone` says that everything must be loaded.
pub(super) async fn open<D: Database>(
    db: &D,
    run: &Run,
    number: i64,
    table: &Table,
    shape: &Shape,
    is_gone: bool,
    created: &Created,
) -> Result<(Load, Present), Error> {
    let cannot = || failed("the state cannot be used");
    // Before the tables, because it waits for what a run that was killed is still committing.
    let stored = lock(db, run, table).await.map_err(cannot())?;
    let (present, mut is_missing) = schema::prepare(db, table, shape).await?;
    is_missing |= is_gone;
    if is_missing {
        resume::tell_others(table, reset_others(db, run, table).await.map_err(cannot())?);
    }
    if !table.sharers.is_empty() {
        // It is as new to the other resources that are loaded into it.
        is_missing = created.is_new(&table.name, is_missing);
    }
    let opening = find_opening(db, run, table, shape, stored.as_ref(), is_missing).await?;
    let load = match (opening, stored) {
        (Opening::Resumed { checkpoint, start_over }, Some(Stored { id, commits, state, .. })) => {
            let sql = "UPDATE _rest_source_state SET run = $2, status = 'running' WHERE id = $1";
            db.execute(sql, with![id, number]).await.map_err(cannot())?;
            let (checkpoint, rows, records) = (Some(*checkpoint), state.rows, state.records());
            Load { id, run: number, commits, checkpoint, rows, records, start_over }
        }
        (opening, _) => {
            let (id, next_run) =
                self::begin(db, run, number, table, &opening).await.map_err(cannot())?;
            schema::drop_staging(db, id).await.map_err(cannot())?;
            let start_over = format!(
                "set `next_run` in row {id} of `_rest_source_state` to NULL to begin at the beginning"
            );
            let checkpoint = next_run.map(|json| resume::read(&json, &start_over)).transpose()?;
            let start_over = String::new();
            Load { id, run: number, commits: 0, checkpoint, rows: 0, records: 0, start_over }
        }
    };
    schema::prepare_staging(db, table, shape, load.id).await.map_err(cannot())?;
    Ok((load, present))
}

/// How the load begins.
async fn find_opening<D: Database>(
    db: &D,
    run: &Run,
    table: &Table,
    shape: &Shape,
    stored: Option<&Stored>,
    is_missing: bool,
) -> Result<Opening, Error> {
    let found = async {
        let has_rows = catalog::has_rows(db, &shape.tables()[0].name).await? == Some(true);
        let is_staged = match stored {
            Some(stored) => schema::has_staging(db, stored).await?,
            None => false,
        };
        let others = match stored {
            None if !is_missing => others(db, run, table).await?,
            _ => Vec::new(),
        };
        Ok::<_, Failed>((has_rows, is_staged, others))
    };
    let found = found.await.map_err(failed("the state cannot be used"));
    let (has_rows, is_staged, others) = found?;
    let others: Vec<_> = others.into_iter().map(|other| other.state).collect();
    let id = stored.map_or(0, |stored| stored.id);
    let found = Found {
        state: stored.map(|stored| &stored.state),
        others: &others,
        has_rows,
        is_staged,
        stages: table.is_staged(),
        how_to_restart: format!(
            "`UPDATE _rest_source_state SET checkpoint = NULL WHERE id = {id}`"
        ),
    };
    found.open(run, table, shape, is_missing)
}

/// Begins a load: gives its number, and where the run begins.
async fn begin<D: Database>(
    db: &D,
    run: &Run,
    number: i64,
    table: &Table,
    opening: &Opening,
) -> Result<(i64, Option<String>), Failed> {
    let (keeps_place, is_anew) = match opening {
        Opening::Begun { keeps_place, is_anew } => (*keeps_place, *is_anew),
        Opening::Resumed { .. } => (false, false),
    };
    let (commits, none, no_commits) = match D::Dialect::own_type(Kind::Commits) {
        Some(_) => (", commits", ", 0", ", commits = 0"),
        None => ("", "", ""),
    };
    let (id, next_id) = match D::Dialect::NEXT_ID {
        Some(next) => (", id", format!(", {next}")),
        None => ("", String::new()),
    };
    let sql = format!(
        "INSERT INTO _rest_source_state AS state
           (pipeline, source, resource, variant, status, fingerprint, range_fingerprint, rows, run,
            started_at, updated_at{commits}{id})
         VALUES ($1, $2, $3, $4, 'running', $5, $6, 0, $7, {now}, {now}{none}{next_id})
         ON CONFLICT (pipeline, source, resource, variant) DO UPDATE SET
           status = 'running', checkpoint = NULL, staged = NULL, fingerprint = excluded.fingerprint,
           range_fingerprint = excluded.range_fingerprint, rows = 0, records = 0{no_commits},
           run = excluded.run, started_at = excluded.started_at, updated_at = excluded.updated_at,
           next_run = CASE WHEN $8 THEN NULL ELSE state.next_run END,
           next_run_fingerprint = CASE WHEN $9 THEN excluded.range_fingerprint
             ELSE state.next_run_fingerprint END
         RETURNING id, CASE WHEN next_run_fingerprint = range_fingerprint THEN next_run END",
        now = D::Dialect::NOW,
    );
    let (fingerprint, range) = (&table.fingerprint, &table.range_fingerprint);
    let of = with![
        &run.pipeline,
        &run.source,
        &table.resource,
        &table.variant,
        fingerprint,
        range,
        number,
        is_anew,
        keeps_place,
    ];
    match db.first(&sql, of).await? {
        Some(row) => Ok((row.get(0)?, row.get(1)?)),
        None => Ok((0, None)),
    }
}

impl Load {
    /// The number of the next record.
    pub(crate) fn next_record(&self) -> i64 {
        number(self.records)
    }

    /// Takes note that a batch is committed.
    pub(super) fn committed(&mut self, written: Written) {
        self.commits += 1;
        self.rows = self.rows.saturating_add(written.rows);
        self.records = self.records.saturating_add(written.records());
    }
}

/// Records what a batch does, at the beginning of the transaction that does it: so another writer of
/// the load waits, and finds itself overtaken. Gives whether the batch is still to be written: it may be
/// committed already, which a writer can only find that `tries_again`.
pub(super) async fn advance<D: Database>(
    db: &D,
    load: &Load,
    batch: &Batch,
    written: Written,
    tries_again: bool,
) -> Result<bool, Error> {
    let cannot = || failed("the state cannot be written");
    let next = Advance::by(batch, written, load.rows, load.records)?;
    let (counts, is_ours) = match D::Dialect::own_type(Kind::Commits) {
        Some(_) => (", commits = commits + 1", " AND run = $2 AND commits = $3"),
        None => ("", ""),
    };
    let sql = format!(
        "UPDATE _rest_source_state SET
           checkpoint = $4, rows = $5, records = $6{counts}, updated_at = {now},
           status = CASE WHEN $8 THEN 'loaded' ELSE status END,
           next_run = coalesce($7, next_run),
           next_run_fingerprint = CASE WHEN $9 THEN range_fingerprint ELSE next_run_fingerprint END
         WHERE id = $1{is_ours}",
        now = D::Dialect::NOW,
    );
    let (checkpoint, next_run) = (next.checkpoint.as_deref(), next.next_run.as_deref());
    let with = with![
        load.id,
        load.run,
        load.commits,
        Argument::Json(checkpoint),
        number(next.rows),
        number(next.records),
        Argument::Json(next_run),
        checkpoint.is_none(),
        next_run.is_some(),
    ];
    if db.execute(&sql, with).await.map_err(cannot())? == 1 {
        return Ok(true);
    }
    let now = if is_ours.is_empty() {
        None
    } else {
        let sql = "SELECT run, commits FROM _rest_source_state WHERE id = $1";
        let row = db.first(sql, with![load.id]).await.map_err(cannot())?;
        let now = row.map(|row| Ok((row.get::<i64>(0)?, row.get::<i64>(1)?)));
        now.transpose().map_err(failed::<Failed>("the state cannot be written"))?
    };
    match now {
        None => {
            let message =
                "the row of this load in `_rest_source_state` was deleted while it was running";
            Err(Error::new(ErrorKind::Destination, message))
        }
        Some(now) if tries_again && now == (load.run, load.commits + 1) => Ok(false),
        Some(_) => {
            let message = "another run of the pipeline has resumed this load, because this one had \
                           lost its connection; wait until that run has ended";
            Err(Error::new(ErrorKind::Busy, message))
        }
    }
}

/// Records where a load has staged its rows, so that a place that is missing when it is resumed is noticed.
pub(super) async fn record_staged<D: Database>(db: &D, load: &Load) -> Result<(), Failed> {
    let staged = serde_json::Value::from(schema::staged(db, load.id).await?).to_string();
    let sql = "UPDATE _rest_source_state SET staged = $2
               WHERE id = $1 AND staged IS DISTINCT FROM $2";
    db.execute(sql, with![load.id, &staged]).await.map(drop)
}

/// A count as a database holds numbers.
fn number(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
