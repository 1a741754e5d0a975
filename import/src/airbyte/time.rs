//! Times as Airbyte writes them: formats, durations, and times that are relative to a run.

use super::jinja::{Expr, Operator};
use crate::document::Value;

/// A format of Airbyte as one of the language; `None` where there is none.
pub(super) fn format(format: &str) -> Option<String> {
    Some(match format {
        "%s" | "%s_as_float" => "epoch".to_owned(),
        "%ms" => "epoch_ms".to_owned(),
        "%epoch_microseconds" => "epoch_us".to_owned(),
        // The fraction of `%f` may have six digits or, as `%_ms`, three.
        _ => {
            let format = format.replace("%_ms", "%3f");
            let mut directives = format.split('%').skip(1);
            let is_known = |directive: &str| {
                directive.starts_with("3f")
                    || directive.starts_with(|c| "YymbBdejaAHIpMSfzZsFTR".contains(c))
                    || directive.starts_with('-')
            };
            // What is behind `%%` begins nothing.
            if format.contains("%%") || !directives.all(is_known) || !format.contains('%') {
                return None;
            }
            format
        }
    })
}

/// Whether a value of this format is a time of ISO 8601, which is recognized without a format.
pub(super) fn is_iso(format: &str) -> bool {
    let date = format.strip_prefix("%Y-%m-%d");
    date.is_some_and(|rest| {
        let rest = rest.strip_prefix(['T', ' ']).unwrap_or(rest);
        let clock = rest.strip_prefix("%H:%M:%S").unwrap_or(rest);
        let zone = ["", ".%f", ".%3f"].iter().any(|fraction| {
            let zone = clock.strip_prefix(fraction);
            zone.is_some_and(|zone| ["", "Z", "%z", "+00:00", "%Z", "+0000"].contains(&zone))
        });
        rest.is_empty() || zone
    })
}

/// Whether a format has no time of day.
pub(super) fn is_date(format: &str) -> bool {
    format.contains("%d") && !["%H", "%I", "%s", "%T"].iter().any(|of| format.contains(of))
}

/// A duration of ISO 8601 as a number and a unit: 5 and `day` of `P5D`.
pub(super) fn duration(text: &str) -> Option<(u64, &'static str)> {
    let rest = text.strip_prefix('P')?;
    let (dates, times) = rest.split_once('T').unwrap_or((rest, ""));
    let units = |part: &str, of: &[(char, u64, &'static str)]| {
        let mut found = Vec::new();
        let mut number = String::new();
        for c in part.chars() {
            if c.is_ascii_digit() {
                number.push(c);
            } else {
                let (_, seconds, unit) = *of.iter().find(|(sign, ..)| *sign == c)?;
                found.push((std::mem::take(&mut number).parse::<u64>().ok()?, seconds, unit));
            }
        }
        number.is_empty().then_some(found)
    };
    let mut parts = units(
        dates,
        &[
            ('Y', 31_536_000, "year"),
            ('M', 2_592_000, "month"),
            ('W', 604_800, "week"),
            ('D', 86_400, "day"),
        ],
    )?;
    parts.extend(units(times, &[('H', 3_600, "hour"), ('M', 60, "minute"), ('S', 1, "second")])?);
    match parts.as_slice() {
        [] => None,
        [(count, _, unit)] => Some((*count, unit)),
        parts => Some((parts.iter().map(|(count, seconds, _)| count * seconds).sum(), "second")),
    }
}

/// A number of a unit: `1 day`, `5 years`.
pub(super) fn counted((count, unit): (u64, &str)) -> String {
    if count == 1 { format!("1 {unit}") } else { format!("{count} {unit}s") }
}

/// The seconds of a duration, whose months have 30 days and years 365.
pub(super) fn seconds((count, unit): (u64, &str)) -> u64 {
    let unit = match unit {
        "year" => 31_536_000,
        "month" => 2_592_000,
        "week" => 604_800,
        "day" => 86_400,
        "hour" => 3_600,
        "minute" => 60,
        _ => 1,
    };
    count.saturating_mul(unit)
}

/// A time that is relative to a run, `now - 7 days`, and the format in which it is wanted.
pub(super) fn relative(expression: &Expr) -> Option<(String, Option<&str>)> {
    match expression {
        Expr::Call(name, arguments) => match (name.as_str(), arguments.as_slice()) {
            ("now_utc" | "today_utc" | "now_local", []) => Some(("now".to_owned(), None)),
            ("day_delta", [days, rest @ ..]) => {
                let days = match days {
                    Expr::Const(days) => days.whole()?,
                    _ => return None,
                };
                let format = rest.first().map_or(Some("%Y-%m-%dT%H:%M:%S.%f%z"), Expr::text);
                Some((delta(days), format))
            }
            ("strftime" | "format_datetime", [time, format, ..]) => {
                let (time, _) = relative(time)?;
                Some((time, format.text()))
            }
            ("isoformat" | "replace" | "string" | "int" | "timestamp", [time, ..]) => {
                let (time, format) = relative(time)?;
                Some((time, if name == "timestamp" { Some("%s") } else { format }))
            }
            _ => None,
        },
        Expr::Binary(operator @ (Operator::Add | Operator::Subtract), time, by) => {
            let (time, format) = relative(time)?;
            let Expr::Call(name, arguments) = &**by else { return None };
            let length = match (name.as_str(), arguments.as_slice()) {
                ("duration", [length]) => duration(length.text()?)?,
                ("timedelta", [Expr::Const(days)]) => (days.whole()?.try_into().ok()?, "day"),
                _ => return None,
            };
            let sign = if *operator == Operator::Add { '+' } else { '-' };
            (time == "now").then(|| (format!("now {sign} {}", counted(length)), format))
        }
        Expr::Slice(time, None, Some(end)) => {
            let (time, _) = relative(time)?;
            let is_date = matches!(&**end, Expr::Const(end) if end.whole() == Some(10));
            is_date.then_some((time, Some("%Y-%m-%d")))
        }
        _ => None,
    }
}

fn delta(days: i64) -> String {
    match days {
        0 => "now".to_owned(),
        days => {
            let sign = if days < 0 { '-' } else { '+' };
            format!("now {sign} {}", counted((days.unsigned_abs(), "day")))
        }
    }
}

/// The whole number that a constant is.
pub(super) fn whole(expression: &Expr) -> Option<i64> {
    match expression {
        Expr::Const(value @ Value::Number(_)) => value.whole(),
        Expr::Const(Value::Text(text)) => text.parse().ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_and_formats_are_read() {
        for (text, expected) in [
            ("P1D", Some((1, "day"))),
            ("P5Y", Some((5, "year"))),
            ("PT30M", Some((30, "minute"))),
            ("P1DT1H", Some((90_000, "second"))),
            ("P", None),
            ("1D", None),
        ] {
            assert_eq!(duration(text), expected, "{text}");
        }
        assert_eq!(format("%ms").as_deref(), Some("epoch_ms"));
        assert_eq!(format("%d/%m/%Y").as_deref(), Some("%d/%m/%Y"));
        assert_eq!(format("%Q"), None);
        assert!(is_iso("%Y-%m-%dT%H:%M:%S.%f%z") && is_iso("%Y-%m-%d") && !is_iso("%d.%m.%Y"));
    }
}
