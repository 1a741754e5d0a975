//! How a value is stored.

use rest_source::plan::{Column, DataType};

use crate::{
    Value,
    arrow::{self, Storage},
    sql::quote,
};

/// The type of a column as DuckDB itself writes it. The manual's table of types says the same.
pub(super) fn column_type(column: &Column) -> String {
    match Storage::of(column) {
        Storage::Text if column.data_type == DataType::Json => "JSON".to_owned(),
        Storage::Text => "VARCHAR".to_owned(),
        Storage::Bigint => "BIGINT".to_owned(),
        Storage::Double => "DOUBLE".to_owned(),
        Storage::Bool => "BOOLEAN".to_owned(),
        // Of nanoseconds there is no type that has a zone. They are of UTC all the same.
        Storage::Timestamp { nanoseconds: true, .. } => "TIMESTAMP_NS".to_owned(),
        Storage::Timestamp { utc: true, .. } => "TIMESTAMP WITH TIME ZONE".to_owned(),
        Storage::Timestamp { utc: false, .. } => "TIMESTAMP".to_owned(),
        Storage::Date => "DATE".to_owned(),
        Storage::Time => "TIME".to_owned(),
        Storage::Decimal { precision, scale } => format!("DECIMAL({precision},{scale})"),
        Storage::Binary => "BLOB".to_owned(),
    }
}

/// Whether a column of the type that is there takes every value of the declared one.
pub(super) fn takes(present: &str, declared: &str) -> bool {
    match (digits(present), digits(declared)) {
        (Some((precision, scale)), Some((declared_precision, declared_scale))) => {
            scale >= declared_scale
                && i32::from(precision) - i32::from(scale)
                    >= i32::from(declared_precision) - i32::from(declared_scale)
        }
        _ => present.eq_ignore_ascii_case(declared),
    }
}

/// The digits of a `DECIMAL`, and those of them behind the point.
fn digits(column_type: &str) -> Option<(u8, u8)> {
    let (precision, scale) =
        column_type.strip_prefix("DECIMAL(")?.strip_suffix(')')?.split_once(',')?;
    Some((precision.trim().parse().ok()?, scale.trim().parse().ok()?))
}

/// Whether a column takes a value exactly, and why not.
pub(super) fn accepts(column: &Column, value: &Value<'_>) -> Result<(), String> {
    let taken = match value {
        Value::Time(time) if time.subsec_nanosecond() % 1_000 != 0 => Err(format!(
            "is {}, and its column holds microseconds; declare it as `data_type: text`",
            value.text(),
        )),
        Value::Json(text) if crate::sql::json::half_pair(text) => {
            Err("has half a surrogate pair, which DuckDB does not take".to_owned())
        }
        Value::Json(_) => Ok(()),
        value => arrow::takes(Storage::of(column), value),
    };
    taken.map_err(|reason| format!("`{}` {reason}", column.name))
}

/// The expression by which a staged column of numbers is sorted that are stored as text: by their sign and
/// the digits before and behind the point.
pub(super) fn sorted_by(column: &Column) -> Option<String> {
    let name = quote(&column.name);
    match (column.data_type, Storage::of(column)) {
        (DataType::Wei, _) => Some(format!("CAST({name} AS BIGNUM)")),
        (DataType::Decimal, Storage::Text) => {
            let sign = format!("CASE WHEN starts_with({name}, '-') THEN -1 ELSE 1 END");
            let whole = format!("abs(CAST(split_part({name}, '.', 1) AS HUGEINT))");
            let behind = format!("CAST(rpad(split_part({name}, '.', 2), 28, '0') AS HUGEINT)");
            // Without a value there is nothing to sort by, which a list would hide.
            Some(format!(
                "CASE WHEN {name} IS NOT NULL THEN [{sign} * {whole}, {sign} * {behind}] END"
            ))
        }
        _ => None,
    }
}
