//! A page as its paginator looks at it.

use std::{borrow::Cow, cell::OnceCell};

use serde_json::value::RawValue;

use super::{
    Halt, Response,
    detect::{self, FirstPage},
};
use crate::{
    decode::{Select as _, Shell, place, shape::places_of_names},
    plan::{Row, Selector},
};

/// A response, with its records once they were looked for.
pub(super) struct Page<'a> {
    pub(super) response: &'a Response<'a>,
    /// Where the records are.
    pub(super) selector: &'a Selector,
    /// Its number in this fetch, from 1; a fetch that is resumed begins with 1 again.
    pub(super) number: u64,
    /// Whether the fetch was resumed, so that there were pages before.
    pub(super) is_resumed: bool,
    /// What names the values of rows, which is no record itself.
    rows: &'a [Row],
    records: OnceCell<Vec<&'a RawValue>>,
    shell: OnceCell<(Shell<'a>, usize)>,
    shown: OnceCell<FirstPage<'a>>,
    pub(super) quiet: OnceCell<bool>,
}

impl<'a> Page<'a> {
    pub(super) fn new(
        response: &'a Response<'a>,
        selector: &'a Selector,
        number: u64,
        is_resumed: bool,
        rows: &'a [Row],
    ) -> Page<'a> {
        Page {
            response,
            selector,
            number,
            is_resumed,
            rows,
            records: OnceCell::new(),
            shell: OnceCell::new(),
            shown: OnceCell::new(),
            quiet: OnceCell::new(),
        }
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
        let mut records = self.response.sent(self.selector)?;
        if !self.rows.is_empty() {
            let names = places_of_names(self.rows, self.body());
            records.retain(|record| !names.contains(&place(record)));
        }
        Ok(self.records.get_or_init(|| records))
    }

    /// What is beside its records, and how many these are, for which the body is gone over once and quickly.
    pub(super) fn shell(&self) -> Result<&(Shell<'a>, usize), Halt> {
        if let Some(shell) = self.shell.get() {
            return Ok(shell);
        }
        let shell = Shell::of(self.body(), detect::LONGEST_LINKS);
        let count = match self.selector {
            Selector::Keys(_) if self.rows.is_empty() => {
                let found = self.selector.find(&shell.text).ok().flatten();
                found.and_then(|found| usize::try_from(shell.entries(found)?).ok())
            }
            Selector::Keys(_) | Selector::JsonPath(_) => None,
        };
        let count = count.map_or_else(|| self.records().map(<[_]>::len), Ok)?;
        Ok(self.shell.get_or_init(|| (shell, count)))
    }

    /// What it says beside its records. `resource` is the name of what they belong to.
    pub(super) fn shown(&self, resource: &str) -> Result<&FirstPage<'a>, Halt> {
        if let Some(shown) = self.shown.get() {
            return Ok(shown);
        }
        let response = self.response;
        let (body, count) = if response.has_no_content() || response.is_left_out {
            (detect::signs(response)?, self.records()?.len())
        } else {
            let (shell, count) = self.shell()?;
            (detect::signs_of(shell, response)?, *count)
        };
        let shown = FirstPage::new(Cow::Owned(body), self.selector, count, response, resource);
        Ok(self.shown.get_or_init(|| shown))
    }

    pub(super) fn count(&self) -> Result<u64, Halt> {
        Ok(self.records()?.len() as u64)
    }

    pub(super) fn is_empty(&self) -> Result<bool, Halt> {
        Ok(self.records()?.is_empty())
    }
}
