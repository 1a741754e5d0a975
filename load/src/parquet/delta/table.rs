//! One Delta table: what its log says, and commits to it.

use std::{collections::HashSet, sync::Arc};

use arrow_array::{
    ArrayRef, Int64Array, RecordBatch, StringArray, StructArray,
    builder::{MapBuilder, MapFieldNames, StringBuilder},
};
use arrow_schema::{DataType, Field};
use delta_kernel::{
    Engine, EngineData, FilteredEngineData, KernelError, Snapshot, SnapshotRef,
    committer::FileSystemCommitter,
    engine::arrow_data::ArrowEngineData,
    scan::{ScanMetadata, state::ScanFile},
    schema::StructType,
    transaction::{CommitResult, UpdateTableOperation, create_table::create_table},
};

use super::{
    domain::{Domain, NAME},
    types::field,
};
use crate::parquet::manifest::{DataFile, StoredColumn};

/// What the log says of who has written to it.
const WRITER: &str = concat!("rest_source_load ", env!("CARGO_PKG_VERSION"));

/// How many commits there are between checkpoints, from which readers begin.
const CHECKPOINT: u64 = 100;

/// A table as its log says it.
#[derive(Debug)]
pub(super) struct DeltaTable {
    snapshot: SnapshotRef,
    pub(super) files: Vec<DataFile>,
    /// The last commit of `rest_source`.
    pub(super) commit: Option<u64>,
    pub(super) domain: Option<String>,
    /// Why nothing can be written to it.
    pub(super) unfit: Option<&'static str>,
}

/// What a commit does to a table.
pub(super) struct Change<'a> {
    pub(super) number: u64,
    pub(super) columns: &'a [StoredColumn],
    pub(super) add: &'a [DataFile],
    /// Paths of files.
    pub(super) remove: &'a [String],
    pub(super) domain: Option<&'a Domain>,
    /// Whether a checkpoint of the log is written when it is time to.
    pub(super) checkpoints: bool,
}

/// How a commit has ended.
pub(super) enum Committed {
    Yes(Box<DeltaTable>),
    /// Another writer has committed meanwhile.
    Conflict,
}

impl DeltaTable {
    /// Reads the log of the table in a folder at this URL.
    pub(super) fn read(
        engine: &dyn Engine,
        folder: &str,
        url: &str,
    ) -> Result<DeltaTable, KernelError> {
        DeltaTable::of(engine, folder, Snapshot::builder_for(url).build(engine)?)
    }

    fn of(
        engine: &dyn Engine,
        folder: &str,
        snapshot: SnapshotRef,
    ) -> Result<DeltaTable, KernelError> {
        let commit = snapshot.get_app_id_version(NAME, engine)?;
        let domain = snapshot.get_domain_metadata(NAME, engine)?;
        let mut table = DeltaTable {
            snapshot,
            files: Vec::new(),
            commit: commit.and_then(|commit| u64::try_from(commit).ok()),
            domain,
            unfit: None,
        };
        if table.commit.is_none() {
            // Another program has made it.
            return Ok(table);
        }
        for metadata in scan(engine, &table.snapshot)? {
            for file in files(&metadata?)? {
                if file.dv_info.has_vector() {
                    table.unfit = Some("rows of it are deleted by deletion vectors");
                }
                if !file.partition_values.is_empty() {
                    table.unfit = Some("it is partitioned");
                }
                table.files.push(DataFile {
                    path: format!("{folder}/{}", file.path),
                    // Without statistics it is not known how many, but there are some.
                    rows: file.stats.map_or(1, |stats| stats.num_records),
                    bytes: u64::try_from(file.size).unwrap_or_default(),
                });
            }
        }
        table.files.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(table)
    }

    /// Whether it has columns that these are not, which files that are rewritten would lack.
    pub(super) fn has_others(&self, columns: &[StoredColumn]) -> bool {
        let schema = self.snapshot.schema();
        schema.fields().any(|field| {
            !columns.iter().any(|column| column.name.eq_ignore_ascii_case(field.name()))
        })
    }

