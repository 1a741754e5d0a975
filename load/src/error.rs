//! What can go wrong while loading, and what to do about it.

use std::{
    error::Error as StdError,
    fmt::{self, Write as _},
};

use rest_source::plan::printable::{Lines, line};

use crate::{Outcome, RunReport};

/// How much of a cause's text is shown, in bytes.
const LONGEST: usize = 2 << 10;

/// What went wrong, where, and what to do about it.
///
/// Its text contains that of its cause, so that printing it says everything; [`source`] continues
/// below the cause.
///
/// [`source`]: StdError::source
pub struct Error(Box<Inner>);

#[derive(Debug)]
struct Inner {
    kind: ErrorKind,
    message: String,
    cause: Option<Box<dyn StdError + Send + Sync>>,
    /// What to do about it, as a clause, where the message and the cause do not tell.
    advice: Option<String>,
    /// Whether running again may succeed with nothing changed.
    is_transient: bool,
    /// Whether the destination has looked at the rows and does not take one of them.
    #[cfg(any(feature = "postgres", feature = "adbc"))]
    refuses_rows: bool,
    /// Only for [`ErrorKind::Incomplete`].
    run: Option<(RunReport, Vec<Failure>)>,
}

/// What sort of error an [`Error`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The source could not be fetched.
    Source,
    /// A record cannot be stored as it is.
    Record,
    /// The tables do not fit what the source declares.
    Schema,
    /// Another run of the pipeline is active.
    Busy,
    /// Loading would append rows a second time: what the state was made of has changed, or is gone.
    WouldDouble,
    /// The destination could not be reached or written to.
    Destination,
    /// Some resources are not loaded completely.
    Incomplete,
}

/// A resource that is not loaded completely, and why. Its `Display` says both.
#[derive(Debug)]
#[non_exhaustive]
pub struct Failure {
    /// The resource's name.
    pub resource: String,
    /// What went wrong.
    pub error: Error,
}

