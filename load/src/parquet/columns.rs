//! The columns of one table: those that its files have, and which of them a shape's are.

use std::{collections::HashMap, sync::Arc};

use arrow_schema::{DataType as Arrow, Field, Schema, SchemaRef};

use rest_source::plan::Column;

use super::{ledger::Log, manifest::StoredColumn};
use crate::{
    Error, ErrorKind, TableShape,
    arrow::{DATA_TYPE, Storage},
    rows::SEQUENCE,
};

/// The columns of a table.
#[derive(Debug, Clone, Default)]
pub(super) struct Columns {
    stored: Vec<StoredColumn>,
    /// Which of the stored ones each column of the shape is.
    places: Vec<usize>,
    /// Places of the stored ones, by names without upper case.
    by_name: HashMap<String, usize>,
}

impl Columns {
    /// Those that a table has already.
    pub(super) fn new(stored: Vec<StoredColumn>) -> Columns {
        let names = stored.iter().map(|column| column.name.to_ascii_lowercase());
        let by_name = names.zip(0..).collect();
        Columns { stored, places: Vec::new(), by_name }
    }

    /// Those that the files have.
    pub(super) fn stored(&self) -> &[StoredColumn] {
        &self.stored
    }

    /// Whether there are none.
    pub(super) fn is_empty(&self) -> bool {
        self.stored.is_empty()
    }

    /// For each of the stored ones, which of the shape's it is.
    pub(super) fn sources(&self) -> Vec<Option<usize>> {
        let mut sources = vec![None; self.stored.len()];
        for (source, place) in self.places.iter().enumerate() {
            sources[*place] = Some(source);
        }
        sources
    }

    /// The name under which a column is stored: in the case in which it was first seen.
    pub(super) fn name<'a>(&'a self, name: &'a str) -> &'a str {
        self.find(name).map_or(name, |place| &self.stored[place].name)
    }

    /// How the values of a column of the shape are stored, or will be as the log has it.
    pub(super) fn storage(&self, column: &Column, log: &dyn Log) -> Storage {
        let known = self.find(&column.name);
        known.map_or_else(|| log.storage(column), |place| self.stored[place].stored)
    }

    fn find(&self, name: &str) -> Option<usize> {
        let place = self.by_name.get(name);
        place.or_else(|| self.by_name.get(&name.to_ascii_lowercase())).copied()
    }

    /// Adds what the table lacks of a shape.
    pub(super) fn extend(&mut self, shape: &TableShape, log: &dyn Log) -> Result<(), Error> {
        for (place, column) in shape.columns.iter().enumerate().skip(self.places.len()) {
            let storage = log.storage(column);
            let is_declared = shape.declares(place);
            match self.find(&column.name) {
                // Of a column that is not declared any more, it is known how it was.
                Some(known) if !is_declared || self.stored[known].takes(column, storage) => {
                    self.places.push(known);
                }
                Some(known) => return Err(refuse(&self.stored[known], column, storage)),
                None => {
                    log.check_name(&column.name)?;
                    self.by_name.insert(column.name.to_ascii_lowercase(), self.stored.len());
                    self.places.push(self.stored.len());
                    self.stored.push(StoredColumn::new(&column.name, column.data_type, storage));
                }
            }
        }
        Ok(())
    }

    /// The columns as a file has them.
    pub(super) fn schema(&self) -> SchemaRef {
        Arc::new(Schema::new(self.fields()))
    }

    /// The columns as a file of staged rows has them: at the end the number of each row's record in
    /// its load.
    pub(super) fn staged_schema(&self) -> SchemaRef {
        let mut fields = self.fields();
        fields.push(Field::new(SEQUENCE, Arrow::Int64, false));
        Arc::new(Schema::new(fields))
    }

    fn fields(&self) -> Vec<Field> {
        self.stored.iter().map(field).collect()
    }
}

/// A column as a file has it. Each may lack values: files that are older than the column do.
fn field(column: &StoredColumn) -> Field {
    let metadata = HashMap::from([(DATA_TYPE.to_owned(), column.data_type.clone())]);
    Field::new(&column.name, column.stored.arrow(), true).with_metadata(metadata)
}

fn refuse(stored: &StoredColumn, column: &Column, wanted: Storage) -> Error {
    let StoredColumn { name, data_type, stored } = stored;
    let why = if *stored == wanted {
        format!("holds {data_type}, and the source declares {}", column.data_type.name())
    } else {
        format!("is stored as {stored}, and the source declares a type that is stored as {wanted}")
    };
    let message = format!(
        "the table's column `{name}` {why}; columns are only ever added, so declare the old type, or give the \
         resource another `table_name`"
    );
    Error::new(ErrorKind::Schema, message)
}
