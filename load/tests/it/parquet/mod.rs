//! What is only Parquet's.

mod files;
mod objects;
mod place;
mod readers;
mod relied;
mod types;

pub(crate) use place::ParquetPlace;
#[cfg(feature = "delta-tests")]
pub(crate) use place::runs;
