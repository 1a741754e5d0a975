//! The values that rows are made of.

use std::{borrow::Cow, fmt::Write as _};

use rest_source::{
    Date, DateTime, Decimal, FieldRef, Time, Timestamp, Wei,
    plan::{Column, DataType},
};

/// A value of a row, borrowed from its record where it can be.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Value<'a> {
    /// No value.
    Null,
    /// Text.
    Text(Cow<'a, str>),
    /// A whole number of 64 bits.
    Bigint(i64),
    /// A floating-point number of 64 bits.
    Double(f64),
    /// True or false.
    Bool(bool),
    /// A moment.
    Timestamp(Timestamp),
    /// A day with a time of day, which says nothing of its zone.
    DateTime(DateTime),
    /// A day of the calendar.
    Date(Date),
    /// A time of day.
    Time(Time),
    /// An exact decimal number.
    Decimal(Decimal),
    /// A whole number of any size.
    Wei(Cow<'a, Wei>),
    /// JSON text, with every digit that the server sent.
    Json(Cow<'a, str>),
    /// Bytes.
    Binary(&'a [u8]),
}

impl<'a> Value<'a> {
    /// The value of a declared column; nested records and lists as JSON.
    pub(super) fn of(field: FieldRef<'a>) -> Value<'a> {
        match field {
            FieldRef::Text(text) => Value::Text(Cow::Borrowed(text)),
            FieldRef::Bigint(number) => Value::Bigint(number),
            FieldRef::Double(number) => Value::Double(number),
            FieldRef::Bool(truth) => Value::Bool(truth),
            FieldRef::Timestamp(moment) => Value::Timestamp(moment),
            FieldRef::DateTime(time) => Value::DateTime(time),
            FieldRef::Date(date) => Value::Date(date),
            FieldRef::Time(time) => Value::Time(time),
            FieldRef::Decimal(number) => Value::Decimal(number),
            FieldRef::Wei(number) => Value::Wei(Cow::Borrowed(number)),
            FieldRef::Binary(bytes) => Value::Binary(bytes),
            FieldRef::Json(json) => Value::Json(Cow::Borrowed(json.as_str())),
            FieldRef::Record(_) | FieldRef::List(_) => json(field),
            // `FieldRef` may grow; what it has now is above.
            _ => Value::Null,
        }
    }

    /// Whether there is none.
    pub fn is_null(&self) -> bool {
        matches!(self, Value::Null)
    }

    /// The value as text, for destinations that store its type so: `1.10`,
    /// `2024-01-02T03:04:05+00:00`. Bytes in hexadecimal digits, nothing for [`Null`](Value::Null).
    pub fn write_text(&self, text: &mut String) {
        let _ = match self {
            Value::Null => Ok(()),
            Value::Text(value) | Value::Json(value) => {
                text.push_str(value);
                Ok(())
            }
            Value::Bigint(number) => write!(text, "{number}"),
            Value::Double(number) => write!(text, "{number}"),
            Value::Bool(truth) => write!(text, "{truth}"),
            // With an offset in digits and as many digits of the second as there are: so the texts
            // sort as the moments do. `Z` would come after a fraction instead of before it.
            Value::Timestamp(moment) => {
                let written = write!(text, "{moment}");
                if text.ends_with('Z') {
                    text.pop();
                    text.push_str("+00:00");
                }
                written
            }
            Value::DateTime(time) => write!(text, "{time}"),
            Value::Date(date) => write!(text, "{date}"),
            Value::Time(time) => write!(text, "{time}"),
            Value::Decimal(number) => write!(text, "{number}"),
            Value::Wei(number) => write!(text, "{number}"),
            Value::Binary(bytes) => bytes.iter().try_for_each(|byte| write!(text, "{byte:02x}")),
        };
    }

    /// The value as [`write_text`](Value::write_text) writes it.
    pub fn text(&self) -> String {
        let mut text = String::new();
        self.write_text(&mut text);
        text
    }

    /// The type of a column that is made for this value.
    pub(super) fn data_type(&self) -> DataType {
        match self {
            // Nothing is ever detected from no value.
            Value::Null | Value::Text(_) => DataType::Text,
            Value::Bigint(_) => DataType::Bigint,
            Value::Double(_) => DataType::Double,
            Value::Bool(_) => DataType::Bool,
            Value::Timestamp(_) | Value::DateTime(_) => DataType::Timestamp,
            Value::Date(_) => DataType::Date,
            Value::Time(_) => DataType::Time,
            Value::Decimal(_) => DataType::Decimal,
            Value::Wei(_) => DataType::Wei,
            Value::Json(_) => DataType::Json,
            Value::Binary(_) => DataType::Binary,
        }
    }

    /// The same value as one of this column, if nothing of it gets lost; otherwise as it was.
    pub(super) fn fit(self, column: &Column) -> Result<Value<'a>, Value<'a>> {
        if self.data_type() == column.data_type {
            return Ok(self);
        }
        let fitted = match (&self, column.data_type) {
            (Value::Json(_), _) => None,
            (Value::Text(text), DataType::Json) => {
                serde_json::to_string(text).ok().map(|json| Value::Json(Cow::Owned(json)))
            }
            (Value::Bool(_) | Value::Bigint(_) | Value::Double(_), DataType::Json) => {
                Some(Value::Json(Cow::Owned(self.text())))
            }
            (Value::Text(text), data_type) => parse(text, data_type, column.timezone),
            (_, DataType::Text) => Some(Value::Text(Cow::Owned(self.text()))),
            (Value::Bigint(number), DataType::Double) => exact(*number).map(Value::Double),
            (Value::Bigint(number), DataType::Decimal) => Some(Value::Decimal((*number).into())),
            (Value::Bigint(number), DataType::Wei) => {
                Some(Value::Wei(Cow::Owned((*number).into())))
            }
            (Value::Double(number), DataType::Bigint) => whole(*number).map(Value::Bigint),
            (Value::Double(_), DataType::Decimal) => {
                Decimal::from_str_exact(&self.text()).ok().map(Value::Decimal)
            }
            (Value::Wei(number), DataType::Decimal) => {
                Decimal::from_str_exact(&number.to_string()).ok().map(Value::Decimal)
            }
            _ => None,
        };
        fitted.ok_or(self)
    }
}

/// JSON text of a nested value.
pub(super) fn json(field: FieldRef<'_>) -> Value<'_> {
    let mut text = Vec::new();
    let written = field.write_json(&mut text).is_ok();
    match String::from_utf8(text) {
        Ok(text) if written => Value::Json(Cow::Owned(text)),
        // JSON is UTF-8, and writing into memory does not fail.
        _ => Value::Null,
    }
}

/// Text for a column of another type: one that was declared in an earlier run, say.
fn parse<'a>(text: &Cow<'a, str>, data_type: DataType, timezone: bool) -> Option<Value<'a>> {
    match data_type {
        DataType::Timestamp if timezone => text.parse().ok().map(Value::Timestamp),
        // A text with an offset would lose it.
        DataType::Timestamp if text.parse::<Timestamp>().is_err() => {
            text.parse().ok().map(Value::DateTime)
        }
        DataType::Date if text.len() == 10 => text.parse().ok().map(Value::Date),
        DataType::Time => text.parse().ok().map(Value::Time),
        DataType::Decimal => Decimal::from_str_exact(text).ok().map(Value::Decimal),
        DataType::Wei if text.len() <= DataType::MAX_WEI_DIGITS => {
            text.parse().ok().map(|number| Value::Wei(Cow::Owned(number)))
        }
        _ => None,
    }
}

/// The largest whole number up to which a floating-point number holds every one: 2^53.
const EXACT: i64 = 1 << 53;

#[expect(clippy::cast_precision_loss, reason = "only for numbers that lose none")]
fn exact(number: i64) -> Option<f64> {
    (-EXACT..=EXACT).contains(&number).then_some(number as f64)
}

#[expect(clippy::cast_possible_truncation, reason = "only for whole numbers within the bounds")]
fn whole(number: f64) -> Option<i64> {
    (number.fract() == 0.0 && number.abs() <= 9_007_199_254_740_992.0).then_some(number as i64)
}
