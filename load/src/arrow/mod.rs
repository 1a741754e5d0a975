//! Rows as columns in memory: for programs, and for the destinations that write Arrow.

mod batches;
mod encode;
mod storage;

pub use self::batches::{ArrowBatch, ArrowBatches, ArrowTable, IntoArrow};
#[cfg(feature = "parquet")]
pub(crate) use self::encode::{in_utc, sequence};
pub(crate) use self::{
    batches::DATA_TYPE,
    encode::{encode_column, takes},
    storage::Storage,
};
