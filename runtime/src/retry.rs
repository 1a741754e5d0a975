//! When a failed request is sent again. Nothing else in this crate or below it retries.

use std::time::Duration;

use crate::{
    Error,
    client::Inner,
    error::Kind,
    plan::Retry,
    request::Request,
    send::{Answer, send},
};
use tokio::time::{self, Instant};

/// Up to how much a wait is lengthened, as a part of it, so that clients which failed together do
/// not come back together.
const JITTER: f64 = 0.25;

/// An answer, and what it took.
pub(crate) struct Success {
    pub(crate) answer: Answer,
    pub(crate) retries: u32,
    pub(crate) elapsed: Duration,
}

/// Sends a request until it succeeds, or fails in a way that lasts, or the plan's bounds on tries
/// and time are reached.
pub(crate) async fn request(client: &Inner, request: &Request) -> Result<Success, Error> {
    let retry = &client.retry;
    let start = Instant::now();
    let mut retries = 0;
    loop {
        // A try ends when all tries shall have ended. Without a limit for tries there is none here.
        let left = retry.max_elapsed.saturating_sub(start.elapsed());
        let limit = client.timeout.map(|timeout| timeout.min(left));
        let failure = match send(client, request, limit).await {
            Ok(answer) => return Ok(Success { answer, retries, elapsed: start.elapsed() }),
            Err(failure) => failure,
        };
        let wait = failure.retry_after.unwrap_or_else(|| backoff(retry, retries));
        let wait = wait.min(retry.max_delay);
        let elapsed = start.elapsed();
        if retries == retry.max_retries
            || !failure.is_passing(&retry.statuses)
            || elapsed + wait >= retry.max_elapsed
        {
            let url = request.address().to_string();
            let kind = Kind::Request { url, cause: failure.cause, tries: retries + 1, elapsed };
            let error = Error::new(kind);
            return Err(match failure.source {
                Some(source) => error.with_source(source),
                None => error,
            });
        }
        retries += 1;
        let cause = failure.cause.brief();
        tracing::warn!(retry = retries, wait_ms = wait.as_millis(), cause, "trying again");
        time::sleep(wait).await;
    }
}

/// The wait after this many retries: with a factor of 2 a second, then 2, then 4, each lengthened
/// by a random part.
fn backoff(retry: &Retry, retries: u32) -> Duration {
    let exponent = i32::try_from(retries).unwrap_or(i32::MAX);
    let seconds = retry.backoff_factor.powi(exponent) * (1.0 + JITTER * fastrand::f64());
    Duration::try_from_secs_f64(seconds).unwrap_or(retry.max_delay)
}
