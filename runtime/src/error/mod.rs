//! What can go wrong, where it did, and what to do about it.

mod display;
mod kind;
pub(crate) mod mask;
mod reason;
mod text;

use std::{fmt, time::Duration};

pub use self::kind::ErrorKind;
pub(crate) use self::reason::Reason;
pub(crate) use self::text::{brief, cut};
use self::{mask::Mask, text::excerpt};
use crate::plan::{Action, Method};

/// How much of a text that may have a server's in it is shown, in bytes.
pub(crate) const LONGEST_TEXT: usize = 8 << 10;
/// And of a clause about a response.
const LONGEST_CLAUSE: usize = 2 << 10;
/// And of an address.
pub(crate) const LONGEST_ADDRESS: usize = 1 << 10;
/// How much of a server's text an excerpt is made of.
const EXAMINED: usize = 4 << 10;

type Source = Box<dyn std::error::Error + Send + Sync>;

/// What went wrong, where, and what to do about it.
///
/// Its text names the resource and, as far as they are known, page, record, field, address, status,
/// number of tries and time. No secret is in it: what the client knows as one is shown as `***`.
///
/// ```
/// # fn handle(error: rest_source::Error) {
/// if error.is_auth() {
///     eprintln!("the access token was refused: {error}");
/// } else if error.is_transient() {
///     eprintln!("{error}; trying again later");
/// }
/// # }
/// ```
pub struct Error(Box<Inner>);

#[derive(Debug)]
struct Inner {
    resource: Option<String>,
    page: Option<u64>,
    kind: Kind,
    /// What helps, each a clause.
    help: Vec<String>,
    source: Option<Source>,
}

#[derive(Debug)]
pub(crate) enum Kind {
    /// The client or the fetch cannot be made as asked.
    Config(String),
    /// A request failed for good.
    Request { method: Method, url: String, cause: Cause, tries: u32, elapsed: Duration },
    /// A request was not sent, since the server that it would go to may not see the credentials.
    LeadsAway { url: String, why: String },
    /// There is nothing to authenticate requests by.
    Auth(String),
    /// The token endpoint does not take the credentials.
    TokenRefused(String),
    /// A response is not what the plan says.
    Decode(Misread),
    /// How the resource is paged cannot be detected.
    Undecided(String),
    /// The server's answers lead to no further page.
    Stuck(Misread),
    /// A page contradicts that everything has come, in a fetch that has to be complete.
    Doubted {
        what: String,
        /// Whether what is missing may be before the page.
        has_moved: bool,
    },
    /// Records that have come may come a second time, in a fetch that may not repeat any.
    WouldRepeat(String),
    /// The parent failed, with an error of its own.
    Parent(String),
    /// The fetch was stopped from outside.
    Cancelled(String),
    /// From outside this crate.
    Other,
}

/// Why a request failed.
#[derive(Debug)]
pub(crate) enum Cause {
    Status {
        status: u16,
        body: String,
    },
    /// One that is not followed, since it leads elsewhere or is one too many.
    Redirect {
        status: u16,
        location: String,
        /// Why it is not followed.
        why: String,
        leads_away: bool,
    },
    /// A response that the plan makes a failure.
    Action {
        status: u16,
        body: String,
        action: Action,
    },
    /// A response of success that brings no records but says why there are none.
    Report {
        status: u16,
        body: String,
        /// That the work which was asked for is not done yet, and not that it failed.
        is_unfinished: bool,
        /// A filter for bodies that say the same.
        condition: String,
    },
    /// A body of more than so many bytes.
    TooLarge(u64),
    /// A response with more headers than this program reads.
    HeadTooLarge {
        most_lines: usize,
    },
    /// A body in a content encoding that this program cannot undo.
    Encoding(String),
    Connect(String),
    Timeout(Duration),
    Broken(String),
}

/// What about a response could not be read.
#[derive(Debug, Default)]
pub(crate) struct Misread {
    /// The record's number on its page, from 1.
    pub(crate) record: Option<u64>,
    pub(crate) field: Option<String>,
    /// What is wrong, as a clause.
    pub(crate) what: String,
    /// The server's text that is wrong.
    pub(crate) found: Option<String>,
    /// The word of `response_format` for what the response seems to be.
    pub(crate) format: Option<&'static str>,
}

impl Misread {
    /// Whether it is about one record, and not about the page.
    pub(crate) fn is_of_record(&self) -> bool {
        self.record.is_some() || self.field.is_some()
    }
}

