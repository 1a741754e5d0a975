//! Moments of a range: how they are written, and moving them by a lag, a window, or from the
//! beginning of a run.

use jiff::{Span, Timestamp, civil::DateTime, tz::TimeZone};
use serde_json::{Value, json};

use super::compare::{is_digits, moment};
use crate::{
    Decimal,
    decode::value::read,
    plan::{DataType, LastValue, Moment, MomentForm, Relative, Unit, Window},
};

/// How the moments of a range are written.
#[derive(Debug, Clone)]
pub(super) enum Form {
    /// Seconds since 1970.
    Seconds,
    /// The same as text.
    SecondsInText,
    /// Like another text.
    Like(MomentForm),
}

impl Form {
    /// How this moment is written; `None` if it is none.
    pub(super) fn of(value: &Value, data_type: Option<DataType>) -> Option<(Moment, Form)> {
        let at = moment(value, data_type)?;
        let form = match value.as_str() {
            None => Form::Seconds,
            Some(text) if is_digits(text) && data_type == Some(DataType::Timestamp) => {
                Form::SecondsInText
            }
            Some(text) => {
                Form::Like(MomentForm::read(text).map_or_else(MomentForm::utc, |(_, form)| form))
            }
        };
        Some((at, form))
    }

    /// How moments of a column are written of which there is no sample.
    pub(super) fn of_type(data_type: Option<DataType>) -> Form {
        Form::Like(match data_type {
            Some(DataType::Date) => MomentForm::date(),
            _ => MomentForm::utc(),
        })
    }

    /// A moment in this form, rounded down to what it can hold.
    pub(super) fn write(&self, at: Moment) -> Value {
        let seconds = || at.0.div_euclid(SECOND);
        match self {
            Form::Seconds => json!(i64::try_from(seconds()).unwrap_or_default()),
            Form::SecondsInText => seconds().to_string().into(),
            Form::Like(form) => form.write(at).into(),
        }
    }

    /// Whether it holds days, and no times of a day.
    pub(super) fn is_date(&self) -> bool {
        matches!(self, Form::Like(form) if form.is_date())
    }

    /// A moment as much later as these windows are long, by the calendar of its offset.
    pub(super) fn later(&self, at: Moment, window: Window, number: i64) -> Result<Moment, String> {
        let offset = match self {
            Form::Like(form) => i128::from(form.offset()) * SECOND,
            Form::Seconds | Form::SecondsInText => 0,
        };
        let local = civil(Moment(at.0 + offset)).ok_or("a bound lies outside the calendar")?;
        let later = local.checked_add(span(window, number)?);
        let later = later.map_err(|error| format!("a bound lies outside the calendar: {error}"))?;
        let later = TimeZone::UTC.to_timestamp(later).map_err(|error| error.to_string())?;
        Ok(Moment(later.as_nanosecond() - offset))
    }
}

const SECOND: i128 = 1_000_000_000;

fn civil(at: Moment) -> Option<DateTime> {
    Some(TimeZone::UTC.to_datetime(Timestamp::from_nanosecond(at.0).ok()?))
}

/// As long as `number` windows.
fn span(window: Window, number: i64) -> Result<Span, String> {
    let count = i64::from(window.count) * number;
    let span = Span::new();
    let span = match window.unit {
        Unit::Second => span.try_seconds(count),
        Unit::Minute => span.try_minutes(count),
        Unit::Hour => span.try_hours(count),
        Unit::Day => span.try_days(count),
        Unit::Week => span.try_weeks(count),
        Unit::Month => span.try_months(count),
        Unit::Year => span.try_years(count),
    };
    span.map_err(|error| format!("`{} {:?}` is too long: {error}", window.count, window.unit))
}

/// The moment of a bound that depends on when the run begins.
pub(super) fn relative(now: Timestamp, bound: Relative) -> Result<Moment, String> {
    let number = if bound.is_before { -1 } else { 1 };
    Form::of_type(None).later(Moment(now.as_nanosecond()), bound.distance, number)
}

/// A value moved back by a lag: seconds of a time, days of a date, else a number. It is written as
/// the value was.
pub(super) fn go_back(
    value: &Value,
    lag: f64,
    data_type: Option<DataType>,
    last_value: LastValue,
) -> Option<Value> {
    // With `min` runs advance towards smaller values.
    let lag = match last_value {
        LastValue::Max => -lag,
        LastValue::Min => lag,
    };
    match Form::of(value, data_type) {
        Some((Moment(at), Form::Like(form))) => {
            let away = |number: f64| if number < 0.0 { number.floor() } else { number.ceil() };
            let seconds = if form.is_date() { away(lag) * 86_400.0 } else { lag };
            #[expect(clippy::cast_possible_truncation, reason = "a lag is far below 128 bits")]
            let nanoseconds = (seconds * 1e9) as i128;
            Some(form.write(Moment(at.checked_add(nanoseconds)?)).into())
        }
        _ => moved(value, lag),
    }
}

/// A number, or a text that holds one, plus another number.
fn moved(value: &Value, by: f64) -> Option<Value> {
    let sum = || {
        let number: Decimal = read(&value.to_string())?;
        Some(number.checked_add(Decimal::try_from(by).ok()?)?.normalize().to_string())
    };
    match value {
        Value::String(_) => sum().map(Value::from),
        Value::Number(number) => match sum() {
            Some(sum) => serde_json::from_str(&sum).ok(),
            None => Some(Value::from(number.as_f64()? + by)),
        },
        _ => None,
    }
}
