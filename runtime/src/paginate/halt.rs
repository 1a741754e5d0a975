//! Why a fetch cannot continue.

use crate::{
    Error,
    decode::{DecodeError, Unreadable},
    error::{self, Misread},
};

/// Why there is no next request although there should be.
pub(crate) enum Halt {
    /// The page cannot be read.
    Decode(DecodeError),
    /// The server's answers lead to no further page, although they say that there is one.
    Stuck(Misread),
    /// How the resource is paged cannot be detected.
    Undecided(String),
    /// A paginator from outside this crate says so.
    Custom(Box<dyn std::error::Error + Send + Sync>),
}

impl Halt {
    pub(super) fn stuck(what: String) -> Halt {
        Halt::Stuck(Misread { what, ..Misread::default() })
    }

    /// The page has something else where the paginator looks.
    pub(super) fn misread(what: String, found: Option<String>) -> Halt {
        Halt::Decode(DecodeError::Misread(Misread { what, found, ..Misread::default() }))
    }

    pub(super) fn unreadable(unreadable: Unreadable) -> Halt {
        Halt::Decode(DecodeError::Unreadable(unreadable))
    }

    /// The error for it. `decode_error` makes one of a page that cannot be read.
    pub(crate) fn into_error(self, decode_error: impl FnOnce(DecodeError) -> Error) -> Error {
        match self {
            Halt::Decode(error) => decode_error(error),
            Halt::Stuck(misread) => Error::new(error::Kind::Stuck(misread)),
            Halt::Undecided(what) => Error::new(error::Kind::Undecided(what)),
            Halt::Custom(error) => Error::other(error),
        }
    }
}
