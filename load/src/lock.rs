//! One run of a pipeline at a time, where a destination is in files of this machine.

use std::{
    fs::{File, TryLockError},
    path::Path,
};

use crate::{Error, ErrorKind};

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

impl Drop for RunLock {
    fn drop(&mut self) {
        // Closing the file is not enough while a child process that was just forked has it open too.
        let _ = self.file.unlock();
    }
}
