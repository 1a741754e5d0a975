//! What SQLite says when something fails.

use rusqlite::{ErrorCode, ffi::SQLITE_CONSTRAINT_UNIQUE};

use crate::sql::failure::{Failed, Means};

impl From<rusqlite::Error> for Failed {
    fn from(error: rusqlite::Error) -> Failed {
        let means = match &error {
            // `UNIQUE constraint failed: payments.mail`
            rusqlite::Error::SqliteFailure(failure, Some(text))
                if failure.extended_code == SQLITE_CONSTRAINT_UNIQUE =>
            {
                let by = text.split_once(": ").map_or("", |(_, by)| by);
                Means::Unique(by.to_owned())
            }
            _ if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) => Means::Busy,
            _ => Means::Nothing,
        };
        Failed::new(error, means)
    }
}
