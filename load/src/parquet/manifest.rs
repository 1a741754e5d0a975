//! What is there: which files make up each table, and what runs have left for the next ones, as JSON
//! that a person can read.

use std::collections::HashSet;

use rest_source::plan::{Column, DataType};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::{Error, ErrorKind, Run, Status, Table, arrow::Storage, rows::is_kept_as, state};

/// Where everything is that is not a row of a table.
pub(super) const FOLDER: &str = "_rest_source";

/// The form of the manifest. A later one that this release cannot read has a larger number.
const FORMAT: u32 = 1;

/// All that is there at one moment. Each commit writes a new one.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Manifest {
    pub(super) format: u32,
    /// What says which files count.
    #[serde(default, skip_serializing_if = "Kind::is_parquet")]
    pub(super) kind: Kind,
    /// Counts the commits.
    pub(super) number: u64,
    /// Counts the runs; that of this commit.
    pub(super) run: u64,
    /// Tells who committed it from anybody else.
    pub(super) writer: String,
    pub(super) committed_at: String,
    pub(super) tables: Vec<StoredTable>,
    pub(super) state: Vec<State>,
    /// Resources whose load could not even begin in the last run of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) failed: Vec<Failed>,
}

/// What says which files of tables count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Kind {
    /// The manifest.
    #[default]
    Parquet,
    /// The log of each table.
    Delta,
}

impl Kind {
    #[allow(clippy::trivially_copy_pass_by_ref, reason = "serde calls it")]
    fn is_parquet(&self) -> bool {
        *self == Kind::Parquet
    }
}

/// A resource whose load could not even begin.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Failed {
    pub(super) pipeline: String,
    pub(super) source: String,
    pub(super) resource: String,
    pub(super) variant: String,
    pub(super) at: String,
}

/// A table.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct StoredTable {
    pub(super) name: String,
    /// The table of the resource whose records are in it. `None`: in it are those set aside.
    pub(super) root: Option<String>,
    /// Of the table of a list: the table whose rows its own belong to. Of records that are set aside: that of
    /// their resource.
    pub(super) parent: Option<String>,
    /// Every column of any of the files. A file that lacks one has no values for it.
    pub(super) columns: Vec<StoredColumn>,
    pub(super) files: Vec<DataFile>,
    /// Whether it was deleted: of a list, whose rows the next load brings back.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) is_deleted: bool,
}

impl StoredTable {
    /// Whether it is a resource's own, rather than that of a list or of records that are set aside.
    #[cfg(feature = "delta")]
    pub(super) fn is_own(&self) -> bool {
        self.root.as_ref() == Some(&self.name)
    }

    /// Whether it has a row.
    pub(super) fn has_rows(&self) -> bool {
        self.files.iter().any(|file| file.rows > 0)
    }
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct StoredColumn {
    pub(super) name: String,
    /// As in the description of the source.
    pub(super) data_type: String,
    pub(super) stored: Storage,
}

impl StoredColumn {
    pub(super) fn new(name: &str, data_type: DataType, stored: Storage) -> StoredColumn {
        StoredColumn { name: name.to_owned(), data_type: data_type.name().to_owned(), stored }
    }

    /// Whether it may hold the values of a declared column that is stored so.
    pub(super) fn takes(&self, column: &Column, stored: Storage) -> bool {
        self.stored == stored && is_kept_as(&self.data_type, column.data_type.name())
    }
}

/// A file, which is never changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct DataFile {
    /// From the folder or prefix of the destination on.
    pub(super) path: String,
    pub(super) rows: u64,
    pub(super) bytes: u64,
}

/// What runs have left for the next one, of one resource.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct State {
    pub(super) pipeline: String,
    pub(super) source: String,
    pub(super) resource: String,
    /// The table that it is loaded into.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) table: String,
    /// The settings and arguments of its requests: `repo=a`.
    #[serde(default)]
    pub(super) variant: String,
    /// `running`, `interrupted`, `failed`, `reset`; `loaded`: complete in a run that is not; `complete`.
    #[serde(default)]
    pub(super) status: Option<String>,
    /// Where the load resumes. `None`: it is complete, and the next run begins.
    pub(super) checkpoint: Option<Box<RawValue>>,
    /// Where a run begins. `None`: at the beginning.
    pub(super) next_run: Option<Box<RawValue>>,
    /// Of the description that `next_run` belongs to.
    pub(super) next_run_fingerprint: Option<String>,
    /// Of the description that `checkpoint` belongs to.
    pub(super) fingerprint: String,
    /// Of what in it tells where a next run begins.
    pub(super) range_fingerprint: String,
    /// Committed by this load so far, or by the last complete one.
    pub(super) rows: u64,
    /// The same with those that were set aside or left out.
    #[serde(default)]
    pub(super) records: u64,
    pub(super) started_at: String,
    pub(super) updated_at: String,
    /// The files of rows that wait for the load to be complete. `None`: they do not wait.
    pub(super) staged: Option<Vec<StagedTable>>,
}

