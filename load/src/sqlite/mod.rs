//! The destination SQLite: a file beside the program, the database compiled in.

mod key;
mod lock;
mod schema;
mod state;
mod value;
mod write;

use std::{
    fmt::Display,
    fs::File,
    io,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use rest_source::Checkpoint;
use rusqlite::{Connection, ErrorCode, OpenFlags, Transaction, TransactionBehavior};
use tokio::{sync::Mutex, task};

use self::{lock::RunLock, write::Statements};
use crate::{Batch, Destination, Error, ErrorKind, Run, Session, Table, Writer};

/// How long a write waits for one of another connection to end.
const BUSY_TIMEOUT: Duration = Duration::from_secs(30);

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
        Ok(SqliteSession { run: Arc::new(run), store: Arc::new(Mutex::new(store)) })
    }
}

/// A run on a [`Sqlite`].
#[derive(Debug)]
pub struct SqliteSession {
    run: Arc<Run>,
    store: Arc<Mutex<Store>>,
}

impl Session for SqliteSession {
    type Writer = SqliteWriter;

    async fn open(&self, table: &Table) -> Result<SqliteWriter, Error> {
        let (run, table) = (Arc::clone(&self.run), table.clone());
        let (load, statements) = transact(&self.store, move |transaction| {
            let created = schema::prepare(transaction, &table)?;
            let load = state::open(transaction, &run, &table, created)?;
            let statements = Statements::new(&table, load.id);
            Ok((load, statements))
        })
        .await?;
        Ok(SqliteWriter { store: Arc::clone(&self.store), load, statements: Arc::new(statements) })
    }

    async fn end(self) {
        // The last connection to close moves the log into the database, which takes a while.
        let close = move || {
            drop(self.store);
            Ok(())
        };
        let _ = off_runtime(close).await;
    }
}

/// Writes into one table of a [`Sqlite`].
#[derive(Debug)]
pub struct SqliteWriter {
    store: Arc<Mutex<Store>>,
    load: state::Load,
    statements: Arc<Statements>,
}

impl Writer for SqliteWriter {
    fn checkpoint(&self) -> Option<&Checkpoint> {
        self.load.checkpoint.as_ref()
    }

    fn start_over(&self) -> String {
        self.load.start_over.clone()
    }

    async fn write(&mut self, batch: Batch) -> Result<(), Error> {
        let (id, statements) = (self.load.id, Arc::clone(&self.statements));
        transact(&self.store, move |transaction| {
            statements.write(transaction, &batch)?;
            state::advance(transaction, id, &batch)
        })
        .await
    }
}

/// The connection of a run, and what keeps other runs out while it is open.
#[derive(Debug)]
struct Store {
    connection: Connection,
    _lock: RunLock,
}

impl Store {
    fn open(path: &Path, pipeline: &str) -> Result<Store, Error> {
        if path.as_os_str().is_empty() {
            let message = "the path of the database is empty; name a file, such as `payments.db`";
            return Err(Error::new(ErrorKind::Destination, message));
        }
        let cannot_open = |error: Box<dyn std::error::Error + Send + Sync>| {
            let message = format!("the database {} cannot be opened", path.display());
            Error::caused_by(ErrorKind::Destination, message, error)
        };
        // Made absolute, so that no name such as `:memory:` has a meaning of its own.
        let file = std::path::absolute(path).map_err(|error| cannot_open(error.into()))?;
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut connection = Connection::open_with_flags(&file, flags).map_err(|error| {
            cannot_open(match error.sqlite_error_code() {
                Some(ErrorCode::CannotOpen) => obstacle(&file).into(),
                _ => error.into(),
            })
        })?;
        let lock = RunLock::take(&file, pipeline)?;
        configure(&mut connection).map_err(|error| cannot_open(error.into()))?;
        Ok(Store { connection, _lock: lock })
    }
}

/// What is in the way of opening a file, which SQLite does not tell, and what to do about it.
fn obstacle(file: &Path) -> String {
    if file.is_dir() {
        return "it is a folder; name a file in it".to_owned();
    }
    let folder = file.parent().unwrap_or(file);
    match folder.metadata() {
        Ok(found) if !found.is_dir() => return format!("{} is not a folder", folder.display()),
        Ok(_) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return format!("the folder {} does not exist; create it first", folder.display());
        }
        Err(error) => return format!("the folder {} cannot be used: {error}", folder.display()),
    }
    // A file that exists is not opened to see why: closing it again would take the locks from any
    // other connection of this process.
    match File::create_new(file) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
            format!("no file of this name can be created in {}: {error}", folder.display())
        }
        _ => "see whether this program may read and write it".to_owned(),
    }
}

fn configure(connection: &mut Connection) -> rusqlite::Result<()> {
    connection.busy_timeout(BUSY_TIMEOUT)?;
    let mode: String = connection.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0))?;
    if mode == "wal" {
        // Consistent after a loss of power, which may take the last commits; a crash of the process
        // takes none. The run after it continues from the checkpoint that is there.
        connection.execute_batch("PRAGMA synchronous = NORMAL")?;
    }
    // A merge touches pages all over its index. 16 MiB of them in memory, and as much in the log
    // before it is moved into the database, made merging 500,000 rows 1.7 times as fast as SQLite's
    // defaults of 2 and 4 MiB.
    connection.execute_batch("PRAGMA cache_size = -16384; PRAGMA wal_autocheckpoint = 4096")?;
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    transaction.execute_batch(state::CREATE)?;
    transaction.commit()
}

/// Does `work` in a transaction, off the async runtime. If the future is dropped, the work that has
/// begun is still done to its end, and the run stays locked so long.
async fn transact<T: Send + 'static>(
    store: &Arc<Mutex<Store>>,
    work: impl FnOnce(&Transaction<'_>) -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    let mut store = Arc::clone(store).lock_owned().await;
    off_runtime(move || {
        // Immediate, because a transaction that reads first cannot wait for another to end.
        let transaction = store
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(failed("a transaction cannot begin"))?;
        let done = work(&transaction)?;
        transaction.commit().map_err(failed("a transaction cannot be committed"))?;
        Ok(done)
    })
    .await
}

async fn off_runtime<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    task::spawn_blocking(work).await.unwrap_or_else(|error| {
        Err(Error::caused_by(ErrorKind::Destination, "writing to SQLite was broken off", error))
    })
}

/// For `map_err`: what failed, followed by what SQLite says.
fn failed(what: impl Display) -> impl FnOnce(rusqlite::Error) -> Error {
    move |error| {
        let busy = match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy) => " because another program has been writing too long",
            _ => "",
        };
        Error::caused_by(ErrorKind::Destination, format!("{what}{busy}"), error)
    }
}
