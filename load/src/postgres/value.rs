//! How a value is stored.

use std::error::Error as StdError;

use bytes::BytesMut;
use postgres_protocol::types as protocol;
use rest_source::{
    Date, DateTime, Time, Timestamp,
    plan::{Column, DataType},
};
use tokio_postgres::types::{IsNull, ToSql, Type, to_sql_checked};

use super::{json, numeric};
use crate::Value;

/// From 1970 to 2000, where PostgreSQL begins to count, in microseconds.
pub(super) const EPOCH: i64 = 946_684_800_000_000;

/// The first moment that PostgreSQL has, in the year 4714 before our era, counted from 2000.
const FIRST: i64 = -211_813_488_000_000_000;

const MICROSECONDS_PER_DAY: i64 = 86_400_000_000;

/// How many bits of a whole number its 131,072 digits at most are.
const MAX_NUMERIC_BITS: u64 = 435_000;

/// The type of a column as PostgreSQL itself writes it. The manual's table of types says the same.
pub(super) fn column_type(column: &Column) -> String {
    match column.data_type {
        DataType::Text => match column.precision {
            Some(length @ 1..=10_485_760) => format!("character varying({length})"),
            _ => "text".to_owned(),
        },
        DataType::Bigint => "bigint".to_owned(),
        DataType::Double => "double precision".to_owned(),
        DataType::Bool => "boolean".to_owned(),
        DataType::Timestamp => {
            let zone = if column.timezone { "with" } else { "without" };
            format!("timestamp{} {zone} time zone", digits(column))
        }
        DataType::Date => "date".to_owned(),
        DataType::Time => format!("time{} without time zone", digits(column)),
        DataType::Decimal => match (column.precision, column.scale) {
            // With a precision alone, PostgreSQL would keep no digit behind the point.
            (Some(precision @ 1..=1_000), Some(scale)) => format!("numeric({precision},{scale})"),
            _ => "numeric".to_owned(),
        },
        DataType::Wei => "numeric".to_owned(),
        DataType::Json => "jsonb".to_owned(),
        DataType::Binary => "bytea".to_owned(),
    }
}

fn digits(column: &Column) -> String {
    match column.precision {
        Some(digits @ 0..=6) => format!("({digits})"),
        _ => String::new(),
    }
}

/// Whether a column of the type that is there takes every value of the declared one, both as
/// PostgreSQL writes them.
pub(super) fn takes(present: &str, declared: &str) -> bool {
    let (mut base, bounds) = split(present);
    let (mut declared_base, declared_bounds) = split(declared);
    for base in [&mut base, &mut declared_base] {
        if base == "character varying" {
            "text".clone_into(base);
        }
    }
    if base != declared_base {
        return false;
    }
    match (&*bounds, &*declared_bounds) {
        ([], _) => true,
        ([precision, scale], [declared_precision, declared_scale]) => {
            scale >= declared_scale && precision - scale >= declared_precision - declared_scale
        }
        ([bound], [declared]) => bound >= declared,
        _ => false,
    }
}

/// A type's name and the numbers in parentheses.
fn split(sql_type: &str) -> (String, Vec<i64>) {
    let Some((name, rest)) = sql_type.split_once('(') else {
        return (sql_type.to_owned(), Vec::new());
    };
    let (bounds, suffix) = rest.split_once(')').unwrap_or((rest, ""));
    let bounds = bounds.split(',').filter_map(|bound| bound.trim().parse().ok()).collect();
    (format!("{name}{suffix}"), bounds)
}

/// What PostgreSQL would not take although its column is of the value's type.
pub(super) fn check(column: &Column, value: &Value<'_>, is_key: bool) -> Result<(), String> {
    let name = &column.name;
    let refused = |what: &str| Err(format!("`{name}` has {what}, which PostgreSQL does not take"));
    match value {
        Value::Text(text) => {
            if text.contains('\0') {
                return refused("a zero byte");
            }
            match column.precision {
                Some(most) if column.data_type == DataType::Text && most > 0 => {
                    let length = text.chars().count();
                    if length > most as usize {
                        return Err(format!("`{name}` has {length} characters of at most {most}"));
                    }
                }
                _ => {}
            }
        }
        Value::Json(text) => {
            if let Some(what) = json::refused(text) {
                return refused(what);
            }
        }
        Value::Timestamp(moment) if microseconds(*moment) < FIRST => {
            return refused("a moment before the year -4713");
        }
        Value::DateTime(time) if day(time.date()) < FIRST / MICROSECONDS_PER_DAY => {
            return refused("a date before the year -4713");
        }
        Value::Date(date) if day(*date) < FIRST / MICROSECONDS_PER_DAY => {
            return refused("a date before the year -4713");
        }
        Value::Wei(number) if number.bits() > MAX_NUMERIC_BITS => {
            return refused("more than 130,000 digits");
        }
        Value::Decimal(number) => {
            if let (Some(precision @ 1..=1_000), Some(scale)) = (column.precision, column.scale) {
                let digits = number.mantissa().unsigned_abs().checked_ilog10().map_or(0, |n| n + 1);
                let whole = digits.saturating_sub(number.scale());
                if number.scale() > scale || whole + scale > precision {
                    return Err(format!(
                        "`{name}` is {number}, and has at most {precision} digits, {scale} of them \
                         behind the point"
                    ));
                }
            }
        }
        _ => {}
    }
    if is_key && is_cut(value, column) {
        return Err(format!(
            "`{name}` is a key and has more digits of the second than its column, so that two \
             records could become one; declare it with `data_type: text`"
        ));
    }
    Ok(())
}

