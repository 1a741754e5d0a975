//! What could not be brought over.

use std::fmt;

/// Something that the input says and the description does not.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Gap {
    /// The kind of gap, one word: `custom_component`.
    pub code: &'static str,
    /// Where it is in the input, in the input's own terms: `paths./v1/orders.get`.
    pub place: String,
    /// What is missing and why.
    pub message: String,
}

impl Gap {
    pub(crate) fn new(
        code: &'static str,
        place: impl Into<String>,
        message: impl Into<String>,
    ) -> Gap {
        Gap { code, place: place.into(), message: message.into() }
    }
}

/// `custom_component: streams.orders: …`, on one line.
impl fmt::Display for Gap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: {}", self.code, self.place, self.message)
    }
}
