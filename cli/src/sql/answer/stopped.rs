//! Why not all rows of a statement are printed.

use std::io;

use crate::failure::Failure;

/// Why not all rows are printed.
pub(in crate::sql) enum Stopped {
    Failed(Failure),
    Output(io::Error),
}

impl From<Failure> for Stopped {
    fn from(failure: Failure) -> Stopped {
        Stopped::Failed(failure)
    }
}

impl From<io::Error> for Stopped {
    fn from(error: io::Error) -> Stopped {
        Stopped::Output(error)
    }
}
