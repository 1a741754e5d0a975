//! What a response's headers say about the requests that may still follow.

use std::{
    str::FromStr as _,
    time::{Duration, SystemTime},
};

use jiff::Timestamp;
use reqwest::{StatusCode, header::HeaderMap};

use crate::plan::RateLimitHeaders;

/// How long a server wants to be left alone.
pub(crate) struct Wait {
    /// By everyone, as no request is left.
    pub(crate) exhausted: Option<Duration>,
    /// By the task that sent this request.
    pub(crate) asked: Option<Duration>,
}

/// Numbers above this are points in time, in seconds since 1970, and not stretches: it is the year
/// 2001, and as a stretch it would be more than 30 years.
const EPOCH: f64 = 1e9;
/// And above this they are in milliseconds.
const EPOCH_MILLISECONDS: f64 = 1e11;

/// What follows `reset` in a header's name and not `remaining` in that of its neighbour; what begins with
/// another one before that.
const OF_RESET: [&str; 12] = [
    "-after",
    "-at",
    "-date",
    "-epoch",
    "-in",
    "-ms",
    "-seconds",
    "-timestamp",
    "-time",
    "-utc",
    "timestamp",
    "time",
];

/// Whether a status says that there were too many requests, so that a time to wait is meant for this
/// one. 420 is Twitter's of old.
pub(crate) fn refuses(status: StatusCode) -> bool {
    matches!(status.as_u16(), 420 | 429 | 503)
}

/// What the headers of a response say: `Retry-After` and its likes (`retry-after-ms`), and the limits
/// of draft-ietf-httpapi-ratelimit-headers, of vendors (`X-RateLimit-Reset`) and of the description.
pub(crate) fn wait(
    status: StatusCode,
    headers: &HeaderMap,
    named: Option<&RateLimitHeaders>,
) -> Wait {
    let (mut asked, mut exhausted, mut reset) = (None, None, None);
    let mut limit = |remaining: Option<&str>, until: Option<Duration>| match remaining {
        Some(remaining) if is_none_left(remaining) => exhausted = exhausted.max(until),
        Some(_) => {}
        None => reset = reset.max(until),
    };
    for (name, value) in headers {
        let (name, Ok(value)) = (name.as_str(), value.to_str()) else { continue };
        if name.contains("retry-after") {
            asked = asked.max(longest(name, value));
        } else if name == "ratelimit" {
            each_quota(value, &mut limit);
        } else if name.contains("reset")
            && (name.contains("ratelimit") || name.contains("rate-limit"))
        {
            limit(text(headers, &remaining_of(name)), until(name, value));
        }
    }
    if let Some(RateLimitHeaders { remaining, reset, .. }) = named
        && let Some(value) = text(headers, reset)
    {
        let remaining = remaining.as_ref().and_then(|remaining| text(headers, remaining));
        limit(remaining, until(reset, value));
    }
    // Without a number of those that are left, a time to wait means something after a refusal only.
    let refusal = match status.as_u16() {
        403 => exhausted,
        _ if refuses(status) => exhausted.max(reset),
        _ => None,
    };
    Wait { exhausted, asked: asked.or(refusal) }
}

fn text<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name)?.to_str().ok()
}

/// The header that says how many requests are left, beside one that says until when.
fn remaining_of(name: &str) -> String {
    let (before, after) = name.split_once("reset").unwrap_or((name, ""));
    let after = OF_RESET.iter().find_map(|of| after.strip_prefix(of)).unwrap_or(after);
    format!("{before}remaining{after}")
}

/// The quotas of a `RateLimit` field: `limit=100, remaining=0, reset=30` up to draft 07, and since
/// then a list as `"default";r=0;t=30`.
fn each_quota(line: &str, limit: &mut dyn FnMut(Option<&str>, Option<Duration>)) {
    let member = |part: &str, names: [&str; 2]| {
        let mut members = part.split([';', ',']).filter_map(|member| member.split_once('='));
        let found = members.find(|(name, _)| names.contains(&name.trim()));
        found.map(|(_, value)| value.trim().to_owned())
    };
    let mut of = |part: &str| {
        let until = member(part, ["t", "reset"]).and_then(|time| until("", &time));
        limit(member(part, ["r", "remaining"]).as_deref(), until);
    };
    if line.contains("remaining=") { of(line) } else { line.split(',').for_each(of) }
}

/// Some servers give a number for each of several limits, or the limit behind a semicolon.
fn is_none_left(remaining: &str) -> bool {
    let mut numbers = remaining.split([',', ';']);
    // Below zero there is no limit.
    numbers.any(|number| number.trim().parse().is_ok_and(|number| (0.0..1.0).contains(&number)))
}

/// The longest wait of a list, as several proxies write it together. A date has a comma itself.
fn longest(name: &str, list: &str) -> Option<Duration> {
    let parts: Vec<&str> = list.split(',').collect();
    let dates = parts.windows(2).filter_map(|parts| until(name, &parts.join(",")));
    parts.iter().filter_map(|part| until(name, part)).chain(dates).max()
}

/// How long it is until what a header says, which is a number of seconds, a point in time as a
/// number, a date in the form of HTTP or of ISO 8601, or a time with units, `1m30s`. One that asks for
/// no wait at all is passed over, for obeying it would hammer a server that is already in trouble.
fn until(name: &str, text: &str) -> Option<Duration> {
    let text = text.trim();
    let wait = match text.parse::<f64>() {
        Ok(number) if number > EPOCH => {
            let number = if number > EPOCH_MILLISECONDS { number / 1e3 } else { number };
            let since = Duration::try_from_secs_f64(number).ok()?;
            SystemTime::UNIX_EPOCH.checked_add(since)?.duration_since(SystemTime::now()).ok()?
        }
        Ok(number) => {
            let is_fine = name.ends_with("-ms") || name.contains("millisecond");
            Duration::try_from_secs_f64(if is_fine { number / 1e3 } else { number }).ok()?
        }
        Err(_) => {
            let date = httpdate::parse_http_date(text).ok();
            let iso = || SystemTime::try_from(Timestamp::from_str(text).ok()?).ok();
            match date.or_else(iso) {
                Some(date) => date.duration_since(SystemTime::now()).ok()?,
                None => with_units(text)?,
            }
        }
    };
    (!wait.is_zero()).then_some(wait)
}

/// `6m0s`, `1.5s`, `250ms`, `30 seconds`.
fn with_units(mut text: &str) -> Option<Duration> {
    let mut seconds = 0.0;
    while !text.is_empty() {
        let digits = text.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let number: f64 = text[..digits].parse().ok()?;
        let rest = text[digits..].trim_start();
        let letters = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
        seconds += number
            * match rest[..letters].to_ascii_lowercase().as_str() {
                "ms" => 1e-3,
                "s" | "sec" | "second" | "seconds" => 1.0,
                "m" | "min" | "minute" | "minutes" => 60.0,
                "h" | "hour" | "hours" => 3_600.0,
                "d" | "day" | "days" => 86_400.0,
                _ => return None,
            };
        text = rest[letters..].trim_start();
    }
    Duration::try_from_secs_f64(seconds).ok()
}
