//! Which of several records with one key counts: what `dedup_sort` orders them by.

use std::cmp::Ordering;

use arrow_array::{
    Array, ArrayRef, RecordBatch,
    cast::AsArray,
    types::{
        Date32Type, Decimal128Type, Float64Type, Int64Type, Time64NanosecondType,
        TimestampMicrosecondType, TimestampNanosecondType,
    },
};
use arrow_schema::{DataType as Arrow, TimeUnit};
use rest_source::{
    Decimal, Wei,
    plan::{DataType, DedupSort},
};

/// A column that says which record counts.
pub(super) struct Sort {
    pub(super) column: String,
    pub(super) data_type: DataType,
    pub(super) order: DedupSort,
}

/// A value that is compared with others of its column.
#[derive(Debug, Clone, PartialEq, PartialOrd)]
pub(super) enum Sorted {
    Whole(i128),
    Double(f64),
    Decimal(Decimal),
    Wei(Wei),
    Text(String),
    Bytes(Vec<u8>),
}

impl Sort {
    /// The values of a row in these columns.
    pub(super) fn values(sorts: &[Sort], batch: &RecordBatch, row: usize) -> Vec<Option<Sorted>> {
        let value = |sort: &Sort| {
            let column = batch.column_by_name(&sort.column)?;
            (!column.is_null(row)).then(|| sort.value(column, row))
        };
        sorts.iter().map(value).collect()
    }

    /// Which of two rows comes first. Those without a value come last, in either order.
    pub(super) fn compare(
        sorts: &[Sort],
        one: &[Option<Sorted>],
        other: &[Option<Sorted>],
    ) -> Ordering {
        let mut orders = sorts.iter().zip(one.iter().zip(other)).map(|(sort, pair)| match pair {
            (None, None) => Ordering::Equal,
            (None, Some(_)) => Ordering::Greater,
            (Some(_), None) => Ordering::Less,
            (Some(one), Some(other)) => {
                let order = one.partial_cmp(other).unwrap_or(Ordering::Equal);
                match sort.order {
                    DedupSort::Ascending => order,
                    DedupSort::Descending => order.reverse(),
                }
            }
        });
        orders.find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
    }

    fn value(&self, column: &ArrayRef, row: usize) -> Sorted {
        match column.data_type() {
            Arrow::Utf8 => self.text(column.as_string::<i32>().value(row)),
            Arrow::Binary => Sorted::Bytes(column.as_binary::<i32>().value(row).to_vec()),
            Arrow::Boolean => Sorted::Whole(i128::from(column.as_boolean().value(row))),
            Arrow::Date32 => Sorted::Whole(column.as_primitive::<Date32Type>().value(row).into()),
            Arrow::Time64(_) => {
                Sorted::Whole(column.as_primitive::<Time64NanosecondType>().value(row).into())
            }
            Arrow::Timestamp(TimeUnit::Microsecond, _) => {
                Sorted::Whole(column.as_primitive::<TimestampMicrosecondType>().value(row).into())
            }
            Arrow::Timestamp(..) => {
                Sorted::Whole(column.as_primitive::<TimestampNanosecondType>().value(row).into())
            }
            Arrow::Decimal128(..) => {
                Sorted::Whole(column.as_primitive::<Decimal128Type>().value(row))
            }
            Arrow::Float64 => Sorted::Double(column.as_primitive::<Float64Type>().value(row)),
            _ => Sorted::Whole(column.as_primitive::<Int64Type>().value(row).into()),
        }
    }

    /// Numbers that are stored as text are compared as numbers.
    fn text(&self, text: &str) -> Sorted {
        let number = match self.data_type {
            DataType::Decimal => text.parse().ok().map(Sorted::Decimal),
            DataType::Wei => text.parse().ok().map(Sorted::Wei),
            _ => None,
        };
        number.unwrap_or_else(|| Sorted::Text(text.to_owned()))
    }
}