impl Error {
    /// An error that a destination tells in its own words: what is wrong, where, what to do.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Error {
        Error::of(kind, message.into())
    }

    /// An error with a cause, whose text follows `message`.
    pub fn caused_by(
        kind: ErrorKind,
        message: impl Into<String>,
        cause: impl Into<Box<dyn StdError + Send + Sync>>,
    ) -> Error {
        let mut error = Error::of(kind, message.into());
        error.0.cause = Some(cause.into());
        error
    }

    /// The error of a page that could not be fetched.
    pub(crate) fn of_source(error: rest_source::Error) -> Error {
        let advice = error.status().and_then(advice);
        let mut error = Error::caused_by(ErrorKind::Source, "", error);
        error.0.advice = advice.map(str::to_owned);
        error
    }

    /// The same error with what to do about it, in place of any other advice.
    pub(crate) fn with_advice(mut self, advice: String) -> Error {
        self.0.advice = Some(advice);
        self
    }

    /// The same error, said to be one that may be gone when the pipeline is run again with nothing
    /// changed: a connection that was lost, say. See [`is_transient`](Error::is_transient).
    #[must_use]
    pub fn transient(mut self) -> Error {
        self.0.is_transient = true;
        self
    }

    /// The same error, of a destination that does not take one of the rows.
    #[cfg(any(feature = "postgres", feature = "adbc"))]
    pub(crate) fn refusing_rows(mut self) -> Error {
        self.0.refuses_rows = true;
        self
    }

    /// Whether the destination does not take one of the rows, so that the others could be written.
    #[cfg(any(feature = "postgres", feature = "adbc"))]
    pub(crate) fn refuses_rows(&self) -> bool {
        self.0.refuses_rows
    }

    /// Whether the server may have refused where the load was to resume, rather than who asks.
    pub(crate) fn may_refuse_checkpoint(&self) -> bool {
        self.source_error().is_some_and(|error| match error.status() {
            Some(status) => !matches!(status, 401 | 403 | 429),
            None => {
                !(error.is_connect()
                    || error.is_timeout()
                    || error.is_broken()
                    || error.is_incomplete())
            }
        })
    }

    /// Whether the load has to restart, as what has been fetched no longer fits what comes.
    pub(crate) fn needs_restart(&self) -> bool {
        self.source_error().is_some_and(rest_source::Error::needs_restart)
    }

    /// Whether records may come a second time, as the source cannot tell which have come.
    pub(crate) fn would_repeat(&self) -> bool {
        self.source_error().is_some_and(rest_source::Error::would_repeat)
    }

    pub(crate) fn incomplete(report: RunReport, failures: Vec<Failure>) -> Error {
        let (failed, all) = (failures.len(), report.resources.len());
        let noun = if all == 1 { "resource" } else { "resources" };
        let them = if failed == 1 { "it" } else { "them" };
        let left = report.resources.iter().any(|resource| {
            matches!(resource.outcome, Outcome::Failed { .. })
                && (resource.rows > 0 || resource.resumed)
        });
        let rest = if !left {
            format!(" before this run committed anything of {them}")
        } else if failures.iter().all(|failure| failure.error.is_transient()) {
            "; complete pages are committed and running again continues after them".to_owned()
        } else {
            "; complete pages are committed and running again continues after them, once what \
             failed is put right"
                .to_owned()
        };
        let mut error =
            Error::of(ErrorKind::Incomplete, format!("{failed} of {all} {noun} failed{rest}"));
        error.0.run = Some((report, failures));
        error
    }

    fn of(kind: ErrorKind, message: String) -> Error {
        Error(Box::new(Inner {
            kind,
            message,
            cause: None,
            advice: None,
            is_transient: false,
            #[cfg(any(feature = "postgres", feature = "adbc"))]
            refuses_rows: false,
            run: None,
        }))
    }

    /// What sort of error it is.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// Whether another run of the pipeline is active.
    pub fn is_busy(&self) -> bool {
        self.0.kind == ErrorKind::Busy
    }

    /// Whether a record cannot be stored as it is.
    pub fn is_record(&self) -> bool {
        self.0.kind == ErrorKind::Record
    }

    /// Whether the tables do not fit what the source declares.
    pub fn is_schema(&self) -> bool {
        self.0.kind == ErrorKind::Schema
    }

    /// Whether the source could not be fetched.
    pub fn is_source(&self) -> bool {
        self.0.kind == ErrorKind::Source
    }

    /// Whether loading would append rows a second time, so that nothing was loaded.
    pub fn would_double(&self) -> bool {
        self.0.kind == ErrorKind::WouldDouble
    }

    /// Whether the destination could not be reached or written to.
    pub fn is_destination(&self) -> bool {
        self.0.kind == ErrorKind::Destination
    }

    /// Whether running again may succeed with nothing changed: the server gave no answer or was
    /// overloaded, the connection to the destination was lost, or another run is active. Of a run
    /// whose resources failed, whether that is so for each.
    pub fn is_transient(&self) -> bool {
        match self.0.kind {
            ErrorKind::Busy => true,
            ErrorKind::Source => self.source_error().is_some_and(is_transient),
            ErrorKind::Incomplete => {
                self.failures().iter().all(|failure| failure.error.is_transient())
            }
            ErrorKind::Record
            | ErrorKind::Schema
            | ErrorKind::WouldDouble
            | ErrorKind::Destination => self.0.is_transient,
        }
    }

    /// What the source said when a page could not be fetched, to ask for its status and the like.
    pub fn source_error(&self) -> Option<&rest_source::Error> {
        self.0.cause.as_ref()?.downcast_ref()
    }

    /// The resources that are not loaded completely. Empty if the run could not begin at all.
    pub fn failures(&self) -> &[Failure] {
        self.0.run.as_ref().map_or(&[], |(_, failures)| failures)
    }

    /// What the run did in spite of the failures. `None` if it could not begin at all.
    pub fn report(&self) -> Option<&RunReport> {
        self.0.run.as_ref().map(|(report, _)| report)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let f = &mut Lines(f);
        f.write_str(&self.0.message)?;
        if let Some(cause) = &self.0.cause {
            let separator = if self.0.message.is_empty() { "" } else { ": " };
            f.write_str(separator)?;
            match self.source_error() {
                Some(error) => write!(f, "{error}")?,
                // A database may show a whole row.
                None => f.write_str(&cut(cause.to_string()))?,
            }
        }
        if let Some(advice) = &self.0.advice {
            // What failed in the source may have lines of help already.
            let separator = if self.source_error().is_some() { "\n  help: " } else { "; " };
            write!(f, "{separator}{advice}")?;
        }
        for failure in self.failures() {
            write!(f, "\n  {failure}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Failure { resource, error } = self;
        // What failed in the source begins with its resource and page already.
        match error.source_error().and_then(rest_source::Error::resource) {
            Some(_) => error.fmt(f),
            None => write!(f, "{}: {error}", line(resource)),
        }
    }
}

/// The text, as `main` shows an error that it returns by its `Debug`; with `{:#?}` the parts.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if f.alternate() { self.0.fmt(f) } else { fmt::Display::fmt(self, f) }
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.cause.as_ref().and_then(|cause| cause.source())
    }
}

fn cut(text: String) -> String {
    if text.len() <= LONGEST {
        return text;
    }
    let end = (0..LONGEST).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    format!("{}… ({} bytes)", &text[..end], text.len())
}

/// What to do about a status that the same request would get again.
fn advice(status: u16) -> Option<&'static str> {
    match status {
        401 => Some("give the client credentials that the server accepts"),
        403 => Some("give the client credentials that may read this"),
        404 | 410 => Some("see whether the base URL and the endpoint's path are right"),
        408 | 425 | 429 => None,
        400..500 => Some("see whether the endpoint's parameters are right"),
        _ => None,
    }
}

fn is_transient(error: &rest_source::Error) -> bool {
    use rest_source::ErrorKind::{Config, Decode, Stuck, Undecided};
    match error.status() {
        Some(_) => error.is_transient(),
        // Of what a source written by hand says, nothing is known.
        None => !matches!(error.kind(), Config | Decode | Stuck | Undecided),
    }
}
