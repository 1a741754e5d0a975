//! Fields that the file does not declare.

/// The fields of a record that the file does not declare, as the server sent them.
///
/// They are kept as JSON text and read when asked for, so that keeping them costs little.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Extra {
    /// The members of a JSON object, without its braces: `"status":"paid","links":{"payout":"PO1"}`.
    members: String,
}

impl Extra {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }
}
