//! What a database says when something fails, and what that means for a load.

use std::{error::Error as StdError, fmt::Display};

use crate::{Error, ErrorKind};

/// An error of a database.
#[derive(Debug)]
pub(crate) struct Failed {
    cause: Box<dyn StdError + Send + Sync>,
    means: Means,
}

/// What an error means.
#[derive(Debug)]
pub(crate) enum Means {
    Nothing,
    /// Another program has kept the database too long.
    #[cfg(any(feature = "sqlite", feature = "adbc"))]
    Busy,
    /// The same may succeed with nothing changed.
    #[cfg(any(feature = "postgres", feature = "adbc"))]
    Transient,
    /// It does not take one of the rows.
    #[cfg(any(feature = "postgres", feature = "adbc"))]
    RefusesRows,
    /// Two rows have the same values in the columns of a unique index: its name, or `table.column`.
    Unique(String),
}

impl Failed {
    pub(crate) fn new(cause: impl Into<Box<dyn StdError + Send + Sync>>, means: Means) -> Failed {
        Failed { cause: cause.into(), means }
    }

    /// The database's own error, if it is of this type.
    #[cfg(feature = "sqlite")]
    pub(crate) fn cause<E: StdError + 'static>(&self) -> Option<&E> {
        self.cause.downcast_ref()
    }

    pub(crate) fn into_cause(self) -> Box<dyn StdError + Send + Sync> {
        self.cause
    }

    /// The unique index in whose columns two rows have the same values: its name, or `table.column`.
    pub(super) fn violated(&self) -> Option<&str> {
        if let Means::Unique(by) = &self.means { Some(by) } else { None }
    }

    /// The error of what has failed by it.
    pub(super) fn error(self, what: &dyn Display) -> Error {
        let because = match self.means {
            #[cfg(any(feature = "sqlite", feature = "adbc"))]
            Means::Busy => " because another program has been writing too long",
            _ => "",
        };
        let message = format!("{what}{because}");
        let error = Error::caused_by(ErrorKind::Destination, message, self.cause);
        match self.means {
            #[cfg(any(feature = "postgres", feature = "adbc"))]
            Means::Transient => error.transient(),
            #[cfg(any(feature = "postgres", feature = "adbc"))]
            Means::RefusesRows => error.refusing_rows(),
            _ => error,
        }
    }
}

/// For `map_err`: what failed, followed by what the database says.
pub(crate) fn failed<E: Into<Failed>>(what: impl Display) -> impl FnOnce(E) -> Error {
    move |error| error.into().error(&what)
}
