//! What settings may give of how a client retries, waits and limits itself.

use crate::words;

words! {
    /// A number or a name of `client` that settings may give: `timeout: "{config.timeout}"`. It is read
    /// when a client is built, and then takes its place in the plan.
    pub enum ClientSetting {
        /// `timeout`.
        "timeout" => Timeout,
        /// `concurrency`.
        "concurrency" => Concurrency,
        /// One of `retry.statuses`.
        "retry.statuses" => RetryStatus,
        /// `retry.max_retries`.
        "retry.max_retries" => MaxRetries,
        /// `retry.backoff_factor`.
        "retry.backoff_factor" => BackoffFactor,
        /// `retry.max_delay`.
        "retry.max_delay" => MaxDelay,
        /// `retry.max_elapsed`.
        "retry.max_elapsed" => MaxElapsed,
        /// `rate_limit.requests`.
        "rate_limit.requests" => Requests,
        /// `rate_limit.burst`.
        "rate_limit.burst" => Burst,
        /// `rate_limit_headers.remaining`.
        "rate_limit_headers.remaining" => RemainingHeader,
        /// `rate_limit_headers.reset`.
        "rate_limit_headers.reset" => ResetHeader,
    }
}

impl ClientSetting {
    /// The most times that a request is sent again: more would hide a failure for hours.
    pub const MOST_RETRIES: u32 = 100;
    /// The longest duration that can be configured, in seconds: longer than any wait that makes sense, and short
    /// enough for every clock.
    pub const DAY: f64 = 86_400.0;
}
