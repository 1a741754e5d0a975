//! A record as a range looks at it.

use serde_json::value::RawValue;

/// A record of a page.
#[derive(Clone, Copy)]
pub(super) struct PageRecord<'r> {
    /// As the steps of the resource leave it.
    pub(super) record: &'r RawValue,
    /// As the server has sent it.
    pub(super) sent: &'r RawValue,
}
