//! Loads the records of a [`rest_source`] into a database: each record exactly once, also when a
//! run is killed in the middle.
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
//! Pages are gathered into batches; the rows of a batch and the checkpoint behind them are committed
//! in one transaction. So a run that fails or is killed at any moment loses nothing and doubles
//! nothing, and the next one continues. [`guide::guarantees`] goes through the failures one by one.
//!
//! What happens to the rows that are there is said by the file's `write_disposition`
//! ([`guide::dispositions`]); nested records become columns, lists tables, and fields that the file
//! does not declare are added as they show up ([`guide::tables`]). Values are stored exactly
//! ([`guide::types`]).
//!
//! # Features
//!
//! `sqlite` (default): the destination [`Sqlite`], its database compiled in. `progress`:
//! `terminal_progress` and `TerminalDisplay`, a line for each resource on a terminal. `postgres`: the destination
//! `Postgres`, and `PostgresBudget`, a limit of requests that processes share. `adbc`: the destinations `DuckDb` and `Adbc`, by drivers of ADBC that are loaded when a run begins.
//! `parquet`: the destination `Parquet`, in a folder, or with `aws`, `gcp` and `azure` in
//! the object stores of clouds. `delta`: the destination `Delta`, by `delta_kernel`. `arrow`: records as Arrow record batches, `IntoArrow`. Other databases
//! are added by implementing [`Destination`].
//!
//! # What it does not do
//!
//! It does not delete rows that the API no longer has, except by `replace` and `scd2` and where a
//! record says so (`hard_delete`). Columns and tables are added, and never changed or removed.

#[cfg(feature = "adbc")]
mod adbc;
#[cfg(any(feature = "sqlite", feature = "postgres", feature = "parquet", feature = "adbc"))]
mod advance;
mod any_destination;
#[cfg(feature = "arrow")]
mod arrow;
#[cfg(any(feature = "sqlite", feature = "parquet", feature = "adbc"))]
mod background;
mod batch;
#[cfg(any(feature = "sqlite", feature = "postgres", feature = "parquet", feature = "adbc"))]
mod begin;
mod changes;
mod destination;
#[cfg(feature = "adbc")]
mod duckdb;
mod error;
mod fingerprint;
pub mod guide;
#[cfg(any(feature = "sqlite", feature = "parquet", feature = "adbc"))]
mod lock;
#[cfg(any(feature = "sqlite", feature = "postgres", feature = "parquet", feature = "adbc"))]
mod moment;
#[cfg(any(feature = "sqlite", feature = "postgres", feature = "parquet", feature = "adbc"))]
mod names;
#[cfg(any(feature = "sqlite", feature = "adbc"))]
mod obstacle;
#[cfg(any(feature = "sqlite", feature = "postgres", feature = "parquet", feature = "adbc"))]
mod open_run;
#[cfg(any(feature = "sqlite", feature = "postgres", feature = "parquet", feature = "adbc"))]
mod opening;
#[cfg(feature = "parquet")]
mod parquet;
mod pipeline;
#[cfg(feature = "arrow")]
mod places;
#[cfg(feature = "postgres")]
mod postgres;
mod progress;
mod rejected;
#[cfg(any(feature = "sqlite", feature = "postgres", feature = "parquet", feature = "adbc"))]
mod relied;
mod report;
#[cfg(any(feature = "sqlite", feature = "postgres", feature = "parquet", feature = "adbc"))]
mod resume;
mod rows;
#[cfg(any(feature = "sqlite", feature = "postgres", feature = "adbc"))]
mod sql;
#[cfg(feature = "sqlite")]
mod sqlite;
#[cfg(any(feature = "sqlite", feature = "postgres", feature = "parquet", feature = "adbc"))]
mod state;
mod status;
mod table;
mod tables;
#[cfg(feature = "progress")]
mod terminal;
mod written;

#[cfg(feature = "arrow")]
pub use arrow_array;
#[cfg(feature = "arrow")]
pub use arrow_schema;
#[cfg(feature = "parquet")]
pub use object_store;

#[cfg(feature = "adbc")]
pub use crate::adbc::Adbc;
#[cfg(feature = "arrow")]
pub use crate::arrow::{ArrowBatch, ArrowBatches, ArrowTable, IntoArrow};
#[cfg(feature = "adbc")]
pub use crate::duckdb::{DuckDb, DuckDbSession, DuckDbWriter};
#[cfg(feature = "delta")]
pub use crate::parquet::Delta;
#[cfg(feature = "parquet")]
pub use crate::parquet::{
    Parquet, ParquetColumn, ParquetFile, ParquetSession, ParquetTable, ParquetWriter,
};
#[cfg(feature = "arrow")]
pub use crate::places::Places;
#[cfg(feature = "postgres")]
pub use crate::postgres::{Postgres, PostgresBudget, PostgresSession, PostgresWriter};
#[cfg(feature = "sqlite")]
pub use crate::sqlite::{Sqlite, SqliteSession, SqliteWriter};
#[cfg(feature = "progress")]
pub use crate::terminal::{TerminalDisplay, TerminalLine, terminal_progress};
pub use crate::{
    any_destination::{AnyDestination, AnySession, AnyWriter},
    batch::Batch,
    changes::Changes,
    destination::{Destination, ResourceState, Run, Session, Writer},
    error::{Error, ErrorKind, Failure},
    fingerprint::variant,
    pipeline::Pipeline,
    progress::{Event, Progress},
    rejected::{OnBadRecord, Rejected},
    report::{Outcome, ResourceReport, RunReport},
    rows::{
        Known, LIST_INDEX, PARENT_ID, ROOT_ID, ROW_HASH, ROW_ID, Row, Rows, Shape, TableRows,
        TableShape, VALID_FROM, VALID_TO, Value,
    },
    status::Status,
    table::{Strategy, Table},
    written::Written,
};
