//! Where the tables of a statement are: in a temporary database, or in one that is kept and may be new enough.

use std::{
    collections::HashSet,
    fs, io,
    path::{Path, PathBuf},
    time::Duration,
};

use rest_source::jiff::{SignedDuration, Timestamp};
use rest_source_load::{Destination as _, Sqlite, Status};
use rusqlite::{Connection, OpenFlags};
use tempfile::TempDir;

use crate::failure::{Failure, note};

/// The table by which a kept database is known, and which says what its rows come from.
const MARK: &str = "_rest_source_kept";

/// The database that a statement is answered from.
pub(super) enum Database {
    /// In a folder that is removed with it.
    Temporary(TempDir),
    /// One that is kept, and how old what it holds may be.
    Kept { path: PathBuf, max_age: Duration },
}

impl Database {
    /// A new one, for one statement.
    pub(super) fn temporary() -> Result<Database, Failure> {
        let folder = tempfile::Builder::new().prefix("rest_source-sql-").tempdir();
        folder.map(Database::Temporary).map_err(|error| {
            let message = format!("no temporary folder can be created: {error}");
            Failure::user(message, "set TMPDIR to a folder with free space, or use `--keep FILE`")
        })
    }

    /// The one in the file at `path`, whose rows must come from `origin`. What comes from elsewhere is
    /// discarded; a file that is no kept database is refused.
    pub(super) fn kept(path: &Path, max_age: Duration, origin: &str) -> Result<Database, Failure> {
        let cannot = |error: &dyn std::fmt::Display| {
            let message = format!("`{}` cannot be used: {error}", path.display());
            Failure::user(message, "`--keep` takes the path of a file")
        };
        match found(path).map_err(|error| cannot(&error))? {
            Found::Kept(of) if of == origin => {}
            Found::Nothing => mark(path, origin).map_err(|error| cannot(&error))?,
            Found::Kept(_) => {
                note(format_args!(
                    "`{}` is of another description, or of other arguments and settings: it is loaded from \
                     scratch",
                    path.display(),
                ));
                discard(path).map_err(|error| cannot(&error))?;
                mark(path, origin).map_err(|error| cannot(&error))?;
            }
            Found::Other => {
                return Err(Failure::user(
                    format!("`{}` is not a database that `--keep` has made", path.display()),
                    "name another file, or one that is not there yet: what is in a kept database is replaced \
                     when it is too old",
                ));
            }
        }
        Ok(Database::Kept { path: path.to_owned(), max_age })
    }

    pub(super) fn path(&self) -> PathBuf {
        match self {
            Database::Temporary(folder) => folder.path().join("loaded.db"),
            Database::Kept { path, .. } => path.clone(),
        }
    }

    pub(super) fn is_kept(&self) -> bool {
        matches!(self, Database::Kept { .. })
    }

    /// What removes it if the program ends at once.
    pub(super) fn clean_up(&self) -> impl FnOnce() + Send + use<> {
        let folder = match self {
            Database::Temporary(folder) => Some(folder.path().to_owned()),
            Database::Kept { .. } => None,
        };
        move || {
            if let Some(folder) = folder {
                let _ = fs::remove_dir_all(folder);
            }
        }
    }

    /// Of these resources, those whose rows are not there or too old. An age counts from the beginning of a
    /// load, so that no row is older.
    pub(super) async fn stale(&self, resources: &HashSet<String>) -> Result<Vec<String>, Failure> {
        let mut stale: HashSet<&String> = resources.iter().collect();
        if let Database::Kept { path, max_age } = self {
            let states = Sqlite::at(path).state().await.map_err(|error| {
                Failure::user(error.to_string(), "remove the file to load it from scratch")
            })?;
            for state in states {
                let is_whole = matches!(state.status, Status::Complete | Status::Loaded);
                if is_whole && is_younger(&state.started_at, *max_age) {
                    stale.remove(&state.resource);
                }
            }
        }
        let mut stale: Vec<String> = stale.into_iter().cloned().collect();
        stale.sort_unstable();
        Ok(stale)
    }

    /// Empties a kept database: what it holds cannot be brought up to date.
    pub(super) fn restart(&self, origin: &str) -> Result<(), Failure> {
        let Database::Kept { path, .. } = self else { return Ok(()) };
        let cannot = |error: &dyn std::fmt::Display| {
            let message = format!("`{}` cannot be replaced: {error}", path.display());
            Failure::user(message, "remove it")
        };
        discard(path).map_err(|error| cannot(&error))?;
        mark(path, origin).map_err(|error| cannot(&error))
    }

    /// A connection that reads it, or an empty database if nothing was loaded.
    pub(super) fn open(&self) -> rusqlite::Result<Connection> {
        let path = self.path();
        if !path.exists() {
            return Connection::open_in_memory();
        }
        open(&path)
    }
}

/// Whether a moment is less than so long ago. One in the future is not: a clock was wrong.
fn is_younger(moment: &str, max_age: Duration) -> bool {
    let Ok(moment) = moment.parse::<Timestamp>() else { return false };
    let age = Timestamp::now().duration_since(moment);
    let max_age = SignedDuration::try_from(max_age).unwrap_or(SignedDuration::MAX);
    SignedDuration::ZERO <= age && age < max_age
}

/// What is in a file.
enum Found {
    Nothing,
    /// A kept database, with what its rows come from.
    Kept(String),
    Other,
}

fn found(path: &Path) -> rusqlite::Result<Found> {
    if fs::metadata(path).is_ok_and(|file| file.is_file() && file.len() == 0) || !path.exists() {
        return Ok(Found::Nothing);
    }
    if !path.is_file() {
        return Ok(Found::Other);
    }
    let database = open(path)?;
    let marks = "SELECT count(*), sum(name = ?1) FROM sqlite_schema";
    let counted = database.query_row(marks, [MARK], |row| {
        Ok((row.get::<_, i64>(0)?, row.get::<_, Option<i64>>(1)?.unwrap_or(0)))
    });
    match counted {
        Ok((0, _)) => Ok(Found::Nothing),
        Ok((_, 0)) => Ok(Found::Other),
        Ok(_) => {
            let origin = format!("SELECT origin FROM {MARK}");
            let origin = database.query_row(&origin, [], |row| row.get(0));
            Ok(Found::Kept(origin.unwrap_or_default()))
        }
        Err(error) if error.sqlite_error_code() == Some(rusqlite::ErrorCode::NotADatabase) => {
            Ok(Found::Other)
        }
        Err(error) => Err(error),
    }
}

/// Opens a database that is only read: one that may not write leaves the files of its log behind.
fn open(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    Connection::open_with_flags(path, flags)
}

/// Says in a new database what its rows come from.
fn mark(path: &Path, origin: &str) -> rusqlite::Result<()> {
    let database = Connection::open(path)?;
    let create = format!(
        "BEGIN IMMEDIATE;
         CREATE TABLE IF NOT EXISTS {MARK} (origin TEXT NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID;
         DELETE FROM {MARK}"
    );
    database.execute_batch(&create)?;
    database.execute(&format!("INSERT INTO {MARK} VALUES (?1)"), [origin])?;
    database.execute_batch("COMMIT")
}

/// Removes a database, with what SQLite has beside it.
fn discard(path: &Path) -> io::Result<()> {
    for suffix in ["", "-wal", "-shm", "-journal"] {
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        match fs::remove_file(PathBuf::from(name)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}
