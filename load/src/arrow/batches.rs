//! The records of a resource as Arrow record batches, without a destination.

use std::{
    collections::HashMap,
    fmt, mem,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
};

use arrow_array::{RecordBatch, RecordBatchOptions};
use arrow_schema::{ArrowError, Field, Schema, SchemaRef};
use futures_util::Stream;
use rest_source::{
    AnyPage, AnyPages, AnyResource, Checkpoint, Fetch, FromRecord, Record, Start, plan::Column,
};

use super::{Storage, encode_column, takes};
use crate::{Batch, Error, ErrorKind, OnBadRecord, Shape, Table, TableRows, TableShape, Value};

/// The name of a column's data type in the metadata of its field: a text may be JSON, or a decimal.
pub(crate) const DATA_TYPE: &str = "data_type";

#[doc = include_str!("page.md")]
pub trait IntoArrow {
    /// Its records in batches of at least `batch_rows` rows, except for the last one: pages are not cut.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Schema`] if the columns that are declared make no tables, as two of one name do.
    fn arrow(self, batch_rows: usize) -> Result<ArrowBatches, Error>;
}

impl<T: FromRecord + Record> IntoArrow for Fetch<T> {
    fn arrow(self, batch_rows: usize) -> Result<ArrowBatches, Error> {
        AnyResource::of_fetch(self).arrow(batch_rows)
    }
}

impl IntoArrow for AnyResource {
    fn arrow(self, batch_rows: usize) -> Result<ArrowBatches, Error> {
        let table = Table::of(&self, OnBadRecord::Fail)?;
        let shape = Shape::of(&table, usize::MAX)?;
        let pages = self.pages(Start::default());
        Ok(ArrowBatches {
            pages,
            table,
            shape,
            batch_rows,
            gathered: Vec::new(),
            is_over: false,
            error: None,
        })
    }
}

/// A stream of [`ArrowBatch`]es, by [`IntoArrow::arrow`]. It fetches while it is polled; it ends after an error,
/// behind which a fetch resumes at the checkpoint of the last batch.
#[must_use = "streams do nothing unless polled"]
pub struct ArrowBatches {
    pages: AnyPages,
    table: Table,
    shape: Shape,
    batch_rows: usize,
    gathered: Vec<AnyPage>,
    /// There are no more pages.
    is_over: bool,
    /// Because of this, which comes behind the rows before it.
    error: Option<Error>,
}

/// The rows of some pages.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct ArrowBatch {
    /// The tables: first the resource's own, behind it those of lists within its records.
    pub tables: Vec<ArrowTable>,
    /// Where a fetch continues behind these pages, [`Fetch::resume`].
    pub checkpoint: Checkpoint,
}

/// The rows of one table.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct ArrowTable {
    /// The name of the table, as a destination has it.
    pub name: String,
    /// Its rows.
    pub rows: RecordBatch,
}

impl ArrowBatches {
    /// The tables and their columns that are known so far: before the first batch those that the
    /// description declares.
    pub fn schemas(&self) -> Vec<(String, SchemaRef)> {
        let tables = self.shape.tables().iter();
        tables.map(|table| (table.name.clone(), schema(table))).collect()
    }

    fn fail(&mut self, error: Error) {
        self.is_over = true;
        self.error = Some(error);
    }

    /// The rows of the pages that are gathered, if there are any.
    fn encode(&mut self) -> Result<Option<ArrowBatch>, Error> {
        let pages = mem::take(&mut self.gathered);
        let Some(checkpoint) = pages.last().map(|page| page.checkpoint.clone()) else {
            return Ok(None);
        };
        let batch = Batch { pages, checkpoint: Some(checkpoint.clone()), next_run: None };
        let accept = |_: usize, column: &Column, value: &Value<'_>| {
            takes(Storage::of(column), value)
                .map_err(|reason| format!("`{}` {reason}", column.name))
        };
        let rows = self.shape.rows_if(&batch, &accept)?;
        let tables = self.shape.tables().iter().zip(&rows.tables).map(|(table, rows)| {
            let rows = encode(table, rows).map_err(|error| {
                let message = format!("rows of `{}` cannot be made columns", table.name);
                Error::caused_by(ErrorKind::Record, message, error)
            })?;
            Ok(ArrowTable { name: table.name.clone(), rows })
        });
        let tables = tables.collect::<Result<_, Error>>()?;
        Ok(Some(ArrowBatch { tables, checkpoint }))
    }
}

impl Stream for ArrowBatches {
    type Item = Result<ArrowBatch, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        let mut rows: usize = this.gathered.iter().map(|page| page.records.len()).sum();
        while !this.is_over && rows < this.batch_rows.max(1) {
            match ready!(this.pages.as_mut().poll_next(context)) {
                None => this.is_over = true,
                Some(Err(error)) => this.fail(Error::of_source(error)),
                Some(Ok(page)) => match this.table.check(&page) {
                    Err(error) => this.fail(error),
                    Ok(()) => {
                        rows += page.records.len();
                        this.gathered.push(page);
                    }
                },
            }
        }
        match this.encode() {
            Ok(Some(batch)) => Poll::Ready(Some(Ok(batch))),
            Ok(None) => Poll::Ready(this.error.take().map(Err)),
            Err(error) => {
                // What comes behind would be without these.
                this.is_over = true;
                Poll::Ready(Some(Err(error)))
            }
        }
    }
}

impl fmt::Debug for ArrowBatches {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ArrowBatches")
            .field("resource", &self.table.resource)
            .finish_non_exhaustive()
    }
}

fn schema(table: &TableShape) -> SchemaRef {
    let fields = table.columns.iter().map(|column| {
        let storage = Storage::of(column);
        let metadata = HashMap::from([(DATA_TYPE.to_owned(), column.data_type.name().to_owned())]);
        Field::new(&*column.name, storage.arrow(), true).with_metadata(metadata)
    });
    Arc::new(Schema::new(fields.collect::<Vec<_>>()))
}

fn encode(table: &TableShape, rows: &TableRows<'_>) -> Result<RecordBatch, ArrowError> {
    let arrays = table.columns.iter().enumerate();
    let arrays = arrays
        .map(|(place, column)| encode_column(rows, &column.name, Storage::of(column), Some(place)));
    let arrays = arrays.collect::<Result<_, ArrowError>>()?;
    // Of records without a single field there is nothing but their number.
    let options = RecordBatchOptions::new().with_row_count(Some(rows.len()));
    RecordBatch::try_new_with_options(schema(table), arrays, &options)
}
