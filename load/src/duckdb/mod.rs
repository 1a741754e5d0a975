//! The destination DuckDB: a file beside the program, by the driver of ADBC that DuckDB's own library is.

mod dialect;
mod driver;
mod store;
mod value;
mod vendor;

use std::path::PathBuf;

use rest_source::Checkpoint;

use self::{dialect::DuckDbDialect, store::Store};
use crate::{
    Batch, Destination, Error, ResourceState, Run, RunReport, Session, Table, Writer, Written,
    sql::{
        blocking::{self, BlockingSession, BlockingWriter},
        database::Dialect as _,
    },
};

/// A DuckDB database file.
///
/// ```
/// use rest_source_load::{DuckDb, Pipeline};
///
/// let pipeline = Pipeline::new("payments", DuckDb::at("payments.duckdb"));
/// ```
///
/// The feature `adbc` adds it. The file is created if it does not exist, its folder is not. Beside it lies an
/// empty file `payments.duckdb-payments.lock` by which two runs of one pipeline notice each other; it may be
/// deleted while no run is active.
///
/// # Its library
///
/// DuckDB is not compiled in: its own library, which has a driver of ADBC in it, is loaded when the first run
/// begins. It is looked for
///
/// 1. where the environment variable `DUCKDB_LIBRARY` says, the path of `libduckdb.so`, `libduckdb.dylib` or
///    `duckdb.dll`;
/// 2. where [`set_library`](DuckDb::set_library) says;
/// 3. by the manifests of ADBC's drivers under the name `duckdb`, which `dbc install duckdb` writes;
/// 4. where the system finds libraries.
///
/// # How the data types are stored
///
/// As [`guide::types`](crate::guide::types) says. Columns are added without `NOT NULL`; a column whose type
/// differs from the declared one, or that loads have filled with values of another data type, is an error. Only
/// `unique` is an index: neither primary keys nor `sort` are, as DuckDB finds rows without one, and merging is
/// several times as slow with it. So DuckDB's catalogue does not show the primary key, and nothing but the loader
/// keeps it. Keys take `wei`, and `decimal` without a `scale`, for the text that they are stored as, so that `1.1`
/// and `1.10` are two; `dedup_sort` compares them by size.
///
/// # What is beside the tables
///
/// `_rest_source_state`, `_rest_source_runs` and `_rest_source_columns`, as in `Sqlite`.
///
/// # Who may have it open
///
/// One process at a time, as DuckDB demands. A run waits half a minute for another one to close the
/// database, and then ends with [`ErrorKind::Busy`](crate::ErrorKind::Busy); other programs are refused while a
/// run has it open. In one process any number of pipelines may load into one file; they write in turn. Do not
/// open it by another library of DuckDB in the same process meanwhile: DuckDB does not notice that, and two
/// instances on one file destroy it.
///
/// # What it promises to readers
///
/// What a transaction promises: a batch is there as a whole or not at all, and so is a `replace`.
#[derive(Debug, Clone)]
pub struct DuckDb {
    path: PathBuf,
}

impl DuckDb {
    /// The database in the file at `path`. It is opened when a run begins.
    pub fn at(path: impl Into<PathBuf>) -> DuckDb {
        DuckDb { path: path.into() }
    }

    /// Loads DuckDB's library from this path in all of this process, unless `DUCKDB_LIBRARY` says another. It
    /// has no effect once the library is loaded.
    pub fn set_library(path: impl Into<PathBuf>) {
        driver::set_library(path.into());
    }
}

impl Destination for DuckDb {
    type Session = DuckDbSession;

    async fn begin(&self, run: Run) -> Result<DuckDbSession, Error> {
        DuckDbDialect::check_names(&run.tables)?;
        BlockingSession::begin(self.path.clone(), run).await.map(DuckDbSession)
    }

    /// Each commit reads the keys of the whole table, and waits for the disk.
    fn batch_rows(&self) -> u64 {
        60_000
    }

    fn batch_bytes(&self) -> u64 {
        64 << 20
    }

    async fn state(&self) -> Result<Vec<ResourceState>, Error> {
        blocking::state::<Store>(self.path.clone()).await
    }

    async fn reset(&self, pipeline: &str, resource: Option<&str>) -> Result<u64, Error> {
        blocking::reset::<Store>(self.path.clone(), pipeline, resource).await
    }
}

/// A run on a [`DuckDb`].
#[derive(Debug)]
pub struct DuckDbSession(BlockingSession<Store>);

impl Session for DuckDbSession {
    type Writer = DuckDbWriter;

    fn completed(&self) -> &[String] {
        self.0.completed()
    }

    async fn open(&self, table: &Table) -> Result<DuckDbWriter, Error> {
        self.0.open(table).await.map(DuckDbWriter)
    }

    async fn end(self, report: &RunReport) -> Result<(), Error> {
        self.0.end(report).await
    }
}

/// Writes into the tables of one resource on a [`DuckDb`].
#[derive(Debug)]
pub struct DuckDbWriter(BlockingWriter<Store>);

impl Writer for DuckDbWriter {
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
