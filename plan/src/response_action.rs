//! What becomes of certain responses.

use crate::{Filter, Str};

/// How to handle the responses that meet all of these conditions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResponseAction {
    /// The lowest and the highest status that it means; any if `None`.
    pub statuses: Option<(u16, u16)>,
    /// Text that the body contains; any if `None`.
    pub content: Option<Str>,
    /// What the body says; anything if `None`.
    pub filter: Option<BodyFilter>,
    /// What to do.
    pub action: Action,
}

/// What the body of a response says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BodyFilter {
    /// `@.code != 0`: it is JSON, and this holds for it.
    Holds(Filter),
    /// `!@`: it is empty or no JSON.
    NotJson,
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
    /// The response is a page, whatever its status is, and its body is what is looked for.
    Accept,
}
