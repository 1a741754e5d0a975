//! Where a paginator is, as a checkpoint keeps it.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::detected::Found;

/// Where a paginator is: what the next request asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Position {
    /// A page cursor that the server gave: a text or a number.
    PageCursor(Value),
    /// How many records are skipped.
    Offset(u64),
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
    pub(crate) const NAMES: [&str; 6] =
        ["page_cursor", "offset", "page_number", "next_url", "custom", "found"];
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
