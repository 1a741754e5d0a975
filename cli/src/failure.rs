//! Why a command could not be carried out. Mistakes in a description are no failure of it.

use std::{fmt, io};

/// Why a command could not be carried out.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Something that the user can mend.
    User {
        /// What is wrong, and where.
        message: String,
        /// How to mend it.
        help: String,
    },
    /// The output could not be written.
    Output(io::Error),
}

impl Failure {
    /// A failure that the user can mend.
    pub(crate) fn user(message: impl Into<String>, help: impl Into<String>) -> Failure {
        Failure::User { message: message.into(), help: help.into() }
    }

    /// Tells it on standard error.
    pub(crate) fn show(&self) {
        anstream::eprintln!("{self}");
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (message, help) = match self {
            Failure::User { message, help } => (message.clone(), help.as_str()),
            Failure::Output(error) => (format!("the output cannot be written: {error}"), ""),
        };
        write!(f, "{ERROR}error{RESET}{BOLD}: {message}{RESET}")?;
        if help.is_empty() { Ok(()) } else { write!(f, "\n  {HELP}help{RESET}: {help}") }
    }
}

// The colours of the diagnostics, which are rustc's.
const ERROR: &str = "\x1b[1m\x1b[91m";
const HELP: &str = "\x1b[1m\x1b[96m";
const BOLD: &str = "\x1b[1m";
const RESET: &str = "\x1b[0m";

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Failure {
        Failure::Output(error)
    }
}
