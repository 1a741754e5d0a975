//! Why a body could not be decoded.

use crate::error::Misread;

/// A body that is not JSON.
#[derive(Debug)]
pub(crate) struct Unreadable(pub(crate) serde_json::Error);

/// Why a page could not be decoded.
pub(crate) enum DecodeError {
    /// The body is not JSON.
    Unreadable(Unreadable),
    /// The body is JSON, but not what the plan says.
    Misread(Misread),
}

impl From<serde_json::Error> for DecodeError {
    fn from(error: serde_json::Error) -> DecodeError {
        DecodeError::Unreadable(Unreadable(error))
    }
}

impl From<Misread> for DecodeError {
    fn from(misread: Misread) -> DecodeError {
        DecodeError::Misread(misread)
    }
}
