//! Moving moments by the calendar.

use jiff::{Span, Timestamp, civil::DateTime, tz::TimeZone};

use crate::{
    error::Reason,
    plan::{Moment, Relative, Unit, Window},
};

/// The nanoseconds of a second.
pub(crate) const SECOND: i128 = 1_000_000_000;

/// A moment as much later as these windows are long, by the calendar of an offset in nanoseconds.
pub(crate) fn later(
    at: Moment,
    offset: i128,
    window: Window,
    number: i64,
) -> Result<Moment, Reason> {
    let local = civil(Moment(at.0 + offset)).ok_or("a bound lies outside the calendar")?;
    let later = local.checked_add(span(window, number)?);
    let later = later.map_err(|error| format!("a bound lies outside the calendar: {error}"))?;
    let later = TimeZone::UTC.to_timestamp(later).map_err(|error| error.to_string())?;
    Ok(Moment(later.as_nanosecond() - offset))
}

/// The moment that is relative to when a run began.
pub(crate) fn relative(now: Timestamp, bound: Relative) -> Result<Moment, Reason> {
    let number = if bound.is_before { -1 } else { 1 };
    later(Moment(now.as_nanosecond()), 0, bound.distance, number)
}

fn civil(at: Moment) -> Option<DateTime> {
    Some(TimeZone::UTC.to_datetime(Timestamp::from_nanosecond(at.0).ok()?))
}

/// As long as `number` windows.
fn span(window: Window, number: i64) -> Result<Span, Reason> {
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
    span.map_err(|error| {
        format!("`{} {:?}` is too long: {error}", window.count, window.unit).into()
    })
}
