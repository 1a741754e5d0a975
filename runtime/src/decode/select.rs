//! Selectors that are ready to be followed: those that are JSONPath are compiled, once for a fetch.

use std::{fmt, sync::Arc};

use serde_json::value::RawValue;

use super::{
    Fault, Unreadable, edges, explain,
    follow::{Target, follow},
    query::Query,
};
use crate::plan::{List, Selector, Str};

/// A selector that is ready to be followed.
#[derive(Clone)]
pub(crate) enum Select {
    /// Members of objects, one inside the other, which are followed while the body is read.
    Keys(List<Str>),
    /// Any other path, by way of a tree of the whole body.
    Query(Arc<Query>),
}

impl Select {
    /// The document itself.
    pub(crate) const ROOT: Select = Select::Keys(List::Borrowed(&[]));

    /// The error says why the selector cannot be followed.
    pub(crate) fn new(selector: &Selector) -> Result<Select, String> {
        Ok(match selector {
            Selector::Keys(keys) => Select::Keys(keys.clone()),
            Selector::JsonPath { text, query } => Select::Query(Arc::new(Query::new(text, query)?)),
        })
    }

    /// The raw JSON of what is selected, the first if it is several places, or `None` if nothing is.
    pub(crate) fn find<'a>(&self, body: &'a str) -> Result<Option<&'a str>, Unreadable> {
        match self {
            Select::Keys(keys) => {
                let mut raw = Raw(None);
                if let Some((first, rest)) = keys.split_first()
                    && let Some(value) = edges::member(body, first)
                    && follow(value, rest, &mut raw).is_ok()
                    && raw.0.is_some()
                {
                    return Ok(raw.0.map(RawValue::get));
                }
                follow(body, keys, &mut raw).map_err(Unreadable)?;
                Ok(raw.0.map(RawValue::get))
            }
            Select::Query(query) => Ok(query.matches(body)?.first().map(|raw| raw.get())),
        }
    }

    /// The records that are selected, as they stand there: the elements of a list, of every list if
    /// it is several, or else what it is. `null` is no record.
    pub(crate) fn records<'a>(&self, body: &'a str) -> Result<Vec<&'a RawValue>, Fault> {
        let unreadable = |error| Fault::Unreadable(Unreadable(error));
        match self {
            Select::Keys(keys) => {
                let mut raw = Raw(None);
                follow(body, keys, &mut raw).map_err(unreadable)?;
                match raw.0 {
                    Some(raw) => elements(raw).map_err(unreadable),
                    None => Err(Fault::Misread(explain::nothing_there(body, keys))),
                }
            }
            Select::Query(query) => {
                let matches = query.matches(body).map_err(Fault::Unreadable)?;
                if matches.is_empty() && query.must_match() {
                    return Err(Fault::Misread(explain::no_match(body, self)));
                }
                let mut records = Vec::new();
                for raw in matches {
                    records.append(&mut elements(raw).map_err(unreadable)?);
                }
                Ok(records)
            }
        }
    }
}

/// As the file says it.
impl fmt::Display for Select {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Select::Keys(keys) => Selector::Keys(keys.clone()).fmt(f),
            Select::Query(query) => query.fmt(f),
        }
    }
}

/// What is at the end of a path, as it stands there.
struct Raw<'a>(Option<&'a RawValue>);

impl<'de> Target<'de> for Raw<'de> {
    fn read<D: serde::Deserializer<'de>>(&mut self, deserializer: D) -> Result<(), D::Error> {
        self.0 = Some(serde::Deserialize::deserialize(deserializer)?);
        Ok(())
    }
}

fn elements(raw: &RawValue) -> serde_json::Result<Vec<&RawValue>> {
    match raw.get().as_bytes().first() {
        Some(b'[') => serde_json::from_str(raw.get()),
        Some(b'n') => Ok(Vec::new()),
        _ => Ok(vec![raw]),
    }
}
