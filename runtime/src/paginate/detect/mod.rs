//! Finding out from the first response what a file does not say: where the records are and how the
//! next page is asked for. Where that cannot be known it says so, with what to write, for a wrong
//! guess reads one page of many and says nothing.

mod fact;
mod found;
mod guess;
mod records;

use serde_json::Value;

pub(crate) use self::found::{Found, FoundPaginator};
use super::{Halt, Response};
use crate::{decode::outline, plan::Selector};

/// How deep a response is looked into.
const DEPTH: usize = 6;

/// The body as a tree, as far down as is looked at.
pub(super) fn tree(response: &Response<'_>) -> Result<Value, Halt> {
    outline(response.body, DEPTH).map_err(Halt::unreadable)
}

/// Where the records of the resource of this name are.
pub(super) fn records(body: &Value, resource: &str) -> Result<Vec<String>, Halt> {
    records::find(body, resource).map_err(Halt::Undecided)
}

/// How the resource is paged, and how many records the response has.
pub(super) fn paginator(
    body: &Value,
    records: &Selector,
    response: &Response<'_>,
) -> Result<(FoundPaginator, usize), Halt> {
    let count = response.sent(records)?.len();
    let paginator = guess::paginator(body, records, count, response).map_err(Halt::Undecided)?;
    Ok((paginator, count))
}

/// A path of keys as a selector.
pub(super) fn selector(path: &[String]) -> Selector {
    Selector::Keys(path.iter().map(|key| key.clone().into()).collect())
}
