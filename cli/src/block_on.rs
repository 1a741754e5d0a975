//! Running async code from synchronous commands.

use std::{
    io, process,
    sync::{
        Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

use rest_source::TokenFile;
use tokio::{
    runtime, signal,
    task::spawn_blocking,
    time::{sleep, timeout},
};

use crate::{failure::Failure, outcome::Outcome};

/// Whether what tasks have to say still counts: those that are left when the command has its result end in
/// the middle of what they do.
static IS_OVER: AtomicBool = AtomicBool::new(false);

/// How long cleaning up may take.
const PATIENCE: Duration = Duration::from_secs(1);

/// How long a token request that is under way may take.
const TOKEN_PATIENCE: Duration = Duration::from_secs(10);

/// Runs a future on a new Tokio runtime.
pub(crate) fn block_on<F: Future>(future: F) -> Result<F::Output, Failure> {
    let cannot = |error: io::Error| {
        Failure::user(
            format!("no threads can be started: {error}"),
            "see whether `ulimit -n`, `ulimit -u` and `ulimit -v` allow more open files, processes and memory",
        )
    };
    can_take_signals().map_err(cannot)?;
    can_start_threads().map_err(cannot)?;
    let runtime = runtime::Builder::new_multi_thread().enable_all().build().map_err(cannot)?;
    let output = runtime.block_on(future);
    IS_OVER.store(true, Ordering::Relaxed);
    Ok(output)
}

/// The same with a task beside it that may end the program, which it does no longer once there is a result.
pub(crate) fn block_on_beside<F: Future>(
    task: impl Future<Output = ()> + Send + 'static,
    future: F,
) -> Result<F::Output, Failure> {
    block_on(async {
        let task = tokio::spawn(task);
        let output = future.await;
        task.abort();
        // One that is aborted has ended when this has.
        let _ = task.await;
        output
    })
}

/// The same until Ctrl-C is pressed, which gives `None`.
pub(crate) fn block_on_until_interrupted<F: Future>(
    tokens: Option<&TokenFile>,
    future: F,
) -> Result<Option<F::Output>, Failure> {
    block_on_beside(end_if_stuck(tokens.cloned(), || ()), async {
        let output = tokio::select! {
            // Ctrl-C is listened for before the future may keep the thread busy.
            biased;
            () = interrupted() => None,
            output = future => Some(output),
        };
        if output.is_none() {
            settled(tokens).await;
        }
        output
    })
}

/// Whether the command has its result, and tasks that are left are being ended.
pub(crate) fn is_over() -> bool {
    IS_OVER.load(Ordering::Relaxed)
}

/// Whether the files that signals need can be opened, without which tokio panics.
fn can_take_signals() -> io::Result<()> {
    #[cfg(unix)]
    {
        let pairs = [(); 4].map(|()| std::os::unix::net::UnixStream::pair());
        // All at once, and then for tokio.
        pairs.into_iter().collect::<io::Result<Vec<_>>>()?;
    }
    Ok(())
}

/// Whether the threads that the runtime starts can be started, without which tokio panics, and one more.
fn can_start_threads() -> io::Result<()> {
    let count = thread::available_parallelism().map_or(1, usize::from) + 1;
    let gate = Mutex::new(());
    thread::scope(|scope| {
        // All at once, and then for tokio.
        let closed = gate.lock();
        let start = |_| {
            let thread = thread::Builder::new().spawn_scoped(scope, || drop(gate.lock()));
            thread.map(drop)
        };
        let started = (0..count).try_for_each(start);
        drop(closed);
        started
    })
}

/// Makes writing beyond `ulimit -f` an error instead of the end of the program. SIGXFSZ is 25 on the
/// known systems; on others nothing is changed.
pub(crate) fn take_file_size_signal() {
    #[cfg(unix)]
    {
        let is_known = cfg!(any(target_os = "linux", target_os = "macos", target_os = "freebsd"));
        // With so few open files nothing is written that is large.
        if !is_known || can_take_signals().is_err() {
            return;
        }
        let Ok(runtime) = runtime::Builder::new_current_thread().enable_io().build() else {
            return;
        };
        // tokio keeps the signal when the runtime is gone.
        let _ = runtime.block_on(async {
            signal::unix::signal(signal::unix::SignalKind::from_raw(25)).map(drop)
        });
    }
}

pub(crate) async fn interrupted() {
    if signal::ctrl_c().await.is_err() {
        // Then the signal ends the program as it ends others.
        std::future::pending::<()>().await;
    }
}

/// Waits until no refresh token is used to get another one, which would be lost: at most as long as that may
/// take, or until Ctrl-C is pressed again.
pub(crate) async fn settled(tokens: Option<&TokenFile>) {
    let Some(tokens) = tokens else { return };
    tokio::select! {
        () = tokens.settled() => {}
        () = sleep(TOKEN_PATIENCE) => {}
        () = interrupted() => {}
    }
}

/// Ends the program a moment after Ctrl-C, in case it is blocked by writing to an output that is not
/// read.
pub(crate) async fn end_if_stuck(
    tokens: Option<TokenFile>,
    clean_up: impl FnOnce() + Send + 'static,
) {
    interrupted().await;
    sleep(PATIENCE).await;
    settled(tokens.as_ref()).await;
    end_at_once(clean_up).await;
}

/// Ends the program as interrupted, after a short attempt at cleaning up.
pub(crate) async fn end_at_once(clean_up: impl FnOnce() + Send + 'static) {
    let _ = timeout(PATIENCE / 4, spawn_blocking(clean_up)).await;
    process::exit(Outcome::Stopped.status().into());
}
