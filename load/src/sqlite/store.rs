//! The connection to the database file, and its transactions.

use std::{
    fs,
    path::{Path, PathBuf},
    thread,
    time::{Duration, Instant},
};

use rusqlite::{Connection, ErrorCode, OpenFlags, TransactionBehavior};

use super::number;
use crate::{
    Error, ErrorKind,
    lock::RunLock,
    obstacle::obstacle,
    sql::{
        blocking::{self, done},
        failure::{Failed, failed},
        state,
    },
};

/// How long a write waits for one of another connection to end.
const BUSY_TIMEOUT: Duration = Duration::from_secs(30);

/// The connection of a run, and what keeps other runs out while it is open.
#[derive(Debug)]
pub(super) struct Store {
    pub(super) connection: Connection,
    _lock: RunLock,
}

impl blocking::Store for Store {
    type Address = PathBuf;
    type Connection = Connection;

    const WORK: &'static str = "using SQLite";

    fn exists(path: &PathBuf) -> Result<bool, Error> {
        Ok(path.exists())
    }

    fn open(path: &PathBuf, pipeline: &str) -> Result<Store, Error> {
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
        let lock = RunLock::beside(
            &fs::canonicalize(&file).map_err(|error| cannot_open(error.into()))?,
            pipeline,
        )?;
        configure(&mut connection).map_err(|error| cannot_open(error.into_cause()))?;
        Ok(Store { connection, _lock: lock })
    }

    fn read<T>(
        path: &PathBuf,
        read: impl Fn(&Connection) -> Result<T, Failed>,
    ) -> Result<T, Error> {
        let cannot_read = || format!("the database {} cannot be read", path.display());
        let file = fs::canonicalize(path)
            .map_err(|error| Error::caused_by(ErrorKind::Destination, cannot_read(), error))?;
        let open = |name: &Path, flags| {
            let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | flags;
            read(&Connection::open_with_flags(name, flags)?)
        };
        let code = |error: &Failed| error.cause::<rusqlite::Error>()?.sqlite_error_code();
        let done = open(&file, OpenFlags::empty()).or_else(|error| match code(&error) {
            // With write-ahead logging, SQLite creates two files beside a database also to read it. A user who
            // may not do so can still read a database that is not being written.
            Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen) => match as_it_lies(&file) {
                Some(address) => open(Path::new(&address), OpenFlags::SQLITE_OPEN_URI),
                None => Err(error),
            },
            _ => Err(error),
        });
        done.map_err(failed(cannot_read()))
    }

    fn transact<T>(
        &mut self,
        work: impl FnOnce(&Connection) -> Result<T, Error>,
    ) -> Result<T, Error> {
        // Immediate, because a transaction that reads first cannot wait for another to end.
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(failed("a transaction cannot begin"))?;
        let done = work(&transaction)?;
        transaction.commit().map_err(failed("a transaction cannot be committed"))?;
        Ok(done)
    }
}

/// The address by which SQLite reads a database that is not being written. `None` if it is.
fn as_it_lies(file: &Path) -> Option<String> {
    let file = file.to_str()?;
    let is_written = Path::new(&format!("{file}-wal")).exists();
    let escaped = file.replace('%', "%25").replace('?', "%3F").replace('#', "%23");
    (!is_written).then(|| format!("file:{escaped}?immutable=1"))
}

fn configure(connection: &mut Connection) -> Result<(), Failed> {
    connection.busy_timeout(BUSY_TIMEOUT)?;
    number::define(connection)?;
    if log_ahead(connection)? {
        // Consistent after a loss of power, which may take the last commits; a crash of the process
        // takes none. The run after it continues from the checkpoint that is there.
        connection.execute_batch("PRAGMA synchronous = NORMAL")?;
    }
    // A merge touches pages all over its index. 16 MiB of them in memory, and as much in the log
    // before it is moved into the database, made merging 500,000 rows 1.7 times as fast as SQLite's
    // defaults of 2 and 4 MiB.
    connection.execute_batch("PRAGMA cache_size = -16384; PRAGMA wal_autocheckpoint = 4096")?;
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    done(state::prepare(&*transaction))?;
    Ok(transaction.commit()?)
}

/// Switches the database to write-ahead logging. `false` where the file system does not allow it, as some on
/// networks.
///
/// SQLite does not wait here for another connection that writes, as it does elsewhere: it holds a lock for
/// reading already, and the other one might wait for that. It refuses at once, and the switch is retried.
fn log_ahead(connection: &Connection) -> rusqlite::Result<bool> {
    let give_up = Instant::now() + BUSY_TIMEOUT;
    loop {
        let mode = connection.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0));
        match mode {
            Err(error) if is_busy(&error) && Instant::now() < give_up => {
                thread::sleep(Duration::from_millis(10));
            }
            mode => return mode.map(|mode: String| mode == "wal"),
        }
    }
}

fn is_busy(error: &rusqlite::Error) -> bool {
    error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy)
}
