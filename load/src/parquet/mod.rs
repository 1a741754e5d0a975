//! The destination of Parquet files, in a folder or an object store.

mod address;
mod apply;
mod columns;
mod compact;
mod encode;
mod file;
mod garbage;
mod history;
mod ledger;
mod manifest;
mod place;
mod reader;
mod rejected;
mod relied;
mod shared;
mod state;
mod store;
mod stored;
mod tables;
mod write;

use std::{fmt, future::Future, path::PathBuf, sync::Arc};

use object_store::{ObjectStore, path::Path};
use rest_source::Checkpoint;
use tokio::{runtime::Handle, sync::Mutex};

pub use self::tables::{ParquetColumn, ParquetFile, ParquetTable};
use self::{ledger::Ledger, place::Place, shared::Shared, store::Store, write::Target};
use crate::{
    Batch, Destination, Error, ResourceState, Run, RunReport, Session, Table, Writer, Written,
    names, rows::Unique,
};

#[doc = include_str!("page.md")]
#[derive(Clone)]
pub struct Parquet {
    place: Place,
}

impl Parquet {
    /// Files in the folder at `path`. It is created when a run begins.
    pub fn at(path: impl Into<PathBuf>) -> Parquet {
        Parquet { place: Place::Folder(path.into()) }
    }

    /// Files in an object store, whose paths begin with `prefix`.
    pub fn on(store: Arc<dyn ObjectStore>, prefix: impl Into<Path>) -> Parquet {
        let prefix = prefix.into();
        let name = format!("{store}/{prefix}");
        Parquet { place: Place::Objects(Store::new(store, prefix, &name)) }
    }

    /// The tables as the last commit has left them, all at the same moment.
    ///
    /// A file that a later commit does without is deleted then. A reader that does not find one any
    /// more asks again, and gets a list without it.
    ///
    /// # Errors
    ///
    /// If the manifest cannot be read.
    pub async fn tables(&self) -> Result<Vec<ParquetTable>, Error> {
        tables::all(&self.place).await
    }
}

/// The place only: a store may hold credentials.
impl fmt::Debug for Parquet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match &self.place {
            Place::Folder(path) => path.display().to_string(),
            Place::Objects(store) => store.name().to_owned(),
        };
        f.debug_tuple("Parquet").field(&name).finish()
    }
}

impl Destination for Parquet {
    type Session = ParquetSession;

    async fn begin(&self, run: Run) -> Result<ParquetSession, Error> {
        names::refuse_empty(&run.tables)?;
        names::refuse_sharers(&run.tables, "a table of Parquet files")?;
        // The name of a folder, which some file systems do not tell from others.
        names::check(
            &run.tables,
            write::MAX_NAME,
            &[ledger::FOLDER],
            Some("file systems may ignore"),
        )?;
        let parquet = self.clone();
        let shared = in_background(async move || Shared::begin(&parquet.place, run).await).await?;
        Ok(ParquetSession { shared: Arc::new(shared) })
    }

    async fn state(&self) -> Result<Vec<ResourceState>, Error> {
        let Some(store) = self.place.existing()? else { return Ok(Vec::new()) };
        Ok(state::all(&ledger::newest(&store).await?))
    }

    async fn reset(&self, pipeline: &str, resource: Option<&str>) -> Result<u64, Error> {
        let parquet = self.clone();
        let (pipeline, resource) = (pipeline.to_owned(), resource.map(str::to_owned));
        in_background(async move || {
            let forget = |manifest: &mut _| state::reset(manifest, &pipeline, resource.as_deref());
            let Some(store) = parquet.place.existing()? else { return Ok(0) };
            if forget(&mut ledger::newest(&store).await?) == 0 {
                return Ok(0);
            }
            let (store, _lock) = parquet.place.locked()?;
            let ledger = Ledger::open(store, Unique::new().next()).await?;
            ledger.commit(&[], |manifest| Ok(forget(manifest))).await
        })
        .await
    }
}

/// A run on a [`Parquet`].
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

/// Writes into the tables of one resource on a [`Parquet`].
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
