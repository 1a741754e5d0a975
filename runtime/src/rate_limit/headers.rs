//! What a response's headers say about the requests that may still follow.

use std::{
    str::FromStr as _,
    time::{Duration, SystemTime},
};

use jiff::Timestamp;
use reqwest::header::{HeaderMap, RETRY_AFTER};

/// Names of the headers that say how many requests are left, and of those that say until when.
/// `RateLimit-*` is draft-ietf-httpapi-ratelimit-headers up to 07, the others are older custom.
const PAIRS: [(&str, &str); 3] = [
    ("ratelimit-remaining", "ratelimit-reset"),
    ("x-ratelimit-remaining", "x-ratelimit-reset"),
    ("x-rate-limit-remaining", "x-rate-limit-reset"),
];

/// Numbers above this are points in time, in seconds since 1970, and not stretches: it is the year
/// 2001, and as a stretch it would be more than 30 years.
const EPOCH: f64 = 1e9;
/// And above this they are in milliseconds.
const EPOCH_MILLISECONDS: f64 = 1e11;

/// How long the server wants nothing more, if its headers say that no request is left.
pub(crate) fn exhausted(headers: &HeaderMap) -> Option<Duration> {
    let pairs = PAIRS.iter().filter_map(|(remaining, reset)| {
        is_none_left(headers.get(*remaining)?.to_str().ok()?)
            .then(|| until(headers.get(*reset)?.to_str().ok()?))
            .flatten()
    });
    let lines = headers.get_all("ratelimit").iter().filter_map(|line| line.to_str().ok());
    pairs.chain(lines.filter_map(of_line)).max()
}

/// What `Retry-After` asks for, in seconds or as a date (RFC 9110, 10.2.3). One that asks for no
/// wait at all is passed over, for obeying it would hammer a server that is already in trouble.
pub(crate) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    until(headers.get(RETRY_AFTER)?.to_str().ok()?)
}

/// The longest wait of a `RateLimit` field: `limit=100, remaining=0, reset=30` up to draft 07, and
/// since then a list of quotas as `"default";r=0;t=30`.
fn of_line(line: &str) -> Option<Duration> {
    let member = |part: &str, names: [&str; 2]| {
        let mut members = part.split([';', ',']).filter_map(|member| member.split_once('='));
        let found = members.find(|(name, _)| names.contains(&name.trim()));
        found.map(|(_, value)| value.trim().to_owned())
    };
    let of = |part: &str| {
        is_none_left(&member(part, ["r", "remaining"])?)
            .then(|| until(&member(part, ["t", "reset"])?))
            .flatten()
    };
    if line.contains("remaining=") { of(line) } else { line.split(',').filter_map(of).max() }
}

fn is_none_left(remaining: &str) -> bool {
    remaining.trim().parse::<f64>().is_ok_and(|remaining| remaining < 1.0)
}

/// How long it is until what a header says, which is a number of seconds, a point in time as a
/// number, or a date in the form of HTTP or of ISO 8601.
fn until(text: &str) -> Option<Duration> {
    let text = text.trim();
    let wait = match text.parse::<f64>() {
        Ok(number) if number > EPOCH => {
            let number = if number > EPOCH_MILLISECONDS { number / 1e3 } else { number };
            let since = Duration::try_from_secs_f64(number).ok()?;
            SystemTime::UNIX_EPOCH.checked_add(since)?.duration_since(SystemTime::now()).ok()?
        }
        Ok(number) => Duration::try_from_secs_f64(number).ok()?,
        Err(_) => {
            let date = httpdate::parse_http_date(text).ok();
            let iso = || SystemTime::try_from(Timestamp::from_str(text).ok()?).ok();
            date.or_else(iso)?.duration_since(SystemTime::now()).ok()?
        }
    };
    (!wait.is_zero()).then_some(wait)
}
