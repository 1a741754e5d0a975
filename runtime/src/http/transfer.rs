//! What it took to fetch a page.

use std::time::Duration;

/// What it took to fetch a page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Transfer {
    /// Bytes of the body, after decompression.
    pub bytes: u64,
    /// How many times the request was sent again before it succeeded.
    pub retries: u32,
    /// From the first try to the last byte of the body.
    pub elapsed: Duration,
}

impl Transfer {
    /// So many bytes, after so many retries and so long.
    pub fn new(bytes: u64, retries: u32, elapsed: Duration) -> Transfer {
        Transfer { bytes, retries, elapsed }
    }
}
