//! What is only Parquet's.

mod place;

pub(crate) use place::ParquetPlace;
