//! What `json_link` and `header_link` share: the next request goes to an address that the server
//! gives.
//!
//! The address is taken exactly as it is given. Parameters of the first request that it lacks are
//! not put back: where a server takes them along in its page cursor, it refuses a request that has
//! both, and what a link means is the server's to say (RFC 3986, section 4.2).

use url::Url;

use super::{Halt, Response, history::History};
use crate::request::Request;

/// The next address, and those before it.
#[derive(Clone)]
pub(super) struct Link {
    next: Option<Url>,
    history: Option<History>,
}

impl Link {
    /// At the first page, or at an address that a checkpoint has kept.
    pub(super) fn new(next: Option<&str>) -> Result<Link, String> {
        let next = next.map(Url::parse).transpose();
        let next = next.map_err(|error| format!("the checkpoint's address is bad: {error}"))?;
        Ok(Link { history: next.as_ref().map(|next| History::from(Some(next.as_str()))), next })
    }

    pub(super) fn ask(&self, request: &mut Request) {
        if let Some(next) = &self.next {
            request.follow(next.clone());
        }
    }

    /// Goes on to what the response links to, if to anything. It may be relative to the address that
    /// answered.
    pub(super) fn advance(
        &mut self,
        response: &Response<'_>,
        link: Option<&str>,
    ) -> Result<bool, Halt> {
        self.next = None;
        let Some(link) = link.map(str::trim).filter(|link| !link.is_empty()) else {
            return Ok(false);
        };
        let mut next = response.url.join(link).map_err(|error| Halt::Misread {
            what: format!("the link to the next page is no address ({error})"),
            found: Some(link.to_owned()),
        })?;
        next.set_fragment(None);
        let history =
            self.history.get_or_insert_with(|| History::from(Some(response.url.as_str())));
        history.add("the next link", next.as_str())?;
        self.next = Some(next);
        Ok(true)
    }

    pub(super) fn next_url(&self) -> Option<String> {
        self.next.as_ref().map(Url::to_string)
    }
}
