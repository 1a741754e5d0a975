//! How a value is stored.

use rest_source::{
    Date, DateTime, Time, Timestamp,
    plan::{Column, DataType},
};

use super::json;
use crate::Value;

/// From 1970 to 2000, where PostgreSQL begins to count, in microseconds.
pub(crate) const EPOCH: i64 = 946_684_800_000_000;

/// The first moment that PostgreSQL has, in the year 4714 before our era, counted from 2000.
const FIRST: i64 = -211_813_488_000_000_000;

const MICROSECONDS_PER_DAY: i64 = 86_400_000_000;

/// How many bits of a whole number its 131,072 digits at most are.
const MAX_NUMERIC_BITS: u64 = 435_000;

/// The type of a column as PostgreSQL itself writes it. The manual's table of types says the same.
pub(crate) fn column_type(column: &Column) -> String {
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
pub(crate) fn takes(present: &str, declared: &str) -> bool {
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
pub(crate) fn check(
    column: &Column,
    value: &Value<'_>,
    is_key: impl FnOnce() -> bool,
) -> Result<(), String> {
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
        Value::Timestamp(moment) if since_2000(*moment) < FIRST => {
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
    if is_cut(value, column) && is_key() {
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

/// A moment, a day with a time of day or a time of day in microseconds, since 2000 or since midnight. What the
/// column does not keep is cut off, towards the past: so no moment comes to lie in the next second, day or year,
/// and their order stays.
pub(crate) fn microseconds(value: &Value<'_>, column: &Column) -> i64 {
    let whole = match value {
        Value::Timestamp(moment) => since_2000(*moment),
        Value::DateTime(time) => without_zone(*time),
        Value::Time(time) => of_day(*time),
        _ => 0,
    };
    whole - whole.rem_euclid(unit(column))
}

fn since_2000(moment: Timestamp) -> i64 {
    let whole = moment.as_nanosecond().div_euclid(1_000);
    // Years of four digits have far fewer microseconds.
    i64::try_from(whole).unwrap_or(i64::MAX).saturating_sub(EPOCH)
}

/// Days since 2000.
pub(crate) fn day(date: Date) -> i64 {
    let first = Date::constant(2000, 1, 1);
    // Between two dates there is always a number of days.
    first.until(date).map_or(0, |span| i64::from(span.get_days()))
}

fn of_day(time: Time) -> i64 {
    let seconds = (i64::from(time.hour()) * 60 + i64::from(time.minute())) * 60;
    (seconds + i64::from(time.second())) * 1_000_000 + i64::from(time.subsec_nanosecond()) / 1_000
}

fn without_zone(time: DateTime) -> i64 {
    day(time.date()) * MICROSECONDS_PER_DAY + of_day(time.time())
}
