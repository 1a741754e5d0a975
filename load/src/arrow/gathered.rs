//! The rows of some pages as columns that grow: each page is made rows and appended while it is in the
//! processor's caches.

use std::{collections::HashMap, sync::Arc};

use arrow_array::{RecordBatch, RecordBatchOptions};
use arrow_schema::{ArrowError, Field, Schema, SchemaRef};

use super::{
    Storage,
    encode::{Builder, Room, unfit},
};
use crate::{Error, ErrorKind, Rows, Shape, TableShape};

/// The name of a column's data type in the metadata of its field: a text may be JSON, or a decimal.
pub(crate) const DATA_TYPE: &str = "data_type";

/// The rows of one table.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct ArrowTable {
    /// The name of the table, as a destination has it.
    pub name: String,
    /// Its rows.
    pub rows: RecordBatch,
}

/// The tables of a batch that is still to grow.
#[derive(Default)]
pub(super) struct Gathered {
    tables: Vec<Table>,
}

#[derive(Default)]
struct Table {
    rows: usize,
    columns: Vec<Builder>,
    /// That of the columns of the last batch.
    room: Vec<Room>,
    /// That of the last batch, as long as no column is added.
    schema: Option<SchemaRef>,
}

impl Gathered {
    /// How many rows the resource's own table has.
    pub(super) fn rows(&self) -> usize {
        self.tables.first().map_or(0, |table| table.rows)
    }

    /// Appends the rows of a page.
    pub(super) fn append(&mut self, shape: &Shape, rows: &Rows<'_>) -> Result<(), Error> {
        self.tables.resize_with(shape.tables().len(), Table::default);
        for ((table, of), rows) in self.tables.iter_mut().zip(shape.tables()).zip(&rows.tables) {
            table.make_columns(of);
            for (place, (builder, column)) in table.columns.iter_mut().zip(&of.columns).enumerate()
            {
                builder
                    .extend(rows, place)
                    .map_err(|reason| cannot(of, unfit(&column.name, &reason)))?;
            }
            table.rows += rows.len();
        }
        Ok(())
    }

    /// The tables with what has been appended, which then are empty.
    pub(super) fn finish(&mut self, shape: &Shape) -> Result<Vec<ArrowTable>, Error> {
        let tables = self.tables.iter_mut().zip(shape.tables());
        let tables = tables.map(|(table, of)| {
            table.make_columns(of);
            let rows = table.finish(of).map_err(|error| cannot(of, error))?;
            Ok(ArrowTable { name: of.name.clone(), rows })
        });
        tables.collect()
    }
}

fn cannot(table: &TableShape, error: ArrowError) -> Error {
    let message = format!("rows of `{}` cannot be made columns", table.name);
    Error::caused_by(ErrorKind::Record, message, error)
}

impl Table {
    /// Makes the columns that it lacks, in which the rows so far have no value.
    fn make_columns(&mut self, shape: &TableShape) {
        for column in &shape.columns[self.columns.len()..] {
            let room = self.room.get(self.columns.len()).copied().unwrap_or_default();
            let mut builder = Builder::new(Storage::of(column), room);
            builder.append_nulls(self.rows);
            self.columns.push(builder);
        }
    }

    fn finish(&mut self, shape: &TableShape) -> Result<RecordBatch, ArrowError> {
        let rows = std::mem::take(&mut self.rows);
        self.room =
            self.columns.iter().map(|column| Room { rows, bytes: column.bytes() }).collect();
        let columns = self.columns.drain(..).map(Builder::finish).collect();
        let known = self.schema.take().filter(|known| known.fields().len() == shape.columns.len());
        let known = self.schema.insert(known.unwrap_or_else(|| schema(shape)));
        // Of records without a single field there is nothing but their number.
        let options = RecordBatchOptions::new().with_row_count(Some(rows));
        RecordBatch::try_new_with_options(Arc::clone(known), columns, &options)
    }
}

/// The columns of a table.
pub(super) fn schema(table: &TableShape) -> SchemaRef {
    let fields = table.columns.iter().map(|column| {
        let storage = Storage::of(column);
        let metadata = HashMap::from([(DATA_TYPE.to_owned(), column.data_type.name().to_owned())]);
        Field::new(&*column.name, storage.arrow(), true).with_metadata(metadata)
    });
    Arc::new(Schema::new(fields.collect::<Vec<_>>()))
}
