//! What sort of error an error is.

use super::{Cause, Error, Kind};

/// What sort of error an [`Error`] is.
///
/// ```
/// use rest_source::{Error, ErrorKind};
///
/// fn advice(error: &Error) -> &'static str {
///     match error.kind() {
///         ErrorKind::Auth => "renew the access token",
///         ErrorKind::Undecided => "name the paginator in the description",
///         _ if error.is_transient() => "try again later",
///         _ => "see the text of the error",
///     }
/// }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The client or the fetch cannot be made as asked: a secret is missing, say.
    Config,
    /// There is nothing to authenticate a request by, or the server refuses it with status 401 or 403.
    Auth,
    /// Another status that is no success, a success whose body reports an error, or a response that
    /// `response_actions` make a failure.
    Status,
    /// No connection to the server came about.
    Connect,
    /// The server gave no complete response in time.
    Timeout,
    /// The connection broke off before the response was complete.
    Broken,
    /// The server leads to one that may not see the credentials, or redirects too often.
    Redirect,
    /// A response is larger than the client reads.
    TooLarge,
    /// A response is not what the description says.
    Decode,
    /// How the resource is paged cannot be detected, so that the description has to say it.
    Undecided,
    /// The server's answers lead to no further page, although they say that there is one.
    Stuck,
    /// A page shows that records may be missing, in a fetch that has to be complete.
    Incomplete,
    /// Records may come a second time, in a fetch that may not repeat any.
    WouldRepeat,
    /// The resource's parent failed, with an error of its own.
    Parent,
    /// The fetch was stopped from outside: tokio was shut down.
    Cancelled,
    /// An error from outside this crate: of a source or a paginator written by hand.
    Other,
}

impl Error {
    /// What sort of error it is.
    pub fn kind(&self) -> ErrorKind {
        match &self.0.kind {
            Kind::Config(_) => ErrorKind::Config,
            Kind::Auth(_) | Kind::TokenRefused(_) => ErrorKind::Auth,
            Kind::LeadsAway { .. } => ErrorKind::Redirect,
            Kind::Decode(_) => ErrorKind::Decode,
            Kind::Undecided(_) => ErrorKind::Undecided,
            Kind::Stuck(_) => ErrorKind::Stuck,
            Kind::Doubted { .. } => ErrorKind::Incomplete,
            Kind::WouldRepeat(_) => ErrorKind::WouldRepeat,
            Kind::Parent(_) => ErrorKind::Parent,
            Kind::Cancelled(_) => ErrorKind::Cancelled,
            Kind::Other => ErrorKind::Other,
            Kind::Request { cause, .. } => match cause {
                Cause::Status { status: 401 | 403, .. }
                | Cause::Action { status: 401 | 403, .. } => ErrorKind::Auth,
                Cause::Status { .. } | Cause::Action { .. } | Cause::Report { .. } => {
                    ErrorKind::Status
                }
                Cause::Redirect { .. } => ErrorKind::Redirect,
                Cause::TooLarge(_) | Cause::HeadTooLarge { .. } => ErrorKind::TooLarge,
                Cause::Encoding(_) => ErrorKind::Decode,
                Cause::Connect(_) => ErrorKind::Connect,
                Cause::Timeout(_) => ErrorKind::Timeout,
                Cause::Broken(_) => ErrorKind::Broken,
            },
        }
    }

    /// Whether the same fetch may succeed later with nothing changed: the server was not reached, did not
    /// answer in time, or answered with status 408, 425, 429 or one from 500 on; or records moved while
    /// they were fetched.
    pub fn is_transient(&self) -> bool {
        match self.kind() {
            ErrorKind::Connect
            | ErrorKind::Timeout
            | ErrorKind::Broken
            | ErrorKind::Incomplete
            | ErrorKind::Cancelled => true,
            ErrorKind::Status => {
                self.status().is_some_and(|status| matches!(status, 408 | 425 | 429 | 500..))
            }
            _ => false,
        }
    }

    /// Whether there was nothing to authenticate a request by, no token was to be had, say, or the server
    /// refuses it: its [`status`](Error::status) is then 401 or 403.
    pub fn is_auth(&self) -> bool {
        self.kind() == ErrorKind::Auth
    }

    /// Whether how the resource is paged cannot be detected, so that the description has to say it.
    pub fn is_undecided(&self) -> bool {
        self.kind() == ErrorKind::Undecided
    }

    /// Whether the fetch was stopped from outside: tokio was shut down.
    pub fn is_cancelled(&self) -> bool {
        self.kind() == ErrorKind::Cancelled
    }
}
