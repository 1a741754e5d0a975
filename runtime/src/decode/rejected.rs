//! Records that are set aside because they cannot be decoded.

use serde_json::value::RawValue;

use crate::{
    Error,
    error::{Kind, Misread, mask::Mask},
    record::json::compact,
};

/// A record that was set aside because it cannot be decoded, see
/// [`Fetch::set_aside`](crate::Fetch::set_aside).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rejected {
    /// The record as the server wrote it, without the white space between its parts: JSON, though
    /// not always an object.
    pub record: String,
    /// Its number among those that the server sent on the page, from 1, as errors count them.
    pub number: u64,
    /// The field that is wrong, `links.customer`; `None` if it is the record itself.
    pub field: Option<String>,
    /// What is wrong, the end of the text that the error would have had: `expected a whole number of
    /// 64 bits, found "a lot"`. Secrets are masked in it.
    pub reason: String,
}

impl Rejected {
    /// The record of this number, as JSON text, which is wrong itself.
    pub fn new(record: impl Into<String>, number: u64, reason: impl Into<String>) -> Rejected {
        Rejected { record: record.into(), number, field: None, reason: reason.into() }
    }

    /// The same with the field that is wrong.
    #[must_use]
    pub fn in_field(self, field: impl Into<String>) -> Rejected {
        Rejected { field: Some(field.into()), ..self }
    }
}

/// A record that does not fit, and what it is about it.
#[doc(hidden)]
pub struct Unfit {
    pub(crate) record: Box<RawValue>,
    pub(crate) number: u64,
    pub(crate) misread: Misread,
}

impl Unfit {
    /// Of the record at this index of its page.
    pub(crate) fn new(record: &RawValue, index: usize, misread: Misread) -> Unfit {
        Unfit { record: record.to_owned(), number: index as u64 + 1, misread }
    }

    pub(crate) fn reject(self, mask: &Mask) -> Rejected {
        let error = Error::new(Kind::Decode(self.misread)).masked(mask);
        Rejected {
            record: compact(self.record.get()),
            number: self.number,
            field: error.field().map(str::to_owned),
            reason: error.to_string(),
        }
    }
}
