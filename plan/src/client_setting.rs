//! What settings may give of how a client retries, waits and limits itself.

use std::time::Duration;

use crate::{SourcePlan, words};

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
    /// The longest time that can be said, in seconds: longer than any wait that makes sense, and short
    /// enough for every clock.
    pub const DAY: f64 = 86_400.0;

    /// Sets it in a plan.
    ///
    /// # Errors
    ///
    /// What it must be, if the text is nothing of that kind.
    pub fn set(self, plan: &mut SourcePlan, text: &str) -> Result<(), &'static str> {
        let text = text.trim();
        match self {
            ClientSetting::Timeout => plan.timeout = seconds(text)?,
            ClientSetting::Concurrency => plan.concurrency = requests(text)?,
            ClientSetting::RetryStatus => {
                let status = text.parse().ok().filter(|status| (400..=599).contains(status));
                plan.retry.statuses.to_mut().push(status.ok_or("a status from 400 to 599")?);
            }
            ClientSetting::MaxRetries => {
                let retries = text.parse().ok().filter(|retries| *retries <= Self::MOST_RETRIES);
                plan.retry.max_retries = retries.ok_or("a whole number from 0 to 100")?;
            }
            ClientSetting::BackoffFactor => {
                let factor = text.parse().ok().filter(|factor| (1.0..=10.0).contains(factor));
                plan.retry.backoff_factor = factor.ok_or("a number from 1 to 10")?;
            }
            ClientSetting::MaxDelay => plan.retry.max_delay = seconds(text)?,
            ClientSetting::MaxElapsed => plan.retry.max_elapsed = seconds(text)?,
            ClientSetting::Requests | ClientSetting::Burst => {
                let requests = requests(text)?;
                match (&mut plan.rate_limit, self) {
                    (Some(limit), ClientSetting::Requests) => limit.requests = requests,
                    (Some(limit), _) => limit.burst = requests,
                    (None, _) => {}
                }
            }
            ClientSetting::RemainingHeader | ClientSetting::ResetHeader => {
                let name = header(text)?.into();
                match (&mut plan.rate_limit_headers, self) {
                    (Some(headers), ClientSetting::ResetHeader) => headers.reset = name,
                    (Some(headers), _) => headers.remaining = Some(name),
                    (None, _) => {}
                }
            }
        }
        Ok(())
    }
}

fn seconds(text: &str) -> Result<Duration, &'static str> {
    let seconds: Option<f64> = text.parse().ok();
    let seconds = seconds.filter(|seconds| *seconds > 0.0 && *seconds <= ClientSetting::DAY);
    seconds
        .map(Duration::from_secs_f64)
        .ok_or("a time in seconds, above 0 and at most a day (86400)")
}

fn requests(text: &str) -> Result<u32, &'static str> {
    text.parse().ok().filter(|requests| *requests > 0).ok_or("a whole number, 1 or above")
}

/// The name of a header (RFC 9110, section 5.1), in lower case.
fn header(text: &str) -> Result<String, &'static str> {
    let is_token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    if text.is_empty() || !text.chars().all(is_token) {
        return Err("the name of a header");
    }
    Ok(text.to_ascii_lowercase())
}
