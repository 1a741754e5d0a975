//! Comparing incremental cursors: as the numbers and times that they are, never as their text.

use std::cmp::Ordering;

use serde_json::Value;

use crate::{Date, Decimal, Timestamp, decode::value::read, plan::DataType};

/// A value of an incremental cursor, in every form in which it can be compared.
#[derive(Debug, Clone)]
pub(super) struct Comparable {
    number: Option<Number>,
    moment: Option<Timestamp>,
    text: Option<String>,
}

#[derive(Debug, Clone, Copy)]
enum Number {
    Exact(Decimal),
    /// One with more digits than a decimal has.
    Rounded(f64),
}

impl Comparable {
    /// A value of a column of this type; without one, what the value itself looks like. `None` if it
    /// is nothing of that type, or nothing that has an order.
    pub(super) fn of(value: &Value, data_type: Option<DataType>) -> Option<Comparable> {
        let json = value.to_string();
        let number = || {
            let exact = read::<Decimal>(&json).map(Number::Exact);
            exact.or_else(|| read::<f64>(&json).map(Number::Rounded))
        };
        let moment = || read::<Timestamp>(&json);
        let text = value.as_str().map(str::to_owned);
        let (mut of_number, mut of_moment, mut of_text) = (None, None, None);
        match data_type {
            Some(DataType::Bigint | DataType::Double | DataType::Decimal | DataType::Wei) => {
                of_number = Some(number()?);
            }
            Some(DataType::Timestamp | DataType::Date) => of_moment = Some(moment()?),
            Some(DataType::Text) => {
                of_text = text.or_else(|| value.as_i64().map(|n| n.to_string()));
            }
            _ => {
                of_number = number();
                // A number alone may be anything; as a time only what is written as one counts.
                of_moment = text.is_some().then(moment).flatten();
                of_text = text;
            }
        }
        let comparable = Comparable { number: of_number, moment: of_moment, text: of_text };
        let is_something =
            comparable.number.is_some() || comparable.moment.is_some() || comparable.text.is_some();
        is_something.then_some(comparable)
    }

    /// The order of two values. `None` if they are of different kinds.
    pub(super) fn compare(&self, other: &Comparable) -> Option<Ordering> {
        if let (Some(a), Some(b)) = (self.number, other.number) {
            return a.compare(b);
        }
        if let (Some(a), Some(b)) = (self.moment, other.moment) {
            return Some(a.cmp(&b));
        }
        match (&self.text, &other.text) {
            (Some(a), Some(b)) => Some(a.cmp(b)),
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

/// A value moved back by a lag: seconds of a time, days of a date, else a number. It is written as
/// the value was.
pub(super) fn go_back(value: &Value, lag: f64) -> Option<Value> {
    let json = value.to_string();
    if let Some(number) = value.as_number() {
        if let Some(whole) = number.as_i64()
            && lag.fract() == 0.0
        {
            #[expect(clippy::cast_possible_truncation, reason = "a lag is a small number")]
            return whole.checked_sub(lag as i64).map(Value::from);
        }
        return Some(Value::from(number.as_f64()? - lag));
    }
    let text = value.as_str()?;
    if let Some(date) = read::<Date>(&json) {
        #[expect(clippy::cast_possible_truncation, reason = "a lag is a small number")]
        let days = jiff::Span::new().try_days(lag as i64).ok()?;
        return Some(date.checked_sub(days).ok()?.to_string().into());
    }
    let moment: Timestamp = read(&json)?;
    let earlier = moment.checked_sub(jiff::SignedDuration::try_from_secs_f64(lag).ok()?).ok()?;
    Some(written_like(text, earlier).into())
}

/// A moment with as much of an offset as another text has.
pub(super) fn written_like(text: &str, moment: Timestamp) -> String {
    let written = moment.to_string();
    let utc = written.trim_end_matches('Z');
    if text.ends_with(['Z', 'z']) {
        written
    } else if text.ends_with("+00:00") {
        format!("{utc}+00:00")
    } else if text.get(10..).is_some_and(|time| time.contains(['+', '-'])) {
        written
    } else if text.get(10..11) == Some(" ") {
        utc.replace('T', " ")
    } else {
        utc.to_owned()
    }
}
