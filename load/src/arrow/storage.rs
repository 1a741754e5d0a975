//! How values are stored: the type of each column. The manual's table of types says the same.

use std::{fmt, str::FromStr};

use arrow_schema::{DataType as Arrow, TimeUnit};
use rest_source::plan::{Column, DataType};
use serde::{Deserialize, Serialize};

/// The digits behind the point of a second that a timestamp has unless the description says more.
/// Nanoseconds would do for the years from 1677 to 2262 only, and many APIs say `0001-01-01` or
/// `9999-12-31` where they have no moment to tell.
const MICROSECONDS: u32 = 6;

/// The most digits that a number of 128 bits holds.
const MAX_PRECISION: u32 = 38;

/// How the values of a column are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub(crate) enum Storage {
    Text,
    Bigint,
    Double,
    Bool,
    /// In nanoseconds rather than microseconds; in UTC, or without a zone.
    Timestamp {
        nanoseconds: bool,
        utc: bool,
    },
    Date,
    Time,
    Decimal {
        precision: u8,
        scale: u8,
    },
    Binary,
}

impl Storage {
    /// How the values of a column are stored that is declared so.
    pub(crate) fn of(column: &Column) -> Storage {
        match column.data_type {
            DataType::Text | DataType::Json | DataType::Wei => Storage::Text,
            DataType::Bigint => Storage::Bigint,
            DataType::Double => Storage::Double,
            DataType::Bool => Storage::Bool,
            DataType::Timestamp => Storage::Timestamp {
                nanoseconds: column.precision.is_some_and(|digits| digits > MICROSECONDS),
                utc: column.timezone,
            },
            DataType::Date => Storage::Date,
            DataType::Time => Storage::Time,
            DataType::Decimal => decimal(column),
            DataType::Binary => Storage::Binary,
        }
    }

    /// The type in Arrow, and by it in the file.
    pub(crate) fn arrow(self) -> Arrow {
        match self {
            Storage::Text => Arrow::Utf8,
            Storage::Bigint => Arrow::Int64,
            Storage::Double => Arrow::Float64,
            Storage::Bool => Arrow::Boolean,
            Storage::Timestamp { nanoseconds, utc } => {
                let unit = if nanoseconds { TimeUnit::Nanosecond } else { TimeUnit::Microsecond };
                Arrow::Timestamp(unit, utc.then(|| "UTC".into()))
            }
            Storage::Date => Arrow::Date32,
            Storage::Time => Arrow::Time64(TimeUnit::Nanosecond),
            Storage::Decimal { precision, scale } => {
                Arrow::Decimal128(precision, i8::try_from(scale).unwrap_or(i8::MAX))
            }
            Storage::Binary => Arrow::Binary,
        }
    }
}

/// As a number if it is declared how many digits are behind the point, as every value of a column has
/// as many. Otherwise as text, which is exact for each.
fn decimal(column: &Column) -> Storage {
    let precision = column.precision.unwrap_or(MAX_PRECISION);
    match column.scale {
        Some(scale) if precision <= MAX_PRECISION && scale <= precision && precision > 0 => {
            // Both are at most 38.
            let small = |number: u32| u8::try_from(number).unwrap_or(u8::MAX);
            Storage::Decimal { precision: small(precision), scale: small(scale) }
        }
        _ => Storage::Text,
    }
}

impl fmt::Display for Storage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Storage::Text => f.write_str("text"),
            Storage::Bigint => f.write_str("int64"),
            Storage::Double => f.write_str("double"),
            Storage::Bool => f.write_str("bool"),
            Storage::Timestamp { nanoseconds, utc } => {
                f.write_str(if *nanoseconds { "timestamp_ns" } else { "timestamp_us" })?;
                f.write_str(if *utc { "_utc" } else { "" })
            }
            Storage::Date => f.write_str("date32"),
            Storage::Time => f.write_str("time_ns"),
            Storage::Decimal { precision, scale } => write!(f, "decimal({precision},{scale})"),
            Storage::Binary => f.write_str("binary"),
        }
    }
}

impl FromStr for Storage {
    type Err = String;

    fn from_str(text: &str) -> Result<Storage, String> {
        let decimal = || {
            let (precision, scale) =
                text.strip_prefix("decimal(")?.strip_suffix(')')?.split_once(',')?;
            Some(Storage::Decimal {
                precision: precision.parse().ok()?,
                scale: scale.parse().ok()?,
            })
        };
        let timestamp = |nanoseconds, utc| Storage::Timestamp { nanoseconds, utc };
        Ok(match text {
            "text" => Storage::Text,
            "int64" => Storage::Bigint,
            "double" => Storage::Double,
            "bool" => Storage::Bool,
            "timestamp_us" => timestamp(false, false),
            "timestamp_us_utc" => timestamp(false, true),
            "timestamp_ns" => timestamp(true, false),
            "timestamp_ns_utc" => timestamp(true, true),
            "date32" => Storage::Date,
            "time_ns" => Storage::Time,
            "binary" => Storage::Binary,
            _ => decimal().ok_or_else(|| format!("`{text}` is not a type of columns"))?,
        })
    }
}

impl TryFrom<String> for Storage {
    type Error = String;

    fn try_from(text: String) -> Result<Storage, String> {
        text.parse()
    }
}

impl From<Storage> for String {
    fn from(storage: Storage) -> String {
        storage.to_string()
    }
}
