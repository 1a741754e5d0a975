//! Typed REST sources from a YAML description.

mod checkpoint;
mod client;
mod error;
mod extra;
pub mod plan;
mod record;
mod source;

pub use jiff::{
    Timestamp,
    civil::{Date, Time},
};
/// A whole number of any size: the type of `wei` columns.
pub use num_bigint::BigInt as Wei;
pub use rust_decimal::Decimal;

pub use crate::{
    checkpoint::Checkpoint,
    client::Client,
    error::Error,
    extra::Extra,
    record::{Field, FieldMut, FieldRef, Place, Record, Resource},
    source::{AnyPage, AnyPages, AnyResource, Records, Source, Start, Transfer},
};
