//! A page as its paginator looks at it.

use std::cell::OnceCell;

use serde_json::value::RawValue;

use super::{Halt, Response};
use crate::plan::Selector;

/// A response, with its records as soon as somebody has looked for them.
pub(super) struct Page<'a> {
    pub(super) response: &'a Response<'a>,
    /// Where the records are.
    pub(super) selector: &'a Selector,
    /// Its number in this fetch, from 1; a fetch that is resumed begins with 1 again.
    pub(super) number: u64,
    /// Whether the fetch was resumed, so that there were pages before.
    pub(super) is_resumed: bool,
    records: OnceCell<Vec<&'a RawValue>>,
}

impl<'a> Page<'a> {
    pub(super) fn new(
        response: &'a Response<'a>,
        selector: &'a Selector,
        number: u64,
        is_resumed: bool,
    ) -> Page<'a> {
        Page { response, selector, number, is_resumed, records: OnceCell::new() }
    }

    pub(super) fn body(&self) -> &'a str {
        self.response.body
    }

    /// Whether it is the first page that the resource has.
    pub(super) fn is_first(&self) -> bool {
        self.number == 1 && !self.is_resumed
    }

    /// The records that the server sent, which it counts by: no filter leaves any out.
    pub(super) fn records(&self) -> Result<&[&'a RawValue], Halt> {
        if let Some(records) = self.records.get() {
            return Ok(records);
        }
        let records = self.response.sent(self.selector)?;
        Ok(self.records.get_or_init(|| records))
    }

    pub(super) fn count(&self) -> Result<u64, Halt> {
        Ok(self.records()?.len() as u64)
    }

    pub(super) fn is_empty(&self) -> Result<bool, Halt> {
        Ok(self.records()?.is_empty())
    }
}
