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
use rest_source::{Date, DateTime, Time};

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
pub(crate) fn encode_column(
    rows: &TableRows<'_>,
    name: &str,
    storage: Storage,
    source: Option<usize>,
) -> Result<ArrayRef, ArrowError> {
    let mut builder = Builder::new(storage, rows.len());
    for row in rows.iter() {
        let value = source.map_or(&Value::Null, |source| row.value(source));
        builder
            .append(value)
            .map_err(|reason| ArrowError::InvalidArgumentError(format!("`{name}` {reason}")))?;
    }
    Ok(builder.finish())
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

/// Makes a column of values.
enum Builder {
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

impl Builder {
    fn new(storage: Storage, rows: usize) -> Builder {
        let arrow = storage.arrow();
        match storage {
            Storage::Text => Builder::Text(StringBuilder::with_capacity(rows, 0)),
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
            Storage::Binary => Builder::Binary(BinaryBuilder::with_capacity(rows, 0)),
        }
    }

    /// Appends a value that the column takes.
    fn append(&mut self, value: &Value<'_>) -> Result<(), String> {
        match (self, value) {
            (builder, Value::Null) => builder.append_null(),
            (Builder::Text(builder), Value::Text(text) | Value::Json(text)) => {
                builder.append_value(text);
            }
            (Builder::Text(builder), value) => builder.append_value(value.text()),
            (Builder::Bigint(builder), Value::Bigint(number)) => builder.append_value(*number),
            (Builder::Double(builder), Value::Double(number)) => builder.append_value(*number),
            (Builder::Bool(builder), Value::Bool(truth)) => builder.append_value(*truth),
            (Builder::Microseconds(builder, utc), value) => {
                builder.append_value(microseconds(value, *utc)?);
            }
            (Builder::Nanoseconds(builder, utc), value) => {
                builder.append_value(nanoseconds(value, *utc)?);
            }
            (Builder::Date(builder), Value::Date(date)) => builder.append_value(days(*date)),
            (Builder::Time(builder), Value::Time(time)) => {
                builder.append_value(since_midnight(*time));
            }
            (Builder::Decimal(builder, precision, scale), value) => {
                builder.append_value(unscaled(value, *precision, *scale)?);
            }
            (Builder::Binary(builder), Value::Binary(bytes)) => builder.append_value(bytes),
            (_, value) => return Err(other_type(value)),
        }
        Ok(())
    }

    fn append_null(&mut self) {
        match self {
            Builder::Text(builder) => builder.append_null(),
            Builder::Bigint(builder) => builder.append_null(),
            Builder::Double(builder) => builder.append_null(),
            Builder::Bool(builder) => builder.append_null(),
            Builder::Microseconds(builder, _) => builder.append_null(),
            Builder::Nanoseconds(builder, _) => builder.append_null(),
            Builder::Date(builder) => builder.append_null(),
            Builder::Time(builder) => builder.append_null(),
            Builder::Decimal(builder, ..) => builder.append_null(),
            Builder::Binary(builder) => builder.append_null(),
        }
    }

    fn finish(self) -> ArrayRef {
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

/// Nanoseconds since 1970; those of a day with a time of day as if it were in UTC.
fn moment(value: &Value<'_>, utc: bool) -> Result<i128, String> {
    match value {
        Value::Timestamp(moment) if utc => Ok(moment.as_nanosecond()),
        Value::DateTime(time) if !utc => Ok(in_utc(*time)),
        value => Err(other_type(value)),
    }
}

/// Nanoseconds since 1970. Days with a time of day reach somewhat further than jiff's moments do, to
/// the end of the year 9999.
pub(crate) fn in_utc(time: DateTime) -> i128 {
    i128::from(days(time.date())) * 86_400_000_000_000 + i128::from(since_midnight(time.time()))
}

fn microseconds(value: &Value<'_>, utc: bool) -> Result<i64, String> {
    let since = moment(value, utc)?;
    let whole = (since % 1_000 == 0).then_some(since / 1_000);
    whole.and_then(|since| i64::try_from(since).ok()).ok_or_else(|| {
        refused(
            value,
            "and its column holds microseconds; declare it with `precision: 9` for the years from \
             1678 to 2261, or as `data_type: text`",
        )
    })
}

fn nanoseconds(value: &Value<'_>, utc: bool) -> Result<i64, String> {
    i64::try_from(moment(value, utc)?).map_err(|_| {
        refused(
            value,
            "and its column holds the nanoseconds of the years from 1678 to 2261; declare it without \
             `precision` for microseconds of any year, or as `data_type: text`",
        )
    })
}

/// Days since 1970.
fn days(date: Date) -> i32 {
    let epoch = jiff::civil::date(1970, 1, 1);
    // Years have four digits, so it is always one.
    epoch.until(date).map_or(0, |span| span.get_days())
}

fn since_midnight(time: Time) -> i64 {
    let seconds = i64::from(time.hour()) * 3_600 + i64::from(time.minute()) * 60;
    (seconds + i64::from(time.second())) * 1_000_000_000 + i64::from(time.subsec_nanosecond())
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
