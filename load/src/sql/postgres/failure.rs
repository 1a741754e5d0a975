//! What an error of PostgreSQL means, by its code and what is said with it.

use std::fmt;

use crate::sql::failure::Means;

/// What PostgreSQL says when something fails.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Said<'a> {
    /// The code of SQL's standard: `23505`.
    pub(crate) code: &'a str,
    pub(crate) message: &'a str,
    pub(crate) detail: Option<&'a str>,
    pub(crate) hint: Option<&'a str>,
    pub(crate) schema: Option<&'a str>,
    pub(crate) constraint: Option<&'a str>,
}

impl fmt::Display for Said<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message)?;
        if let Some(detail) = self.detail {
            write!(f, " ({})", detail.trim_end_matches('.'))?;
        }
        match self.hint {
            Some(hint) => write!(f, "; {}", hint.trim_end_matches('.')),
            None => Ok(()),
        }
    }
}

impl Said<'_> {
    pub(crate) fn means(&self) -> Means {
        if self.is_transient() {
            Means::Transient
        } else if self.refuses_rows() {
            Means::RefusesRows
        } else if self.code == UNIQUE_VIOLATION {
            Means::Unique(self.constraint.unwrap_or_default().to_owned())
        } else {
            Means::Nothing
        }
    }

    /// Whether a row is not taken: a value is out of the bounds of its type, a row or a key is too large, or
    /// a constraint of the table's owner is in the way. Two rows with the same value are none of these, as
    /// which of them is at fault is not known.
    fn refuses_rows(&self) -> bool {
        self.code.starts_with(DATA_EXCEPTION)
            || self.code.starts_with(LIMIT_EXCEEDED)
            || [NOT_NULL_VIOLATION, CHECK_VIOLATION, FOREIGN_KEY_VIOLATION].contains(&self.code)
    }

    /// Whether the same may succeed with nothing changed.
    fn is_transient(&self) -> bool {
        self.is_conflict()
            || [
                SERIALIZATION_FAILURE,
                DEADLOCK_DETECTED,
                LOCK_NOT_AVAILABLE,
                TOO_MANY_CONNECTIONS,
                ADMIN_SHUTDOWN,
                CRASH_SHUTDOWN,
                CANNOT_CONNECT_NOW,
                IDLE_IN_TRANSACTION_SESSION_TIMEOUT,
            ]
            .contains(&self.code)
    }

    /// Whether another session has created or changed the same table, column or index at the same time.
    fn is_conflict(&self) -> bool {
        [DUPLICATE_TABLE, DUPLICATE_COLUMN, DUPLICATE_OBJECT].contains(&self.code)
            || self.code == UNIQUE_VIOLATION && self.schema == Some("pg_catalog")
            || self.code == INTERNAL_ERROR && self.message.contains("concurrently updated")
    }
}

const DATA_EXCEPTION: &str = "22";
const LIMIT_EXCEEDED: &str = "54";
const NOT_NULL_VIOLATION: &str = "23502";
const FOREIGN_KEY_VIOLATION: &str = "23503";
const UNIQUE_VIOLATION: &str = "23505";
const CHECK_VIOLATION: &str = "23514";
const IDLE_IN_TRANSACTION_SESSION_TIMEOUT: &str = "25P03";
const SERIALIZATION_FAILURE: &str = "40001";
const DEADLOCK_DETECTED: &str = "40P01";
const DUPLICATE_COLUMN: &str = "42701";
const DUPLICATE_OBJECT: &str = "42710";
const DUPLICATE_TABLE: &str = "42P07";
const TOO_MANY_CONNECTIONS: &str = "53300";
const LOCK_NOT_AVAILABLE: &str = "55P03";
const ADMIN_SHUTDOWN: &str = "57P01";
const CRASH_SHUTDOWN: &str = "57P02";
const CANNOT_CONNECT_NOW: &str = "57P03";
const INTERNAL_ERROR: &str = "XX000";
