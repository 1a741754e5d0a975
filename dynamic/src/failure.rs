//! Why a fetch could not begin, or ended early.

use std::{error::Error, fmt, io};

/// Why a fetch could not start or continue.
#[derive(Debug)]
pub enum Failure {
    /// The request for it is invalid.
    Refused {
        /// What is wrong.
        message: String,
        /// How to fix it.
        help: String,
    },
    /// There can be no such client or fetch.
    Client(rest_source::Error),
    /// What has come could not be handed over.
    Output(io::Error),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Refused { message, help } => write!(f, "{message}: {help}"),
            Failure::Client(error) => error.fmt(f),
            Failure::Output(error) => error.fmt(f),
        }
    }
}

impl Error for Failure {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Failure::Refused { .. } => None,
            Failure::Client(error) => Some(error),
            Failure::Output(error) => Some(error),
        }
    }
}
