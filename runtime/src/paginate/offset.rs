//! `offset`: the next request skips the records that have come.

use super::{Halt, Response, count::total, end::End, history::LastPage, place::Sent};
use crate::{
    decode::Select,
    plan::{PageSize, Place},
    request::Request,
};

/// The paginator that skips records.
pub(super) struct Offset {
    /// How many records the next request skips.
    pub(super) skipped: u64,
    pub(super) place: Place,
    pub(super) page_size: Option<PageSize>,
    pub(super) total: Option<Select>,
    pub(super) maximum: Option<u64>,
    pub(super) end: End,
    pub(super) last_page: LastPage,
}

impl Offset {
    pub(super) fn ask(&self, request: &mut Request) {
        request.set(&self.place, self.skipped.into());
        if let Some(page_size) = &self.page_size {
            request.set(&page_size.place, page_size.records.into());
        }
    }

    /// Moves by the records that have come, and not by those that were asked for: a server may give
    /// fewer.
    pub(super) fn advance(
        &mut self,
        response: &Response<'_>,
        records: &Select,
    ) -> Result<bool, Halt> {
        let records = response.records(records)?;
        let sent = Sent(&self.place, self.skipped).to_string();
        self.last_page.differs(&records, &sent)?;
        if records.is_empty() && self.end.stop_after_empty_page {
            return Ok(false);
        }
        let received = u64::try_from(records.len()).unwrap_or(u64::MAX);
        let next = self.skipped.saturating_add(received);
        if let Some(path) = &self.total
            && next >= total(path, response.body)?
        {
            return Ok(false);
        }
        if self.maximum.is_some_and(|maximum| next >= maximum)
            || self.end.says_no_more(response.body)?
        {
            return Ok(false);
        }
        if received == 0 {
            return Err(Halt::Stuck(format!(
                "the server gave no records for {sent} although it says that there are more; the \
                 next request would be the same"
            )));
        }
        self.skipped = next;
        Ok(true)
    }
}
