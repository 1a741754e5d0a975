//! One run of a pipeline at a time, where a destination is in files of this machine.

use std::{
    fs::{File, TryLockError},
    path::Path,
};

use crate::{Error, ErrorKind};

/// How many bytes of a pipeline's name are in that of its lock file. File systems take 255 in all.
#[cfg(any(feature = "sqlite", feature = "adbc"))]
const MAX_NAME: usize = 100;

/// A lock on a file of its own, held while a run lasts.
///
/// The operating system releases it when the process ends, however it ends, so that a killed run
/// never leaves its pipeline locked. The file stays where it is, because removing it would let a
/// third run in while a second waits on the removed one.
#[derive(Debug)]
pub(crate) struct RunLock {
    file: File,
}

impl RunLock {
    /// Takes the lock on this file, which is created if it is not there. `busy` says what is running
    /// if it is held.
    pub(crate) fn take(path: &Path, busy: impl FnOnce() -> String) -> Result<RunLock, Error> {
        let cannot_lock = |error| {
            let message = format!("the lock file {} cannot be used", path.display());
            Error::caused_by(ErrorKind::Destination, message, error)
        };
        let file = File::options()
            .write(true)
            .create(true)
            .truncate(false)
            .open(path)
            .map_err(cannot_lock)?;
        match file.try_lock() {
            Ok(()) => Ok(RunLock { file }),
            Err(TryLockError::WouldBlock) => {
                let message = format!(
                    "{}; wait until that run has ended, or stop it: the next one continues after it",
                    busy(),
                );
                Err(Error::new(ErrorKind::Busy, message))
            }
            Err(TryLockError::Error(error)) => Err(cannot_lock(error)),
        }
    }
}

#[cfg(any(feature = "sqlite", feature = "adbc"))]
impl RunLock {
    /// Takes the lock of `pipeline` on the database in a file, whose path has no links in it, so that one
    /// database has one lock under whatever name it is opened.
    ///
    /// It is on a file beside the database. The database file itself would not do: on some systems such
    /// a lock and those of the database are in each other's way.
    pub(crate) fn beside(database: &Path, pipeline: &str) -> Result<RunLock, Error> {
        let mut path = database.as_os_str().to_owned();
        path.push(format!("-{}.lock", crate::rows::shortened(&file_name(pipeline), MAX_NAME)));
        RunLock::take(Path::new(&path), || {
            format!("pipeline `{pipeline}` is being run on {} already", database.display())
        })
    }
}

/// The name with everything that some file system does not take as `%` and two hex digits.
#[cfg(any(feature = "sqlite", feature = "adbc"))]
fn file_name(pipeline: &str) -> String {
    let encoded = pipeline.bytes().map(|byte| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    });
    encoded.collect()
}

impl Drop for RunLock {
    fn drop(&mut self) {
        // Closing the file is not enough while a child process that was just forked has it open too.
        let _ = self.file.unlock();
    }
}
