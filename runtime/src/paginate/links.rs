//! What `json_link` and `header_link` share: the next request goes to an address that the server
//! gives.
//!
//! The address is taken exactly as it is given. Parameters of the first request that it lacks are
//! not put back: where a server takes them along in its page cursor, it refuses a request that has
//! both, and what a link means is the server's to say (RFC 3986, section 4.2).

use std::ops::ControlFlow;

use url::{ParseError, Url};

use super::{
    Halt,
    history::History,
    kind::{Beside, Kind},
    page::Page,
    place::find,
    position::Position,
    step::{Again, Step, Why},
};
use crate::{decode::Json, error::Reason, http::request::Request, plan::Selector};

/// Finds the link on a page, or why there is none.
pub(super) trait FindLink {
    fn find(&mut self, page: &Page<'_>) -> Result<ControlFlow<Why, String>, Halt>;
}

/// The paginator that follows links.
#[derive(Clone)]
pub(super) struct Links<F> {
    find: F,
    /// Where the response has the address that a relative link is appended to.
    base: Option<Selector>,
    next: Option<Url>,
    /// Whether it is the address that has just answered.
    is_same: bool,
    /// Whether it differs from that address by a larger number.
    grows: bool,
    history: Option<History>,
}

impl<F> Links<F> {
    /// At the first page, or at an address that a checkpoint has kept.
    pub(super) fn new(
        find: F,
        base: Option<Selector>,
        next: Option<&str>,
    ) -> Result<Links<F>, Reason> {
        let next = next.map(Url::parse).transpose();
        let next = next.map_err(|error| format!("the checkpoint's address is bad: {error}"))?;
        let history = next.as_ref().map(|next| History::from(Some(next.to_string())));
        Ok(Links { find, base, history, is_same: false, grows: false, next })
    }
}

impl<F: FindLink + Clone + Send + Sync + 'static> Kind for Links<F> {
    fn ask(&self, request: &mut Request) {
        if let Some(next) = &self.next {
            request.follow(next.clone());
        }
    }

    /// Goes to what the response links to, if to anything. It may be relative to the address that
    /// answered.
    fn advance(&mut self, page: &Page<'_>, _: &Beside<'_>) -> Result<Step, Halt> {
        self.next = None;
        let link = match self.find.find(page)? {
            ControlFlow::Continue(link) if link.trim().is_empty() => {
                return Ok(Step::Last(Why::Said));
            }
            ControlFlow::Continue(link) => link,
            ControlFlow::Break(why) => return Ok(Step::Last(why)),
        };
        let url = page.response.url;
        let mut next = match &mut self.base {
            Some(base) if is_relative(&link) => append(link.trim(), base, page)?,
            _ => address(url, link.trim(), "the link to the next page")?,
        };
        next.set_fragment(None);
        self.history.get_or_insert_with(|| History::from(Some(url.to_string())));
        self.is_same = next == *url;
        self.grows = grows(url, &next);
        self.next = Some(next);
        Ok(Step::Next)
    }

    fn position(&self) -> Option<Position> {
        self.next.as_ref().map(|next| Position::NextUrl(next.to_string()))
    }

    fn again(&mut self) -> Option<Again> {
        let value = self.next.as_ref()?.to_string();
        let is_of_last = self.is_same;
        if !self.history.get_or_insert_default().has(&value) && !is_of_last {
            return None;
        }
        let cause = "the server links from a page to one before it, or to itself".to_owned();
        Some(Again { what: "next link", value, cause, is_of_last })
    }

    fn follows(&self) -> bool {
        true
    }

    fn grows(&self) -> bool {
        self.grows
    }
}

/// Whether a link is a path or a query, and not a whole address.
fn is_relative(link: &str) -> bool {
    Url::parse(link.trim()) == Err(ParseError::RelativeUrlWithoutBase) && !link.starts_with("//")
}

/// The address that a link is appended to another one: `/content?start=2` to `https://example.com/wiki`.
fn append(link: &str, base: &mut Selector, page: &Page<'_>) -> Result<Url, Halt> {
    let found = find(base, page, "base_path")?;
    let Some(Json::Text(text)) = found.and_then(Json::read) else {
        return Err(Halt::misread(
            format!(
                "the link to the next page is relative, and there is no address at `{base}` that it could \
                 be appended to; if it is relative to the address that answered, leave `base_path` out"
            ),
            found.map(str::to_owned),
        ));
    };
    let mut start = address(page.response.url, text.trim(), &format!("`{base}`"))?;
    start.set_query(None);
    start.set_fragment(None);
    let start = start.as_str().trim_end_matches('/');
    let slash = if link.starts_with('?') { "" } else { "/" };
    let whole = format!("{start}{slash}{}", link.trim_start_matches('/'));
    address(page.response.url, &whole, "the link to the next page")
}

/// The address that a text is, on a page at another one.
fn address(page: &Url, text: &str, what: &str) -> Result<Url, Halt> {
    page.join(text).map_err(|error| {
        Halt::misread(format!("{what} is no address ({error})"), Some(text.to_owned()))
    })
}

/// Whether two addresses have the same parameters, of which some are larger numbers in the second one
/// and all others are equal.
fn grows(one: &Url, next: &Url) -> bool {
    let mut are_larger = false;
    let mut others = next.query_pairs();
    let is_grown = one.query_pairs().all(|(name, value)| {
        let Some((other_name, other)) = others.next() else { return false };
        let is_larger = is_larger(&value, &other);
        are_larger |= is_larger;
        name == other_name && (is_larger || value == other)
    });
    is_grown && are_larger && others.next().is_none()
}

/// Whether the second one of two texts is a larger whole number.
pub(super) fn is_larger(one: &str, next: &str) -> bool {
    match (one.parse::<u128>(), next.parse::<u128>()) {
        (Ok(one), Ok(next)) => next > one,
        _ => false,
    }
}
