//! Finding out from the first response what a file does not say: where the records are and how the
//! next page is asked for. Where that cannot be known it says so, with what to write, for a wrong
//! guess reads one page of many and says nothing.

mod asked;
mod counted;
mod envelope;
mod fact;
mod follow;
mod found;
mod page;
mod records;
mod shown;
mod text;
mod words;

use std::sync::{Arc, OnceLock};

use serde_json::Value;

pub(crate) use self::found::{Found, FoundPaginator};
use self::page::FirstPage;
pub(super) use self::shown::{More, Shown};
use super::{Halt, Response};
use crate::{decode::outline, plan::Selector};

/// Where the records of a resource are, detected for the first record of its parent that has any.
/// It holds for the others, too.
pub(crate) type SharedRecords = Arc<OnceLock<Vec<String>>>;

/// How deep a response is looked into.
const DEPTH: usize = 6;

/// The body as a tree, as far down as is looked at.
pub(super) fn tree(response: &Response<'_>) -> Result<Value, Halt> {
    outline(response.body, DEPTH).map_err(Halt::unreadable)
}

/// Where the records of the resource of this name are; `None` if the response says that there are
/// none, without showing that.
pub(super) fn records(
    body: &Value,
    resource: &str,
    shared: &SharedRecords,
) -> Result<Option<Vec<String>>, Halt> {
    let found = match shared.get() {
        Some(known) => records::find_again(body, known, resource),
        None => records::find(body, resource),
    };
    let found = found.map_err(Halt::Undecided)?;
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
    Ok(Shown::of(&FirstPage::new(body, records, count, response, resource)))
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

/// A path of keys as a selector.
pub(super) fn selector(path: &[String]) -> Selector {
    Selector::Keys(path.iter().map(|key| key.clone().into()).collect())
}
