//! Why a command has no result.

use std::{
    fmt,
    io::{self, Write as _},
};

use rest_source_plan::printable::lines;

use crate::outcome::Outcome;

/// Why a command has no result.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Something that the user can fix.
    User {
        /// What is wrong, and where.
        message: String,
        /// How to fix it.
        help: String,
    },
    /// A description with mistakes, or one that cannot be read, which has been reported.
    Description(Outcome),
    /// The output could not be written.
    Output(io::Error),
}

impl Failure {
    /// A failure that the user can fix.
    pub(crate) fn user(message: impl Into<String>, help: impl Into<String>) -> Failure {
        Failure::User { message: message.into(), help: help.into() }
    }

    /// Reports it on standard error, and returns the outcome of the command.
    pub(crate) fn report(&self) -> Outcome {
        match self {
            Failure::User { message, help } => error(message, Some(help)),
            Failure::Description(outcome) => return *outcome,
            // The reader has closed the output: `cargo rest-source explain | head`.
            Failure::Output(error) if is_closed(error) => return Outcome::Success,
            Failure::Output(why) => error(&format!("the output cannot be written: {why}"), None),
        }
        Outcome::Impossible
    }
}

/// Prints an error and its fix on standard error.
pub(crate) fn error(message: &str, help: Option<&str>) {
    let (message, help) = (lines(message), help.map(lines));
    let help = help.map(|help| format!("\n  {HELP}help{RESET}: {help}")).unwrap_or_default();
    print(format_args!("{ERROR}error{RESET}{BOLD}: {message}{RESET}{help}"));
}

/// Prints a note on standard error. Control characters are escaped, as the text may contain foreign names.
pub(crate) fn note(text: impl fmt::Display) {
    print(lines(&text.to_string()));
}

/// A closed or full standard error is ignored: the exit status is that of what was done.
fn print(text: impl fmt::Display) {
    let _ = writeln!(anstream::stderr(), "{text}");
}

/// Whether the reader has closed the output.
pub(crate) fn is_closed(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::BrokenPipe
}

// The colours of the diagnostics, which are rustc's.
const ERROR: &str = "\x1b[1m\x1b[91m";
const HELP: &str = "\x1b[1m\x1b[96m";
const BOLD: &str = "\x1b[1m";
const RESET: &str = "\x1b[0m";

impl From<rest_source_dynamic::Failure> for Failure {
    fn from(failure: rest_source_dynamic::Failure) -> Failure {
        match failure {
            rest_source_dynamic::Failure::Refused { message, help } => {
                Failure::User { message, help }
            }
            rest_source_dynamic::Failure::Client(error) => Failure::user(
                error.to_string(),
                "nothing was requested: fix the description or the arguments",
            ),
            rest_source_dynamic::Failure::Output(error) => Failure::Output(error),
        }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Failure {
        Failure::Output(error)
    }
}
