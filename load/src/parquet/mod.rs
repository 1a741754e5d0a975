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
mod reader;
mod rejected;
mod relied;
mod state;
mod storage;
mod store;
mod stored;
mod tables;
mod write;

use std::{
    fmt, fs,
    future::Future,
    path::{Path as FilePath, PathBuf},
    sync::Arc,
};

use object_store::{ObjectStore, local::LocalFileSystem, path::Path};
use rest_source::Checkpoint;
use tokio::{runtime::Handle, sync::Mutex};

pub use self::tables::{ParquetColumn, ParquetFile, ParquetTable};
use self::{ledger::Ledger, store::Store, write::Target};
use crate::{
    Batch, Destination, Error, ErrorKind, ResourceState, Run, RunReport, Session, Table, Writer,
    Written, lock::RunLock, names, rows::Unique,
};

#[doc = include_str!("page.md")]
#[derive(Clone)]
pub struct Parquet {
    place: Place,
}

#[derive(Clone)]
enum Place {
    Folder(PathBuf),
    Objects(Store),
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

    /// What is there. `None` if that is a folder which does not exist.
    fn existing(&self) -> Result<Option<Store>, Error> {
        match &self.place {
            Place::Folder(path) if !path.exists() => Ok(None),
            Place::Folder(path) => open(path).map(Some),
            Place::Objects(store) => Ok(Some(store.clone())),
        }
    }

    /// What a run writes into, and what keeps other runs out while it goes on.
    fn locked(&self) -> Result<(Store, Option<RunLock>), Error> {
        let path = match &self.place {
            Place::Folder(path) => path,
            // The commits of another run are noticed.
            Place::Objects(store) => return Ok((store.clone(), None)),
        };
        if path.as_os_str().is_empty() {
            let message = "the path of the folder is empty; name one, such as `payments`";
            return Err(Error::new(ErrorKind::Destination, message));
        }
        let own = path.join(ledger::FOLDER);
        fs::create_dir_all(&own).map_err(|error| {
            let message = format!("the folder {} cannot be created", own.display());
            Error::caused_by(ErrorKind::Destination, message, error)
        })?;
        let busy = || format!("another run is going on into {} already", path.display());
        let lock = RunLock::take(&own.join("lock"), busy)?;
        Ok((open(path)?, Some(lock)))
    }
}

fn open(path: &FilePath) -> Result<Store, Error> {
    let folder = LocalFileSystem::new_with_prefix(path).map_err(|error| {
        let message = format!("the folder {} cannot be used", path.display());
        Error::caused_by(ErrorKind::Destination, message, error)
    })?;
    // A file is on the disk before the manifest that names it, also when the power fails.
    let folder = Arc::new(folder.with_fsync(true));
    Ok(Store::new(folder, Path::default(), &path.display().to_string()))
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
        let shared = in_background(async move || Shared::begin(&parquet, run).await).await?;
        Ok(ParquetSession { shared: Arc::new(shared) })
    }

    async fn state(&self) -> Result<Vec<ResourceState>, Error> {
        let Some(store) = self.existing()? else { return Ok(Vec::new()) };
        Ok(state::all(&ledger::newest(&store).await?))
    }

    async fn reset(&self, pipeline: &str, resource: Option<&str>) -> Result<u64, Error> {
        let parquet = self.clone();
        let (pipeline, resource) = (pipeline.to_owned(), resource.map(str::to_owned));
        in_background(async move || {
            let forget = |manifest: &mut _| state::reset(manifest, &pipeline, resource.as_deref());
            let Some(store) = parquet.existing()? else { return Ok(0) };
            if forget(&mut ledger::newest(&store).await?) == 0 {
                return Ok(0);
            }
            let (store, _lock) = parquet.locked()?;
            let ledger = Ledger::open(store, Unique::new().next()).await?;
            ledger.commit(&[], |manifest| Ok(forget(manifest))).await
        })
        .await
    }
}

/// What all of a run's writers use.
#[derive(Debug)]
struct Shared {
    run: Run,
    /// Its number in the history.
    number: u64,
    completed: Vec<String>,
    store: Store,
    ledger: Ledger,
    /// Held as long as somebody writes.
    _lock: Option<RunLock>,
}

impl Shared {
    async fn begin(parquet: &Parquet, run: Run) -> Result<Shared, Error> {
        let (store, lock) = parquet.locked()?;
        let ledger = Ledger::open(store.clone(), Unique::new().next()).await?;
        let present = garbage::present(&store).await?;
        let before = ledger.current().await;
        relied::check_manifest(&before, &present)?;
        relied::check_runs(&before, &present, &store).await?;
        let begin = |manifest: &mut manifest::Manifest| {
            manifest.run = manifest.run.saturating_add(1);
            tables::drop_deleted(manifest, &present)?;
            Ok((manifest.run, state::completed(manifest, &run)))
        };
        let (number, completed) = ledger.commit(&[], begin).await?;
        garbage::collect(&store, &present, &*ledger.current().await).await?;
        if let Place::Folder(path) = &parquet.place {
            garbage::collect_halves(path);
        }
        history::begin(&store, number, &run).await?;
        Ok(Shared { run, number, completed, store, ledger, _lock: lock })
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
