//! Why a body could not be decoded.

use crate::error::Misread;

/// A body that is not JSON.
#[derive(Debug)]
pub(crate) struct Unreadable(pub(crate) serde_json::Error);

/// Why a page could not be decoded.
pub(crate) enum Fault {
    /// The body is not JSON.
    Unreadable(Unreadable),
    /// The body is JSON, but not what the plan says.
    Misread(Misread),
}

impl From<serde_json::Error> for Fault {
    fn from(error: serde_json::Error) -> Fault {
        Fault::Unreadable(Unreadable(error))
    }
}

impl From<Misread> for Fault {
    fn from(misread: Misread) -> Fault {
        Fault::Misread(misread)
    }
}
