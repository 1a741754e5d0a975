//! Why one try of a request failed, and whether another may succeed.

use std::time::Duration;

use reqwest::StatusCode;

use crate::{
    Error,
    error::{Cause, Kind},
    plan::{Action, Method},
    retry::Tries,
};

/// Why a try failed, and what the server says about the next one.
pub(crate) struct Failure {
    pub(crate) cause: Cause,
    pub(crate) retry_after: Option<Duration>,
    pub(crate) source: Option<reqwest::Error>,
}

impl Failure {
    pub(crate) fn new(cause: Cause) -> Failure {
        Failure { cause, retry_after: None, source: None }
    }

    /// Whether another try may succeed, going by the statuses of the plan.
    pub(crate) fn is_passing(&self, statuses: &[u16]) -> bool {
        match &self.cause {
            Cause::Status { status, .. } => statuses.contains(status),
            Cause::Action { action, .. } => *action == Action::Retry,
            Cause::Redirect { .. } | Cause::TooLarge(_) | Cause::Encoding(_) => false,
            Cause::Connect(_) | Cause::Timeout(_) | Cause::Broken(_) => true,
        }
    }

    /// Whether the server did not take the credentials.
    pub(crate) fn is_unauthorized(&self) -> bool {
        matches!(self.cause, Cause::Status { status: 401, .. } | Cause::Action { status: 401, .. })
    }

    /// The error of a request that is not sent again.
    pub(crate) fn into_error(self, method: Method, url: String, tries: &Tries<'_>) -> Error {
        let error = Error::new(Kind::Request {
            method,
            url,
            cause: self.cause,
            tries: tries.sent(),
            elapsed: tries.elapsed(),
        });
        match self.source {
            Some(source) => error.with_source(source),
            None => error,
        }
    }
}

impl From<reqwest::Error> for Failure {
    fn from(error: reqwest::Error) -> Failure {
        let error = error.without_url();
        let mut root: &dyn std::error::Error = &error;
        while let Some(source) = root.source() {
            root = source;
        }
        let why = root.to_string();
        let cause = if error.is_connect() { Cause::Connect(why) } else { Cause::Broken(why) };
        Failure { source: Some(error), ..Failure::new(cause) }
    }
}

impl Cause {
    /// In a word or two, for a log.
    pub(crate) fn brief(&self) -> String {
        match self {
            Cause::Status { status, .. }
            | Cause::Action { status, .. }
            | Cause::Redirect { status, .. } => {
                StatusCode::from_u16(*status).map_or_else(|_| status.to_string(), |s| s.to_string())
            }
            Cause::Connect(_) => "no connection".to_owned(),
            Cause::Timeout(_) => "timeout".to_owned(),
            Cause::Broken(_) => "broke off".to_owned(),
            Cause::TooLarge(_) => "too large".to_owned(),
            Cause::Encoding(_) => "unknown encoding".to_owned(),
        }
    }
}
