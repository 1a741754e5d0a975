//! The values of a column, as Arrow has them.

use std::sync::Arc;

use arrow_array::{
    ArrayRef, Int64Array,
    builder::{
        ArrayBuilder, BinaryBuilder, BooleanBuilder, Date32Builder, Decimal128Builder,
        Float64Builder, Int64Builder, StringBuilder, Time64NanosecondBuilder,
        TimestampMicrosecondBuilder, TimestampNanosecondBuilder,
    },
};
use arrow_schema::ArrowError;
#[cfg(feature = "parquet")]
use rest_source::DateTime;
use rest_source::{Date, Time};

use super::storage::Storage;
use crate::{Row, TableRows, Value};

/// Whether a column that is stored so takes a value exactly, and why not.
pub(crate) fn takes(storage: Storage, value: &Value<'_>) -> Result<(), String> {
    match (storage, value) {
        (_, Value::Null)
        | (Storage::Text, _)
        | (Storage::Bigint, Value::Bigint(_))
        | (Storage::Double, Value::Double(_))
        | (Storage::Bool, Value::Bool(_))
        | (Storage::Date, Value::Date(_))
        | (Storage::Time, Value::Time(_))
        | (Storage::Binary, Value::Binary(_)) => Ok(()),
        (Storage::Timestamp { nanoseconds: false, utc }, value) => {
            microseconds(value, utc).map(drop)
        }
        (Storage::Timestamp { nanoseconds: true, utc }, value) => nanoseconds(value, utc).map(drop),
        (Storage::Decimal { precision, scale }, value) => {
            unscaled(value, precision.into(), scale.into()).map(drop)
        }
        (_, value) => Err(other_type(value)),
    }
}

/// The values of one column, which is stored so. `source` is its place in the rows; without one, no row
/// has a value.
#[cfg(any(feature = "parquet", feature = "adbc"))]
pub(crate) fn encode_column(
    rows: &TableRows<'_>,
    name: &str,
    storage: Storage,
    source: Option<usize>,
) -> Result<ArrayRef, ArrowError> {
    let mut builder = Builder::new(storage, Room { rows: rows.len(), bytes: 0 });
    match source {
        Some(source) => builder.extend(rows, source).map_err(|reason| unfit(name, &reason))?,
        None => builder.append_nulls(rows.len()),
    }
    Ok(builder.finish())
}

/// The error of a column that does not take a value.
pub(super) fn unfit(name: &str, reason: &str) -> ArrowError {
    ArrowError::InvalidArgumentError(format!("`{name}` {reason}"))
}

/// The number of each row's record in its load. `first` is that of the batch's first record.
#[cfg_attr(
    not(any(feature = "parquet", feature = "adbc")),
    expect(dead_code, reason = "only destinations stage rows")
)]
pub(crate) fn sequence(rows: &TableRows<'_>, first: i64) -> ArrayRef {
    let number = |row: Row<'_, '_>| first + i64::try_from(row.record).unwrap_or(i64::MAX - first);
    Arc::new(Int64Array::from_iter_values(rows.iter().map(number)))
}

/// For how much a column has room before it grows.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Room {
    pub(super) rows: usize,
    /// Of texts and bytes.
    pub(super) bytes: usize,
}

/// Makes a column of values, page by page.
pub(super) enum Builder {
    Text(StringBuilder),
    Bigint(Int64Builder),
    Double(Float64Builder),
    Bool(BooleanBuilder),
    /// Whether in UTC.
    Microseconds(TimestampMicrosecondBuilder, bool),
    Nanoseconds(TimestampNanosecondBuilder, bool),
    Date(Date32Builder),
    Time(Time64NanosecondBuilder),
    /// With the digits before and behind the point.
    Decimal(Decimal128Builder, u32, u32),
    Binary(BinaryBuilder),
}

/// Appends the values of a column, of which `$some` gives what the builder takes.
macro_rules! extend {
    ($builder:ident, $rows:ident, $place:ident, $value:ident => $some:expr) => {
        for row in $rows.iter() {
            match row.value($place) {
                Value::Null => $builder.append_null(),
                $value => $builder.append_value($some),
            }
        }
    };
}

/// What a value has in it, if it is of this kind.
macro_rules! of {
    ($kind:ident, $value:ident) => {
        match $value {
            Value::$kind(inner) => inner,
            other => return Err(other_type(other)),
        }
    };
}

