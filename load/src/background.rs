//! Work that blocks, off the async runtime: the same for every destination that has some.

use std::{io, thread};

use tokio::task;

use crate::{Error, ErrorKind};

/// Does `work`, which is `what`, off the async runtime. If the future is dropped, work that has begun is
/// still done to its end.
///
/// # Errors
///
/// Those of the work; if no thread can be started.
pub(crate) async fn in_background<T: Send + 'static>(
    what: &str,
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    can_start_thread().map_err(|error| {
        let message = format!(
            "{what} needs a thread, and none can be started; see whether `ulimit -u` and `ulimit -v` \
             allow more processes and memory"
        );
        Error::caused_by(ErrorKind::Destination, message, error).transient()
    })?;
    task::spawn_blocking(work).await.unwrap_or_else(|error| {
        let message = format!("{what} was interrupted");
        Err(Error::caused_by(ErrorKind::Destination, message, error))
    })
}

/// Whether there can be a thread, without which tokio panics.
fn can_start_thread() -> io::Result<()> {
    // It has nothing to do that could fail.
    thread::Builder::new().spawn(|| ()).map(|thread| thread.join().unwrap_or_default())
}
