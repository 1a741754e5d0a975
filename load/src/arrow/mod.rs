//! Rows as columns in memory: for programs, and for the destinations that write Arrow.

mod batches;
mod encode;
mod storage;

pub use self::batches::{ArrowBatch, ArrowBatches, ArrowTable, IntoArrow};
#[cfg(any(feature = "parquet", feature = "adbc"))]
pub(crate) use self::encode::sequence;
#[cfg(feature = "parquet")]
pub(crate) use self::{batches::DATA_TYPE, encode::in_utc};
pub(crate) use self::{
    encode::{encode_column, takes},
    storage::Storage,
};
