//! Where a request says what its paginator wants.

use std::fmt;

use crate::plan::Place;

/// A place and what is sent there, as an error shows it: `offset=20`.
pub(super) struct Sent<'a>(pub(super) &'a Place, pub(super) u64);

impl fmt::Display for Sent<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Sent(place, value) = self;
        match place {
            Place::Param(name) => write!(f, "`{name}={value}`"),
            Place::Body(keys) => write!(f, "`{}: {value}` in the body", keys.join(".")),
        }
    }
}
