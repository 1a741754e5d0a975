//! Moments of a range: how they are written, and moving them by a lag or a window.

use serde_json::Value;

use super::{
    compare::{is_digits, moment},
    reading::Reading,
};
use crate::{
    Decimal,
    decode::value::read,
    error::Reason,
    plan::{DataType, Distance, LastValue, Moment, MomentForm, Notation, Window},
    record::calendar::{self, SECOND},
};

/// How the moments of a range are written.
#[derive(Debug, Clone)]
pub(super) struct Form {
    form: MomentForm,
    /// Whether JSON has them as numbers.
    is_number: bool,
}

impl From<MomentForm> for Form {
    fn from(form: MomentForm) -> Form {
        Form { form, is_number: false }
    }
}

impl Form {
    /// How this moment is written; `None` if it is none.
    pub(super) fn of(value: &Value, reading: &Reading) -> Option<(Moment, Form)> {
        let is_number = value.is_number();
        if let Some(notation) = &reading.notation {
            let (at, form) = Reading::noted(notation, value)?;
            return Some((at, Form { form, is_number }));
        }
        let at = moment(value, reading)?;
        let form = match value.as_str() {
            None => MomentForm::seconds(),
            Some(text) if is_digits(text) && reading.data_type == Some(DataType::Timestamp) => {
                MomentForm::seconds()
            }
            Some(text) => MomentForm::read(text).map_or_else(MomentForm::utc, |(_, form)| form),
        };
        Some((at, Form { form, is_number }))
    }

    /// How moments of a column are written of which there is no sample.
    pub(super) fn of_type(reading: &Reading) -> Form {
        let form = match (&reading.notation, reading.data_type) {
            (Some(notation), _) => notation.form().clone(),
            (None, Some(DataType::Date)) => MomentForm::date(),
            (None, _) => MomentForm::utc(),
        };
        Form { form, is_number: reading.notation.as_ref().is_some_and(Notation::is_number) }
    }

    /// A moment in this form, rounded down to what it can hold.
    pub(super) fn write(&self, at: Moment) -> Value {
        let text = self.form.write(at);
        if self.is_number {
            serde_json::from_str(&text).unwrap_or(Value::String(text))
        } else {
            Value::String(text)
        }
    }

    /// The first moment, from this one on, that this form can hold.
    pub(super) fn rounded_up(&self, at: Moment) -> Moment {
        self.form.rounded_up(at)
    }

    /// The last moment, up to this one, that this form can hold.
    pub(super) fn rounded_down(&self, at: Moment) -> Moment {
        self.form.rounded_down(at)
    }

    /// Whether it holds days, and no times of a day.
    pub(super) fn is_date(&self) -> bool {
        self.form.is_date()
    }

    /// Whether it can tell apart the moments that lie this far from each other.
    pub(super) fn can_tell(&self, window: Window) -> bool {
        i128::from(window.seconds()) * SECOND >= self.form.resolution()
    }

    /// A moment as much later as these windows are long, by the calendar of its offset.
    pub(super) fn later(&self, at: Moment, window: Window, number: i64) -> Result<Moment, Reason> {
        let offset = i128::from(self.form.offset()) * SECOND;
        calendar::later(at, offset, window, number)
    }
}

/// A value moved back by a lag. It is written as the value was.
pub(super) fn go_back(
    value: &Value,
    lag: Distance,
    reading: &Reading,
    last_value: LastValue,
) -> Option<Value> {
    // With `min` runs advance towards smaller values.
    let sign = match last_value {
        LastValue::Max => -1,
        LastValue::Min => 1,
    };
    let lag = match lag {
        Distance::Number(lag) => f64::from(sign) * lag,
        Distance::Time(length) => {
            let (at, form) = Form::of(value, reading)?;
            return Some(form.write(form.later(at, length, sign.into()).ok()?));
        }
    };
    match Form::of(value, reading) {
        Some((Moment(at), form)) if !form.form.is_number() => {
            let away = |number: f64| if number < 0.0 { number.floor() } else { number.ceil() };
            let seconds = if form.is_date() { away(lag) * 86_400.0 } else { lag };
            #[expect(clippy::cast_possible_truncation, reason = "a lag is far below 128 bits")]
            let nanoseconds = (seconds * 1e9) as i128;
            Some(form.write(Moment(at.checked_add(nanoseconds)?)))
        }
        _ => moved(value, lag),
    }
}

/// A number, or a text that holds one, plus another number.
pub(super) fn moved(value: &Value, by: f64) -> Option<Value> {
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