    /// Commits a change to the table in a folder at this URL: to one that is there, or to a new one.
    pub(super) fn commit(
        engine: &dyn Engine,
        (folder, url): (&str, &str),
        before: Option<&DeltaTable>,
        change: &Change<'_>,
    ) -> Result<Committed, KernelError> {
        let number = i64::try_from(change.number).unwrap_or(i64::MAX);
        let domain = change.domain.map(serde_json::to_string).transpose()?;
        let committer = || Box::new(FileSystemCommitter::new());
        let result = match before {
            Some(before) => {
                let (operation, snapshot) = (change.operation(), Arc::clone(&before.snapshot));
                let mut builder = snapshot
                    .update_table(operation, WRITER, true)
                    .with_transaction_id(NAME, number);
                if let Some(domain) = domain {
                    builder = builder.with_domain_metadata(NAME, domain);
                }
                let schema = before.snapshot.schema();
                for column in change.columns {
                    if schema.field(&column.name).is_none() {
                        builder = builder.add_column(field(column)?);
                    }
                }
                let mut transaction = builder.build(engine, committer())?;
                if !change.add.is_empty() {
                    transaction.add_files(added(folder, change.add)?);
                }
                if !change.remove.is_empty() {
                    for removed in removed(engine, &before.snapshot, folder, change.remove)? {
                        transaction.remove_files(removed);
                    }
                }
                committed(transaction.commit(engine)?)?
            }
            None => {
                let fields = change.columns.iter().map(field).collect::<Result<Vec<_>, _>>()?;
                let schema = Arc::new(StructType::try_new(fields)?);
                let mut builder =
                    create_table(url, schema, WRITER, true).with_transaction_id(NAME, number);
                if let Some(domain) = domain {
                    // Programs that do not know the feature may read the table and not write to it.
                    builder = builder
                        .with_table_properties([("delta.feature.domainMetadata", "supported")])
                        .with_domain_metadata(NAME, domain);
                }
                let mut transaction = builder.build(engine, committer())?;
                if !change.add.is_empty() {
                    transaction.add_files(added(folder, change.add)?);
                }
                committed(transaction.commit(engine)?)?
            }
        };
        let snapshot = match result {
            Ended::Conflict => return Ok(Committed::Conflict),
            Ended::At(Some(snapshot)) => snapshot,
            Ended::At(None) => Snapshot::builder_for(url).build(engine)?,
        };
        if change.checkpoints
            && snapshot.version() % CHECKPOINT == CHECKPOINT - 1
            && let Err(error) = snapshot.checkpoint(engine, None)
        {
            tracing::debug!(folder, %error, "a checkpoint of a Delta table cannot be written");
        }
        let removed: HashSet<_> = change.remove.iter().collect();
        let before = before.map(|before| before.files.clone()).unwrap_or_default();
        let kept = before.into_iter().filter(|file| !removed.contains(&file.path));
        Ok(Committed::Yes(Box::new(DeltaTable {
            snapshot,
            files: kept.chain(change.add.iter().cloned()).collect(),
            commit: Some(change.number),
            domain: None,
            unfit: None,
        })))
    }

    /// Which of these files it lacks, and the paths of those that are not among them.
    pub(super) fn difference(&self, files: &[DataFile]) -> (Vec<DataFile>, Vec<String>) {
        let (has, wanted) = (paths(&self.files), paths(files));
        let add = files.iter().filter(|file| !has.contains(&*file.path)).cloned().collect();
        let remove = has.into_iter().filter(|path| !wanted.contains(path)).map(str::to_owned);
        (add, remove.collect())
    }

    /// Whether it lacks some of these columns.
    pub(super) fn lacks(&self, columns: &[StoredColumn]) -> bool {
        let schema = self.snapshot.schema();
        columns.iter().any(|column| schema.field(&column.name).is_none())
    }

