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
use crate::decode::{Select, outline};

/// How deep a response is looked into.
const DEPTH: usize = 6;

/// What a first response shows.
#[allow(dead_code, reason = "what a probe of a source shows")]
pub(crate) struct Detected {
    /// Where the records are.
    pub(crate) records: Vec<String>,
    /// How many there are.
    pub(crate) count: usize,
    pub(crate) paginator: FoundPaginator,
}

#[allow(dead_code, reason = "what a probe of a source shows")]
impl Detected {
    /// What to write into the file.
    pub(crate) fn yaml(&self) -> String {
        let records = Some(self.records.clone());
        Found { records, paginator: Some(self.paginator.clone()) }.to_string()
    }
}

/// Finds out where the records of the resource of this name are, and how it is paged.
#[allow(dead_code, reason = "what a probe of a source begins with")]
pub(crate) fn detect(response: &Response<'_>, resource: &str) -> Result<Detected, Halt> {
    let body = tree(response)?;
    let records = self::records(&body, resource)?;
    let select = select(&records);
    let (paginator, count) = self::paginator(&body, &select, response)?;
    Ok(Detected { records, count, paginator })
}

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
    records: &Select,
    response: &Response<'_>,
) -> Result<(FoundPaginator, usize), Halt> {
    let count = response.records(records)?.len();
    let paginator = guess::paginator(body, records, count, response).map_err(Halt::Undecided)?;
    Ok((paginator, count))
}

/// A path of keys as a selector.
pub(super) fn select(path: &[String]) -> Select {
    Select::Keys(path.iter().map(|key| key.clone().into()).collect())
}
