//! Why one try of a request failed, and whether another may succeed.

use std::time::Duration;

use reqwest::StatusCode;

use super::{header::MAX_HEADERS, proxy};
use crate::{error::Cause, plan::Action};

/// Why a try failed, and what the server says about the next one.
pub(crate) struct AttemptError {
    pub(crate) cause: Cause,
    pub(crate) retry_after: Option<Duration>,
    pub(crate) source: Option<reqwest::Error>,
    /// Whether the connection was to blame, so that another try on a new one counts as none: it was used
    /// before and closed without a word (RFC 9112, section 9.3.1), or reads few header lines.
    pub(crate) is_of_connection: bool,
    /// What helps against it, each a clause.
    pub(crate) help: Vec<String>,
}

impl AttemptError {
    pub(crate) fn new(cause: Cause) -> AttemptError {
        AttemptError {
            cause,
            retry_after: None,
            source: None,
            is_of_connection: false,
            help: Vec::new(),
        }
    }

    /// Whether another try may succeed, going by the statuses of the plan.
    pub(crate) fn is_passing(&self, statuses: &[u16]) -> bool {
        match &self.cause {
            Cause::Status { status, .. } => statuses.contains(status),
            Cause::Action { action, .. } => *action == Action::Retry,
            Cause::Report { .. }
            | Cause::Redirect { .. }
            | Cause::TooLarge(_)
            | Cause::HeadTooLarge { .. }
            | Cause::Encoding(_) => false,
            Cause::Connect(_) | Cause::Timeout(_) | Cause::Broken(_) => true,
        }
    }

    /// The status, if there is one.
    pub(crate) fn status(&self) -> Option<u16> {
        match self.cause {
            Cause::Status { status, .. } | Cause::Action { status, .. } => Some(status),
            _ => None,
        }
    }

    /// The status, if it may pass although it is not retried by default.
    pub(crate) fn transient_status(&self) -> Option<u16> {
        let Cause::Status { status, .. } = self.cause else { return None };
        let is_limit = status == 403 && self.retry_after.is_some();
        let may_pass = is_limit || matches!(status, 408 | 420 | 425 | 509 | 520..=530 | 598 | 599);
        may_pass.then_some(status)
    }
}

impl From<reqwest::Error> for AttemptError {
    fn from(error: reqwest::Error) -> AttemptError {
        let proxy =
            error.url().filter(|_| error.is_connect()).and_then(|url| proxy::of(url.as_str()));
        let error = error.without_url();
        let mut root: &dyn std::error::Error = &error;
        while let Some(source) = root.source() {
            root = source;
        }
        let why = match proxy {
            Some(proxy) => format!("through the proxy {proxy}: {root}"),
            None => root.to_string(),
        };
        // hyper says which mistake it was by its text only, unless it is built as a server.
        let is_too_large = root.downcast_ref::<hyper::Error>().is_some_and(hyper::Error::is_parse)
            && root.to_string().contains("too large");
        let cause = match () {
            () if error.is_connect() => Cause::Connect(why),
            () if is_too_large => Cause::HeadTooLarge { most_lines: MAX_HEADERS },
            () => Cause::Broken(why),
        };
        AttemptError { source: Some(error), ..AttemptError::new(cause) }
    }
}

impl Cause {
    /// In a word or two, for a log.
    pub(crate) fn brief(&self) -> String {
        match self {
            Cause::Status { status, .. }
            | Cause::Action { status, .. }
            | Cause::Report { status, .. }
            | Cause::Redirect { status, .. } => {
                StatusCode::from_u16(*status).map_or_else(|_| status.to_string(), |s| s.to_string())
            }
            Cause::Connect(_) => "no connection".to_owned(),
            Cause::Timeout(_) => "timeout".to_owned(),
            Cause::Broken(_) => "broke off".to_owned(),
            Cause::TooLarge(_) | Cause::HeadTooLarge { .. } => "too large".to_owned(),
            Cause::Encoding(_) => "unknown encoding".to_owned(),
        }
    }
}
