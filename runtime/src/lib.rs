//! Typed REST sources from a YAML description.

mod address;
mod builder;
mod checkpoint;
mod client;
mod decode;
mod error;
mod extra;
mod fetch;
mod fetcher;
mod mask;
mod pages;
mod paginate;
pub mod plan;
mod query;
mod record;
mod record_stream;
mod retry;
mod secret;
mod send;
mod serialize;
mod source;

pub use jiff::{
    Timestamp,
    civil::{Date, Time},
};
/// A whole number of any size: the type of `wei` columns.
pub use num_bigint::BigInt as Wei;
pub use rest_source_macros::rest_source;
pub use rust_decimal::Decimal;
pub use secrecy::SecretString;

pub use crate::{
    builder::ClientBuilder,
    checkpoint::Checkpoint,
    client::Client,
    error::Error,
    extra::Extra,
    fetch::Fetch,
    pages::{Page, Pages},
    record::{Field, FieldMut, FieldRef, Place, Record, Resource},
    record_stream::RecordStream,
    source::{AnyPage, AnyPages, AnyResource, Records, Source, Start, Transfer},
};

/// What generated code uses. It may change with every release.
#[doc(hidden)]
pub mod __private {
    pub use serde;
    pub use serde_json;

    pub use crate::serialize::{deserialize, serialize};
}
