//! What the runnable examples share: a payments API to load from without an account anywhere.

pub mod demo_api;

/// What the README shows compiles.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