/// Rows of a table that wait for the load to be complete.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct StagedTable {
    pub(super) table: String,
    pub(super) files: Vec<DataFile>,
}

impl Manifest {
    /// Nothing at all, as it is before the first commit.
    pub(super) fn empty() -> Manifest {
        Manifest {
            format: FORMAT,
            kind: Kind::Parquet,
            number: 0,
            run: 0,
            writer: String::new(),
            committed_at: String::new(),
            tables: Vec::new(),
            state: Vec::new(),
            failed: Vec::new(),
        }
    }

    /// What a commit has written.
    pub(super) fn read(path: &str, json: &[u8]) -> Result<Manifest, Error> {
        /// The first thing to look at.
        #[derive(Deserialize)]
        struct Format {
            format: u32,
        }

        let cannot = |error| {
            let message = format!("the manifest {path} cannot be read");
            Error::caused_by(ErrorKind::Destination, message, error)
        };
        let Format { format } = serde_json::from_slice(json).map_err(cannot)?;
        if format > FORMAT {
            let message = format!("the manifest {path} was written by a later release");
            return Err(Error::new(ErrorKind::Destination, message));
        }
        serde_json::from_slice(json).map_err(cannot)
    }

    /// The table of this name, in whatever case: so file systems may take the names of folders.
    pub(super) fn table(&self, name: &str) -> Option<&StoredTable> {
        self.tables.iter().find(|table| table.name.eq_ignore_ascii_case(name))
    }

    /// Puts a table in, in place of the one of its name.
    pub(super) fn put(&mut self, table: StoredTable) {
        match self.tables.iter_mut().find(|other| other.name.eq_ignore_ascii_case(&table.name)) {
            Some(other) => *other = table,
            None => self.tables.push(table),
        }
    }

    /// What is left of a resource.
    pub(super) fn state(&self, run: &Run, table: &Table) -> Option<&State> {
        self.state.iter().find(|state| state.is_of(run, table))
    }

    /// The paths of all files that count.
    pub(super) fn paths(&self) -> HashSet<&str> {
        let staged = self.state.iter().flat_map(|state| state.staged.iter().flatten());
        let staged = staged.flat_map(|table| &table.files);
        let files = self.tables.iter().flat_map(|table| &table.files).chain(staged);
        files.map(|file| &*file.path).collect()
    }
}

impl Failed {
    pub(super) fn is_of(&self, run: &Run, table: &Table) -> bool {
        self.pipeline == run.pipeline
            && self.source == run.source
            && self.resource == table.resource
            && self.variant == table.variant
    }
}

impl State {
    /// What it says, as all destinations have it.
    pub(super) fn said(&self) -> state::State {
        let json = |json: &Option<Box<RawValue>>| json.as_ref().map(|json| json.get().to_owned());
        state::State {
            pipeline: self.pipeline.clone(),
            source: self.source.clone(),
            resource: self.resource.clone(),
            variant: self.variant.clone(),
            status: self.status(),
            checkpoint: json(&self.checkpoint),
            next_run: json(&self.next_run),
            next_run_fingerprint: self.next_run_fingerprint.clone(),
            fingerprint: self.fingerprint.clone(),
            range_fingerprint: self.range_fingerprint.clone(),
            rows: self.rows,
            records: self.records,
            started_at: self.started_at.clone(),
            updated_at: self.updated_at.clone(),
        }
    }

    /// Whether both are of one load.
    #[cfg(feature = "delta")]
    pub(super) fn is_same_load(&self, other: &State) -> bool {
        self.pipeline == other.pipeline
            && self.source == other.source
            && self.resource == other.resource
            && self.variant == other.variant
    }

    pub(super) fn status(&self) -> Status {
        Status::read(self.status.as_deref(), self.checkpoint.is_some())
    }

    pub(super) fn set(&mut self, status: Status) {
        self.status = Some(status.name().to_owned());
    }

    pub(super) fn is_of(&self, run: &Run, table: &Table) -> bool {
        self.pipeline == run.pipeline
            && self.source == run.source
            && self.resource == table.resource
            && self.variant == table.variant
    }
}
