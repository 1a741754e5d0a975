//! One run of a pipeline at a time.

use std::{
    fs::{self, File, TryLockError},
    path::Path,
};

use crate::{Error, ErrorKind};

/// A lock on a file beside the database, held while a run lasts.
///
/// The operating system releases it when the process ends, however it ends, so that a killed run
/// never leaves its pipeline locked. The database file itself would not do: on some systems such a
/// lock and those of SQLite are in each other's way. The file stays where it is, because removing it
/// would let a third run in while a second waits on the removed one.
#[derive(Debug)]
pub(super) struct RunLock {
    file: File,
}

impl RunLock {
    /// Takes the lock of `pipeline` on the database, a file that exists.
    pub(super) fn take(database: &Path, pipeline: &str) -> Result<RunLock, Error> {
        let cannot = |what: &str, path: &Path, error| {
            let message = format!("the {what} {} cannot be used", path.display());
            Error::caused_by(ErrorKind::Destination, message, error)
        };
        // Links are followed, so that one database has one lock under whatever name it is opened.
        let mut path = fs::canonicalize(database)
            .map_err(|error| cannot("database", database, error))?
            .into_os_string();
        path.push(format!("-{}.lock", file_name(pipeline)));
        let cannot_lock = |error| cannot("lock file", Path::new(&path), error);
        let file = File::options()
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(cannot_lock)?;
        match file.try_lock() {
            Ok(()) => Ok(RunLock { file }),
            Err(TryLockError::WouldBlock) => {
                let message = format!(
                    "pipeline `{pipeline}` is being run on {} already; wait until that run has \
                     ended, or stop it: the next one continues after it",
                    database.display(),
                );
                Err(Error::new(ErrorKind::Busy, message))
            }
            Err(TryLockError::Error(error)) => Err(cannot_lock(error)),
        }
    }
}

impl Drop for RunLock {
    fn drop(&mut self) {
        // Closing the file is not enough while a child process that was just forked has it open too.
        let _ = self.file.unlock();
    }
}

/// The name with everything that some file system does not take as `%` and two hex digits.
fn file_name(pipeline: &str) -> String {
    let encoded = pipeline.bytes().map(|byte| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    });
    encoded.collect()
}
