//! What PostgreSQL says when something fails, and whether trying again may help.

use std::{
    error::Error as StdError,
    fmt::{self, Display},
    io,
    time::Duration,
};

use tokio_postgres::error::{DbError, SqlState};

use crate::{
    Error,
    sql::failure::{Failed, Means},
};

/// How often something is retried that a lost connection has interrupted.
const MAX_RETRIES: u32 = 4;

/// How long the first of these waits; each further one twice as long.
const FIRST_WAIT: Duration = Duration::from_millis(200);

impl From<tokio_postgres::Error> for Failed {
    fn from(error: tokio_postgres::Error) -> Failed {
        let means = if is_transient(&error) {
            Means::Transient
        } else if refuses_rows(&error) {
            Means::RefusesRows
        } else if error.code() == Some(&SqlState::UNIQUE_VIOLATION) {
            let by = error.as_db_error().and_then(DbError::constraint).unwrap_or_default();
            Means::Unique(by.to_owned())
        } else {
            Means::Nothing
        };
        Failed::new(Cause(error), means)
    }
}

/// Counts how often something is tried.
#[derive(Default)]
pub(super) struct Tries(u32);

impl Tries {
    /// Whether this is the first.
    pub(super) fn is_first(&self) -> bool {
        self.0 == 0
    }

    /// Waits, to try again what failed so.
    ///
    /// # Errors
    ///
    /// The error if trying again will not help, or has not.
    pub(super) async fn again(&mut self, error: Error) -> Result<(), Error> {
        if !(error.is_destination() && error.is_transient()) {
            return Err(error);
        }
        if self.0 == MAX_RETRIES {
            let advice = "nothing is lost or doubled, and running again continues";
            return Err(error.with_advice(advice.to_owned()));
        }
        tracing::warn!(%error, "retrying on PostgreSQL");
        tokio::time::sleep(FIRST_WAIT * 2_u32.pow(self.0)).await;
        self.0 += 1;
        Ok(())
    }
}

/// Whether a row is not taken: a value is out of the bounds of its type, a row or a key is too large, or
/// a constraint of the table's owner is in the way. Two rows with the same value are none of these, as
/// which of them is at fault is not known.
fn refuses_rows(error: &tokio_postgres::Error) -> bool {
    const DATA_EXCEPTION: &str = "22";
    const LIMIT_EXCEEDED: &str = "54";
    error.code().is_some_and(|code| {
        code.code().starts_with(DATA_EXCEPTION)
            || code.code().starts_with(LIMIT_EXCEEDED)
            || *code == SqlState::NOT_NULL_VIOLATION
            || *code == SqlState::CHECK_VIOLATION
            || *code == SqlState::FOREIGN_KEY_VIOLATION
    })
}

/// Whether the same may succeed with nothing changed.
fn is_transient(error: &tokio_postgres::Error) -> bool {
    if let Some(code) = error.code() {
        return is_conflict(error)
            || *code == SqlState::T_R_SERIALIZATION_FAILURE
            || *code == SqlState::T_R_DEADLOCK_DETECTED
            || *code == SqlState::LOCK_NOT_AVAILABLE
            || *code == SqlState::TOO_MANY_CONNECTIONS
            || *code == SqlState::ADMIN_SHUTDOWN
            || *code == SqlState::CRASH_SHUTDOWN
            || *code == SqlState::CANNOT_CONNECT_NOW
            || *code == SqlState::IDLE_IN_TRANSACTION_SESSION_TIMEOUT;
    }
    match error.source().map(|source| source.downcast_ref::<io::Error>()) {
        // Closed, or no answer in time.
        None => true,
        // What is invalid stays so: a certificate, an address.
        Some(Some(error)) => {
            !matches!(error.kind(), io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput)
        }
        Some(None) => false,
    }
}

/// Whether another session has created or changed the same table, column or index at the same time.
fn is_conflict(error: &tokio_postgres::Error) -> bool {
    let Some(error) = error.as_db_error() else { return false };
    let is_of_catalog = error.schema() == Some("pg_catalog");
    [SqlState::DUPLICATE_TABLE, SqlState::DUPLICATE_COLUMN, SqlState::DUPLICATE_OBJECT]
        .contains(error.code())
        || *error.code() == SqlState::UNIQUE_VIOLATION && is_of_catalog
        || *error.code() == SqlState::INTERNAL_ERROR
            && error.message().contains("concurrently updated")
}

/// An error of PostgreSQL whose text says what its own leaves to its sources.
#[derive(Debug)]
struct Cause(tokio_postgres::Error);

impl Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(error) = self.0.as_db_error() else {
            write!(f, "{}", self.0)?;
            return match self.0.source() {
                Some(source) => write!(f, ": {source}"),
                None => Ok(()),
            };
        };
        f.write_str(error.message())?;
        if let Some(detail) = error.detail() {
            write!(f, " ({})", detail.trim_end_matches('.'))?;
        }
        match error.hint() {
            Some(hint) => write!(f, "; {}", hint.trim_end_matches('.')),
            None => Ok(()),
        }
    }
}

impl StdError for Cause {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source()
    }
}
