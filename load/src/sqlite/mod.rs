//! The destination SQLite: a file beside the program, the database compiled in.

mod database;
mod error;
mod number;
mod store;
mod tally;
mod value;
mod write;

use std::path::PathBuf;

use rest_source::Checkpoint;

use self::store::Store;
use crate::{
    Batch, Destination, Error, ResourceState, Run, RunReport, Session, Table, Writer, Written,
    sql::{
        blocking::{self, BlockingSession, BlockingWriter},
        database::Dialect as _,
        sqlite::SqliteDialect,
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
        SqliteDialect::check_names(&run.tables)?;
        BlockingSession::begin(self.path.clone(), run).await.map(SqliteSession)
    }

    async fn state(&self) -> Result<Vec<ResourceState>, Error> {
        blocking::state::<Store>(self.path.clone()).await
    }

    async fn reset(&self, pipeline: &str, resource: Option<&str>) -> Result<u64, Error> {
        blocking::reset::<Store>(self.path.clone(), pipeline, resource).await
    }
}

/// A run on a [`Sqlite`].
#[derive(Debug)]
pub struct SqliteSession(BlockingSession<Store>);

impl Session for SqliteSession {
    type Writer = SqliteWriter;

    fn completed(&self) -> &[String] {
        self.0.completed()
    }

    async fn open(&self, table: &Table) -> Result<SqliteWriter, Error> {
        self.0.open(table).await.map(SqliteWriter)
    }

    async fn end(self, report: &RunReport) -> Result<(), Error> {
        self.0.end(report).await
    }
}

/// Writes into the tables of one resource on a [`Sqlite`].
#[derive(Debug)]
pub struct SqliteWriter(BlockingWriter<Store>);

impl Writer for SqliteWriter {
    fn checkpoint(&self) -> Option<&Checkpoint> {
        self.0.checkpoint()
    }

    fn start_over(&self) -> String {
        self.0.start_over()
    }

    async fn write(&mut self, batch: Batch) -> Result<Written, Error> {
        self.0.write(batch).await
    }
}
