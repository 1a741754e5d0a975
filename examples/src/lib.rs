//! What the runnable examples share: a payments API to load from without an account anywhere, and
//! servers for examples that play an API of their own.

pub mod demo_api;
pub mod server;

/// What the README shows compiles.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
