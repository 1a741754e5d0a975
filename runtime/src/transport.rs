//! What a client sends its requests by, those for tokens too: connections and bounds.

use std::{sync::Arc, time::Duration};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::{mask::Mask, origins::Origins, plan::Retry, rate_limit::RateLimiter};

/// Connections, and what keeps requests within bounds.
pub(crate) struct Transport {
    pub(crate) http: reqwest::Client,
    pub(crate) retry: Retry,
    /// The longest that one try may take.
    pub(crate) timeout: Option<Duration>,
    /// The largest body of a response, in bytes after decompression.
    pub(crate) max_body_bytes: u64,
    pub(crate) origins: Origins,
    pub(crate) rate_limit: RateLimiter,
    /// Has a permit for each request that may be under way.
    pub(crate) permits: Arc<Semaphore>,
    pub(crate) mask: Arc<Mask>,
}

impl Transport {
    /// Waits until one more request may be under way, which it is while the permit is held.
    pub(crate) async fn permit(&self) -> Option<OwnedSemaphorePermit> {
        // Nobody closes the semaphore; were it closed, nothing would be bounded and nothing hang.
        Arc::clone(&self.permits).acquire_owned().await.ok()
    }
}
