//! The examples' own tests.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod gocardless;
mod payments;
mod programs;
#[path = "../../../tests/shown.rs"]
mod shown;
mod tutorial;