impl Builder {
    pub(super) fn new(storage: Storage, Room { rows, bytes }: Room) -> Builder {
        let arrow = storage.arrow();
        match storage {
            Storage::Text => Builder::Text(StringBuilder::with_capacity(rows, bytes)),
            Storage::Bigint => Builder::Bigint(Int64Builder::with_capacity(rows)),
            Storage::Double => Builder::Double(Float64Builder::with_capacity(rows)),
            Storage::Bool => Builder::Bool(BooleanBuilder::with_capacity(rows)),
            Storage::Timestamp { nanoseconds: false, utc } => Builder::Microseconds(
                TimestampMicrosecondBuilder::with_capacity(rows).with_data_type(arrow),
                utc,
            ),
            Storage::Timestamp { nanoseconds: true, utc } => Builder::Nanoseconds(
                TimestampNanosecondBuilder::with_capacity(rows).with_data_type(arrow),
                utc,
            ),
            Storage::Date => Builder::Date(Date32Builder::with_capacity(rows)),
            Storage::Time => Builder::Time(Time64NanosecondBuilder::with_capacity(rows)),
            Storage::Decimal { precision, scale } => Builder::Decimal(
                Decimal128Builder::with_capacity(rows).with_data_type(arrow),
                u32::from(precision),
                u32::from(scale),
            ),
            Storage::Binary => Builder::Binary(BinaryBuilder::with_capacity(rows, bytes)),
        }
    }

    /// Appends the values at this place of the rows, which the column takes.
    pub(super) fn extend(&mut self, rows: &TableRows<'_>, place: usize) -> Result<(), String> {
        match self {
            Builder::Text(builder) => {
                let mut text = String::new();
                for row in rows.iter() {
                    match row.value(place) {
                        Value::Null => builder.append_null(),
                        Value::Text(text) | Value::Json(text) => builder.append_value(text),
                        value => {
                            text.clear();
                            value.write_text(&mut text);
                            builder.append_value(&text);
                        }
                    }
                }
            }
            Builder::Bigint(builder) => extend!(builder, rows, place, value => *of!(Bigint, value)),
            Builder::Double(builder) => extend!(builder, rows, place, value => *of!(Double, value)),
            Builder::Bool(builder) => extend!(builder, rows, place, value => *of!(Bool, value)),
            Builder::Microseconds(builder, utc) => {
                extend!(builder, rows, place, value => microseconds(value, *utc)?);
            }
            Builder::Nanoseconds(builder, utc) => {
                extend!(builder, rows, place, value => nanoseconds(value, *utc)?);
            }
            Builder::Date(builder) => {
                extend!(builder, rows, place, value => days(*of!(Date, value)))
            }
            Builder::Time(builder) => {
                extend!(builder, rows, place, value => since_midnight(*of!(Time, value)));
            }
            Builder::Decimal(builder, precision, scale) => {
                extend!(builder, rows, place, value => unscaled(value, *precision, *scale)?);
            }
            Builder::Binary(builder) => extend!(builder, rows, place, value => of!(Binary, value)),
        }
        Ok(())
    }

    /// Appends so many rows without a value.
    pub(super) fn append_nulls(&mut self, rows: usize) {
        match self {
            Builder::Text(builder) => builder.append_nulls(rows),
            Builder::Bigint(builder) => builder.append_nulls(rows),
            Builder::Double(builder) => builder.append_nulls(rows),
            Builder::Bool(builder) => builder.append_nulls(rows),
            Builder::Microseconds(builder, _) => builder.append_nulls(rows),
            Builder::Nanoseconds(builder, _) => builder.append_nulls(rows),
            Builder::Date(builder) => builder.append_nulls(rows),
            Builder::Time(builder) => builder.append_nulls(rows),
            Builder::Decimal(builder, ..) => builder.append_nulls(rows),
            Builder::Binary(builder) => builder.append_nulls(rows),
        }
    }

    /// How many bytes of texts it has, for the [`Room`] of the next one.
    pub(super) fn bytes(&self) -> usize {
        match self {
            Builder::Text(builder) => builder.values_slice().len(),
            Builder::Binary(builder) => builder.values_slice().len(),
            _ => 0,
        }
    }

