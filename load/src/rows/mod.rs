//! Records as rows: which tables and columns hold what is in them, the same for every destination.
//!
//! It knows what is declared and what an earlier run has added, and nothing of databases.

mod id;
mod name;
mod record;
mod repeated;
mod shape;
mod table_rows;
mod undeclared;
mod value;

#[cfg(feature = "parquet")]
pub(crate) use self::id::Unique;
#[cfg(any(feature = "sqlite", feature = "postgres", feature = "adbc"))]
pub(crate) use self::name::shortened;
pub(crate) use self::repeated::LOOKED_AT;
#[cfg(any(feature = "sqlite", feature = "postgres", feature = "parquet", feature = "adbc"))]
pub(crate) use self::shape::is_kept_as;
use self::{
    record::{Accept, Builder},
    repeated::Keys,
    shape::Refusal,
};
pub use self::{
    shape::{
        Known, LIST_INDEX, PARENT_ID, ROOT_ID, ROW_HASH, ROW_ID, Shape, TableShape, VALID_FROM,
        VALID_TO,
    },
    table_rows::{Row, TableRows},
    value::Value,
};
use crate::{Batch, Changes, Error, ErrorKind, Rejected, Written};

/// The column of staged rows that tells the order of their records within a load.
#[cfg(any(feature = "sqlite", feature = "postgres", feature = "parquet", feature = "adbc"))]
pub(crate) const SEQUENCE: &str = "_rest_source_sequence";

/// The rows of a batch, by the tables of a [`Shape`].
#[derive(Debug)]
#[non_exhaustive]
pub struct Rows<'a> {
    /// Those of each of the [`tables`](Shape::tables).
    pub tables: Vec<TableRows<'a>>,
    /// What cannot be stored, to be set aside.
    pub rejected: Vec<Rejected>,
    /// How many records `schema_contract` has left out.
    pub discarded: u64,
    /// How many of the first table's rows have the primary key of an earlier one of the load.
    pub repeated: u64,
}

impl Rows<'_> {
    /// The same without the rows of the records that are not to be kept, by their positions in the batch.
    #[cfg(any(feature = "postgres", feature = "adbc"))]
    pub(crate) fn only(&self, is_kept: impl Fn(usize) -> bool) -> Self {
        let tables = self.tables.iter().map(|table| {
            let mut only = TableRows::default();
            for row in table.iter().filter(|row| is_kept(row.record)) {
                only.values.extend_from_slice(row.values);
                only.ends.push((only.values.len(), row.record));
            }
            only
        });
        Rows {
            tables: tables.collect(),
            rejected: self.rejected.clone(),
            discarded: self.discarded,
            repeated: self.repeated,
        }
    }

    /// What has become of the batch when these are written, without the changes that this makes.
    pub fn written(&self) -> Written {
        Written {
            rows: self.tables.first().map_or(0, |rows| rows.len() as u64),
            rejected: self.rejected.len() as u64,
            discarded: self.discarded,
            repeated: self.repeated,
            changes: Changes::default(),
        }
    }
}

impl Shape {
    /// The rows of a batch. What they need beyond the tables and columns that are there is added to
    /// the shape.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Record`] if a record cannot be stored, unless such are set aside.
    pub fn rows<'a>(&mut self, batch: &'a Batch) -> Result<Rows<'a>, Error> {
        self.rows_if(batch, &|_, _, _| Ok(()))
    }

    /// The same for a destination that does not take every value. `accept` is asked for each, with
    /// its table's place and its column, and says why a record with it cannot be stored.
    ///
    /// # Errors
    ///
    /// As [`rows`](Shape::rows).
    pub fn rows_if<'a>(
        &mut self,
        batch: &'a Batch,
        accept: &Accept<'_>,
    ) -> Result<Rows<'a>, Error> {
        let fields = self.fields.clone();
        let (mut rejected, mut discarded) = (Vec::new(), 0);
        let records = batch.pages.iter().map(|page| page.records.len()).sum();
        let mut builder = Builder::new(self, accept);
        builder.reserve(records);
        let mut position = 0;
        for page in &batch.pages {
            builder.begin_page();
            discarded += page.discarded;
            rejected.extend(page.rejected.iter().map(|one| Rejected::undecodable(page, one)));
            for index in 0..page.records.len() {
                let record = page.records.get(index);
                match builder.record(position, &fields, record) {
                    Ok(()) => {}
                    Err(Refusal::Discard) => discarded += 1,
                    Err(Refusal::Error(reason)) if builder.sets_aside() => {
                        rejected.push(Rejected::of(page, index, reason, record));
                    }
                    Err(Refusal::Error(reason)) => {
                        let place = batch.place(position);
                        let message = format!("{place}: {reason}");
                        return Err(Error::new(ErrorKind::Record, message));
                    }
                }
                position += 1;
            }
        }
        let tables = builder.finish();
        let key = self.told_key();
        let counted = tables.first().zip(self.keys.as_mut());
        let repeated = counted.map_or(0, |(rows, keys)| keys.repeated(rows, &key));
        Ok(Rows { tables, rejected, discarded, repeated })
    }
}
