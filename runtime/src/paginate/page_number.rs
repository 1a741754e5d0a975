//! `page_number`: the next request names the next page by its number.

use super::{
    Halt,
    end::End,
    page::Page,
    place::Sent,
    step::{Step, Why},
    total::Total,
};
use crate::request::{Place, Request};

/// The paginator that counts pages.
#[derive(Clone)]
pub(super) struct PageNumber {
    pub(super) base: u64,
    pub(super) page: u64,
    pub(super) place: Place,
    pub(super) total: Option<Total>,
    pub(super) maximum: Option<u64>,
    /// How many records have come in this fetch.
    pub(super) received: u64,
    /// How many pages there are.
    pub(super) pages: Option<u64>,
}

impl PageNumber {
    pub(super) fn ask(&self, request: &mut Request) {
        request.set(&self.place, self.page.into());
    }

    pub(super) fn advance(
        &mut self,
        page: &Page<'_>,
        end: &End,
        more: Option<bool>,
    ) -> Result<Step, Halt> {
        let count = page.count()?;
        self.received = self.received.saturating_add(count);
        if let Some(total) = &mut self.total {
            total.look(page)?;
        }
        let next = self.page.saturating_add(1);
        if let Some(total) = &self.total
            && let Some(pages) = total.largest()
        {
            if next >= pages.saturating_add(self.base) {
                return Ok(Step::Last(Why::Said));
            }
            // What is just called `total` may well be the number of records: then most of these
            // pages are none, and are not to be asked for before it is known that they are there.
            self.pages = total.is_of_pages().then_some(pages);
        }
        if count == 0 && self.is_last(page, end, more)? {
            return Ok(Step::Last(Why::Said));
        }
        if self.maximum.is_some_and(|maximum| next >= maximum) {
            return Ok(Step::Last(Why::Declared));
        }
        self.page = next;
        Ok(Step::Next)
    }

    /// Whether this page without records is the last one. Where the pages are counted it is not, as
    /// the next one can be asked for; what may count records instead ends them only if as many came.
    fn is_last(&self, page: &Page<'_>, end: &End, more: Option<bool>) -> Result<bool, Halt> {
        if let Some(stop) = end.stop_after_empty_page {
            return Ok(stop);
        }
        let total = self.total.as_ref().and_then(|total| Some((total, total.last()?)));
        let Some((total, last)) = total else { return Ok(more != Some(true)) };
        if total.is_of_pages() || self.received > last {
            return Ok(false);
        }
        let sent = Sent(&self.place, self.page).to_string();
        match self.received == last {
            true => Ok(true),
            false if page.is_resumed => {
                tracing::warn!(
                    "no records came for {sent}, where the fetch ends; whether that is right cannot \
                     be known, as the total may count records that came before it was resumed"
                );
                Ok(true)
            }
            false => Err(total.unreached("pages or records", &sent)),
        }
    }

    /// The next page but one.
    pub(super) fn predict(&self) -> Option<PageNumber> {
        let page = self.page.saturating_add(1);
        let is_there = page < self.pages?.saturating_add(self.base)
            && self.maximum.is_none_or(|maximum| page < maximum);
        is_there.then(|| PageNumber { page, ..self.clone() })
    }
}
