//! What needs tokio, from where there is none.

use tokio::{runtime, signal};

use crate::failure::Failure;

/// Runs to the end what needs tokio.
pub(crate) fn block_on<F: Future>(future: F) -> Result<F::Output, Failure> {
    let runtime = runtime::Builder::new_multi_thread().enable_all().build().map_err(|error| {
        Failure::user(format!("no threads can be started: {error}"), "try again")
    })?;
    Ok(runtime.block_on(future))
}

pub(crate) async fn interrupted() {
    if signal::ctrl_c().await.is_err() {
        // Then the signal ends the program as it ends others.
        std::future::pending::<()>().await;
    }
}
