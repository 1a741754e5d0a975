//! Where a paginator is, as a checkpoint keeps it.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::detected::Found;

/// Where a paginator is: what the next request asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Position {
    /// A page cursor that the server gave.
    PageCursor(Value),
    /// How many records are skipped.
    Offset(u64),
    /// The same where it grows by steps.
    Stepped(Stepped),
    /// The page of this number.
    PageNumber(u64),
    /// An address that the server gave.
    NextUrl(String),
    /// The state of a paginator from outside this crate.
    Custom(Value),
    /// A position of what was detected from the first response.
    Found(Box<FoundPosition>),
}

impl Position {
    /// The members of a checkpoint that are one.
    pub(crate) const NAMES: [&str; 7] =
        ["page_cursor", "offset", "stepped", "page_number", "next_url", "custom", "found"];
}

/// An offset that grows by steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Stepped {
    pub(crate) offset: u64,
    /// How many records have come, which the offset does not say.
    pub(crate) received: u64,
}

/// A position, and what has to be known beside the plan to make use of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct FoundPosition {
    #[serde(flatten)]
    pub(crate) found: Found,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) next: Option<Position>,
    /// How many records have come, where a total is known that they are compared with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) received: Option<u64>,
}