/// Whether a time has digits that its column does not keep.
fn is_cut(value: &Value<'_>, column: &Column) -> bool {
    let nanoseconds = match value {
        Value::Timestamp(moment) => i64::from(moment.subsec_nanosecond()),
        Value::DateTime(time) => i64::from(time.subsec_nanosecond()),
        Value::Time(time) => i64::from(time.subsec_nanosecond()),
        _ => 0,
    };
    nanoseconds % (unit(column) * 1_000) != 0
}

/// The smallest step of a time in a column, in microseconds.
fn unit(column: &Column) -> i64 {
    match column.precision {
        Some(digits @ 0..=6) => 10_i64.pow(6 - digits),
        _ => 1,
    }
}

/// Since 2000.
fn microseconds(moment: Timestamp) -> i64 {
    let whole = moment.as_nanosecond().div_euclid(1_000);
    // Years of four digits have far fewer microseconds.
    i64::try_from(whole).unwrap_or(i64::MAX).saturating_sub(EPOCH)
}

/// Days since 2000.
fn day(date: Date) -> i64 {
    let first = Date::constant(2000, 1, 1);
    // Between two dates there is always a number of days.
    first.until(date).map_or(0, |span| i64::from(span.get_days()))
}

fn microseconds_of_day(time: Time) -> i64 {
    let seconds = (i64::from(time.hour()) * 60 + i64::from(time.minute())) * 60;
    (seconds + i64::from(time.second())) * 1_000_000 + i64::from(time.subsec_nanosecond()) / 1_000
}

fn microseconds_without_zone(time: DateTime) -> i64 {
    day(time.date()) * MICROSECONDS_PER_DAY + microseconds_of_day(time.time())
}

/// Cuts what a column does not keep off, towards the past: so no moment comes to lie in the next
/// second, day or year, and their order stays.
fn cut(microseconds: i64, column: &Column) -> i64 {
    microseconds - microseconds.rem_euclid(unit(column))
}

/// What is written at one place of a row.
#[derive(Debug)]
pub(super) enum Cell<'a> {
    /// The value of a column.
    Value(&'a Value<'a>, &'a Column),
    /// The number of the record in its load.
    Sequence(i64),
}

impl Cell<'_> {
    /// What a COPY says of the type of a column's values.
    pub(super) fn type_of(column: &Column) -> Type {
        match column.data_type {
            DataType::Text => Type::TEXT,
            DataType::Bigint => Type::INT8,
            DataType::Double => Type::FLOAT8,
            DataType::Bool => Type::BOOL,
            DataType::Timestamp if column.timezone => Type::TIMESTAMPTZ,
            DataType::Timestamp => Type::TIMESTAMP,
            DataType::Date => Type::DATE,
            DataType::Time => Type::TIME,
            DataType::Decimal | DataType::Wei => Type::NUMERIC,
            DataType::Json => Type::JSONB,
            DataType::Binary => Type::BYTEA,
        }
    }
}

impl ToSql for Cell<'_> {
    fn to_sql(
        &self,
        sql_type: &Type,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn StdError + Sync + Send>> {
        let (value, column) = match self {
            Cell::Sequence(number) => {
                protocol::int8_to_sql(*number, out);
                return Ok(IsNull::No);
            }
            Cell::Value(Value::Null, _) => return Ok(IsNull::Yes),
            Cell::Value(value, column) => (value, column),
        };
        // A COPY takes whatever bytes fit the column, so a value of another type must not get there.
        match (value, sql_type) {
            (Value::Text(text), &Type::TEXT) => protocol::text_to_sql(text, out),
            (Value::Bigint(number), &Type::INT8) => protocol::int8_to_sql(*number, out),
            (Value::Double(number), &Type::FLOAT8) => protocol::float8_to_sql(*number, out),
            (Value::Bool(truth), &Type::BOOL) => protocol::bool_to_sql(*truth, out),
            (Value::Timestamp(moment), &Type::TIMESTAMPTZ) => {
                protocol::timestamp_to_sql(cut(microseconds(*moment), column), out);
            }
            (Value::DateTime(time), &Type::TIMESTAMP) => {
                protocol::timestamp_to_sql(cut(microseconds_without_zone(*time), column), out);
            }
            (Value::Date(date), &Type::DATE) => {
                protocol::date_to_sql(i32::try_from(day(*date))?, out);
            }
            (Value::Time(time), &Type::TIME) => {
                protocol::time_to_sql(cut(microseconds_of_day(*time), column), out);
            }
            (Value::Decimal(_) | Value::Wei(_), &Type::NUMERIC) => {
                let mut text = String::new();
                value.write_text(&mut text);
                numeric::write(&text, out);
            }
            (Value::Json(text), &Type::JSONB) => {
                // The version of the form, which is text.
                out.extend_from_slice(&[1]);
                out.extend_from_slice(text.as_bytes());
            }
            (Value::Binary(bytes), &Type::BYTEA) => protocol::bytea_to_sql(bytes, out),
            _ => return Err(format!("`{}` has a value of another type", column.name).into()),
        }
        Ok(IsNull::No)
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}
