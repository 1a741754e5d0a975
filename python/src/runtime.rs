//! Waiting for asynchronous work without keeping Python from anything else.

use std::{
    mem,
    pin::pin,
    process,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use pyo3::{exceptions::PyOSError, prelude::*};
use tokio::{
    runtime::{Builder, Runtime},
    time::timeout,
};

use crate::log;

/// How long a signal may wait for its handler, which runs in Python.
pub(crate) const TICK: Duration = Duration::from_millis(50);

/// The runtime of this process, with the number of the process: one that was forked has none of its threads.
static RUNTIME: Mutex<Option<(u32, Arc<Runtime>)>> = Mutex::new(None);

/// The Tokio runtime, which is started when it is first needed.
pub(crate) fn runtime() -> PyResult<Arc<Runtime>> {
    let mut running = RUNTIME.lock().unwrap_or_else(PoisonError::into_inner);
    match &*running {
        Some((process, runtime)) if *process == process::id() => return Ok(Arc::clone(runtime)),
        _ => {}
    }
    let runtime = Builder::new_multi_thread().enable_all().build();
    let runtime = runtime
        .map_err(|error| PyOSError::new_err(format!("no threads can be started: {error}")))?;
    let runtime = Arc::new(runtime);
    // Ending that of the parent process would wait for threads that are not here.
    mem::forget(running.replace((process::id(), Arc::clone(&runtime))));
    Ok(runtime)
}

/// Waits for a future. Other threads of Python run meanwhile, and signals are handled: an exception that a handler
/// raises, as Ctrl-C does, ends waiting.
pub(crate) fn wait<F: Future<Output: Send> + Send>(
    py: Python<'_>,
    future: F,
) -> PyResult<F::Output> {
    let runtime = runtime()?;
    let mut future = pin!(future);
    loop {
        let done =
            py.detach(|| runtime.block_on(async { timeout(TICK, future.as_mut()).await.ok() }));
        if let Err(error) = log::flush(py) {
            // What has come is not lost for it.
            error.write_unraisable(py, None);
        }
        match done {
            Some(output) => return Ok(output),
            None => py.check_signals()?,
        }
    }
}
