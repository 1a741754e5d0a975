//! What a client sends its requests by, those for tokens too: connections and bounds.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::{
    SentRequest, buffers::Buffers, cookies::Cookies, mask::Mask, origins::Origins, plan::Retry,
    rate_limit::RateLimiter,
};

/// What looks at every request.
pub(crate) type OnRequest = Arc<dyn Fn(&SentRequest) + Send + Sync>;

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
    pub(crate) on_request: Option<OnRequest>,
    /// Those that responses have set.
    pub(crate) cookies: Cookies,
    /// For the pages.
    pub(crate) buffers: Arc<Buffers>,
}

impl Transport {
    /// Sends one request, and lets the program look at it.
    pub(crate) async fn execute(
        &self,
        request: reqwest::Request,
    ) -> reqwest::Result<reqwest::Response> {
        let Some(on_request) = &self.on_request else { return self.http.execute(request).await };
        let mut sent = SentRequest::new(&request, &self.mask);
        let start = Instant::now();
        let response = self.http.execute(request).await;
        sent.status = response.as_ref().ok().map(|response| response.status().as_u16());
        sent.elapsed = start.elapsed();
        on_request(&sent);
        response
    }

    /// Waits until one more request may be under way, which it is while the permit is held.
    pub(crate) async fn permit(&self) -> Option<OwnedSemaphorePermit> {
        // Nobody closes the semaphore; were it closed, nothing would be bounded and nothing hang.
        Arc::clone(&self.permits).acquire_owned().await.ok()
    }
}
