//! Rows that SQLite refuses because of a column which is declared `unique`.

use rusqlite::{Error as Cause, ffi::SQLITE_CONSTRAINT_UNIQUE};

use super::error::failed;
use crate::{Error, Shape, sql::unique::clash};

/// For `map_err`: what failed when rows were written into the tables of a shape.
pub(super) fn refused(shape: &Shape, what: String) -> impl FnOnce(Cause) -> Error + '_ {
    move |cause| match &cause {
        // `UNIQUE constraint failed: payments.mail`
        Cause::SqliteFailure(error, Some(text))
            if error.extended_code == SQLITE_CONSTRAINT_UNIQUE =>
        {
            let is_it = |table: &str, column: &str| {
                let named = format!(": {table}.{column}").to_ascii_lowercase();
                text.to_ascii_lowercase().ends_with(&named)
            };
            match clash(shape, is_it) {
                Some(clash) => clash.error(&what, cause),
                None => failed(what)(cause),
            }
        }
        _ => failed(what)(cause),
    }
}