    pub(super) fn finish(self) -> ArrayRef {
        let mut builder: Box<dyn ArrayBuilder> = match self {
            Builder::Text(builder) => Box::new(builder),
            Builder::Bigint(builder) => Box::new(builder),
            Builder::Double(builder) => Box::new(builder),
            Builder::Bool(builder) => Box::new(builder),
            Builder::Microseconds(builder, _) => Box::new(builder),
            Builder::Nanoseconds(builder, _) => Box::new(builder),
            Builder::Date(builder) => Box::new(builder),
            Builder::Time(builder) => Box::new(builder),
            Builder::Decimal(builder, ..) => Box::new(builder),
            Builder::Binary(builder) => Box::new(builder),
        };
        builder.finish()
    }
}

/// Seconds since 1970, and nanoseconds behind them; those of a day with a time of day as if it were in UTC. They
/// are calculated with 64 bits, as those of 128 are several times as slow to divide.
fn moment(value: &Value<'_>, utc: bool) -> Result<(i64, u32), String> {
    match value {
        Value::Timestamp(moment) if utc => Ok((moment.as_second(), moment.subsec_nanosecond())),
        Value::DateTime(time) if !utc => {
            let (day, time) = (i64::from(days(time.date())), time.time());
            let nanoseconds = u32::try_from(time.subsec_nanosecond()).unwrap_or_default();
            Ok((day * SECONDS_PER_DAY + seconds(time), nanoseconds))
        }
        value => Err(other_type(value)),
    }
}

const SECONDS_PER_DAY: i64 = 86_400;

/// Nanoseconds since 1970. Days with a time of day reach somewhat further than jiff's moments do, to
/// the end of the year 9999.
#[cfg(feature = "parquet")]
pub(crate) fn in_utc(time: DateTime) -> i128 {
    i128::from(days(time.date())) * 86_400_000_000_000 + i128::from(since_midnight(time.time()))
}

fn microseconds(value: &Value<'_>, utc: bool) -> Result<i64, String> {
    let (second, nanosecond) = moment(value, utc)?;
    let whole = (nanosecond % 1_000 == 0).then_some(i64::from(nanosecond / 1_000));
    let since = |behind| second.checked_mul(1_000_000)?.checked_add(behind);
    whole.and_then(since).ok_or_else(|| {
        refused(
            value,
            "and its column holds microseconds; declare it with `precision: 9` for the years from \
             1678 to 2261, or as `data_type: text`",
        )
    })
}

fn nanoseconds(value: &Value<'_>, utc: bool) -> Result<i64, String> {
    let (second, nanosecond) = moment(value, utc)?;
    // The first second of the range has its end in it.
    let since = i128::from(second) * 1_000_000_000 + i128::from(nanosecond);
    i64::try_from(since).map_err(|_| {
        refused(
            value,
            "and its column holds the nanoseconds of the years from 1678 to 2261; declare it without \
             `precision` for microseconds of any year, or as `data_type: text`",
        )
    })
}

/// Days since 1970, by eras of 400 years that begin in March: so a leap day is the last of its year.
fn days(date: Date) -> i32 {
    let (month, day) = (i32::from(date.month()), i32::from(date.day()));
    let year = i32::from(date.year()) - i32::from(month <= 2);
    let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

fn since_midnight(time: Time) -> i64 {
    seconds(time) * 1_000_000_000 + i64::from(time.subsec_nanosecond())
}

fn seconds(time: Time) -> i64 {
    (i64::from(time.hour()) * 60 + i64::from(time.minute())) * 60 + i64::from(time.second())
}

/// The digits of a number of which `scale` are behind the point.
fn unscaled(value: &Value<'_>, precision: u32, scale: u32) -> Result<i128, String> {
    let Value::Decimal(number) = value else { return Err(other_type(value)) };
    let number = number.normalize();
    let digits = scale
        .checked_sub(number.scale())
        .and_then(|zeros| number.mantissa().checked_mul(10_i128.checked_pow(zeros)?))
        .filter(|digits| digits.unsigned_abs() < 10_u128.pow(precision));
    digits.ok_or_else(|| {
        let reason =
            format!("and its column holds {precision} digits, {scale} of them behind the point");
        refused(value, &reason)
    })
}

fn other_type(value: &Value<'_>) -> String {
    refused(value, "and its column, which an earlier run has made, is of another type")
}

fn refused(value: &Value<'_>, reason: &str) -> String {
    format!("is {}, {reason}", value.text())
}
