//! What becomes of certain responses.

use crate::Str;

/// What becomes of responses that have a status, a content, or both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResponseAction {
    /// The lowest and the highest status that it means; any if `None`.
    pub statuses: Option<(u16, u16)>,
    /// Text that the body contains; any if `None`.
    pub content: Option<Str>,
    /// What to do.
    pub action: Action,
}

/// What to do with a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// The page counts as empty, and the last one.
    Ignore,
    /// The request is sent again.
    Retry,
    /// The fetch ends in an error, even if the status is a success.
    Raise,
}