impl Error {
    /// An error of a source written by hand, see [`AnyResource::new`](crate::AnyResource::new).
    pub fn other(source: impl Into<Source>) -> Error {
        Error::new(Kind::Other).with_source(source)
    }

    /// Whether the client or the fetch cannot be made as asked: a secret is missing, say.
    pub fn is_config(&self) -> bool {
        matches!(self.0.kind, Kind::Config(_))
    }

    /// Whether the server answered with a status that is not a success, see
    /// [`status`](Error::status), with one of success whose body reports an error in place of
    /// records, or with a response that the file's `response_actions` make a failure.
    pub fn is_status(&self) -> bool {
        self.status().is_some()
    }

    /// Whether the server redirects to where the credentials may not go, or redirects too often.
    pub fn is_redirect(&self) -> bool {
        matches!(self.cause(), Some(Cause::Redirect { .. }))
    }

    /// Whether the server leads to one that may not see the credentials, by a redirect or a next
    /// link; the file's `allowed_hosts` names those that may.
    pub fn leads_away(&self) -> bool {
        matches!(self.0.kind, Kind::LeadsAway { .. })
            || matches!(self.cause(), Some(Cause::Redirect { leads_away: true, .. }))
    }

    /// Whether a response shows that records may be missing, in a fetch that has to be complete: see
    /// [`Start::is_strict`](crate::Start::is_strict).
    pub fn is_incomplete(&self) -> bool {
        matches!(self.0.kind, Kind::Doubted { .. })
    }

    /// Whether what is missing may be before the page, as records have moved on the server while pages were
    /// counted, say: resuming the fetch cannot make it complete, and restarting it may.
    pub fn needs_restart(&self) -> bool {
        matches!(self.0.kind, Kind::Doubted { has_moved: true, .. })
    }

    /// Whether a resumed fetch cannot tell which records have come, so that some may come a second time:
    /// see [`Start::appends`](crate::Start::appends).
    pub fn would_repeat(&self) -> bool {
        matches!(self.0.kind, Kind::WouldRepeat(_))
    }

    /// Whether the token endpoint does not take the credentials.
    pub(crate) fn is_token_refused(&self) -> bool {
        matches!(self.0.kind, Kind::TokenRefused(_))
    }

    /// Whether the body of a response was larger than
    /// [`ClientBuilder::max_body_bytes`](crate::ClientBuilder::max_body_bytes), or it had more headers
    /// than a client reads.
    pub fn is_too_large(&self) -> bool {
        matches!(self.cause(), Some(Cause::TooLarge(_) | Cause::HeadTooLarge { .. }))
    }

    /// Whether no connection to the server came about.
    pub fn is_connect(&self) -> bool {
        matches!(self.cause(), Some(Cause::Connect(_)))
    }

    /// Whether the server took too long.
    pub fn is_timeout(&self) -> bool {
        matches!(self.cause(), Some(Cause::Timeout(_)))
    }

    /// Whether the connection broke off before the response was complete.
    pub fn is_broken(&self) -> bool {
        matches!(self.cause(), Some(Cause::Broken(_)))
    }

    /// Whether a response is not what the source description says.
    pub fn is_decode(&self) -> bool {
        matches!(self.0.kind, Kind::Decode(_))
    }

    /// Whether the server's answers lead to no further page, although they say there is one.
    pub fn is_stuck(&self) -> bool {
        matches!(self.0.kind, Kind::Stuck(_))
    }

    /// The name of the resource that was fetched.
    pub fn resource(&self) -> Option<&str> {
        self.0.resource.as_deref()
    }

    /// The number of the page that was fetched, from 1.
    pub fn page(&self) -> Option<u64> {
        self.0.page
    }

    /// The number of the record on its page, from 1.
    pub fn record(&self) -> Option<u64> {
        self.misread()?.record
    }

    /// The name of the field.
    pub fn field(&self) -> Option<&str> {
        self.misread()?.field.as_deref()
    }

    /// What the body of a response seems to be that is not JSON, as `response_format` of the description calls it.
    pub fn response_format(&self) -> Option<&str> {
        self.misread()?.format
    }

    /// Whether the server does not know any more what the last run has left.
    pub(crate) fn asks_for_restart(&self) -> bool {
        matches!(
            self.cause(),
            Some(Cause::Status { status: 410, .. } | Cause::Action { action: Action::Restart, .. })
        )
    }

