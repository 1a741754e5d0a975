//! Runs on Parquet files, whatever log says which of them count.

use std::{future::Future, sync::Arc};

use rest_source::Checkpoint;
use tokio::{runtime::Handle, sync::Mutex};

use super::{
    history,
    ledger::{Ledger, Log},
    manifest::FOLDER,
    place::Place,
    shared::Shared,
    state,
    store::Store,
    write::{MAX_NAME, Target},
};
use crate::{
    Batch, Error, ResourceState, Run, RunReport, Session, Table, Writer, Written, names,
    rows::Unique,
};

/// Begins a run. `what` is a table in errors; `log` opens the log, and is told whether the place is locked.
pub(super) async fn begin(
    place: Place,
    what: &str,
    log: impl Fn(&Store, bool) -> Result<Box<dyn Log>, Error> + Send + 'static,
    run: Run,
) -> Result<ParquetSession, Error> {
    names::refuse_empty(&run.tables)?;
    names::refuse_sharers(&run.tables, what)?;
    // The name of a folder, which some file systems do not tell from others.
    names::check(&run.tables, MAX_NAME, &[FOLDER], Some("file systems may ignore"))?;
    let locked = move |store: &Store| log(store, true);
    let shared = in_background(async move || Shared::begin(&place, locked, run).await).await?;
    Ok(ParquetSession { shared: Arc::new(shared) })
}

/// What runs have left.
pub(super) async fn state(
    place: Place,
    log: impl Fn(&Store, bool) -> Result<Box<dyn Log>, Error> + Send + 'static,
) -> Result<Vec<ResourceState>, Error> {
    in_background(async move || {
        let Some(store) = place.existing()? else { return Ok(Vec::new()) };
        Ok(state::all(&log(&store, false)?.newest().await?))
    })
    .await
}

/// Forgets what runs of a pipeline have left.
pub(super) async fn reset(
    place: Place,
    log: impl Fn(&Store, bool) -> Result<Box<dyn Log>, Error> + Send + 'static,
    pipeline: &str,
    resource: Option<&str>,
) -> Result<u64, Error> {
    let (pipeline, resource) = (pipeline.to_owned(), resource.map(str::to_owned));
    in_background(async move || {
        let forget = |manifest: &mut _| state::reset(manifest, &pipeline, resource.as_deref());
        let Some(store) = place.existing()? else { return Ok(0) };
        if forget(&mut log(&store, false)?.newest().await?) == 0 {
            return Ok(0);
        }
        let (store, _lock) = place.locked()?;
        let ledger = Ledger::open(store.clone(), log(&store, true)?, Unique::new().next()).await?;
        ledger.commit(&[], |manifest| Ok(forget(manifest))).await
    })
    .await
}

/// A run on Parquet files.
#[derive(Debug)]
pub struct ParquetSession {
    shared: Arc<Shared>,
}

impl Session for ParquetSession {
    type Writer = ParquetWriter;

    fn completed(&self) -> &[String] {
        &self.shared.completed
    }

    async fn open(&self, table: &Table) -> Result<ParquetWriter, Error> {
        let (shared, table) = (Arc::clone(&self.shared), table.clone());
        let target = in_background(async move || Target::open(shared, table).await).await?;
        Ok(ParquetWriter {
            checkpoint: target.checkpoint().cloned(),
            start_over: target.start_over().to_owned(),
            target: Arc::new(Mutex::new(target)),
        })
    }

    async fn end(self, report: &RunReport) -> Result<(), Error> {
        let (shared, report) = (self.shared, report.clone());
        in_background(async move || {
            let Shared { run, store, number, ledger, .. } = &*shared;
            history::end(store, *number, &report).await?;
            let end = |manifest: &mut _| {
                state::end(manifest, run, &report);
                Ok(())
            };
            ledger.commit(&[], end).await
        })
        .await
    }
}

/// Writes Parquet files of the tables of one resource.
#[derive(Debug)]
pub struct ParquetWriter {
    checkpoint: Option<Checkpoint>,
    start_over: String,
    /// Locked by one batch at a time.
    target: Arc<Mutex<Target>>,
}

impl Writer for ParquetWriter {
    fn checkpoint(&self) -> Option<&Checkpoint> {
        self.checkpoint.as_ref()
    }

    fn start_over(&self) -> String {
        self.start_over.clone()
    }

    async fn write(&mut self, batch: Batch) -> Result<Written, Error> {
        let mut target = Arc::clone(&self.target).lock_owned().await;
        in_background(async move || target.write(&batch).await).await
    }
}

/// Does `work` off the async runtime, as encoding takes long. If the future is dropped, work that has
/// begun is still done to its end, and the run stays locked so long.
async fn in_background<T, F>(work: impl FnOnce() -> F + Send + 'static) -> Result<T, Error>
where
    T: Send + 'static,
    F: Future<Output = Result<T, Error>>,
{
    let runtime = Handle::current();
    crate::background::in_background("writing Parquet files", move || runtime.block_on(work()))
        .await
}
