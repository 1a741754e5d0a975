//! The driver: DuckDB's own library, which is loaded once, and the databases that are open in this process.

use std::{
    collections::BTreeMap,
    env, fmt,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError, Weak},
    thread,
    time::{Duration, Instant},
};

use adbc_core::{Database as _, Driver as _, options::OptionDatabase};
use adbc_driver_manager::{ManagedConnection, ManagedDatabase, ManagedDriver};

use crate::{
    Error, ErrorKind,
    adbc::{cause, load_driver},
    obstacle::obstacle,
};

/// The environment variable that has the path of the library.
const LIBRARY: &str = "DUCKDB_LIBRARY";

/// What the manifests of drivers and the system call it.
const NAME: &str = "duckdb";

/// The function of the library that makes the driver.
const ENTRY_POINT: &[u8] = b"duckdb_adbc_init";

/// How long a run waits for another program that has the database open.
const BUSY_TIMEOUT: Duration = Duration::from_secs(30);

/// What is open in this process, of which there is one of each file: DuckDB's lock on a file keeps other
/// processes out, and not this one.
static OPEN: Mutex<Open> =
    Mutex::new(Open { library: None, driver: None, databases: BTreeMap::new() });

struct Open {
    /// Where the program says the library is.
    library: Option<PathBuf>,
    driver: Option<ManagedDriver>,
    databases: BTreeMap<PathBuf, Weak<Shared>>,
}

/// Loads the library from this path, unless the environment says another, or it is loaded.
pub(super) fn set_library(path: PathBuf) {
    open().library = Some(path);
}

fn open() -> MutexGuard<'static, Open> {
    OPEN.lock().unwrap_or_else(PoisonError::into_inner)
}

struct Shared {
    database: ManagedDatabase,
    writing: Mutex<()>,
}

/// A database that is open.
pub(super) struct Opened(Option<Arc<Shared>>);

impl Opened {
    /// Opens the database in the file at this path, which has no links in it. It is created if it is not
    /// there.
    pub(super) fn at(path: &Path) -> Result<Opened, Error> {
        let give_up = Instant::now() + BUSY_TIMEOUT;
        loop {
            match Opened::try_at(path)? {
                Ok(opened) => return Ok(opened),
                Err(_) if Instant::now() < give_up => thread::sleep(Duration::from_millis(5)),
                Err(holder) => {
                    let message = format!(
                        "another program has the database {} open, and DuckDB lets in one at a time{holder}; \
                         close it there, and run again",
                        path.display(),
                    );
                    return Err(Error::new(ErrorKind::Busy, message));
                }
            }
        }
    }

    /// The same once. The inner error says what has it open.
    fn try_at(path: &Path) -> Result<Result<Opened, String>, Error> {
        let mut open = open();
        if let Some(shared) = open.databases.get(path).and_then(Weak::upgrade) {
            return Ok(Ok(Opened(Some(shared))));
        }
        let Open { library, driver, databases } = &mut *open;
        let driver = match driver {
            Some(driver) => driver,
            none => none.insert(load(library.as_deref())?),
        };
        let text = path.to_str().ok_or_else(|| {
            let message = format!("the path {} is no UTF-8, as DuckDB needs it", path.display());
            Error::new(ErrorKind::Destination, message)
        })?;
        let options = [(OptionDatabase::Other("path".to_owned()), text.into())];
        match driver.new_database_with_opts(options) {
            Ok(database) => {
                let shared = Arc::new(Shared { database, writing: Mutex::default() });
                databases.insert(path.to_owned(), Arc::downgrade(&shared));
                Ok(Ok(Opened(Some(shared))))
            }
            Err(error) if error.message.contains("Could not set lock on file") => {
                Ok(Err(holder(&error.message)))
            }
            Err(error) => {
                let message = format!("the database {} cannot be opened", path.display());
                let why = if is_missing(&error.message) {
                    obstacle(path)
                } else {
                    cause(&error).to_string()
                };
                Err(Error::caused_by(ErrorKind::Destination, message, why))
            }
        }
    }

    /// A connection to it.
    pub(super) fn connect(&self) -> Result<ManagedConnection, Error> {
        let connected = self.shared().map(|shared| shared.database.new_connection());
        let connected =
            connected.and_then(|connected| connected.map_err(|error| cause(&error).to_string()));
        connected.map_err(|why| {
            Error::caused_by(ErrorKind::Destination, "DuckDB gives no connection", why)
        })
    }

    /// Waits until no other connection of this process is in a transaction that writes: of two, DuckDB would
    /// let one fail.
    pub(super) fn alone(&self) -> Option<MutexGuard<'_, ()>> {
        let shared = self.shared().ok()?;
        Some(shared.writing.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn shared(&self) -> Result<&Arc<Shared>, String> {
        self.0.as_ref().ok_or_else(|| "it is closed".to_owned())
    }
}

/// Nothing of this process opens a database while it is being closed.
impl Drop for Opened {
    fn drop(&mut self) {
        let mut open = open();
        drop(self.0.take());
        open.databases.retain(|_, shared| shared.strong_count() > 0);
    }
}

impl fmt::Debug for Opened {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Opened")
    }
}

/// Loads the library, from where the environment or the program says, or from where drivers are found.
fn load(library: Option<&Path>) -> Result<ManagedDriver, Error> {
    let named = env::var_os(LIBRARY).filter(|path| !path.is_empty()).map(PathBuf::from);
    let path = named.as_deref().or(library);
    let loaded = load_driver(path.unwrap_or(Path::new(NAME)), Some(ENTRY_POINT));
    loaded.map_err(|error| {
        let message = match path {
            Some(path) if named.is_some() => {
                format!("`{LIBRARY}` is {}, which cannot be loaded", path.display())
            }
            Some(path) => format!("DuckDB's library {} cannot be loaded", path.display()),
            None => "DuckDB's library is not installed".to_owned(),
        };
        let advice = format!(
            "install it with `dbc install duckdb`, or unpack `libduckdb` of DuckDB's releases, or of \
             `npm pack @duckdb/node-bindings-linux-x64`, and set `{LIBRARY}` to the path of the library"
        );
        Error::caused_by(ErrorKind::Destination, message, cause(&error)).with_advice(advice)
    })
}

/// Whether a file cannot be opened, rather than being no database.
fn is_missing(message: &str) -> bool {
    message.contains("Cannot open file") || message.contains("Could not read from file")
}

/// What has a database open, as DuckDB says: `: Conflicting lock is held in … (PID 1)`.
fn holder(message: &str) -> String {
    let held = message.split_once("Conflicting lock is held in ");
    let held = held.and_then(|(_, rest)| rest.split_once(')'));
    held.map_or_else(String::new, |(holder, _)| format!(" ({holder}))"))
}
