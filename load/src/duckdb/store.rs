//! The connection of a run, and its transactions.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::{dialect::DuckDbDialect, driver::Opened};
use crate::{
    Error, ErrorKind, adbc,
    lock::RunLock,
    obstacle::obstacle,
    sql::{
        blocking::{self, done},
        database::Database as _,
        failure::{Failed, failed},
        state,
    },
};

type Connection = adbc::Connection<DuckDbDialect>;

/// The connection of a run, and what keeps other runs out while it is open.
#[derive(Debug)]
pub(super) struct Store {
    connection: Connection,
    /// Closed behind its connection.
    database: Opened,
    _lock: RunLock,
}

/// Times without a zone that a description compares with are of UTC. By default, each commit of more than
/// 16 MiB rewrites what the ones before it have left of a row group.
const SETTINGS: [&str; 2] = ["SET TimeZone = 'UTC'", "SET checkpoint_threshold = '256MB'"];

impl blocking::Store for Store {
    type Address = PathBuf;
    type Connection = Connection;

    const WORK: &'static str = "using DuckDB";

    fn exists(path: &PathBuf) -> Result<bool, Error> {
        Ok(path.exists())
    }

    fn open(path: &PathBuf, pipeline: &str) -> Result<Store, Error> {
        let file = resolved(path)?;
        let lock = RunLock::beside(&file, pipeline)?;
        let database = Opened::at(&file)?;
        let connection = connect(&database)?;
        let mut store = Store { connection, database, _lock: lock };
        store.transact(|db| {
            let message = format!("the database {} cannot be used", path.display());
            done(state::prepare(db)).map_err(failed(message))
        })?;
        Ok(store)
    }

    fn read<T>(
        path: &PathBuf,
        read: impl Fn(&Connection) -> Result<T, Failed>,
    ) -> Result<T, Error> {
        let database = Opened::at(&resolved(path)?)?;
        let connection = connect(&database)?;
        let done = read(&connection);
        // Before the database.
        drop(connection);
        done.map_err(failed(format!("the database {} cannot be read", path.display())))
    }

    fn transact<T>(
        &mut self,
        work: impl FnOnce(&Connection) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let Store { connection, database, .. } = self;
        let _alone = database.alone();
        connection.transact(None, work)
    }
}

fn connect(database: &Opened) -> Result<Connection, Error> {
    let connection = Connection::new(database.connect()?);
    done(connection.run(&SETTINGS)).map_err(failed("DuckDB cannot be set up"))?;
    Ok(connection)
}

/// The path of the database file without links, also if the file is to be created.
fn resolved(path: &Path) -> Result<PathBuf, Error> {
    if path.as_os_str().is_empty() {
        let message = "the path of the database is empty; name a file, such as `payments.duckdb`";
        return Err(Error::new(ErrorKind::Destination, message));
    }
    // Made absolute, so that no name such as `:memory:` has a meaning of its own.
    let found = fs::canonicalize(path).or_else(|_| {
        let file = std::path::absolute(path)?;
        match (file.parent(), file.file_name()) {
            (Some(folder), Some(name)) => Ok(fs::canonicalize(folder)?.join(name)),
            _ => Ok(file),
        }
    });
    found.map_err(|_: std::io::Error| {
        let message = format!("the database {} cannot be opened", path.display());
        let file = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        Error::caused_by(ErrorKind::Destination, message, obstacle(&file))
    })
}
