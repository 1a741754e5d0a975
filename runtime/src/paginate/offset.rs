//! `offset`: the next request skips the records that have come.

use super::{
    Halt, Response,
    count::total,
    end::End,
    history::LastPage,
    place::{PageSize, Sent},
};
use crate::{
    plan::Selector,
    request::{Place, Request},
};

/// The paginator that skips records.
#[derive(Clone)]
pub(super) struct Offset {
    /// How many records the next request skips.
    pub(super) skipped: u64,
    pub(super) place: Place,
    pub(super) page_size: Option<PageSize>,
    pub(super) total: Option<Selector>,
    pub(super) maximum: Option<u64>,
    pub(super) end: End,
    pub(super) last_page: LastPage,
    /// How many records the last page had, and how many there are in all.
    pub(super) seen: Option<(u64, u64)>,
}

impl Offset {
    pub(super) fn ask(&self, request: &mut Request) {
        request.set(&self.place, self.skipped.into());
        if let Some(page_size) = &self.page_size {
            page_size.ask(request);
        }
    }

    /// Moves by the records that have come, and not by those that were asked for: a server may give
    /// fewer.
    pub(super) fn advance(
        &mut self,
        response: &Response<'_>,
        records: &Selector,
    ) -> Result<bool, Halt> {
        let records = response.sent(records)?;
        let sent = Sent(&self.place, self.skipped).to_string();
        self.last_page.differs(&records, &sent)?;
        if records.is_empty() && self.end.stop_after_empty_page {
            return Ok(false);
        }
        let received = u64::try_from(records.len()).unwrap_or(u64::MAX);
        let next = self.skipped.saturating_add(received);
        if let Some(path) = &self.total {
            let total = total(path, response.body)?;
            if next >= total {
                return Ok(false);
            }
            self.seen = Some((received, total));
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

    /// The next page but one, if the server goes on to give as many records as it did.
    pub(super) fn predict(&self) -> Option<Offset> {
        let (received, total) = self.seen?;
        let skipped = self.skipped.saturating_add(received);
        let is_there =
            received > 0 && skipped < total && self.maximum.is_none_or(|maximum| skipped < maximum);
        is_there.then(|| Offset { skipped, ..self.clone() })
    }
}
