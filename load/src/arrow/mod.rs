//! Rows as columns in memory: for programs, and for the destinations that write Arrow.

mod batches;
mod encode;
mod gathered;
mod reading;
mod storage;

#[cfg(any(feature = "parquet", feature = "adbc"))]
pub(crate) use self::encode::{encode_column, sequence, takes};
pub(crate) use self::storage::Storage;
pub use self::{
    batches::{ArrowBatch, ArrowBatches, IntoArrow},
    gathered::ArrowTable,
};
#[cfg(feature = "parquet")]
pub(crate) use self::{encode::in_utc, gathered::DATA_TYPE};
