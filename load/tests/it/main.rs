//! What loading promises, proved on real database files.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may panic, and its support too"
)]

mod changes;
mod destination;
mod dispositions;
mod edits;
mod failures;
mod incremental;
mod keys;
mod kill;
#[path = "../../../runtime/tests/it/support/log.rs"]
mod log;
mod manual;
mod numbers;
mod parquet;
#[cfg(feature = "postgres-tests")]
mod postgres;
mod progress;
mod relied;
mod schema;
mod suite;
mod support;
mod types;
