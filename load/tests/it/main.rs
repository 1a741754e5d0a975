//! What loading promises, proved on real database files.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may panic, and its support too"
)]
#![allow(clippy::needless_raw_string_hashes, reason = "expect_test writes them")]

#[cfg(feature = "adbc-tests")]
mod adbc;
#[cfg(any(feature = "delta-tests", feature = "duckdb-tests"))]
mod answerer;
mod arrow;
mod changes;
#[cfg(feature = "delta-tests")]
mod delta;
mod destination;
mod dispositions;
#[cfg(feature = "duckdb-tests")]
mod duckdb;
mod edits;
mod failures;
mod incremental;
mod keys;
mod kill;
#[allow(dead_code, reason = "these tests read the whole log, and not the warnings alone")]
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
#[path = "../../../tests/shown.rs"]
mod shown;
mod suite;
mod support;
mod types;
