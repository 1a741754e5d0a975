//! The runtime against real HTTP on the loopback interface, with records as generated code has them.

#![allow(clippy::unwrap_used, reason = "what the tests share may fail them, too")]
#![allow(clippy::needless_raw_string_hashes, reason = "expect_test writes them")]
#![allow(clippy::too_many_lines, reason = "most of a test are the texts that it expects")]

mod advice;
mod announced;
mod authentication;
mod batches;
mod checkpoints;
mod children;
mod cookies;
mod credentials;
mod decoding;
mod detection;
mod entities;
mod environment;
mod error_kinds;
mod fetching;
mod formats;
mod http_client;
mod incremental;
mod incremental_formats;
mod incremental_values;
mod interruptions;
mod kept_secrets;
mod loops;
mod named_pages;
mod nested;
mod next_runs;
mod origins;
mod page_ends;
mod pagination;
mod progress;
mod rate_limits;
mod records;
mod rejected;
mod reports;
mod requesting;
mod responding;
mod retrying;
mod selectors;
mod sessions;
#[path = "../../../tests/shown.rs"]
mod shown;
mod signing;
mod slices;
mod streams;
mod support;
mod tokens;
mod totals;
mod trees;
