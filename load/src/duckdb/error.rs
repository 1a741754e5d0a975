//! What DuckDB says when something fails.

use adbc_core::error::Error as AdbcError;

use crate::sql::failure::{Failed, Means};

/// An error of DuckDB, which is its text.
#[derive(Debug)]
pub(super) struct Cause(String);

impl std::fmt::Display for Cause {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Cause {}

/// The text of an error, without where in DuckDB it has come up.
pub(super) fn cause(error: &AdbcError) -> Cause {
    let text = error.message.split("\n\nStack Trace:").next().unwrap_or_default();
    let text = text.strip_prefix("Error with dynamic library: ").unwrap_or(text);
    Cause(text.trim_end().trim_end_matches('.').to_owned())
}

impl From<AdbcError> for Failed {
    fn from(error: AdbcError) -> Failed {
        let means = match duplicate(&error.message) {
            Some(column) => Means::Unique(column.to_owned()),
            None => Means::Nothing,
        };
        Failed::new(cause(&error), means)
    }
}

impl From<arrow_schema::ArrowError> for Failed {
    fn from(error: arrow_schema::ArrowError) -> Failed {
        Failed::from(AdbcError::from(error))
    }
}

/// The column in which two rows have the same value, which DuckDB does not always say.
fn duplicate(message: &str) -> Option<&str> {
    // `Constraint Error: Duplicate key "mail: a@b.c" violates unique constraint.`
    if let Some((_, rest)) = message.split_once("Duplicate key \"") {
        return Some(rest.split_once(": ").map_or("", |(column, _)| column));
    }
    let is_unsaid = message.contains("UNIQUE constraint violat")
        || message.contains("Data contains duplicates on indexed column");
    is_unsaid.then_some("")
}
