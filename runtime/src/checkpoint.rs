//! Where a fetch continues.

use serde::{Deserialize, Serialize};

/// Where a fetch continues: after the page that it came with.
///
/// It is small, holds no secret, and is the same JSON in every release of this version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checkpoint {
    /// The number of the page it came with, from 1.
    page: u64,
    /// What the next request sends; `None` after the last page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    page_cursor: Option<String>,
}

impl Checkpoint {
    /// Whether the page that it came with was the last one.
    pub fn is_end(&self) -> bool {
        self.page_cursor.is_none()
    }
}
