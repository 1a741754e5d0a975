//! What a driver says when something fails.

use std::fmt;

use adbc_core::error::Error as AdbcError;

/// An error of a driver, which is its text.
#[derive(Debug)]
pub(crate) struct Cause(pub(crate) String);

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Cause {}

/// The text of an error, without where in the driver it has come up.
pub(crate) fn cause(error: &AdbcError) -> Cause {
    let text = error.message.split("\n\nStack Trace:").next().unwrap_or_default();
    let text = text.strip_prefix("Error with dynamic library: ").unwrap_or(text);
    Cause(text.trim_end().trim_end_matches('.').to_owned())
}
