//! What the runnable examples share: a payments API to load from without an account anywhere.

pub mod demo_api;
