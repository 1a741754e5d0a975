//! Loads the records of a `rest_source` into a database.

mod batch;
mod destination;
mod error;
mod pipeline;
mod progress;
mod report;
#[cfg(feature = "sqlite")]
mod sqlite;
mod table;
#[cfg(feature = "progress")]
mod terminal;

#[cfg(feature = "sqlite")]
pub use crate::sqlite::Sqlite;
#[cfg(feature = "progress")]
pub use crate::terminal::terminal_progress;
pub use crate::{
    batch::Batch,
    destination::{Destination, Run, Session, Writer},
    error::{Error, ErrorKind, Failure},
    pipeline::Pipeline,
    progress::{Event, Progress},
    report::{Outcome, ResourceReport, RunReport},
    table::Table,
};
