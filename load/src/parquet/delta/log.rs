//! The log that is Delta Lake's: each table has its own, and that of a resource's own table keeps its state.
//!
//! A commit changes the logs of several tables, one after the other. That of the resource's own table is first
//! and the one that counts: it has the checkpoint, and what is pending in the others. Where a process ends
//! before these are done, the next run does them. Only what belongs to no table is in a manifest beside them:
//! how many runs there were, and loads that have no table.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use delta_kernel::{Engine, KernelError, try_parse_uri};
use delta_kernel_default_engine::{
    DefaultEngineBuilder,
    executor::tokio::{TokioBackgroundExecutor, TokioMultiThreadExecutor},
};
use futures_util::{FutureExt, future::BoxFuture};
use object_store::local::LocalFileSystem;
use rest_source::plan::Column;
use tokio::runtime::{Handle, RuntimeFlavor};

use super::{
    domain::{Domain, FORMAT, Pending},
    group::{self, Group, split},
    table::{Change, Committed, DeltaTable},
    types,
};
use crate::{
    Error, ErrorKind,
    arrow::Storage,
    parquet::{
        ledger::Log,
        manifest::{DataFile, FOLDER, Kind, Manifest, State, StoredColumn, StoredTable},
        manifests,
        store::Store,
        stored::folder,
    },
};

/// The logs of the Delta tables in a folder.
pub(super) struct DeltaLog {
    root: PathBuf,
    store: Store,
    engine: Arc<dyn Engine>,
    /// Whether what an earlier run has left pending is done, as only the run may that holds the lock.
    completes: bool,
    /// Whether checkpoints of logs are written, for which the kernel needs a runtime of several threads.
    checkpoints: bool,
    /// By the names of their folders.
    tables: Mutex<HashMap<String, DeltaTable>>,
}

impl DeltaLog {
    pub(super) fn new(root: &Path, store: Store, completes: bool) -> Result<DeltaLog, Error> {
        let cannot = store.failed(|| "its path cannot be read".to_owned());
        let root = root.canonicalize().map_err(cannot)?;
        // Data is on the disk before the log that names it, also when the power fails.
        let engine = DefaultEngineBuilder::new(Arc::new(LocalFileSystem::new().with_fsync(true)));
        let handle = Handle::current();
        let checkpoints = handle.runtime_flavor() == RuntimeFlavor::MultiThread;
        let engine: Arc<dyn Engine> = if checkpoints {
            let executor = TokioMultiThreadExecutor::new(handle);
            Arc::new(engine.with_task_executor(Arc::new(executor)).build())
        } else {
            let executor = TokioBackgroundExecutor::new();
            Arc::new(engine.with_task_executor(Arc::new(executor)).build())
        };
        Ok(DeltaLog { root, store, engine, completes, checkpoints, tables: Mutex::default() })
    }

    /// Reads every log.
    async fn read(&self) -> Result<Manifest, Error> {
        let mut manifest = manifests::newest(&self.store, Kind::Delta).await?;
        let mut tables = HashMap::new();
        let (folders, _) = self.store.list("").await?;
        for folder in folders.into_iter().filter(|folder| folder != FOLDER) {
            if !self.root.join(&folder).join("_delta_log").is_dir() {
                continue;
            }
            let read = DeltaTable::read(&*self.engine, &folder, &self.url(&folder)?);
            let table = read.map_err(self.failed("its log cannot be read", &folder))?;
            tables.insert(folder, table);
        }
        let mut domains = Vec::new();
        for (folder, table) in &mut tables {
            let Some(json) = table.domain.take() else { continue };
            let cannot = self.store.failed(|| format!("the state in the log of `{folder}`"));
            let domain: Domain = serde_json::from_str(&json).map_err(cannot)?;
            if domain.format > FORMAT {
                let message = format!("the state in the log of `{folder}` is a later release's");
                return Err(Error::new(ErrorKind::Destination, message));
            }
            domains.push(domain);
        }
        for domain in domains {
            manifest.number = manifest.number.max(domain.commit);
            for table in &domain.tables {
                let table = self.table(table, &domain, &mut tables)?;
                manifest.tables.extend(table);
            }
            domain.state.into_iter().for_each(|state| group::add(&mut manifest.state, state));
        }
        *self.tables.lock().unwrap_or_else(PoisonError::into_inner) = tables;
        Ok(manifest)
    }

