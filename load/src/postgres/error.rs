//! What PostgreSQL says when something fails, and whether trying again may help.

use std::{
    error::Error as StdError,
    fmt::{self, Display},
    io,
    time::Duration,
};

use tokio_postgres::error::DbError;

use crate::{
    Error,
    sql::{
        failure::{Failed, Means},
        postgres::failure::Said,
    },
};

/// How often something is retried that a lost connection has interrupted.
const MAX_RETRIES: u32 = 4;

/// How long the first of these waits; each further one twice as long.
const FIRST_WAIT: Duration = Duration::from_millis(200);

impl From<tokio_postgres::Error> for Failed {
    fn from(error: tokio_postgres::Error) -> Failed {
        let means = match error.as_db_error() {
            Some(error) => said(error).means(),
            None if is_lost(&error) => Means::Transient,
            None => Means::Nothing,
        };
        Failed::new(Cause(error), means)
    }
}

fn said(error: &DbError) -> Said<'_> {
    Said {
        code: error.code().code(),
        message: error.message(),
        detail: error.detail(),
        hint: error.hint(),
        schema: error.schema(),
        constraint: error.constraint(),
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

/// Whether the connection is, so that the same may succeed with nothing changed.
fn is_lost(error: &tokio_postgres::Error) -> bool {
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
        write!(f, "{}", said(error))
    }
}

impl StdError for Cause {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source()
    }
}
