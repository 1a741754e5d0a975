//! Why nothing could be imported.

use std::{
    error,
    fmt::{self, Write as _},
};

use crate::gap::Gap;

/// How many gaps a failure names as its reasons.
const MOST_REASONS: usize = 12;

/// Why nothing could be imported.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Failure {
    /// What is wrong with the input.
    pub message: String,
    /// What to do about it.
    pub help: String,
}

impl Failure {
    pub(crate) fn new(message: impl Into<String>, help: impl Into<String>) -> Failure {
        Failure { message: message.into(), help: help.into() }
    }

    /// That of which a gap is the reason.
    pub(crate) fn of(gap: &Gap, help: impl Into<String>) -> Failure {
        Failure::new(format!("{}: {}", gap.place, gap.message), help)
    }

    /// The same with what could not be brought over, as the reason.
    pub(crate) fn because(mut self, gaps: &[Gap]) -> Failure {
        for gap in gaps.iter().take(MOST_REASONS) {
            let _ = write!(self.message, "\n  {} [{}]: {}", gap.place, gap.code, gap.message);
        }
        if gaps.len() > MOST_REASONS {
            let _ = write!(self.message, "\n  and {} more", gaps.len() - MOST_REASONS);
        }
        self
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.message, self.help)
    }
}

impl error::Error for Failure {}
