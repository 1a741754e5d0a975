//! What readers are told: the tables, and which files count.

use std::collections::HashSet;

use serde::Serialize;

use super::{
    manifest::{Kind, Manifest, StoredTable},
    manifests::newest,
    place::Place,
};
use crate::{Error, ErrorKind};

/// A table of a [`Parquet`](super::Parquet) at one moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ParquetTable {
    /// Its name.
    pub name: String,
    /// Every column. A file that is older than one has no values for it, and lacks it.
    pub columns: Vec<ParquetColumn>,
    /// The files whose rows are those of the table.
    pub files: Vec<ParquetFile>,
}

/// A column of a [`ParquetTable`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ParquetColumn {
    /// Its name.
    pub name: String,
    /// Its data type, as the description of the source says it: `timestamp`.
    pub data_type: String,
}

/// A file of a [`ParquetTable`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ParquetFile {
    /// Its path: on this machine, or in the object store.
    pub path: String,
    /// How many rows are in it.
    pub rows: u64,
    /// How large it is.
    pub bytes: u64,
}

/// The tables as the last commit has left them, all at the same moment.
///
/// # Errors
///
/// If the manifest cannot be read.
pub(super) async fn all(place: &Place) -> Result<Vec<ParquetTable>, Error> {
    let Some(store) = place.existing()? else { return Ok(Vec::new()) };
    let manifest = newest(&store, Kind::Parquet).await?;
    let path = |path: &str| match place {
        Place::Folder(folder) => Ok(folder.join(path).display().to_string()),
        Place::Objects(store) => store.path(path).map(String::from),
    };
    let tables = manifest.tables.into_iter().filter(|table| !table.is_deleted);
    tables.map(|table| table.told(path)).collect()
}

impl StoredTable {
    fn told(self, path: impl Fn(&str) -> Result<String, Error>) -> Result<ParquetTable, Error> {
        let columns = self.columns.into_iter();
        let columns = columns
            .map(|column| ParquetColumn { name: column.name, data_type: column.data_type })
            .collect();
        let files = self.files.into_iter().map(|file| {
            Ok(ParquetFile { path: path(&file.path)?, rows: file.rows, bytes: file.bytes })
        });
        Ok(ParquetTable { name: self.name, columns, files: files.collect::<Result<_, Error>>()? })
    }
}

/// Forgets the tables that were deleted with all of their files. Of the table of a list it is
/// remembered as long as that of its resource is there.
///
/// # Errors
///
/// If only some of a table's files, or of those that wait for a load to be complete, are there.
pub(super) fn drop_deleted(
    manifest: &mut Manifest,
    present: &HashSet<String>,
) -> Result<(), Error> {
    for table in &mut manifest.tables {
        if !table.files.is_empty() && !table.files.iter().any(|file| present.contains(&file.path)) {
            table.files.clear();
            table.is_deleted = true;
        }
    }
    let is_own = |table: &StoredTable| table.root.as_ref() == Some(&table.name);
    let gone = manifest.tables.iter().filter(|table| is_own(table) && table.is_deleted);
    let gone: HashSet<_> = gone.map(|table| table.name.clone()).collect();
    for table in &mut manifest.tables {
        if !table.is_deleted && table.root.as_ref().is_some_and(|root| gone.contains(root)) {
            // Their rows belonged to rows that are no more.
            tracing::warn!("`{}` goes with the table whose lists were in it", table.name);
            table.is_deleted = true;
        }
    }
    let own = manifest.tables.iter().filter(|table| is_own(table) && !table.is_deleted);
    let own: HashSet<_> = own.map(|table| table.name.clone()).collect();
    manifest.tables.retain(|table| {
        !table.is_deleted || table.root.as_ref().is_some_and(|root| own.contains(root))
    });
    match manifest.paths().into_iter().find(|path| !present.contains(*path)) {
        None => Ok(()),
        Some(path) => {
            let message = format!(
                "the file {path} is not there any more, but others of its table are; put it back, or \
                 delete the table's folder to have everything loaded again"
            );
            Err(Error::new(ErrorKind::Destination, message))
        }
    }
}