    /// The status of the last response.
    pub fn status(&self) -> Option<u16> {
        match self.cause()? {
            Cause::Status { status, .. }
            | Cause::Action { status, .. }
            | Cause::Report { status, .. }
            | Cause::Redirect { status, .. } => Some(*status),
            Cause::Connect(_)
            | Cause::Timeout(_)
            | Cause::Broken(_)
            | Cause::TooLarge(_)
            | Cause::HeadTooLarge { .. }
            | Cause::Encoding(_) => None,
        }
    }

    /// The address that was requested, its secrets masked.
    pub fn url(&self) -> Option<&str> {
        match &self.0.kind {
            Kind::Request { url, .. } | Kind::LeadsAway { url, .. } => Some(url),
            _ => None,
        }
    }

    /// How often the request was sent.
    pub fn tries(&self) -> Option<u32> {
        match self.0.kind {
            Kind::Request { tries, .. } => Some(tries),
            _ => None,
        }
    }

    /// From the first try to giving up.
    pub fn elapsed(&self) -> Option<Duration> {
        match self.0.kind {
            Kind::Request { elapsed, .. } => Some(elapsed),
            _ => None,
        }
    }

    pub(crate) fn new(kind: Kind) -> Error {
        Error(Box::new(Inner { resource: None, page: None, kind, help: Vec::new(), source: None }))
    }

    pub(crate) fn config(what: impl Into<String>) -> Error {
        Error::new(Kind::Config(what.into()))
    }

    /// Adds what helps, as a clause.
    pub(crate) fn with_help(mut self, help: String) -> Error {
        self.0.help.push(help);
        self
    }

    pub(crate) fn with_source(mut self, source: impl Into<Source>) -> Error {
        self.0.source = Some(source.into());
        self
    }

    pub(crate) fn of_resource(mut self, resource: &str) -> Error {
        self.0.resource = Some(resource.to_owned());
        self
    }

    pub(crate) fn on_page(mut self, page: u64) -> Error {
        self.0.page = Some(page);
        self
    }

    /// The same error without secrets, and with no more of the server's text than helps.
    pub(crate) fn masked(mut self, mask: &Mask) -> Error {
        let cut = |text: &mut String, most: usize| *text = cut(&mask.shown(text, most), text, most);
        let clean = |text: &mut String| cut(text, LONGEST_TEXT);
        let address = |text: &mut String| cut(text, LONGEST_ADDRESS);
        let excerpt = |text: &mut String| *text = excerpt(&mask.shown(text.trim_start(), EXAMINED));
        self.0.help.iter_mut().for_each(clean);
        match &mut self.0.kind {
            Kind::Config(text)
            | Kind::Parent(text)
            | Kind::WouldRepeat(text)
            | Kind::Auth(text)
            | Kind::TokenRefused(text)
            | Kind::Undecided(text)
            | Kind::Cancelled(text)
            | Kind::Doubted { what: text, .. } => clean(text),
            Kind::LeadsAway { url, why } => {
                address(url);
                clean(why);
            }
            Kind::Request { url, cause, .. } => {
                address(url);
                match cause {
                    Cause::Status { body, .. }
                    | Cause::Action { body, .. }
                    | Cause::Report { body, .. } => excerpt(body),
                    Cause::Redirect { location, why, .. } => {
                        address(location);
                        clean(why);
                    }
                    Cause::Connect(text) | Cause::Broken(text) | Cause::Encoding(text) => {
                        address(text);
                    }
                    Cause::Timeout(_) | Cause::TooLarge(_) | Cause::HeadTooLarge { .. } => {}
                }
            }
            Kind::Decode(misread) | Kind::Stuck(misread) => {
                cut(&mut misread.what, LONGEST_CLAUSE);
                misread.field.as_mut().map(address);
                misread.found.as_mut().map(excerpt);
            }
            Kind::Other => {}
        }
        self
    }

    fn cause(&self) -> Option<&Cause> {
        match &self.0.kind {
            Kind::Request { cause, .. } => Some(cause),
            _ => None,
        }
    }

    fn misread(&self) -> Option<&Misread> {
        match &self.0.kind {
            Kind::Decode(misread) => Some(misread),
            _ => None,
        }
    }
}

/// The text, as `main` shows an error that it returns by its `Debug`; with `{:#?}` the parts.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if f.alternate() { self.0.fmt(f) } else { fmt::Display::fmt(self, f) }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        let source: &(dyn std::error::Error + 'static) = self.0.source.as_deref()?;
        match self.0.kind {
            // Its text is this error's text already.
            Kind::Other => source.source(),
            _ => Some(source),
        }
    }
}
