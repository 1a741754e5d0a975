//! `page_number`: the next request names the next page by its number.

use super::{
    Halt, detect,
    end::End,
    kind::{Beside, Counts, Kind, unknown_param},
    page::Page,
    paged::Paged,
    place::{PageSize, Sent},
    position::Position,
    step::{Step, Why},
    total::Total,
};
use crate::http::request::{Place, Request};

/// The paginator that counts pages.
#[derive(Clone)]
pub(super) struct PageNumber {
    pub(super) base: u64,
    pub(super) page: u64,
    pub(super) place: Place,
    pub(super) page_size: Option<PageSize>,
    pub(super) total: Option<Total>,
    pub(super) maximum: Option<u64>,
    /// How many records have come in this fetch.
    pub(super) received: u64,
    /// How many pages there are.
    pub(super) pages: Option<u64>,
    /// Whether the total was reached by the last page, and the next one is to show that.
    pub(super) is_doubted: bool,
}

impl Kind for PageNumber {
    fn ask(&self, request: &mut Request) {
        request.set(&self.place, self.page.into());
        if let Some(page_size) = &self.page_size {
            page_size.ask(request);
        }
    }

    fn paged(&self) -> Paged {
        let limit = self.page_size.as_ref().map(|size| size.records);
        Paged { page: Some(self.page), limit, ..Paged::default() }
    }

    fn advance(&mut self, page: &Page<'_>, beside: &Beside<'_>) -> Result<Step, Halt> {
        let Beside { end, more, observed } = *beside;
        let count = page.count()?;
        let before = self.received;
        self.received = self.received.saturating_add(count);
        if let Some(total) = &mut self.total {
            total.look(page)?;
        }
        let next = self.page.saturating_add(1);
        if let Some(total) = &mut self.total
            && let Some(pages) = total.largest()
        {
            if std::mem::take(&mut self.is_doubted) && count > 0 {
                let came = format!("records came for {}", Sent(&self.place, self.page));
                total.refute_of_page("pages", &came, before, observed)?;
                self.pages = None;
            } else if next >= pages.saturating_add(self.base) {
                // It may be the number of this page.
                let may_be_of_page = page.is_first()
                    && count > 0
                    && more.is_none()
                    && (self.is_full(page, count)
                        // It cannot count the pages when it does not count this one.
                        || pages.saturating_add(self.base) <= self.page);
                if !(may_be_of_page && observed.doubts_total(count, true)) {
                    self.page = next;
                    return Ok(Step::Last(Why::Said));
                }
                self.is_doubted = true;
            } else {
                if page.is_first() {
                    observed.prove_total();
                }
                // What is just called `total` may well be the number of records: then most of these
                // pages are none, and are not to be asked for before it is known that they are there.
                self.pages = total.is_of_pages().then_some(pages);
            }
        }
        if count == 0 && self.is_last(page, end, more)? {
            self.page = next;
            return Ok(Step::Last(Why::Said));
        }
        if self.maximum.is_some_and(|maximum| next >= maximum) {
            return Ok(Step::Last(Why::Declared));
        }
        self.page = next;
        Ok(Step::Next)
    }

    fn position(&self) -> Option<Position> {
        Some(Position::PageNumber(self.page))
    }

    fn counts(&self) -> Option<Counts> {
        Some(Counts {
            is_page: true,
            value: self.page,
            asked: self.page_size.as_ref().map(|size| size.records),
            has_total: self.total.as_ref().and_then(Total::largest).is_some(),
            is_reached: self.is_doubted,
        })
    }

    fn total(&self) -> Option<&Total> {
        self.total.as_ref()
    }

    fn total_mut(&mut self) -> Option<&mut Total> {
        self.total.as_mut()
    }

    fn asked(&self) -> (String, String) {
        (Sent(&self.place, self.page).to_string(), unknown_param())
    }

    /// How many records came before it was resumed a fetch does not know.
    fn remaining(&self, is_resumed: bool) -> Option<String> {
        let total = self.total.as_ref()?;
        let last = total.last().filter(|last| self.page < last.saturating_add(self.base))?;
        let path = total.path();
        if total.is_of_pages() {
            return Some(format!("`{path}` says that there are {last} pages"));
        }
        let is_short = !is_resumed && self.received < last;
        is_short.then(|| format!("`{path}` says that there are {last}"))
    }

    /// A total that counts records, as its name does not say otherwise.
    fn has_all(&self) -> bool {
        let total = self.total.as_ref().filter(|total| !total.is_of_pages());
        self.received > 0 && total.and_then(Total::last) == Some(self.received)
    }

    /// The total shrank, or the page is the last one that it knows and the one before it was short.
    fn may_end(&self, _: u64, is_short: bool) -> bool {
        let total = self.total.as_ref().and_then(|total| Some((total.largest()?, total.last()?)));
        let Some((largest, last)) = total else { return false };
        let is_last = self.page.saturating_add(1) >= largest.saturating_add(self.base);
        self.page >= last.saturating_add(self.base) || is_short && is_last
    }

    fn end(&self, records: u64) -> Option<u64> {
        let total = self.total.as_ref().and_then(|total| Some((total, total.last()?)));
        let pages =
            total.map(
                |(total, last)| {
                    if total.is_of_pages() { last } else { last.div_ceil(records.max(1)) }
                },
            );
        let end = pages.map(|pages| pages.saturating_add(self.base));
        end.into_iter().chain(self.maximum).min()
    }

    fn end_before(&mut self, number: u64) {
        self.maximum = Some(self.maximum.map_or(number, |maximum| maximum.min(number)));
    }

    fn predict(&self) -> Option<Box<dyn Kind>> {
        let page = self.page.saturating_add(1);
        let is_there = page < self.pages?.saturating_add(self.base)
            && self.maximum.is_none_or(|maximum| page < maximum);
        is_there.then(|| Box::new(PageNumber { page, ..self.clone() }) as Box<dyn Kind>)
    }
}

impl PageNumber {
    /// Whether a page has as many records as were requested.
    fn is_full(&self, page: &Page<'_>, count: u64) -> bool {
        match &self.page_size {
            Some(size) => count >= size.records,
            None => detect::is_full(page.response.request, count),
        }
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
}