    /// A table of a resource as its own log has it, when what is pending is done. `None` if records that were set
    /// aside have none any more.
    fn table(
        &self,
        stored: &StoredTable,
        domain: &Domain,
        tables: &mut HashMap<String, DeltaTable>,
    ) -> Result<Option<StoredTable>, Error> {
        let folder = folder(&stored.name);
        if let Some(pending) = domain.pending(&stored.name)
            && self.completes
            && tables.get(&folder).is_none_or(|table| table.commit < Some(domain.commit))
        {
            self.complete(pending, &stored.columns, domain.commit, tables)?;
        }
        let table = tables.get_mut(&folder);
        if let Some(table) = table {
            if table.has_others(&stored.columns) {
                table.unfit = Some("it has columns that were added by others");
            }
            let files = table.files.clone();
            return Ok(Some(StoredTable { files, is_deleted: false, ..stored.clone() }));
        }
        let is_gone = StoredTable { files: Vec::new(), is_deleted: true, ..stored.clone() };
        Ok(stored.root.is_some().then_some(is_gone))
    }

    /// Does in the log of a table what the commit of a run has left pending that ended before.
    fn complete(
        &self,
        pending: &Pending,
        columns: &[StoredColumn],
        number: u64,
        tables: &mut HashMap<String, DeltaTable>,
    ) -> Result<(), Error> {
        let folder = folder(&pending.table);
        let files = tables.get(&folder).map(|table| super::table::paths(&table.files));
        let files = files.unwrap_or_default();
        if let Some(path) = pending.remove.iter().find(|path| !files.contains(&***path)) {
            let message = format!(
                "a run ended before the rows of the table `{}` were replaced, and another program has \
                 removed {path} since; restore the version of the table before that, for example by \
                 `RESTORE TABLE`, and run again",
                pending.table,
            );
            return Err(Error::new(ErrorKind::Destination, message));
        }
        let Pending { add, remove, .. } = pending;
        let change =
            Change { number, columns, add, remove, domain: None, checkpoints: self.checkpoints };
        if self.write(&folder, &change, tables)? { Ok(()) } else { Err(self.conflict(&folder)) }
    }

    /// Commits the tables and states of a resource. False if another program has committed meanwhile.
    fn commit_group(&self, group: &Group<'_>, number: u64) -> Result<bool, Error> {
        let mut tables = self.tables.lock().unwrap_or_else(PoisonError::into_inner);
        let Some((own, others)) = group.tables.split_first() else { return Ok(true) };
        let mut pending = Vec::new();
        for table in others.iter().filter(|table| !table.is_deleted) {
            let found = self.fit(table, &tables)?;
            let (add, remove) = difference(found, table);
            let lacks = found.is_none_or(|found| found.lacks(&table.columns));
            if lacks || !add.is_empty() || !remove.is_empty() {
                pending.push(Pending { table: table.name.clone(), add, remove });
            }
        }
        let domain = Domain {
            format: FORMAT,
            commit: number,
            tables: group.tables.iter().map(|table| without_files(table)).collect(),
            pending,
            state: group.state.iter().map(|state| (*state).clone()).collect(),
        };
        let (add, remove) = difference(self.fit(own, &tables)?, own);
        let (columns, add, remove) = (&*own.columns, &*add, &*remove);
        let change = Change {
            number,
            columns,
            add,
            remove,
            domain: Some(&domain),
            checkpoints: self.checkpoints,
        };
        if !self.write(&folder(&own.name), &change, &mut tables)? {
            return Ok(false);
        }
        for table in others {
            let Some(Pending { add, remove, .. }) = domain.pending(&table.name) else { continue };
            let columns = &table.columns;
            let change = Change {
                number,
                columns,
                add,
                remove,
                domain: None,
                checkpoints: self.checkpoints,
            };
            if !self.write(&folder(&table.name), &change, &mut tables)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Commits to the log of one table. False if another program has committed meanwhile.
    fn write(
        &self,
        folder: &str,
        change: &Change<'_>,
        tables: &mut HashMap<String, DeltaTable>,
    ) -> Result<bool, Error> {
        let path = self.root.join(folder);
        let cannot = self.store.failed(|| format!("the folder {folder} cannot be created"));
        std::fs::create_dir_all(path).map_err(cannot)?;
        let url = self.url(folder)?;
        let committed =
            DeltaTable::commit(&*self.engine, (folder, &url), tables.get(folder), change);
        match committed.map_err(self.failed("its log cannot be written to", folder))? {
            Committed::Conflict => Ok(false),
            Committed::Yes(table) => {
                tables.insert(folder.to_owned(), *table);
                Ok(true)
            }
        }
    }

    /// A table that may be written to, if it is there.
    fn fit<'t>(
        &self,
        stored: &StoredTable,
        tables: &'t HashMap<String, DeltaTable>,
    ) -> Result<Option<&'t DeltaTable>, Error> {
        let (name, folder) = (&stored.name, folder(&stored.name));
        let Some(table) = tables.get(&folder) else { return Ok(None) };
        let differs = table.differs(&stored.columns);
        let unfit = match table.commit {
            None => Some("it was written by another program"),
            Some(_) if differs.map_err(self.failed("its columns", &folder))? => {
                Some("a column has another type")
            }
            Some(_) => table.unfit,
        };
        match unfit {
            None => Ok(Some(table)),
            Some(why) => {
                let message = format!(
                    "the Delta table `{name}` in {} cannot be loaded into: {why}; give the resource \
                     another `table_name`, or load into another folder",
                    self.store.name(),
                );
                Err(Error::new(ErrorKind::Schema, message))
            }
        }
    }

