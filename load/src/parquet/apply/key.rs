//! The keys of rows, as digests of 128 bits: so that what is in memory of a key is small.

use std::hash::{BuildHasher, Hash, Hasher, RandomState};

use arrow_array::{
    Array, RecordBatch,
    cast::AsArray,
    types::{
        Date32Type, Decimal128Type, Float64Type, Int64Type, Time64NanosecondType,
        TimestampMicrosecondType, TimestampNanosecondType,
    },
};
use arrow_schema::{DataType, TimeUnit};

/// Makes digests, other ones in each run: what a server sends cannot be made such that two keys have
/// one, as it is unknown how they come about.
pub(super) struct Keys([RandomState; 2]);

impl Keys {
    pub(super) fn new() -> Keys {
        Keys([RandomState::new(), RandomState::new()])
    }

    /// The digest of each row's values of these columns. `None` if one has no value: as in SQL, such
    /// a key equals none.
    pub(super) fn of(&self, batch: &RecordBatch, key: &[String]) -> Vec<Option<u128>> {
        let columns: Option<Vec<_>> = key.iter().map(|name| batch.column_by_name(name)).collect();
        let Some(columns) = columns else { return vec![None; batch.num_rows()] };
        let digest = |row| {
            let mut hashers = self.0.each_ref().map(BuildHasher::build_hasher);
            for column in &columns {
                if column.is_null(row) {
                    return None;
                }
                for hasher in &mut hashers {
                    hash(&**column, row, hasher);
                }
            }
            let [high, low] = hashers.map(|hasher| u128::from(hasher.finish()));
            Some(high << 64 | low)
        };
        (0..batch.num_rows()).map(digest).collect()
    }
}

/// The values of a column have one type, so that only what differs within it counts.
fn hash(column: &dyn Array, row: usize, hasher: &mut impl Hasher) {
    match column.data_type() {
        DataType::Utf8 => column.as_string::<i32>().value(row).hash(hasher),
        DataType::Binary => column.as_binary::<i32>().value(row).hash(hasher),
        DataType::Boolean => column.as_boolean().value(row).hash(hasher),
        DataType::Date32 => column.as_primitive::<Date32Type>().value(row).hash(hasher),
        DataType::Time64(_) => {
            column.as_primitive::<Time64NanosecondType>().value(row).hash(hasher);
        }
        DataType::Timestamp(TimeUnit::Microsecond, _) => {
            column.as_primitive::<TimestampMicrosecondType>().value(row).hash(hasher);
        }
        DataType::Timestamp(..) => {
            column.as_primitive::<TimestampNanosecondType>().value(row).hash(hasher);
        }
        DataType::Decimal128(..) => column.as_primitive::<Decimal128Type>().value(row).hash(hasher),
        // -0 and 0 are one number.
        DataType::Float64 => {
            (column.as_primitive::<Float64Type>().value(row) + 0.0).to_bits().hash(hasher);
        }
        _ => column.as_primitive::<Int64Type>().value(row).hash(hasher),
    }
}
