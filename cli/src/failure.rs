//! Why a command has no result.

use std::io;

use crate::Outcome;

/// Why a command has no result.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Something that the user can mend.
    User {
        /// What is wrong, and where.
        message: String,
        /// How to mend it.
        help: String,
    },
    /// A description with mistakes, or one that cannot be read, which has been told.
    Description(Outcome),
    /// The output could not be written.
    Output(io::Error),
}

impl Failure {
    /// A failure that the user can mend.
    pub(crate) fn user(message: impl Into<String>, help: impl Into<String>) -> Failure {
        Failure::User { message: message.into(), help: help.into() }
    }

    /// Tells it on standard error, and gives what it makes of the command.
    pub(crate) fn tell(&self) -> Outcome {
        let (message, help) = match self {
            Failure::User { message, help } => {
                (message.clone(), format!("\n  {HELP}help{RESET}: {help}"))
            }
            Failure::Description(outcome) => return *outcome,
            // Whoever reads the output has seen enough: `cargo rest-source explain | head`.
            Failure::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                return Outcome::Success;
            }
            Failure::Output(error) => {
                (format!("the output cannot be written: {error}"), String::new())
            }
        };
        anstream::eprintln!("{ERROR}error{RESET}{BOLD}: {message}{RESET}{help}");
        Outcome::Impossible
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
