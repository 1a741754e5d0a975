//! The destination SQLite: a file beside the program, the database compiled in.

mod database;
mod dialect;
mod error;
mod lock;
mod number;
mod rebuild;
mod store;
mod tally;
mod value;
mod write;

use std::{
    path::PathBuf,
    sync::{Arc, PoisonError},
};

use rest_source::Checkpoint;
use rusqlite::Connection;
use tokio::sync::Mutex;

use self::{
    database::done,
    store::{Store, off_runtime, transact},
};
use crate::{
    Batch, Destination, Error, ResourceState, Run, RunReport, Session, Table, Writer, Written,
    names,
    sql::{
        RESERVED,
        database::Dialect,
        failure::failed,
        history,
        session::{Started, Target},
        state,
    },
};

/// A SQLite database file.
///
/// ```
/// use rest_source_load::{Pipeline, Sqlite};
///
/// let pipeline = Pipeline::new("payments", Sqlite::at("payments.db"));
/// ```
///
/// The file is created if it does not exist, its folder is not. It is set to write-ahead logging,
/// so that readers continue while a run writes. Beside it lies an empty file `payments.db-payments.lock`
/// by which two runs of one pipeline notice each other; it may be deleted while no run is active.
///
/// # How the data types are stored
///
/// As [`guide::types`](crate::guide::types) says. Timestamps are in UTC, with every digit there is, and
/// sort as the moments do. Decimals are text, as a number of SQLite has 64 bits: `CAST(… AS REAL)`
/// compares them by size. JSON text is for `->` and `json_…`.
///
/// Tables are `STRICT`. Columns are added without `NOT NULL`; a column whose SQLite type differs from
/// the declared one, or that loads have filled with values of another data type, is an error. `unique`
/// and `sort` are indexes; `precision` and `scale` are what a decimal is checked against when it is
/// read. Keys and indexes take `decimal` and `wei` for the text that they are stored as, so that `1.1`
/// and `1.10` are two; `dedup_sort` compares them by size.
///
/// # What is beside the tables
///
/// `_rest_source_state` says for each resource, and for each value of the settings and arguments that
/// its requests are made of, how its last load ended and where the next one resumes. To load one from the beginning,
/// set its `checkpoint` to `NULL`; an `append` that is unfinished adds the rows that it has written a
/// second time then, so delete these first, with what is in their lists. [`Pipeline::full_refresh`](crate::Pipeline::full_refresh)
/// does so for all resources, and refuses that case. `_rest_source_runs` has what each run has done,
/// `_rest_source_columns` which columns loads have made, and what their values are.
///
/// # What it promises to readers
///
/// What a transaction promises: a batch is there as a whole or not at all, and so is a `replace`.
/// Readers do not wait for a run, nor a run for them.
#[derive(Debug, Clone)]
pub struct Sqlite {
    path: PathBuf,
}

impl Sqlite {
    /// The database in the file at `path`. It is opened when a run begins.
    pub fn at(path: impl Into<PathBuf>) -> Sqlite {
        Sqlite { path: path.into() }
    }
}

impl Destination for Sqlite {
    type Session = SqliteSession;

    async fn begin(&self, run: Run) -> Result<SqliteSession, Error> {
        let reserved = [RESERVED, "sqlite_"];
        names::check(&run.tables, Connection::MAX_NAME, &reserved, Some("SQLite ignores"))?;
        let path = self.path.clone();
        let pipeline = run.pipeline.clone();
        let store = off_runtime(move || Store::open(&path, &pipeline)).await?;
        let store = Arc::new(Mutex::new(store));
        let started = transact(&store, move |db| {
            let number = done(history::begin(db, &run));
            let number = number.map_err(failed("the run cannot be recorded"))?;
            done(Started::new(db, run, number)).map_err(failed("the state cannot be used"))
        })
        .await?;
        Ok(SqliteSession { started: Arc::new(started), store })
    }

    async fn state(&self) -> Result<Vec<ResourceState>, Error> {
        let path = self.path.clone();
        off_runtime(move || {
            // Nothing is created to say that nothing is there.
            if path.exists() {
                store::read(&path, |db| done(state::all(db)))
            } else {
                Ok(Vec::new())
            }
        })
        .await
    }

    async fn reset(&self, pipeline: &str, resource: Option<&str>) -> Result<u64, Error> {
        if !self.path.exists() {
            return Ok(0);
        }
        let path = self.path.clone();
        let (pipeline, resource) = (pipeline.to_owned(), resource.map(str::to_owned));
        off_runtime(move || {
            let store = Store::open(&path, &pipeline)?;
            done(state::reset(&store.connection, &pipeline, resource.as_deref()))
                .map_err(failed("the state cannot be reset"))
        })
        .await
    }
}

/// A run on a [`Sqlite`].
#[derive(Debug)]
pub struct SqliteSession {
    started: Arc<Started>,
    store: Arc<Mutex<Store>>,
}

impl Session for SqliteSession {
    type Writer = SqliteWriter;

    fn completed(&self) -> &[String] {
        &self.started.completed
    }

    async fn open(&self, table: &Table) -> Result<SqliteWriter, Error> {
        let (started, table) = (Arc::clone(&self.started), table.clone());
        let target = transact(&self.store, move |db| done(started.open(db, &table))).await?;
        Ok(SqliteWriter {
            store: Arc::clone(&self.store),
            checkpoint: target.load.checkpoint.clone(),
            start_over: target.load.start_over.clone(),
            target: Arc::new(std::sync::Mutex::new(target)),
        })
    }

    async fn end(self, report: &RunReport) -> Result<(), Error> {
        let (started, report) = (self.started, report.clone());
        let recorded = transact(&self.store, move |db| done(started.end(db, &report))).await;
        // The last connection to close moves the log into the database, which takes a while.
        let close = move || {
            drop(self.store);
            Ok(())
        };
        recorded.and(off_runtime(close).await)
    }
}

/// Writes into the tables of one resource on a [`Sqlite`].
#[derive(Debug)]
pub struct SqliteWriter {
    store: Arc<Mutex<Store>>,
    checkpoint: Option<Checkpoint>,
    start_over: String,
    /// Locked by one batch at a time.
    target: Arc<std::sync::Mutex<Target>>,
}

impl Writer for SqliteWriter {
    fn checkpoint(&self) -> Option<&Checkpoint> {
        self.checkpoint.as_ref()
    }

    fn start_over(&self) -> String {
        self.start_over.clone()
    }

    async fn write(&mut self, batch: Batch) -> Result<Written, Error> {
        let target = Arc::clone(&self.target);
        transact(&self.store, move |db| {
            let mut target = target.lock().unwrap_or_else(PoisonError::into_inner);
            done(write(db, &mut target, &batch))
        })
        .await
    }
}

async fn write(db: &Connection, target: &mut Target, batch: &Batch) -> Result<Written, Error> {
    target.refresh(db).await?;
    let rows = target.shape.rows(batch)?;
    match target.write(db, batch, &rows, false).await? {
        Some(committed) => Ok(target.committed(committed)),
        None => Ok(rows.written()),
    }
}
