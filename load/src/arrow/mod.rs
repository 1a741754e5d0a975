//! Rows as columns in memory: what is shared by destinations that write Arrow.

mod encode;
mod storage;

#[cfg(feature = "parquet")]
pub(crate) use self::encode::in_utc;
pub(crate) use self::{
    encode::{encode_column, sequence, takes},
    storage::Storage,
};
