//! Runs on databases in files of this machine, whose statements are done when they are called: each
//! transaction is a piece of work off the async runtime.

use std::{
    fmt::Debug,
    future::Future,
    path::{Path, PathBuf},
    sync::{Arc, PoisonError},
};

use rest_source::{Checkpoint, plan::Column};
use tokio::{runtime::Handle, sync::Mutex};

use super::{
    failure::{Failed, failed},
    history,
    session::{Started, Target, Write},
    state,
};
use crate::{
    Batch, Error, ResourceState, Run, RunReport, Table, Value, Written, background::in_background,
};

/// The connection of a run.
pub(crate) trait Store: Debug + Send + Sized + 'static {
    type Connection: Write;

    /// What the work is, for errors: `using SQLite`.
    const WORK: &'static str;

    /// Opens the database, with the loader's own tables, for a run of this pipeline.
    fn open(path: &Path, pipeline: &str) -> Result<Self, Error>;

    /// Reads from a database that exists, of which nothing is changed.
    fn read<T>(
        path: &Path,
        read: impl Fn(&Self::Connection) -> Result<T, Failed>,
    ) -> Result<T, Error>;

    /// Does `work` in a transaction, of which nothing is left if it fails.
    fn transact<T>(
        &mut self,
        work: impl FnOnce(&Self::Connection) -> Result<T, Error>,
    ) -> Result<T, Error>;
}

/// The outcome of a future that waits for nothing but the database. Only off the async runtime.
pub(crate) fn done<F: Future>(future: F) -> F::Output {
    Handle::current().block_on(future)
}

/// What the database in a file says of its resources; nothing is created to say that nothing is there.
pub(crate) async fn state<S: Store>(path: PathBuf) -> Result<Vec<ResourceState>, Error> {
    if !path.exists() {
        return Ok(Vec::new());
    }
    in_background(S::WORK, move || S::read(&path, |db| done(state::all(db)))).await
}

/// Forgets what the database in a file says of a pipeline's resource, or of all.
pub(crate) async fn reset<S: Store>(
    path: PathBuf,
    pipeline: &str,
    resource: Option<&str>,
) -> Result<u64, Error> {
    if !path.exists() {
        return Ok(0);
    }
    let (pipeline, resource) = (pipeline.to_owned(), resource.map(str::to_owned));
    in_background(S::WORK, move || {
        S::open(&path, &pipeline)?.transact(|db| {
            done(state::reset(db, &pipeline, resource.as_deref()))
                .map_err(failed("the state cannot be reset"))
        })
    })
    .await
}

/// Does `work` in a transaction, off the async runtime. If the future is dropped, the work that has
/// begun is still done to its end, and the run stays locked so long.
async fn transact<S: Store, T: Send + 'static>(
    store: &Arc<Mutex<S>>,
    work: impl FnOnce(&S::Connection) -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    let mut store = Arc::clone(store).lock_owned().await;
    in_background(S::WORK, move || store.transact(work)).await
}

/// A run on a database.
#[derive(Debug)]
pub(crate) struct BlockingSession<S> {
    started: Arc<Started>,
    store: Arc<Mutex<S>>,
}

impl<S: Store> BlockingSession<S> {
    /// Records that a run has begun on the database in a file.
    pub(crate) async fn begin(path: PathBuf, run: Run) -> Result<BlockingSession<S>, Error> {
        let pipeline = run.pipeline.clone();
        let open = move || S::open(&path, &pipeline);
        let store = Arc::new(Mutex::new(in_background(S::WORK, open).await?));
        let started = transact(&store, move |db| {
            let number = done(history::begin(db, &run));
            let number = number.map_err(failed("the run cannot be recorded"))?;
            done(Started::new(db, run, number)).map_err(failed("the state cannot be used"))
        })
        .await?;
        Ok(BlockingSession { started: Arc::new(started), store })
    }

    pub(crate) fn completed(&self) -> &[String] {
        &self.started.completed
    }

    pub(crate) async fn open(&self, table: &Table) -> Result<BlockingWriter<S>, Error> {
        let (started, table) = (Arc::clone(&self.started), table.clone());
        let target = transact(&self.store, move |db| done(started.open(db, &table))).await?;
        Ok(BlockingWriter {
            store: Arc::clone(&self.store),
            checkpoint: target.load.checkpoint.clone(),
            start_over: target.load.start_over.clone(),
            target: Arc::new(std::sync::Mutex::new(target)),
        })
    }

    pub(crate) async fn end(self, report: &RunReport) -> Result<(), Error> {
        let (started, report) = (self.started, report.clone());
        let recorded = transact(&self.store, move |db| done(started.end(db, &report))).await;
        // The last connection to close moves the log into the database, which takes a while.
        let close = move || {
            drop(self.store);
            Ok(())
        };
        recorded.and(in_background(S::WORK, close).await)
    }
}

/// Writes into the tables of one resource.
#[derive(Debug)]
pub(crate) struct BlockingWriter<S> {
    store: Arc<Mutex<S>>,
    checkpoint: Option<Checkpoint>,
    start_over: String,
    /// Locked by one batch at a time.
    target: Arc<std::sync::Mutex<Target>>,
}

impl<S: Store> BlockingWriter<S> {
    pub(crate) fn checkpoint(&self) -> Option<&Checkpoint> {
        self.checkpoint.as_ref()
    }

    pub(crate) fn start_over(&self) -> String {
        self.start_over.clone()
    }

    pub(crate) async fn write(&mut self, batch: Batch) -> Result<Written, Error> {
        let target = Arc::clone(&self.target);
        transact(&self.store, move |db| {
            let mut target = target.lock().unwrap_or_else(PoisonError::into_inner);
            done(write(db, &mut target, &batch))
        })
        .await
    }
}

async fn write<D: Write>(db: &D, target: &mut Target, batch: &Batch) -> Result<Written, Error> {
    target.refresh(db).await?;
    let accept = |_: usize, column: &Column, value: &Value<'_>| D::accepts(column, value);
    let rows = target.shape.rows_if(batch, &accept)?;
    match target.write(db, batch, &rows, false).await? {
        Some(committed) => Ok(target.committed(committed)),
        None => Ok(rows.written()),
    }
}
