//! The tries of one request: how many there were, how long they took, and whether another one follows.

use std::time::Duration;

use tokio::time::{self, Instant};

use super::attempt_error::AttemptError;
use crate::{
    Error,
    error::Kind,
    plan::{Method, Retry},
};

/// Up to how much a wait is lengthened, as a part of it, so that clients which failed together do
/// not come back together.
const JITTER: f64 = 0.25;

/// The tries of one request, within the plan's bounds.
pub(crate) struct Tries<'a> {
    retry: &'a Retry,
    start: Instant,
    /// The part of the time since `start` that went by before a request's turn came.
    queued: Duration,
    sent: u32,
    waits: u32,
}

impl<'a> Tries<'a> {
    pub(crate) fn new(retry: &'a Retry) -> Tries<'a> {
        Tries { retry, start: Instant::now(), queued: Duration::ZERO, sent: 0, waits: 0 }
    }

    /// Begins a try that has waited for its turn. Gives the longest that it may take, as all tries
    /// shall have ended in time. Without a limit for tries there is none here.
    pub(crate) fn begin(
        &mut self,
        queued: Duration,
        timeout: Option<Duration>,
    ) -> Option<Duration> {
        self.queued += queued;
        self.sent += 1;
        let left = self.retry.max_elapsed.saturating_sub(self.elapsed());
        timeout.map(|timeout| timeout.min(left))
    }

    /// Does not count the last try.
    pub(crate) fn forget(&mut self) {
        self.sent -= 1;
    }

    /// The keys that let another try follow a failure: for its status, and for the wait that the server
    /// asks for.
    pub(crate) fn advice(&self, failure: &AttemptError) -> Option<String> {
        let retry = self.retry;
        let status = failure.transient_status().filter(|status| !retry.statuses.contains(status));
        if status.is_none() && !failure.is_passing(&retry.statuses) {
            return None;
        }
        let mut keys = Vec::new();
        if let Some(status) = status {
            keys.push(format!("statuses: {:?}", [&retry.statuses[..], &[status]].concat()));
        }
        let seconds = |time: Duration| time.as_secs() + u64::from(time.subsec_nanos() > 0);
        if let Some(wait) = failure.retry_after {
            let ends = self.elapsed() + wait;
            if wait > retry.max_delay {
                keys.push(format!("max_delay: {}", seconds(wait)));
            }
            if ends >= retry.max_elapsed {
                keys.push(format!("max_elapsed: {}", seconds(ends) + 1));
            }
        }
        let effect = status.map_or_else(
            || "allows the wait".to_owned(),
            |status| format!("retries after {status}, which is not in `retry.statuses`"),
        );
        let wish = failure
            .retry_after
            .map(|wait| format!("the server wants no request for {} s; ", seconds(wait)));
        let wish = wish.unwrap_or_default();
        (!keys.is_empty())
            .then(|| format!("{wish}`retry: {{{}}}` of `client` {effect}", keys.join(", ")))
    }

    /// How many tries there were.
    pub(crate) fn sent(&self) -> u32 {
        self.sent
    }

    /// From the first try to now, without the waiting for a turn.
    pub(crate) fn elapsed(&self) -> Duration {
        self.start.elapsed().saturating_sub(self.queued)
    }

    /// The error of a request that is not sent again.
    pub(crate) fn error_of(&self, mut failure: AttemptError, method: Method, url: String) -> Error {
        failure.help.extend(self.advice(&failure));
        let error = Error::new(Kind::Request {
            method,
            url,
            cause: failure.cause,
            tries: self.sent(),
            elapsed: self.elapsed(),
        });
        let error = failure.help.into_iter().fold(error, Error::with_help);
        match failure.source {
            Some(source) => error.with_source(source),
            None => error,
        }
    }

    /// Waits until the next try; gives the failure back if there is to be none.
    pub(crate) async fn wait(&mut self, failure: AttemptError) -> Result<(), AttemptError> {
        let retry = self.retry;
        if self.waits >= retry.max_retries || !failure.is_passing(&retry.statuses) {
            return Err(failure);
        }
        let own = || backoff(retry, self.waits).min(retry.max_delay);
        let wait = failure.retry_after.unwrap_or_else(own);
        // To come back earlier than the server asks prolongs the wait at many.
        if wait > retry.max_delay || self.elapsed() + wait >= retry.max_elapsed {
            return Err(failure);
        }
        self.waits += 1;
        let cause = failure.cause.brief();
        tracing::warn!(retry = self.waits, wait_ms = wait.as_millis(), cause, "trying again");
        time::sleep(wait).await;
        Ok(())
    }
}

/// The wait after this many retries: with a factor of 2 a second, then 2, then 4, each lengthened
/// by a random part.
fn backoff(retry: &Retry, retries: u32) -> Duration {
    let exponent = i32::try_from(retries).unwrap_or(i32::MAX);
    let seconds = retry.backoff_factor.powi(exponent) * (1.0 + JITTER * fastrand::f64());
    Duration::try_from_secs_f64(seconds).unwrap_or(retry.max_delay)
}
