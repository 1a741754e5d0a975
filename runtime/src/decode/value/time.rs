//! `timestamp`, `date` and `time`.

use jiff::fmt::rfc2822;

use super::{Json, Value, numeral::Numeral};
use crate::{Date, DateTime, Time, Timestamp, plan::Moment};

impl Value for Timestamp {
    const EXPECTED: &str =
        "a time such as 2024-01-02T03:04:05Z, or seconds since 1970 (milliseconds are a `bigint`)";

    fn of(json: &Json<'_>) -> Option<Timestamp> {
        match json {
            Json::Number(number) => epoch(Numeral::read(number)?),
            // What most APIs send comes first; it has colons, so it is no number.
            Json::Text(text) => text.parse().ok().or_else(|| match Numeral::read(text) {
                // A day as well as a second of 1970: what was meant cannot be known.
                Some(_) if text.len() == 8 => None,
                Some(numeral) => epoch(numeral),
                None => utc(text).or_else(|| mail(text)).or_else(|| other(text)),
            }),
            _ => None,
        }
    }
}

/// A time with an offset, and one in seconds since 1970, is taken in UTC, as dlt does.
impl Value for DateTime {
    const EXPECTED: &str =
        "a time such as 2024-01-02T03:04:05, or seconds since 1970 (milliseconds are a `bigint`)";

    fn of(json: &Json<'_>) -> Option<DateTime> {
        let text = match json {
            // Some digits alone are seconds, and no text of a moment.
            Json::Text(text) if Numeral::read(text).is_none() => civil(text),
            _ => None,
        };
        text.or_else(|| Timestamp::of(json)?.to_utc())
    }
}

impl Value for Date {
    const EXPECTED: &str = "a date such as 2024-01-02";

    fn of(json: &Json<'_>) -> Option<Date> {
        // With a time in the text, jiff would read the date and drop the time.
        only(json, |byte| byte.is_ascii_digit() || byte == b'-')?.parse().ok()
    }
}

impl Value for Time {
    const EXPECTED: &str = "a time of day such as 03:04:05";

    fn of(json: &Json<'_>) -> Option<Time> {
        const NANOSECONDS: usize = "03:04:05.123456789".len();
        let text = only(json, |byte| byte.is_ascii_digit() || matches!(byte, b':' | b'.'))?;
        text.get(..NANOSECONDS).unwrap_or(text).parse().ok()
    }
}

/// Seconds since 1970, exact to the nanosecond.
fn epoch(seconds: Numeral<'_>) -> Option<Timestamp> {
    Timestamp::from_nanosecond(seconds.whole(9)?.parse().ok()?)
}

/// A time without an offset is one in UTC.
fn utc(text: &str) -> Option<Timestamp> {
    Timestamp::from_utc(civil(text)?)
}

/// A time without an offset; a date alone is its midnight. From a text with an offset jiff would
/// read the time and drop the offset.
fn civil(text: &str) -> Option<DateTime> {
    const DATE: usize = "2024-01-02".len();
    let has_offset = text.get(DATE..)?.contains(['+', '-', 'Z', 'z', '[']);
    text.parse().ok().filter(|_| !has_offset)
}

/// In the forms of databases and languages, as `2024-01-02 03:04:05 UTC`.
fn other(text: &str) -> Option<Timestamp> {
    let Moment(nanoseconds) = Moment::read(text)?;
    Timestamp::from_nanosecond(nanoseconds)
}

/// As in mails and HTTP headers (RFC 2822).
fn mail(text: &str) -> Option<Timestamp> {
    rfc2822::DateTimeParser::new().parse_timestamp(text).ok().map(Timestamp::from)
}

fn only<'a>(json: &'a Json<'_>, allowed: fn(u8) -> bool) -> Option<&'a str> {
    match json {
        Json::Text(text) if text.bytes().all(allowed) => Some(text),
        _ => None,
    }
}
