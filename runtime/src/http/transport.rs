//! What a client sends its requests by, those for tokens too: connections and bounds.

use std::{
    error, io,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use reqwest::{Version, header::CONNECTION};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::{
    attempt_error::AttemptError, buffers::Buffers, connections::Connections, cookies::Cookies,
    origins::Origins, rate_limit::RateLimiter, token_store::AnyTokenStore,
};
use crate::{
    SentRequest,
    error::{Cause, mask::Mask},
    plan::{RateLimitHeaders, Retry},
};

/// What looks at every request.
pub(crate) type OnRequest = Arc<dyn Fn(&SentRequest) + Send + Sync>;

/// Connections, and what keeps requests within bounds.
pub(crate) struct Transport {
    pub(crate) connections: Connections,
    pub(crate) retry: Retry,
    pub(crate) rate_limit_headers: Option<RateLimitHeaders>,
    /// The longest that one try may take.
    pub(crate) timeout: Option<Duration>,
    /// The largest body of a response, in bytes after decompression.
    pub(crate) max_body_bytes: u64,
    /// How many entries a list or an object of a response may have.
    pub(crate) max_page_records: u64,
    pub(crate) origins: Origins,
    pub(crate) rate_limit: RateLimiter,
    /// Has a permit for each request that may be under way.
    pub(crate) permits: Arc<Semaphore>,
    pub(crate) mask: Arc<Mask>,
    pub(crate) on_request: Option<OnRequest>,
    /// Where refresh tokens are kept that servers replace.
    pub(crate) token_store: Option<Arc<dyn AnyTokenStore>>,
    /// Those that responses have set.
    pub(crate) cookies: Cookies,
    /// Whether the last response has left its connection open, for the next request to use.
    pub(crate) is_kept: AtomicBool,
    /// For the pages.
    pub(crate) buffers: Arc<Buffers>,
}

impl Transport {
    /// Sends a request that may be sent again, and lets the program look at it.
    pub(crate) async fn execute(
        &self,
        request: reqwest::Request,
    ) -> Result<reqwest::Response, AttemptError> {
        let (http, reads_many) = self.connections.client();
        let sent = self.watch(http, request).await;
        sent.map_err(|failure| {
            let is_of_connection =
                matches!(failure.cause, Cause::HeadTooLarge { .. }) && !reads_many;
            if is_of_connection {
                self.connections.widen();
            }
            AttemptError {
                is_of_connection: is_of_connection || failure.is_of_connection,
                ..failure
            }
        })
    }

    /// The same with a request that must not be sent twice.
    pub(crate) async fn execute_once(
        &self,
        request: reqwest::Request,
    ) -> Result<reqwest::Response, AttemptError> {
        self.watch(self.connections.many(), request).await
    }

    async fn watch(
        &self,
        http: &reqwest::Client,
        request: reqwest::Request,
    ) -> Result<reqwest::Response, AttemptError> {
        let Some(on_request) = &self.on_request else { return self.send(http, request).await };
        let mut sent = SentRequest::new(&request, &self.mask);
        let start = Instant::now();
        let response = self.send(http, request).await;
        sent.status = response.as_ref().ok().map(|response| response.status().as_u16());
        sent.elapsed = start.elapsed();
        on_request(&sent);
        response
    }

    async fn send(
        &self,
        http: &reqwest::Client,
        request: reqwest::Request,
    ) -> Result<reqwest::Response, AttemptError> {
        let is_kept = self.is_kept.load(Ordering::Relaxed);
        match http.execute(request).await {
            Ok(response) => {
                self.is_kept.store(keeps_connection(&response), Ordering::Relaxed);
                Ok(response)
            }
            Err(error) => {
                let is_of_connection = is_kept && is_unanswered(&error);
                Err(AttemptError { is_of_connection, ..error.into() })
            }
        }
    }

    /// Waits until one more request may be under way, which it is while the permit is held.
    pub(crate) async fn permit(&self) -> Option<OwnedSemaphorePermit> {
        // The semaphore is never closed; if it were, nothing would be bounded and nothing hang.
        Arc::clone(&self.permits).acquire_owned().await.ok()
    }
}

/// Whether the connection of a response stays open (RFC 9112, section 9.3).
fn keeps_connection(response: &reqwest::Response) -> bool {
    let values = response.headers().get_all(CONNECTION);
    let closes = |value: &[u8]| {
        value
            .split(|byte| *byte == b',')
            .any(|word| word.trim_ascii().eq_ignore_ascii_case(b"close"))
    };
    response.version() == Version::HTTP_11 && !values.iter().any(|value| closes(value.as_bytes()))
}

/// Whether a connection was closed before anything came of a response. On one that was used before,
/// the server may have closed it while the request was on its way.
fn is_unanswered(error: &reqwest::Error) -> bool {
    let mut source = error::Error::source(error).filter(|_| !error.is_connect());
    while let Some(cause) = source {
        if let Some(error) = cause.downcast_ref::<hyper::Error>()
            && (error.is_incomplete_message() || error.is_canceled())
        {
            return true;
        }
        if let Some(error) = cause.downcast_ref::<io::Error>() {
            use io::ErrorKind::{BrokenPipe, ConnectionAborted, ConnectionReset, UnexpectedEof};
            return matches!(
                error.kind(),
                BrokenPipe | ConnectionAborted | ConnectionReset | UnexpectedEof
            );
        }
        source = cause.source();
    }
    false
}
