//! A long range split into windows, which are fetched at the same time and finished one by one.

use jiff::{
    Span,
    civil::{DateTime, Time},
    tz::TimeZone,
};
use serde_json::Value;

use super::compare::written_like;
use crate::{
    Date, Timestamp,
    decode::value::read,
    plan::{DataType, Edge, Incremental, Unit, Window},
};

/// Beyond that many windows nobody means what the file says.
const MOST: usize = 100_000;

/// One window of a range.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Slice {
    pub(crate) start: Value,
    /// The last window of a range without an end has none either, so that nothing is lost that is
    /// dated behind the clock of this machine.
    pub(crate) end: Option<Value>,
    pub(crate) range_start: Edge,
    pub(crate) range_end: Edge,
}

/// The windows from `start` to the end of the range, or to `now`.
pub(crate) fn slices(
    plan: &Incremental,
    window: Window,
    start: &Value,
    now: Timestamp,
) -> Result<Vec<Slice>, String> {
    let cannot = || format!("a range that begins at {start} cannot be split into windows of time");
    let end: Option<Value> =
        plan.end_value.as_deref().and_then(|end| serde_json::from_str(end).ok());
    let clock = Clock::of(start, plan.data_type).ok_or_else(cannot)?;
    let until = match &end {
        Some(end) => Clock::of(end, plan.data_type).ok_or_else(cannot)?.at,
        None => TimeZone::UTC.to_datetime(now),
    };
    let mut starts = vec![start.clone()];
    for number in 1.. {
        let at = clock.at.checked_add(times(window, number)?).map_err(|_| cannot())?;
        if at >= until {
            break;
        }
        if starts.len() == MOST {
            return Err(format!("`window` would split this range into more than {MOST} windows"));
        }
        starts.push(clock.write(at).ok_or_else(cannot)?);
    }
    let ends = starts.iter().skip(1).cloned().map(Some).chain([end]).collect::<Vec<_>>();
    let last = starts.len() - 1;
    let slices = starts.into_iter().zip(ends).enumerate().map(|(index, (start, end))| Slice {
        start,
        end,
        range_start: if index == 0 { plan.range_start } else { Edge::Closed },
        range_end: if index == last { plan.range_end } else { Edge::Open },
    });
    Ok(slices.collect())
}

/// As long as `number` windows.
fn times(window: Window, number: i64) -> Result<Span, String> {
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
    span.map_err(|error| format!("`window` is too long: {error}"))
}

/// A moment, and how such moments are written.
struct Clock<'a> {
    at: DateTime,
    form: Form<'a>,
}

enum Form<'a> {
    /// Seconds since 1970.
    Seconds,
    Date,
    /// Like this text.
    Like(&'a str),
}

impl<'a> Clock<'a> {
    fn of(value: &'a Value, data_type: Option<DataType>) -> Option<Clock<'a>> {
        let json = value.to_string();
        let (at, form) = match value {
            Value::String(_) if read::<Date>(&json).is_some() => {
                (read::<Date>(&json)?.to_datetime(Time::midnight()), Form::Date)
            }
            Value::String(text) => {
                (TimeZone::UTC.to_datetime(read::<Timestamp>(&json)?), Form::Like(text))
            }
            Value::Number(_) if data_type == Some(DataType::Timestamp) => {
                (TimeZone::UTC.to_datetime(read::<Timestamp>(&json)?), Form::Seconds)
            }
            _ => return None,
        };
        Some(Clock { at, form })
    }

    fn write(&self, at: DateTime) -> Option<Value> {
        let moment = TimeZone::UTC.to_timestamp(at).ok()?;
        Some(match self.form {
            Form::Seconds => moment.as_second().into(),
            // A window of hours does not begin on a day of its own.
            Form::Date if at.time() == Time::midnight() => at.date().to_string().into(),
            Form::Date => return None,
            Form::Like(text) => written_like(text, moment).into(),
        })
    }
}
