//! Errors as text.

use std::fmt::{self, Write as _};

use super::{Cause, Error, Kind, Misread};
use crate::plan::{
    Method,
    printable::{Lines, line},
};

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let f = &mut Lines(f);
        if let Some(resource) = &self.0.resource {
            f.write_str(&line(resource))?;
            if let Some(page) = self.0.page {
                write!(f, ", page {page}")?;
            }
            if let Some(record) = self.record() {
                write!(f, ", record {record}")?;
            }
            if let Some(field) = self.field() {
                write!(f, ", field `{}`", line(field))?;
            }
            f.write_str(": ")?;
        }
        match &self.0.kind {
            Kind::Config(what)
            | Kind::Undecided(what)
            | Kind::Cancelled(what)
            | Kind::Parent(what)
            | Kind::WouldRepeat(what)
            | Kind::Auth(what)
            | Kind::TokenRefused(what)
            | Kind::Doubted { what, .. } => f.write_str(what),
            Kind::LeadsAway { url, why } => write!(f, "{url} is not asked: {why}"),
            Kind::Request { method, url, cause, tries, elapsed } => {
                let method = match method {
                    Method::Get => "GET",
                    Method::Post => "POST",
                };
                let times = if *tries == 1 { "try" } else { "tries" };
                let seconds = elapsed.as_secs_f64();
                write!(f, "{method} {url} {cause} ({tries} {times} in {seconds:.1} s)")?;
                match cause {
                    Cause::Status { body, .. }
                    | Cause::Action { body, .. }
                    | Cause::Report { body, .. }
                        if !body.is_empty() =>
                    {
                        write!(f, ": {body}")
                    }
                    _ => Ok(()),
                }
            }
            Kind::Decode(misread) | Kind::Stuck(misread) => {
                let Misread { what, found, .. } = misread;
                f.write_str(&line(what))?;
                found.as_ref().map_or(Ok(()), |found| write!(f, ", found {found}"))
            }
            Kind::Other => match &self.0.source {
                Some(source) => write!(f, "{source}"),
                None => f.write_str("unknown error"),
            },
        }?;
        self.0.help.iter().try_for_each(|help| write!(f, "\n  help: {help}"))
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Cause::Status { status, .. } => write!(f, "answered {}", named(*status)),
            Cause::Action { status, .. } => {
                write!(f, "answered {}, a failure by `response_actions`", named(*status))
            }
            Cause::Report { status, is_unfinished: true, .. } => write!(
                f,
                "answered {}, which says that the work is not done, and no records; \
                 `response_actions` say what to do, `{{status_code: {status}, action: retry}}`",
                named(*status)
            ),
            Cause::Report { status, condition, .. } => write!(
                f,
                "answered {} and reports an error in place of records; if it means something \
                 else, `response_actions` say so, `{{where: \"{condition}\", action: ignore}}`, or \
                 `action: accept` for a record",
                named(*status),
            ),
            Cause::Redirect { status, location, why, .. } => {
                write!(f, "answered {} to {location}, which is not followed: {why}", named(*status))
            }
            Cause::Connect(why) => write!(f, "could not connect: {why}"),
            Cause::Timeout(limit) => {
                write!(f, "gave no complete answer within {} s", limit.as_secs_f64())
            }
            Cause::Broken(why) => write!(f, "broke off: {why}"),
            Cause::TooLarge(most) => {
                write!(
                    f,
                    "answered more than {most} bytes; `max_body_bytes` of the builder allows more"
                )
            }
            Cause::HeadTooLarge { most_lines } => {
                write!(f, "answered with more headers than are read: {most_lines} lines or 408 KiB")
            }
            Cause::Encoding(why) => f.write_str(why),
        }
    }
}

/// `503 Service Unavailable`.
fn named(status: u16) -> String {
    let reason = reqwest::StatusCode::from_u16(status).ok().and_then(|s| s.canonical_reason());
    reason.map_or_else(|| status.to_string(), |reason| format!("{status} {reason}"))
}
