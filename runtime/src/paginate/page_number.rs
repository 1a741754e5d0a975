//! `page_number`: the next request names the next page by its number.

use super::{Halt, Response, count::total, end::End, history::LastPage, place::Sent};
use crate::{decode::Select, plan::Place, request::Request};

/// The paginator that counts pages.
pub(super) struct PageNumber {
    pub(super) base: u64,
    pub(super) page: u64,
    pub(super) place: Place,
    pub(super) total: Option<Select>,
    pub(super) maximum: Option<u64>,
    pub(super) end: End,
    pub(super) last_page: LastPage,
}

impl PageNumber {
    pub(super) fn ask(&self, request: &mut Request) {
        request.set(&self.place, self.page.into());
    }

    pub(super) fn advance(
        &mut self,
        response: &Response<'_>,
        records: &Select,
    ) -> Result<bool, Halt> {
        let records = response.records(records)?;
        self.last_page.differs(&records, &Sent(&self.place, self.page).to_string())?;
        if records.is_empty() && self.end.stop_after_empty_page {
            return Ok(false);
        }
        let next = self.page.saturating_add(1);
        if let Some(path) = &self.total
            && next >= total(path, response.body)?.saturating_add(self.base)
        {
            return Ok(false);
        }
        if self.maximum.is_some_and(|maximum| next >= maximum)
            || self.end.says_no_more(response.body)?
        {
            return Ok(false);
        }
        self.page = next;
        Ok(true)
    }
}
