//! Where a request says what its paginator wants, and where a response says what it looks for.

use std::{collections::BTreeMap, fmt};

use serde_json::value::RawValue;

use super::{Halt, page::Page};
use crate::{
    decode::Select as _,
    error::Reason,
    http::{
        inputs::Inputs,
        request::{Place, Request},
    },
    plan::{self, Selector, Str},
};

/// The page size that is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PageSize {
    pub(super) place: Place,
    /// How many records a page shall have.
    pub(super) records: u64,
}

impl PageSize {
    /// What the plan says, its settings filled in, with another number of records if one is given.
    pub(super) fn filled(
        plan: &plan::PageSize,
        records: Option<u64>,
        inputs: &Inputs,
    ) -> Result<PageSize, Reason> {
        let records = match records {
            Some(records) => records,
            None => inputs.count(&plan.records)?,
        };
        if records == 0 {
            return Err("a page size of 0 records is none".into());
        }
        Ok(PageSize { place: place(&plan.place, "limit", inputs)?, records })
    }

    pub(super) fn ask(&self, request: &mut Request) {
        request.set(&self.place, self.records.into());
    }
}

/// The place that the plan names, its settings filled in. Texts name what is sent by `word`.
pub(super) fn place(
    plan: &plan::Place,
    word: &'static str,
    inputs: &Inputs,
) -> Result<Place, Reason> {
    Ok(match plan {
        plan::Place::Text => Place::Text(word),
        plan::Place::Json => Place::Json(word),
        plan::Place::Param(name) => Place::Param(inputs.name(name)?),
        plan::Place::Body(keys) => {
            Place::Body(keys.iter().map(|key| inputs.name(key)).collect::<Result<_, _>>()?)
        }
    })
}

/// A place and what is sent there, as an error shows it: `offset=20`.
pub(super) struct Sent<'a>(pub(super) &'a Place, pub(super) u64);

impl fmt::Display for Sent<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Sent(place, value) = self;
        match place {
            Place::Param(name) => write!(f, "`{name}={value}`"),
            Place::Body(keys) => write!(f, "`{}: {value}` in the body", keys.join(".")),
            Place::Text(word) | Place::Json(word) => write!(f, "`{{paginator.{word}}}` = {value}"),
        }
    }
}

/// What is at a path in a page. `setting` is the key of the file that has the path.
///
/// A key that has dots in it, as `@odata.nextLink` has, is often written without quotes and then is a
/// path of several keys. Where the first page has nothing there but has such a key, that is what the
/// path leads to from then on.
pub(super) fn find<'a>(
    path: &mut Selector,
    page: &Page<'a>,
    setting: &str,
) -> Result<Option<&'a str>, Halt> {
    if page.response.has_no_content() {
        return Ok(None);
    }
    let found = path.find(page.body()).map_err(Halt::Decode)?;
    if found.is_none()
        && page.number == 1
        && let Selector::Keys(keys) = &*path
        && keys.len() > 1
        && let Some(dotted) = dotted(page.body(), keys)
    {
        let dotted = Selector::Keys(dotted.into());
        tracing::debug!("`{setting}: {path}` is read as `{dotted}`, which the response has");
        *path = dotted;
        return path.find(page.body()).map_err(Halt::Decode);
    }
    Ok(found)
}

/// What is at a path in a body, which may have one of its keys with dots in it. Whatever is no JSON has
/// nothing there.
pub(crate) fn look_for<'a>(path: &mut Selector, body: &'a str) -> Option<&'a str> {
    if let Some(found) = path.find(body).ok()? {
        return Some(found);
    }
    let Selector::Keys(keys) = &*path else { return None };
    let dotted = dotted(body, keys).filter(|_| keys.len() > 1)?;
    *path = Selector::Keys(dotted.into());
    path.find(body).ok()?
}

/// The path of the same text with fewer keys that leads to something.
fn dotted(object: &str, keys: &[Str]) -> Option<Vec<Str>> {
    let members: BTreeMap<String, &RawValue> = serde_json::from_str(object).ok()?;
    (1..=keys.len()).find_map(|length| {
        let (first, rest) = keys.split_at(length);
        let key = first.join(".");
        let inside = members.get(&key)?;
        let mut path = vec![Str::from(key)];
        if !rest.is_empty() {
            path.extend(dotted(inside.get(), rest)?);
        }
        Some(path)
    })
}