    /// Whether it has one of these columns with another type.
    pub(super) fn differs(&self, columns: &[StoredColumn]) -> Result<bool, KernelError> {
        let schema = self.snapshot.schema();
        for column in columns {
            if let Some(found) = schema.field(&column.name)
                && *found.data_type() != *field(column)?.data_type()
            {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

impl Change<'_> {
    fn operation(&self) -> UpdateTableOperation {
        if self.remove.is_empty() {
            UpdateTableOperation::Write
        } else {
            UpdateTableOperation::Merge
        }
    }
}

/// The paths of files.
pub(super) fn paths(files: &[DataFile]) -> HashSet<&str> {
    files.iter().map(|file| &*file.path).collect()
}

/// How a transaction has ended: with a snapshot behind it, if the kernel gives one.
enum Ended {
    At(Option<SnapshotRef>),
    Conflict,
}

fn committed<S: std::fmt::Debug>(result: CommitResult<S>) -> Result<Ended, KernelError> {
    match result {
        CommitResult::Committed(committed) => {
            Ok(Ended::At(committed.post_commit_snapshot().cloned()))
        }
        CommitResult::Conflicted(_) => Ok(Ended::Conflict),
        CommitResult::Retryable(retryable) => Err(retryable.error),
    }
}

fn scan(
    engine: &dyn Engine,
    snapshot: &SnapshotRef,
) -> Result<impl Iterator<Item = Result<ScanMetadata, KernelError>>, KernelError> {
    let scan = Arc::clone(snapshot).scan_builder().build()?;
    let metadata: Vec<_> = scan.scan_metadata(engine)?.collect();
    Ok(metadata.into_iter())
}

fn files(metadata: &ScanMetadata) -> Result<Vec<ScanFile>, KernelError> {
    metadata.visit_scan_files(Vec::new(), |files: &mut Vec<ScanFile>, file| files.push(file))
}

/// What the log says of files that are new.
fn added(folder: &str, files: &[DataFile]) -> Result<Box<dyn EngineData>, KernelError> {
    let number = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    let now = jiff::Timestamp::now().as_millisecond();
    let names = MapFieldNames {
        entry: "key_value".to_owned(),
        key: "key".to_owned(),
        value: "value".to_owned(),
    };
    let mut partitions = MapBuilder::new(Some(names), StringBuilder::new(), StringBuilder::new());
    for _ in files {
        partitions.append(true)?;
    }
    let rows = Int64Array::from_iter_values(files.iter().map(|file| number(file.rows)));
    let rows: ArrayRef = Arc::new(rows);
    let field = Arc::new(Field::new("numRecords", DataType::Int64, true));
    let columns: [(&str, ArrayRef); 5] = [
        (
            "path",
            Arc::new(StringArray::from_iter_values(
                files.iter().map(|file| within(folder, &file.path)),
            )),
        ),
        ("partitionValues", Arc::new(partitions.finish())),
        (
            "size",
            Arc::new(Int64Array::from_iter_values(files.iter().map(|file| number(file.bytes)))),
        ),
        ("modificationTime", Arc::new(Int64Array::from_value(now, files.len()))),
        ("stats", Arc::new(StructArray::from(vec![(field, rows)]))),
    ];
    let batch = RecordBatch::try_from_iter(columns)?;
    Ok(Box::new(ArrowEngineData::new(batch)))
}

/// What the log says of files that go.
fn removed(
    engine: &dyn Engine,
    snapshot: &SnapshotRef,
    folder: &str,
    paths: &[String],
) -> Result<Vec<FilteredEngineData>, KernelError> {
    let paths: HashSet<_> = paths.iter().map(|path| within(folder, path)).collect();
    let mut removed = Vec::new();
    for metadata in scan(engine, snapshot)? {
        let metadata = metadata?;
        let mut files = files(&metadata)?.into_iter();
        let (data, selection) = metadata.scan_files.into_parts();
        let goes = |row: usize| {
            // What is behind the end of the selection is selected.
            let is_selected = selection.get(row).copied().unwrap_or(true);
            is_selected && files.next().is_some_and(|file| paths.contains(&*file.path))
        };
        let selection: Vec<_> = (0..data.len()).map(goes).collect();
        if selection.contains(&true) {
            removed.push(FilteredEngineData::try_new(data, selection)?);
        }
    }
    Ok(removed)
}

/// A path as the log of the table has it: from its folder on.
fn within<'p>(folder: &str, path: &'p str) -> &'p str {
    path.strip_prefix(folder).and_then(|path| path.strip_prefix('/')).unwrap_or(path)
}
