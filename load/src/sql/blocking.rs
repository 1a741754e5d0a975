//! Runs on databases whose statements are done when they are called: each transaction is a piece of work off
//! the async runtime.

use std::{
    fmt::Debug,
    future::Future,
    sync::{Arc, PoisonError},
};

#[cfg(feature = "adbc")]
use futures_util::FutureExt as _;
use rest_source::Checkpoint;
use tokio::{runtime::Handle, sync::Mutex};

#[cfg(feature = "adbc")]
use super::refused::{Probe, without_refused};
use super::{
    failure::{Failed, failed},
    history,
    session::{Started, Target, Write},
    state,
};
#[cfg(feature = "adbc")]
use crate::ErrorKind;
use crate::{
    Batch, Error, ResourceState, Rows, Run, RunReport, Session, Table, Writer, Written,
    background::in_background,
};

/// The connection of a run.
pub(crate) trait Store: Debug + Send + Sized + 'static {
    /// What a database is found by.
    type Address: Clone + Send + Sync + 'static;

    type Connection: Write;

    /// What the work is, for errors: `using SQLite`.
    const WORK: &'static str;

    /// Whether there may be the loader's own tables.
    fn exists(address: &Self::Address) -> Result<bool, Error>;

    /// Opens the database, with the loader's own tables, for a run of this pipeline.
    fn open(address: &Self::Address, pipeline: &str) -> Result<Self, Error>;

    /// Reads from a database that exists, of which nothing is changed.
    fn read<T>(
        address: &Self::Address,
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

/// What a database says of its resources; nothing is created to say that nothing is there.
pub(crate) async fn state<S: Store>(address: S::Address) -> Result<Vec<ResourceState>, Error> {
    in_background(S::WORK, move || {
        if !S::exists(&address)? {
            return Ok(Vec::new());
        }
        S::read(&address, |db| done(state::all(db)))
    })
    .await
}

/// Forgets what a database says of a pipeline's resource, or of all.
pub(crate) async fn reset<S: Store>(
    address: S::Address,
    pipeline: &str,
    resource: Option<&str>,
) -> Result<u64, Error> {
    let (pipeline, resource) = (pipeline.to_owned(), resource.map(str::to_owned));
    in_background(S::WORK, move || {
        if !S::exists(&address)? {
            return Ok(0);
        }
        S::open(&address, &pipeline)?.transact(|db| {
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
    /// Records that a run has begun on a database.
    pub(crate) async fn begin(address: S::Address, run: Run) -> Result<BlockingSession<S>, Error> {
        let pipeline = run.pipeline.clone();
        let open = move || S::open(&address, &pipeline);
        let store = Arc::new(Mutex::new(in_background(S::WORK, open).await?));
        let started = transact(&store, move |db| {
            let number = done(history::begin(db, &run));
            let number = number.map_err(failed("the run cannot be recorded"))?;
            done(Started::new(db, run, number)).map_err(failed("the state cannot be used"))
        })
        .await?;
        Ok(BlockingSession { started: Arc::new(started), store })
    }
}

impl<S: Store> Session for BlockingSession<S> {
    type Writer = BlockingWriter<S>;

    fn completed(&self) -> &[String] {
        &self.started.completed
    }

    async fn open(&self, table: &Table) -> Result<BlockingWriter<S>, Error> {
        let (started, table) = (Arc::clone(&self.started), table.clone());
        let target = transact(&self.store, move |db| done(started.open(db, &table))).await?;
        Ok(BlockingWriter {
            store: Arc::clone(&self.store),
            checkpoint: target.load.checkpoint.clone(),
            start_over: target.load.start_over.clone(),
            target: Arc::new(std::sync::Mutex::new(target)),
        })
    }

    async fn end(self, report: &RunReport) -> Result<(), Error> {
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

impl<S: Store> Writer for BlockingWriter<S> {
    fn checkpoint(&self) -> Option<&Checkpoint> {
        self.checkpoint.as_ref()
    }

    fn start_over(&self) -> String {
        self.start_over.clone()
    }

    async fn write(&mut self, batch: Batch) -> Result<Written, Error> {
        let target = Arc::clone(&self.target);
        let mut store = Arc::clone(&self.store).lock_owned().await;
        in_background(S::WORK, move || {
            let mut target = target.lock().unwrap_or_else(PoisonError::into_inner);
            write(&mut *store, &mut target, &batch)
        })
        .await
    }
}

fn write<S: Store>(store: &mut S, target: &mut Target, batch: &Batch) -> Result<Written, Error> {
    let written = store.transact(|db| {
        done(target.refresh(db))?;
        let rows = target.rows::<S::Connection>(batch)?;
        write_rows(db, target, batch, &rows)
    });
    #[cfg(feature = "adbc")]
    if written.as_ref().is_err_and(Error::refuses_rows) {
        let rows = target.rows::<S::Connection>(batch)?;
        let mut tried = Tried { store, target };
        // Nothing in it is waited for.
        let others = without_refused(&mut tried, batch, &rows).now_or_never();
        if let Some(others) = others.transpose()?.flatten() {
            return store.transact(|db| write_rows(db, target, batch, &others));
        }
    }
    written
}

fn write_rows<D: Write>(
    db: &D,
    target: &mut Target,
    batch: &Batch,
    rows: &Rows<'_>,
) -> Result<Written, Error> {
    match done(target.write(db, batch, rows, false))? {
        Some(committed) => Ok(target.committed(committed)),
        None => Ok(rows.written()),
    }
}

/// What rows are tried with.
#[cfg(feature = "adbc")]
struct Tried<'t, S> {
    store: &'t mut S,
    target: &'t Target,
}

#[cfg(feature = "adbc")]
impl<S: Store> Probe for Tried<'_, S> {
    fn table(&self) -> &Table {
        &self.target.table
    }

    async fn probe(&mut self, batch: &Batch, rows: &Rows<'_>) -> Result<Option<Error>, Error> {
        let Tried { store, target } = self;
        let mut written = Ok(());
        // An error, so that nothing is left.
        let _ = store.transact(|db| {
            written = done(target.write_rows(db, batch, rows)).map(drop);
            Err::<(), _>(Error::new(ErrorKind::Destination, "the rows were tried"))
        });
        match written {
            Ok(()) => Ok(None),
            Err(error) if error.refuses_rows() => Ok(Some(error)),
            Err(error) => Err(error),
        }
    }
}
