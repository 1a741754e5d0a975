//! Comparing incremental cursors as what they are: moments with moments, numbers with numbers, and
//! text with text that looks like neither.

use std::cmp::Ordering;

use serde_json::Value;

use super::reading::Reading;
use crate::{
    Decimal, Timestamp,
    decode::value::read,
    plan::{DataType, Moment},
};

/// What the values of a range are compared as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Number,
    Text,
    Moment,
}

/// A value of an incremental cursor as what it is compared as.
#[derive(Debug, Clone)]
pub(super) enum Comparable {
    Number(Number),
    Text(String),
    Moment(Moment),
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Number {
    Exact(Decimal),
    /// One with more digits than a decimal has.
    Rounded(f64),
}

impl Kind {
    /// What all of these values can be compared as, the likeliest first: what the file or a column's
    /// type says, else what they look like.
    pub(super) fn common<'a>(
        values: impl IntoIterator<Item = &'a Value>,
        reading: &Reading,
    ) -> Vec<Kind> {
        let mut kinds = match reading.data_type {
            _ if reading.notation.is_some() => vec![Kind::Moment],
            Some(DataType::Bigint | DataType::Double | DataType::Decimal | DataType::Wei) => {
                vec![Kind::Number]
            }
            Some(DataType::Timestamp | DataType::Date) => vec![Kind::Moment],
            Some(DataType::Text) => vec![Kind::Text, Kind::Moment],
            _ => vec![Kind::Number, Kind::Text, Kind::Moment],
        };
        for value in values {
            kinds.retain(|kind| Comparable::of(value, *kind, reading).is_some());
        }
        kinds
    }
}

impl Comparable {
    /// A value as one of a kind; `None` if it is none.
    pub(super) fn of(value: &Value, kind: Kind, reading: &Reading) -> Option<Comparable> {
        match kind {
            Kind::Number => number(value, reading.data_type).map(Comparable::Number),
            Kind::Text => text(value, reading.data_type).map(Comparable::Text),
            Kind::Moment => moment(value, reading).map(Comparable::Moment),
        }
    }

    /// The order of two values. `None` if they are of different kinds.
    pub(super) fn compare(&self, other: &Comparable) -> Option<Ordering> {
        match (self, other) {
            (Comparable::Number(a), Comparable::Number(b)) => a.compare(*b),
            (Comparable::Text(a), Comparable::Text(b)) => Some(a.cmp(b)),
            (Comparable::Moment(a), Comparable::Moment(b)) => Some(a.cmp(b)),
            _ => None,
        }
    }
}

impl Number {
    fn compare(self, other: Number) -> Option<Ordering> {
        match (self, other) {
            (Number::Exact(a), Number::Exact(b)) => Some(a.cmp(&b)),
            (a, b) => a.rounded()?.partial_cmp(&b.rounded()?),
        }
    }

    fn rounded(self) -> Option<f64> {
        match self {
            Number::Exact(decimal) => decimal.try_into().ok(),
            Number::Rounded(number) => Some(number),
        }
    }
}

fn number(value: &Value, data_type: Option<DataType>) -> Option<Number> {
    if let Some(whole) = value.as_i64() {
        return Some(Number::Exact(whole.into()));
    }
    // Where no column says that it is a number, `12e4` may as well be one of many hexadecimal texts.
    if let (Some(text), None | Some(DataType::Json)) = (value.as_str(), data_type)
        && text.contains(['e', 'E'])
    {
        return None;
    }
    let json = value.to_string();
    let exact = read::<Decimal>(&json).map(Number::Exact);
    exact.or_else(|| read::<f64>(&json).map(Number::Rounded))
}

fn text(value: &Value, data_type: Option<DataType>) -> Option<String> {
    match value {
        Value::String(text) => {
            let is_moment =
                !is_digits(text) && (Moment::read(text).is_some() || Moment::is_meant_by(text));
            (!is_moment).then(|| text.clone())
        }
        Value::Number(number) if data_type == Some(DataType::Text) => Some(number.to_string()),
        _ => None,
    }
}

/// A time, in the format that the file names, if it names one; else in any that is known, or a number
/// of seconds where a column says that it is one.
pub(super) fn moment(value: &Value, reading: &Reading) -> Option<Moment> {
    if let Some(notation) = &reading.notation {
        return Reading::moment(notation, value);
    }
    let data_type = reading.data_type;
    let at = |timestamp: Timestamp| Moment(timestamp.as_nanosecond());
    let is_timestamp = data_type == Some(DataType::Timestamp);
    match value {
        Value::String(text) => {
            if is_timestamp && is_digits(text) {
                return read::<Timestamp>(&value.to_string()).map(at);
            }
            let usual = text.parse::<Timestamp>().ok().map(at);
            usual.or_else(|| Moment::read(text)).or_else(|| {
                // A number is none, whatever it would be in a column of timestamps.
                let is_number = text.trim_start_matches(['-', '+', '.']).parse::<f64>().is_ok();
                if is_number { None } else { read::<Timestamp>(&value.to_string()).map(at) }
            })
        }
        Value::Number(number) if is_timestamp => read::<Timestamp>(&number.to_string()).map(at),
        _ => None,
    }
}

/// What a date looks like whose day and month cannot be told apart.
pub(super) const UNORDERED: &str = "a time in a form that cannot be ordered";

/// What a value looks like, for errors.
pub(super) fn describe(value: &Value, data_type: Option<DataType>) -> &'static str {
    let reading = Reading { data_type, notation: None };
    match value {
        Value::Number(_) => "a number",
        Value::String(text) if Moment::is_missing(text) => "no value",
        Value::String(text) if is_digits(text) && data_type.is_none() => "a number",
        _ if moment(value, &reading).is_some() => "a time",
        Value::String(text) if Moment::is_meant_by(text) => UNORDERED,
        Value::String(_) if number(value, data_type).is_some() => "a number",
        Value::String(_) => "text",
        _ => "neither a time nor a number nor text",
    }
}

pub(super) fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}
