//! What settings give a plan when a client is built.

use std::time::Duration;

use crate::{ClientSetting, SourcePlan};

impl SourcePlan {
    /// Sets what a setting gives.
    ///
    /// # Errors
    ///
    /// What it must be, if the text is nothing of that kind.
    pub fn set(&mut self, setting: ClientSetting, text: &str) -> Result<(), &'static str> {
        let text = text.trim();
        match setting {
            ClientSetting::Timeout => self.timeout = seconds(text)?,
            ClientSetting::Concurrency => self.concurrency = requests(text)?,
            ClientSetting::RetryStatus => {
                let status = text.parse().ok().filter(|status| (400..=599).contains(status));
                self.retry.statuses.to_mut().push(status.ok_or("a status from 400 to 599")?);
            }
            ClientSetting::MaxRetries => {
                let retries =
                    text.parse().ok().filter(|retries| *retries <= ClientSetting::MOST_RETRIES);
                self.retry.max_retries = retries.ok_or("a whole number from 0 to 100")?;
            }
            ClientSetting::BackoffFactor => {
                let factor = text.parse().ok().filter(|factor| (1.0..=10.0).contains(factor));
                self.retry.backoff_factor = factor.ok_or("a number from 1 to 10")?;
            }
            ClientSetting::MaxDelay => self.retry.max_delay = seconds(text)?,
            ClientSetting::MaxElapsed => self.retry.max_elapsed = seconds(text)?,
            ClientSetting::Requests | ClientSetting::Burst => {
                let requests = requests(text)?;
                match (&mut self.rate_limit, setting) {
                    (Some(limit), ClientSetting::Requests) => limit.requests = requests,
                    (Some(limit), _) => limit.burst = requests,
                    (None, _) => {}
                }
            }
            ClientSetting::RemainingHeader | ClientSetting::ResetHeader => {
                let name = header(text)?.into();
                match (&mut self.rate_limit_headers, setting) {
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
