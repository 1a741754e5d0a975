//! What the log of a resource's own table says beside its rows: the domain metadata of each commit.

use serde::{Deserialize, Serialize};

use crate::parquet::manifest::{DataFile, State, StoredTable};

/// The name of the domain, and of the application whose transactions count the commits.
pub(super) const NAME: &str = "rest_source";

/// The form of the domain metadata. A later one that this release cannot read has a larger number.
pub(super) const FORMAT: u32 = 1;

/// The tables of a resource, and what runs have left for the next ones.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Domain {
    pub(super) format: u32,
    /// The number of the commit, which is the version of the transaction in each table that it changes.
    pub(super) commit: u64,
    /// The resource's own table, those of its lists, and that of records that are set aside. Without their
    /// files, which are in their logs.
    pub(super) tables: Vec<StoredTable>,
    /// What this commit changes in the logs of the other tables, right after the one that has this. The
    /// next run does what was not done.
    pub(super) pending: Vec<Pending>,
    pub(super) state: Vec<State>,
}

/// What a commit changes in the log of a table that is not the resource's own.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Pending {
    pub(super) table: String,
    pub(super) add: Vec<DataFile>,
    /// Paths of files.
    pub(super) remove: Vec<String>,
}

impl Domain {
    /// What the commit of this number changes in a table, if it does.
    pub(super) fn pending(&self, table: &str) -> Option<&Pending> {
        self.pending.iter().find(|pending| pending.table == table)
    }
}
