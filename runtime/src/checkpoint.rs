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
    /// What the next request sends; `None` after the last page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    page_cursor: Option<String>,
}

impl Checkpoint {
    /// Whether the page that it came with was the last one. Resuming there fetches nothing.
    pub fn is_end(&self) -> bool {
        self.page_cursor.is_none()
    }

    pub(crate) fn new(page: u64, page_cursor: Option<&str>) -> Checkpoint {
        Checkpoint { page, page_cursor: page_cursor.map(str::to_owned) }
    }

    /// The number of the page it came with, and what the next request sends.
    pub(crate) fn into_parts(self) -> (u64, Option<String>) {
        (self.page, self.page_cursor)
    }
}
