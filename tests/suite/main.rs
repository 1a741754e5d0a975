//! What needs more than one crate: the generated code against a server, and what the workspace says of itself.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]
#![allow(clippy::needless_raw_string_hashes, reason = "expect_test writes them")]

mod agreement;
mod behaviour;
mod columns;
mod corpus;
mod crash;
mod dependencies;
mod dlt_loading;
mod documents;
mod field;
mod generated;
mod interrupted;
mod layers;
#[cfg(target_os = "linux")]
mod memory;
mod selectors;
mod servers;
#[path = "../shown.rs"]
mod shown;
mod slices;
mod surface;
mod words;

use tokio::sync::Mutex;

/// What measures holds this, as another measurement beside it would change the result.
static ALONE: Mutex<()> = Mutex::const_new(());
