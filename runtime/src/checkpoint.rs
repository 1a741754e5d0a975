//! Where a fetch continues.

use serde::{Deserialize, Serialize};

/// Where a fetch continues: after the page that it came with.
///
/// It is small, holds no secret, and is the same JSON in every release of this version.
///
/// ```
/// use rest_source::Checkpoint;
///
/// let checkpoint: Checkpoint = serde_json::from_str(r#"{"page":3,"page_cursor":"PM0042"}"#)?;
/// assert!(!checkpoint.is_end());
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checkpoint {
    /// The number of the page it came with, from 1.
    page: u64,
    /// What the next request asks for; `None` after the last page.
    #[serde(flatten, default, skip_serializing_if = "Option::is_none")]
    position: Option<Position>,
}

/// Where a paginator is: what the next request asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Position {
    /// A page cursor that the server gave.
    PageCursor(String),
    /// How many records are skipped.
    Offset(u64),
    /// The page of this number.
    PageNumber(u64),
    /// An address that the server gave.
    NextUrl(String),
}

impl Checkpoint {
    /// Whether the page that it came with was the last one. Resuming there fetches nothing.
    pub fn is_end(&self) -> bool {
        self.position.is_none()
    }

    pub(crate) fn new(page: u64, position: Option<Position>) -> Checkpoint {
        Checkpoint { page, position }
    }

    /// The number of the page it came with, and what the next request asks for.
    pub(crate) fn into_parts(self) -> (u64, Option<Position>) {
        (self.page, self.position)
    }
}
