//! Finding out from the first response what a file does not say: where the records are and how the
//! next page is asked for. Where that cannot be known it says so, with what to write, for a wrong
//! guess reads one page of many and says nothing.

mod announcement;
mod asked;
mod candidate;
mod counted;
mod entity;
mod envelope;
mod fact;
mod follow;
mod list_words;
mod page;
mod records;
mod relations;
mod selector;
mod shown;
mod turn;
mod words;

use std::{
    borrow::Cow,
    sync::{Arc, OnceLock},
};

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use serde_json::Value;

pub(crate) use self::turn::{Turn, Turns};
pub(super) use self::{
    announcement::Announcement,
    entity::Entity,
    page::FirstPage,
    selector::selector,
    shown::{More, Shown},
};
use self::{asked::Asked, fact::Fact};
use super::{Halt, Response, detected::FoundPaginator};
use crate::{
    decode::{Shell, outline},
    http::request::Request,
    plan::{ResourcePlan, Segment, Selector},
};

/// Where the records of a resource are, detected for the first record of its parent that has any.
/// It holds for the others, too.
pub(crate) type SharedRecords = Arc<OnceLock<Vec<String>>>;

/// How deep a response is looked into.
const DEPTH: usize = 6;

/// A list of more bytes is none of links.
pub(super) const LONGEST_LINKS: usize = 4096;

/// The body as a tree, as far down as is looked at.
pub(super) fn tree(response: &Response<'_>) -> Result<Value, Halt> {
    outline(response.body, DEPTH).map_err(Halt::unreadable)
}

/// The same without what is in long lists, as those of records are. The list of links that some APIs
/// have beside the records is short.
pub(super) fn signs(response: &Response<'_>) -> Result<Value, Halt> {
    signs_of(&Shell::of(response.body, LONGEST_LINKS), response)
}

pub(super) fn signs_of(shell: &Shell<'_>, response: &Response<'_>) -> Result<Value, Halt> {
    // The error is to have the place in the body.
    let signs = outline(&shell.text, DEPTH).or_else(|_| outline(response.body, DEPTH));
    signs.map_err(Halt::unreadable)
}

/// Where the records of this resource are; `None` if the response says that there are
/// none, without showing that.
pub(super) fn records(
    body: &Value,
    plan: &ResourcePlan,
    shared: &SharedRecords,
) -> Result<Option<Vec<String>>, Halt> {
    let found = match shared.get() {
        Some(known) => records::find_again(body, known, plan),
        None => records::find(body, plan),
    }?;
    if let Some(path) = &found {
        // Another record of the parent may have been first; what it has shown is the same then.
        let _ = shared.set(path.clone());
    }
    Ok(found)
}

/// What a first response, of which this is the [`tree`], shows of the pages after it, whatever the
/// file says of them.
pub(super) fn shown(
    body: &Value,
    records: &Selector,
    response: &Response<'_>,
    resource: &str,
) -> Result<Shown, Halt> {
    let count = response.sent(records)?.len();
    Ok(Shown::of(&FirstPage::new(Cow::Borrowed(body), records, count, response, resource)))
}

/// What a first page says of how many records or pages there are, beyond its own.
pub(super) fn announced(page: &FirstPage<'_>) -> Vec<Announcement> {
    announcement::of(page)
}

/// The names that a path begins with.
pub(super) fn leading(segments: &[Segment]) -> Vec<&str> {
    words::leading_keys(segments)
}

/// How a resource is paged whose first response shows this. The error says what cannot be known, and
/// what to write.
pub(super) fn paginator(shown: Shown) -> Result<FoundPaginator, Halt> {
    let Shown { more, paginator, advice } = shown;
    match (paginator, more) {
        (Some(paginator), _) => Ok(paginator),
        (None, None) => Ok(FoundPaginator::SinglePage),
        (None, Some(more)) => Err(Halt::Undecided(match more {
            More::Said(what) => format!(
                "there are more records ({what}), but how to ask for them cannot be known; {advice}"
            ),
            More::Full(what) => format!(
                "there may be more records ({what}), but how to ask for them cannot be known; \
                 {advice}"
            ),
        })),
    }
}

/// What a first response is that is taken for one record, of which these are the [`signs`].
pub(super) fn entity(body: &Value, plan: &ResourcePlan) -> Entity {
    entity::entity(body, plan)
}

/// The headers that may say something of pages.
pub(super) fn telling(headers: &HeaderMap) -> impl Iterator<Item = (&HeaderName, &HeaderValue)> {
    fact::telling(headers)
}

/// Where a response says which page it is, by its number or by its offset, and what it says: a number
/// next to the one that was asked for, as some count from 0 what others count from 1.
pub(super) fn stated(page: &FirstPage<'_>, is_page: bool, asked: u64) -> Option<(Selector, u64)> {
    let says = if is_page { words::is_page } else { words::is_offset };
    page.beside_records().filter(|fact| says(&fact.word)).find_map(|fact| {
        let number = fact.number().filter(|number| number.abs_diff(asked) <= 1)?;
        Some((selector(&fact.path), number))
    })
}

/// Whether a page has as many records as the request asks for.
pub(super) fn is_full(request: &Request, count: u64) -> bool {
    asked_size(request) == Some(count)
}

/// How many records a request asks for.
pub(super) fn asked_size(request: &Request) -> Option<u64> {
    Asked::of(request).size().map(|(_, wanted)| wanted)
}

/// The flag of a response that says that there are more pages.
pub(super) fn says_more(page: &FirstPage<'_>) -> Option<String> {
    page.beside_records().find(|fact| fact.says_more() == Some(true)).map(Fact::shown)
}
