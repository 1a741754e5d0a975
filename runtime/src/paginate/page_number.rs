//! `page_number`: the next request names the next page by its number.

use super::{Halt, Response, count::total, end::End, history::LastPage, place::Sent};
use crate::{
    plan::Selector,
    request::{Place, Request},
};

/// The paginator that counts pages.
#[derive(Clone)]
pub(super) struct PageNumber {
    pub(super) base: u64,
    pub(super) page: u64,
    pub(super) place: Place,
    pub(super) total: Option<Selector>,
    pub(super) maximum: Option<u64>,
    pub(super) end: End,
    pub(super) last_page: LastPage,
    /// How many pages there are.
    pub(super) pages: Option<u64>,
}

impl PageNumber {
    pub(super) fn ask(&self, request: &mut Request) {
        request.set(&self.place, self.page.into());
    }

    pub(super) fn advance(
        &mut self,
        response: &Response<'_>,
        records: &Selector,
    ) -> Result<bool, Halt> {
        let records = response.sent(records)?;
        self.last_page.differs(&records, &Sent(&self.place, self.page).to_string())?;
        if records.is_empty() && self.end.stop_after_empty_page {
            return Ok(false);
        }
        let next = self.page.saturating_add(1);
        if let Some(path) = &self.total {
            let pages = total(path, response.body)?;
            if next >= pages.saturating_add(self.base) {
                return Ok(false);
            }
            // What is just called `total` may well be the number of records: then most of these
            // pages are none, and are not to be asked for before it is known that they are there.
            let name = path.to_string().to_lowercase();
            let is_of_pages = name.rsplit('.').next().is_some_and(|name| name.contains("page"));
            self.pages = is_of_pages.then_some(pages);
        }
        if self.maximum.is_some_and(|maximum| next >= maximum)
            || self.end.says_no_more(response.body)?
        {
            return Ok(false);
        }
        self.page = next;
        Ok(true)
    }

    /// The next page but one.
    pub(super) fn predict(&self) -> Option<PageNumber> {
        let page = self.page.saturating_add(1);
        let is_there = page < self.pages?.saturating_add(self.base)
            && self.maximum.is_none_or(|maximum| page < maximum);
        is_there.then(|| PageNumber { page, ..self.clone() })
    }
}