    /// The URL of a folder, which must be there.
    fn url(&self, folder: &str) -> Result<String, Error> {
        let path = self.root.join(folder);
        let url = try_parse_uri(path.to_string_lossy());
        Ok(url.map_err(self.failed("its folder has no URL", folder))?.to_string())
    }

    fn failed<'a>(
        &'a self,
        what: &'a str,
        folder: &'a str,
    ) -> impl FnOnce(KernelError) -> Error + 'a {
        self.store.failed(move || format!("the Delta table {folder}: {what}"))
    }

    fn conflict(&self, folder: &str) -> Error {
        let message = format!(
            "another program has written to the Delta table {folder} in {} meanwhile; run again",
            self.store.name(),
        );
        Error::new(ErrorKind::Busy, message)
    }
}

/// What a table has to be given and has to lose.
fn difference(found: Option<&DeltaTable>, table: &StoredTable) -> (Vec<DataFile>, Vec<String>) {
    match found {
        Some(found) => found.difference(&table.files),
        None => (table.files.clone(), Vec::new()),
    }
}

fn without_files(table: &StoredTable) -> StoredTable {
    StoredTable { files: Vec::new(), ..table.clone() }
}

/// What is in no table: how many runs there were, and states without one.
fn rest(manifest: &Manifest) -> Manifest {
    let (_, states) = split(manifest);
    let state = states.into_iter().cloned().collect();
    Manifest { kind: Kind::Delta, tables: Vec::new(), state, ..manifest.clone() }
}

/// As the log has it, to see whether it has changed.
fn text(value: &impl serde::Serialize) -> Result<String, Error> {
    serde_json::to_string(value).map_err(|error| {
        Error::caused_by(ErrorKind::Destination, "the state cannot be written", error)
    })
}

impl Log for DeltaLog {
    fn newest(&self) -> BoxFuture<'_, Result<Manifest, Error>> {
        self.read().boxed()
    }

    fn commit<'a>(
        &'a self,
        before: &'a Manifest,
        next: &'a Manifest,
    ) -> BoxFuture<'a, Result<bool, Error>> {
        async move {
            let (before_rest, next_rest) = (rest(before), rest(next));
            let is_new =
                |state: &State| !before_rest.state.iter().any(|before| before.is_same_load(state));
            // A state that has lost its table is written before the table loses it.
            let is_first = next_rest.state.iter().any(is_new);
            let is_changed = before_rest.run != next_rest.run
                || text(&before_rest.state)? != text(&next_rest.state)?
                || text(&before_rest.failed)? != text(&next_rest.failed)?;
            if is_changed && is_first && !manifests::write(&self.store, &next_rest).await? {
                return Ok(false);
            }
            let (before_groups, _) = split(before);
            let (groups, _) = split(next);
            for (name, group) in &groups {
                let is_same = match before_groups.get(name) {
                    Some(before) => text(before)? == text(group)?,
                    None => false,
                };
                if !is_same && !self.commit_group(group, next.number)? {
                    return Ok(false);
                }
            }
            if is_changed && !is_first {
                return manifests::write(&self.store, &next_rest).await;
            }
            Ok(true)
        }
        .boxed()
    }

    fn deletes_files(&self) -> bool {
        false
    }

    fn storage(&self, column: &Column) -> Storage {
        types::storage(column)
    }

    fn check_name(&self, name: &str) -> Result<(), Error> {
        types::check_name(name)
    }
}

impl std::fmt::Debug for DeltaLog {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DeltaLog").field("root", &self.root).finish_non_exhaustive()
    }
}
