//! What can go wrong while loading, and what to do about it.

use std::{error::Error as StdError, fmt};

use crate::{Outcome, RunReport};

/// What went wrong, where, and what to do about it.
///
/// Its text contains that of its cause, so that printing it says everything; [`source`] goes on
/// below the cause.
///
/// [`source`]: StdError::source
pub struct Error(Box<Inner>);

#[derive(Debug)]
struct Inner {
    kind: ErrorKind,
    message: String,
    cause: Option<Box<dyn StdError + Send + Sync>>,
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
    /// Another run of the pipeline is going on.
    Busy,
    /// The destination could not be reached or written to.
    Destination,
    /// Some resources are not loaded completely.
    Incomplete,
}

/// A resource that is not loaded completely, and why. Its `Display` says both.
#[derive(Debug)]
pub struct Failure {
    /// The resource's name.
    pub resource: String,
    /// What went wrong.
    pub error: Error,
}

impl Error {
    /// An error that a destination tells in its own words: what is wrong, where, what to do.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Error {
        Error(Box::new(Inner { kind, message: message.into(), cause: None, run: None }))
    }

    /// An error with a cause, whose text follows `message`.
    pub fn caused_by(
        kind: ErrorKind,
        message: impl Into<String>,
        cause: impl Into<Box<dyn StdError + Send + Sync>>,
    ) -> Error {
        let cause = Some(cause.into());
        Error(Box::new(Inner { kind, message: message.into(), cause, run: None }))
    }

    pub(crate) fn incomplete(report: RunReport, failures: Vec<Failure>) -> Error {
        let (failed, all) = (failures.len(), report.resources.len());
        let noun = if all == 1 { "resource" } else { "resources" };
        let them = if failed == 1 { "it" } else { "them" };
        let left = report.resources.iter().any(|resource| {
            matches!(resource.outcome, Outcome::Failed { .. })
                && (resource.rows > 0 || resource.resumed)
        });
        let message = if left {
            format!(
                "{failed} of {all} {noun} failed; complete pages are committed and running again \
                 continues after them"
            )
        } else {
            format!("{failed} of {all} {noun} failed before anything of {them} was committed")
        };
        let run = Some((report, failures));
        Error(Box::new(Inner { kind: ErrorKind::Incomplete, message, cause: None, run }))
    }

    /// What sort of error it is.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// Whether another run of the pipeline is going on.
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

    /// Whether the destination could not be reached or written to.
    pub fn is_destination(&self) -> bool {
        self.0.kind == ErrorKind::Destination
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
        f.write_str(&self.0.message)?;
        if let Some(cause) = &self.0.cause {
            let separator = if self.0.message.is_empty() { "" } else { ": " };
            write!(f, "{separator}{cause}")?;
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
            None => write!(f, "{resource}: {error}"),
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
