//! `offset`: the next request skips the records that have come.

use super::{
    Halt,
    end::End,
    page::Page,
    place::{PageSize, Sent},
    step::{Step, Why},
    total::Total,
};
use crate::request::{Place, Request};

/// The paginator that skips records.
#[derive(Clone)]
pub(super) struct Offset {
    /// How many records the next request skips.
    pub(super) skipped: u64,
    pub(super) place: Place,
    pub(super) page_size: Option<PageSize>,
    pub(super) total: Option<Total>,
    pub(super) maximum: Option<u64>,
    /// How many records have come in this fetch.
    pub(super) received: u64,
    /// How many records the last page had, and how many there are in all.
    pub(super) seen: Option<(u64, u64)>,
    /// Whether the total was reached by the last page, and the next one is to show that.
    pub(super) is_doubted: bool,
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
        page: &Page<'_>,
        end: &End,
        more: Option<bool>,
    ) -> Result<Step, Halt> {
        let count = page.count()?;
        if let Some(total) = &mut self.total {
            total.look(page)?;
        }
        if count == 0 {
            return self.empty(end, more);
        }
        self.received = self.received.saturating_add(count);
        let next = self.skipped.saturating_add(count);
        self.seen = None;
        if let Some(total) = &mut self.total
            && let (Some(largest), Some(last)) = (total.largest(), total.last())
        {
            // A total that is as large as the first page may be the number of its records, if that
            // page is as full as was asked for.
            let was_doubted = std::mem::take(&mut self.is_doubted);
            if was_doubted || self.received > last.max(largest) {
                total.refute(self.received);
            } else if next >= largest {
                let is_full = self.page_size.as_ref().is_some_and(|size| count >= size.records);
                if !(page.is_first() && self.received == last && is_full) || more.is_some() {
                    return Ok(Step::Last(Why::Said));
                }
                self.is_doubted = true;
            } else {
                self.seen = Some((count, largest));
            }
        }
        if self.maximum.is_some_and(|maximum| next >= maximum) {
            return Ok(Step::Last(Why::Declared));
        }
        self.skipped = next;
        Ok(Step::Next)
    }

    /// After a page without records the next request would be the same.
    fn empty(&self, end: &End, more: Option<bool>) -> Result<Step, Halt> {
        let sent = Sent(&self.place, self.skipped);
        let total = self.total.as_ref().and_then(|total| Some((total, total.last()?)));
        if end.stop_after_empty_page == Some(true) {
            return Ok(Step::Last(Why::Said));
        }
        if let Some((total, last)) = total {
            if self.skipped < last {
                return Err(total.unreached("records", &sent.to_string()));
            }
        } else if more == Some(true) || more.is_none() && end.stop_after_empty_page.is_some() {
            let why = match more {
                Some(_) => format!("{} says that there are more", end.place()),
                None => "a page without records is not to be the last one".to_owned(),
            };
            return Err(Halt::stuck(format!(
                "the server gave no records for {sent} although {why}; the next request would be the \
                 same"
            )));
        }
        Ok(Step::Last(Why::Said))
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
