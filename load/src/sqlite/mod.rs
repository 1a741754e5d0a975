//! The destination SQLite: a file beside the program, the database compiled in.

mod error;
mod history;
mod index;
mod known;
mod lock;
mod name;
mod number;
mod rebuild;
mod rejected;
mod relied;
mod schema;
mod state;
mod store;
mod tally;
mod unique;
mod value;
mod write;

use std::{
    path::PathBuf,
    sync::{Arc, PoisonError},
};

use rest_source::Checkpoint;
use rusqlite::Transaction;
use tokio::sync::Mutex;

use self::{
    error::failed,
    schema::Present,
    state::Load,
    store::{Store, off_runtime, transact},
};
use crate::{
    Batch, Destination, Error, ResourceState, Run, RunReport, Session, Shape, Table, Writer,
    Written,
    sql::{age::Begun, staging::staging},
    table::Created,
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
/// so that readers go on while a run writes. Beside it lies an empty file `payments.db-payments.lock`
/// by which two runs of one pipeline notice each other; it may be deleted while no run is going on.
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
/// its requests are made of, how its last load stands and where it goes on. To load one from the beginning,
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
        schema::check_names(&run.tables)?;
        let path = self.path.clone();
        let pipeline = run.pipeline.clone();
        let store = off_runtime(move || Store::open(&path, &pipeline)).await?;
        let (run, store) = (Arc::new(run), Arc::new(Mutex::new(store)));
        let of = Arc::clone(&run);
        let (number, completed, begun) = transact(&store, move |transaction| {
            let cannot = || failed("the state cannot be used");
            let number = history::begin(transaction, &of);
            let number = number.map_err(failed("the run cannot be recorded"))?;
            for table in &of.tables {
                state::take_over(transaction, &of, table).map_err(cannot())?;
            }
            let begun = relied::begin(transaction, &of, number).map_err(cannot())?;
            let completed = state::completed(transaction, &of, &begun).map_err(cannot())?;
            Ok((number, completed, begun))
        })
        .await?;
        let (begun, created) = (Arc::new(begun), Arc::default());
        Ok(SqliteSession { run, number, completed, begun, store, created })
    }

    async fn state(&self) -> Result<Vec<ResourceState>, Error> {
        let path = self.path.clone();
        off_runtime(move || {
            // Nothing is created to say that nothing is there.
            if path.exists() { store::read(&path, state::all) } else { Ok(Vec::new()) }
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
            state::reset(&store.connection, &pipeline, resource.as_deref())
                .map_err(failed("the state cannot be reset"))
        })
        .await
    }
}

/// A run on a [`Sqlite`].
#[derive(Debug)]
pub struct SqliteSession {
    run: Arc<Run>,
    /// Its number in the history.
    number: i64,
    completed: Vec<String>,
    begun: Arc<Begun>,
    store: Arc<Mutex<Store>>,
    created: Arc<Created>,
}

impl Session for SqliteSession {
    type Writer = SqliteWriter;

    fn completed(&self) -> &[String] {
        &self.completed
    }

    async fn open(&self, table: &Table) -> Result<SqliteWriter, Error> {
        let (run, number, table) = (Arc::clone(&self.run), self.number, table.clone());
        let begun = Arc::clone(&self.begun);
        let created = Arc::clone(&self.created);
        let target = transact(&self.store, move |transaction| {
            let mut shape = Shape::of(&table, name::MAX_NAME)?;
            let known = known::recall(transaction, &shape);
            shape.add_known(&known.map_err(failed("the known columns cannot be read"))?)?;
            let is_gone = relied::check(transaction, &run, &table, &shape, &begun)?;
            let (present, mut is_missing) = schema::prepare(transaction, &table, &shape)?;
            is_missing |= is_gone;
            if !table.sharers.is_empty() {
                // It is as new to the other resources that are loaded into it.
                is_missing = created.is_new(&table.name, is_missing);
            }
            let load = state::open(transaction, &run, number, &table, &shape, is_missing)?;
            Ok(Target { run: number, table, shape, present, load })
        })
        .await?;
        Ok(SqliteWriter {
            store: Arc::clone(&self.store),
            checkpoint: target.load.checkpoint.clone(),
            start_over: target.load.start_over.clone(),
            target: Arc::new(std::sync::Mutex::new(target)),
        })
    }

    async fn end(self, report: &RunReport) -> Result<(), Error> {
        let (run, number, report) = (self.run, self.number, report.clone());
        let recorded = transact(&self.store, move |transaction| {
            let cannot = failed("the end of the run cannot be recorded");
            let recorded = history::end(transaction, number, &report);
            recorded.and_then(|()| state::end(transaction, &run, number, &report)).map_err(cannot)
        })
        .await;
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

/// What a writer writes into, and how far it has come.
#[derive(Debug)]
struct Target {
    /// The number of the run in the history.
    run: i64,
    table: Table,
    shape: Shape,
    present: Present,
    load: Load,
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
        transact(&self.store, move |transaction| {
            target.lock().unwrap_or_else(PoisonError::into_inner).write(transaction, &batch)
        })
        .await
    }
}

impl Target {
    fn write(&mut self, transaction: &Transaction<'_>, batch: &Batch) -> Result<Written, Error> {
        let Target { run, table, shape, present, load } = self;
        if !table.sharers.is_empty() {
            // What the other resources of the table have added to it meanwhile.
            let known = known::recall(transaction, shape);
            shape.add_known(&known.map_err(failed("the known columns cannot be read"))?)?;
        }
        let rows = shape.rows(batch)?;
        present.extend(transaction, table, shape, table.is_staged().then_some(load.id))?;
        let mut changes = write::write(transaction, table, shape, load, batch, &rows)?;
        rejected::write(transaction, shape, *run, &rows.rejected)
            .map_err(failed("rejected records cannot be set aside"))?;
        if batch.checkpoint.is_none() && table.is_staged() {
            let what = "the staged rows cannot be moved into the table";
            if !present.is_empty() {
                let staging = staging(load.id, shape, name::MAX_NAME);
                let moved = write::move_in(transaction, table, shape, &staging);
                changes = moved.map_err(unique::refused(shape, what.to_owned()))?;
            }
            schema::drop_staging(transaction, load.id).map_err(failed(what))?;
        }
        let written = Written { changes, ..rows.written() };
        state::advance(transaction, load, batch, written)?;
        Ok(written)
    }
}
