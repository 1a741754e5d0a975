//! The records of a resource as Arrow record batches, without a destination.

use std::{
    fmt,
    pin::Pin,
    task::{Context, Poll, ready},
};

use arrow_schema::SchemaRef;
use futures_util::Stream;
use rest_source::{
    AnyPage, AnyResource, Checkpoint, Fetch, FromRecord, Record, Start,
    plan::{Column, DataType, WriteDisposition},
};

use super::{
    Storage,
    encode::takes,
    gathered::{ArrowTable, Gathered, schema},
    reading::Pages,
};
use crate::{Batch, Error, OnBadRecord, Shape, Strategy, Table, Value};

#[doc = include_str!("page.md")]
pub trait IntoArrow {
    /// Its records in batches of at least `batch_rows` rows, except for the last one: pages are not cut.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Schema`](crate::ErrorKind::Schema) if the columns that are declared make no tables, as two of one name do.
    fn arrow(self, batch_rows: usize) -> Result<ArrowBatches, Error>;

    /// The same as one table, from this start: each [`ArrowBatch`] has one in its `tables`. Lists are columns of
    /// it, as JSON, to which `schema_contract` applies as to other columns.
    ///
    /// # Errors
    ///
    /// As for [`arrow`](IntoArrow::arrow).
    fn arrow_table(self, batch_rows: usize, start: Start) -> Result<ArrowBatches, Error>;
}

impl<T: FromRecord + Record> IntoArrow for Fetch<T> {
    fn arrow(self, batch_rows: usize) -> Result<ArrowBatches, Error> {
        AnyResource::of_fetch(self).arrow(batch_rows)
    }

    fn arrow_table(self, batch_rows: usize, start: Start) -> Result<ArrowBatches, Error> {
        AnyResource::of_fetch(self).arrow_table(batch_rows, start)
    }
}

impl IntoArrow for AnyResource {
    fn arrow(self, batch_rows: usize) -> Result<ArrowBatches, Error> {
        let table = Table::of(&self, OnBadRecord::Fail)?;
        ArrowBatches::of(&self, table, batch_rows, Start::default())
    }

    fn arrow_table(self, batch_rows: usize, start: Start) -> Result<ArrowBatches, Error> {
        let mut table = Table::of(&self, OnBadRecord::Fail)?;
        table.lists_are_json = true;
        if matches!(table.strategy(), Strategy::Scd2(_)) {
            // The columns of versions are a destination's.
            table.write_disposition = WriteDisposition::Append;
        }
        ArrowBatches::of(&self, table, batch_rows, start)
    }
}

/// A stream of [`ArrowBatch`]es, by [`IntoArrow::arrow`]. It begins to fetch when it is polled first, and then reads
/// some pages ahead in a task of its own, which ends when the stream is dropped. It ends after an error, behind
/// which a fetch resumes at the checkpoint of the last batch.
#[must_use = "streams do nothing unless polled"]
pub struct ArrowBatches {
    pages: Pages,
    table: Table,
    shape: Shape,
    batch_rows: usize,
    gathered: Gathered,
    /// Behind the pages that are gathered.
    checkpoint: Option<Checkpoint>,
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

impl ArrowBatches {
    fn of(
        resource: &AnyResource,
        table: Table,
        batch_rows: usize,
        start: Start,
    ) -> Result<ArrowBatches, Error> {
        // What no batch tells need not be counted.
        let shape = Shape::of(&table, usize::MAX)?.without_repeated();
        Ok(ArrowBatches {
            pages: Pages::Idle(resource.pages(start)),
            table,
            shape,
            batch_rows,
            gathered: Gathered::default(),
            checkpoint: None,
            is_over: false,
            error: None,
        })
    }

    /// The tables and their columns that are known so far: before the first batch those that the
    /// description declares.
    pub fn schemas(&self) -> Vec<(String, SchemaRef)> {
        let tables = self.shape.tables().iter();
        tables.map(|table| (table.name.clone(), schema(table))).collect()
    }

    fn fail(&mut self, error: Error) {
        self.is_over = true;
        self.error = Some(error);
        // Nothing more is fetched.
        self.pages = Pages::Over;
    }

    /// Adds the rows of a page to those that are gathered.
    fn gather(&mut self, page: AnyPage) -> Result<(), Error> {
        self.table.check(&page)?;
        let checkpoint = page.checkpoint.clone();
        let batch = Batch { pages: vec![page], checkpoint: None, next_run: None };
        let accept = |_: usize, column: &Column, value: &Value<'_>| match (value, column.data_type)
        {
            // Nearly all values, without a look at how they are stored.
            (Value::Text(_), DataType::Text)
            | (Value::Bigint(_), DataType::Bigint)
            | (Value::Json(_), DataType::Json) => Ok(()),
            _ => takes(Storage::of(column), value)
                .map_err(|reason| format!("`{}` {reason}", column.name)),
        };
        let rows = self.shape.rows_if(&batch, &accept)?;
        self.gathered.append(&self.shape, &rows)?;
        self.checkpoint = Some(checkpoint);
        Ok(())
    }

    /// What is gathered, if there is a page.
    fn finish(&mut self) -> Result<Option<ArrowBatch>, Error> {
        let Some(checkpoint) = self.checkpoint.take() else { return Ok(None) };
        let tables = self.gathered.finish(&self.shape)?;
        Ok(Some(ArrowBatch { tables, checkpoint }))
    }
}

impl Stream for ArrowBatches {
    type Item = Result<ArrowBatch, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        while !this.is_over && this.gathered.rows() < this.batch_rows.max(1) {
            match ready!(this.pages.poll_next(context)) {
                None => this.is_over = true,
                Some(page) => {
                    if let Err(error) = page.and_then(|page| this.gather(page)) {
                        this.fail(error);
                    }
                }
            }
        }
        match this.finish() {
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
