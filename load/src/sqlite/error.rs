//! What SQLite says when something fails.

use std::fmt::Display;

use rusqlite::ErrorCode;

use crate::{Error, ErrorKind};

/// For `map_err`: what failed, followed by what SQLite says.
pub(super) fn failed(what: impl Display) -> impl FnOnce(rusqlite::Error) -> Error {
    move |error| {
        let busy = match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy) => " because another program has been writing too long",
            _ => "",
        };
        Error::caused_by(ErrorKind::Destination, format!("{what}{busy}"), error)
    }
}
