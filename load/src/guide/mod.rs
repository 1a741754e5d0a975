//! The manual: a page for each subject.
//!
//! | page | tells |
//! | --- | --- |
//! | [`guarantees`] | what is promised in which failure, and which test shows it |
//! | [`dispositions`] | what loading does to the rows that are there: `append`, `replace`, the strategies of `merge` |
//! | [`tables`] | which tables and columns hold what is in a record |
//! | [`types`] | how each data type is stored, by destination |
//!
//! Each destination has its own page, with what it promises to readers.

#[doc = include_str!("dispositions.md")]
pub mod dispositions {}
#[doc = include_str!("guarantees.md")]
pub mod guarantees {}
#[doc = include_str!("tables.md")]
pub mod tables {}
#[doc = include_str!("types.md")]
pub mod types {}
