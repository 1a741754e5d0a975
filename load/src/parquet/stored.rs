//! The tables of one resource, as its writer has left them with the last commit.

use object_store::path::PathPart;
use rest_source::plan::DataType;

use super::{
    columns::Columns,
    manifest::{DataFile, Manifest, StagedTable, StoredTable},
};
use crate::{Error, ErrorKind, Known, Shape, TableShape};

/// A table: its columns and files.
#[derive(Debug)]
pub(super) struct Stored {
    name: String,
    /// The resource's own table. `None`: in it are records that are set aside.
    root: Option<String>,
    parent: Option<String>,
    pub(super) columns: Columns,
    pub(super) files: Vec<DataFile>,
    /// Files of rows that wait for the load to be complete.
    pub(super) staged: Vec<DataFile>,
}

impl Stored {
    /// A table of a shape, with what is there of it.
    pub(super) fn of(shape: &Shape, table: &TableShape, manifest: &Manifest) -> Stored {
        let name_of = |place: usize| shape.tables()[place].name.clone();
        let columns = manifest.table(&table.name).map(|stored| stored.columns.clone());
        Stored {
            root: Some(name_of(0)),
            parent: table.parent.map(name_of),
            columns: Columns::new(columns.unwrap_or_default()),
            ..Stored::named(&table.name, manifest)
        }
    }

    /// The table of records that are set aside, with what is there of it.
    pub(super) fn of_rejected(shape: &Shape, manifest: &Manifest) -> Stored {
        let parent = Some(shape.tables()[0].name.clone());
        let columns = super::rejected::columns();
        Stored { parent, columns, ..Stored::named(&shape.rejected(), manifest) }
    }

    fn named(name: &str, manifest: &Manifest) -> Stored {
        let stored = manifest.table(name);
        Stored {
            name: name.to_owned(),
            root: None,
            parent: None,
            columns: Columns::default(),
            files: stored.map(|stored| stored.files.clone()).unwrap_or_default(),
            staged: Vec::new(),
        }
    }

    /// The folder of its files: its name, with everything that some store does not take as `%` and two
    /// hexadecimal digits.
    pub(super) fn folder(&self) -> String {
        folder(&self.name)
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// What the manifest says of rows that wait.
    pub(super) fn staged_table(&self) -> StagedTable {
        StagedTable { table: self.name.clone(), files: self.staged.clone() }
    }

    /// Puts it into a manifest, once it has columns.
    pub(super) fn put_into(&self, manifest: &mut Manifest) -> Result<(), Error> {
        if self.columns.is_empty() {
            return Ok(());
        }
        // Its files are known to one writer only, so that another must not add any.
        if manifest.table(&self.name).is_some_and(|other| other.root != self.root) {
            let message = format!(
                "the table `{}` is there already and holds what belongs to another resource; give \
                 the resource another `name`, or declare the list as a column with `data_type: json`",
                self.name,
            );
            return Err(Error::new(ErrorKind::Schema, message));
        }
        manifest.put(StoredTable {
            name: self.name.clone(),
            root: self.root.clone(),
            parent: self.parent.clone(),
            columns: self.columns.stored().to_vec(),
            files: self.files.clone(),
            is_deleted: false,
        });
        Ok(())
    }
}

/// The folder of the files of a table.
pub(super) fn folder(name: &str) -> String {
    PathPart::from(name).as_ref().to_owned()
}

/// What earlier runs have made of the tables of a resource.
pub(super) fn known(shape: &Shape, manifest: &Manifest) -> Vec<Known> {
    let root = &shape.tables()[0].name;
    let tables = manifest.tables.iter().filter(|table| table.root.as_ref() == Some(root));
    let columns = tables.flat_map(|table| table.columns.iter().map(move |column| (table, column)));
    columns
        .filter_map(|(table, column)| {
            // A word that is not known is a later release's.
            let data_type = DataType::named(&column.data_type)?;
            Some(Known::new(&table.name, table.parent.clone(), &column.name, data_type))
        })
        .collect()
}
