//! Loads the records of a [`rest_source`] into a database: each record exactly once, also when a
//! run is killed half-way.
//!
//! ```no_run
//! use rest_source_load::{Pipeline, Sqlite};
//!
//! # async fn load(client: impl rest_source::Source) -> Result<(), rest_source_load::Error> {
//! let pipeline = Pipeline::new("payments", Sqlite::at("payments.db"));
//! let report = pipeline.run(&client).await?;
//! println!("{report}");
//! # Ok(())
//! # }
//! ```
//!
//! `client` is what `#[rest_source("payments.yaml")]` generates, or any other
//! [`Source`](rest_source::Source). The tables, their columns and what happens to the rows that are
//! there come from the file; the pipeline adds where to and how much at once.
//!
//! # What is promised
//!
//! Each resource becomes the table of its name. Pages are gathered into batches of 5,000 rows, 16
//! MiB or 10 seconds, whichever comes first. The rows of a batch and the checkpoint after them are
//! committed in one transaction. Everything below follows from this.
//!
//! | what happens | what is there then |
//! | --- | --- |
//! | the source fails at a page | the pages before are committed; the next run continues at this one |
//! | one resource fails | the others are loaded to their end; [`Error::failures`] names the one |
//! | the process is killed at any moment | as if it had stopped after the last commit |
//! | the future of the run is dropped | the same; a commit that has begun is still made |
//! | the machine loses power | the database is consistent; the last commits may be gone, rows and checkpoint together, and are made again |
//! | a record lacks a key or a value that must be there | nothing of its page; [`ErrorKind::Record`] names page and record |
//! | a `replace` stops half-way | the table as it was; the new rows wait in a staging table for the next run |
//! | the source's description or base URL changes while a load is half-way | it begins again; an `append` is refused, as it would double rows |
//! | the server does not accept the checkpoint any more | nothing new; the error says how to start over, by [`Pipeline::full_refresh`] or by a statement |
//! | the same pipeline is run a second time meanwhile | the second run ends with [`ErrorKind::Busy`] |
//!
//! A load that is complete begins anew in the next run. What it then does is the write disposition:
//!
//! - **`append`** inserts every record.
//! - **`merge`** with a `primary_key` updates the row with that key or inserts it; the last of
//!   several records with one key wins. With a `merge_key` it removes, at the end and in one
//!   transaction, all rows whose primary key or merge key is among the new ones, and inserts these.
//! - **`replace`** gathers the new rows aside and puts them in the place of the old ones at the end,
//!   in one transaction: a reader sees the old rows or the new ones, never none and never a mixture.
//!   Indexes and views of the table stay.
//!
//! The write disposition and the keys may change between two runs; the rows stay. That a primary key
//! is unique is seen to by an index which `merge` creates and the others remove. If several rows have
//! the key already, the run is refused with what to do.
//!
//! # How SQLite stores the data types
//!
//! | data type | column | stored as |
//! | --- | --- | --- |
//! | `text` | `TEXT` | the text |
//! | `bigint` | `INTEGER` | the number |
//! | `double` | `REAL` | the number; −0 loses its sign |
//! | `bool` | `INTEGER` | 0 or 1 |
//! | `timestamp` | `TEXT` | `2024-01-02T03:04:05.678+00:00`: in UTC, with every digit there is; sorts as the moments do |
//! | `timestamp` with `timezone: false` | `TEXT` | `2024-01-02T03:04:05.678`, with every digit there is |
//! | `date` | `TEXT` | `2024-01-02` |
//! | `time` | `TEXT` | `03:04:05.678`, with every digit there is |
//! | `decimal` | `TEXT` | `1.10`: exact, with its zeros; `CAST(… AS REAL)` to compare by size |
//! | `wei` | `TEXT` | all digits |
//! | `json` | `TEXT` | JSON text, for SQLite's `->` and `json_…` |
//! | `fields`, `items` | `TEXT` | JSON text; in it times, decimals and bytes are text, and what is not declared is as the server sent it |
//! | `enum` | `TEXT` | the word |
//! | `binary` | `BLOB` | the bytes |
//!
//! Fields that the file does not declare are kept in the column `_extra` as one JSON object, as the
//! server sent them. Tables are `STRICT`. Names are taken as they are, whatever is in them. Columns
//! are only ever added, without `NOT NULL`; a column whose SQLite type differs from the declared one
//! is an error.
//!
//! The table `_rest_source_state` says for each resource where its load goes on. To load one from
//! the beginning, set its `checkpoint` to `NULL`; an `append` that is half-way adds the rows that it
//! has written a second time then, so delete these first. [`Pipeline::full_refresh`] does so for all
//! resources, and refuses that case.
//!
//! # Features
//!
//! `sqlite` (default): the destination [`Sqlite`], its database compiled in. `progress`:
//! `terminal_progress`, a line for each resource on a terminal. Other databases are added by
//! implementing [`Destination`].
//!
//! # What it does not do
//!
//! It does not delete rows that the API no longer has (except by `replace`), does not flatten nested
//! objects, and does not load a part of a source.

mod batch;
mod destination;
mod error;
mod fingerprint;
mod pipeline;
#[cfg(feature = "postgres")]
mod postgres;
mod progress;
mod rejected;
mod report;
mod resume;
mod rows;
mod sql;
#[cfg(feature = "sqlite")]
mod sqlite;
mod table;
#[cfg(feature = "progress")]
mod terminal;

#[cfg(feature = "postgres")]
pub use crate::postgres::{Postgres, PostgresSession, PostgresWriter};
#[cfg(feature = "sqlite")]
pub use crate::sqlite::{Sqlite, SqliteSession, SqliteWriter};
#[cfg(feature = "progress")]
pub use crate::terminal::terminal_progress;
pub use crate::{
    batch::Batch,
    destination::{Destination, ResourceState, Run, Session, Writer, Written},
    error::{Error, ErrorKind, Failure},
    pipeline::Pipeline,
    progress::{Event, Progress},
    rejected::{OnBadRecord, Rejected},
    report::{Outcome, ResourceReport, RunReport},
    rows::{
        Known, LIST_INDEX, PARENT_ID, ROOT_ID, ROW_HASH, ROW_ID, Row, Rows, Shape, TableRows,
        TableShape, VALID_FROM, VALID_TO, Value,
    },
    table::{Strategy, Table},
};
