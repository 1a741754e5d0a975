//! The attribute in the compiler.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod doctests;
mod package;
mod probes;
mod rebuild;
mod ui;
