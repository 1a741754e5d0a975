//! `offset`: the next request skips the records that have come.

use super::{
    Halt,
    end::End,
    kind::{Beside, Counts, Kind, unknown_param},
    page::Page,
    paged::Paged,
    place::{PageSize, Sent},
    position::{Position, Stepped},
    step::{Step, Why},
    total::Total,
};
use crate::http::request::{Place, Request};

/// The paginator that skips records.
#[derive(Clone)]
pub(super) struct Offset {
    /// How many records the next request skips.
    pub(super) skipped: u64,
    pub(super) place: Place,
    pub(super) page_size: Option<PageSize>,
    pub(super) total: Option<Total>,
    pub(super) maximum: Option<u64>,
    /// Where another fetch begins, which has the records from there on.
    pub(super) until: Option<u64>,
    /// By how much the offset grows from page to page, where it is not the number of records.
    pub(super) step: Option<u64>,
    /// How many records have come in this fetch; where the offset grows by steps, also in one that it
    /// resumes.
    pub(super) received: u64,
    /// How many records the last page had, and how many there are in all.
    pub(super) seen: Option<(u64, u64)>,
    /// Whether the total was reached by the last page, and the next one is to show that.
    pub(super) is_doubted: bool,
}

impl Kind for Offset {
    fn ask(&self, request: &mut Request) {
        request.set(&self.place, self.skipped.into());
        if let Some(page_size) = &self.page_size {
            page_size.ask(request);
        }
    }

    fn paged(&self) -> Paged {
        let limit = self.page_size.as_ref().map(|size| size.records);
        Paged { offset: Some(self.skipped), limit, ..Paged::default() }
    }

    /// Moves by the records that have come, and not by those that were asked for: a server may give
    /// fewer.
    fn advance(&mut self, page: &Page<'_>, beside: &Beside<'_>) -> Result<Step, Halt> {
        let Beside { end, more, observed } = *beside;
        let count = page.count()?;
        if let Some(total) = &mut self.total {
            total.look(page)?;
        }
        if count == 0 {
            return self.empty(end, more);
        }
        let before = self.received;
        self.received = self.received.saturating_add(count);
        let next = self.skipped.saturating_add(self.step.unwrap_or(count));
        // How many records are not to be requested any more.
        let done = if self.step.is_some() { self.received } else { next };
        self.skipped = next;
        self.seen = None;
        if let Some(total) = &mut self.total
            && let (Some(largest), Some(last)) = (total.largest(), total.last())
        {
            // A total that is as large as the first page may be the number of its records. The server
            // may cap its pages, so that it means nothing that the page is not full.
            let came = || format!("{} have come", self.received);
            if std::mem::take(&mut self.is_doubted) {
                total.refute_of_page("records", &came(), before, observed)?;
            } else if self.received > last.max(largest) {
                total.refute("records", &came(), observed);
            } else if done >= largest {
                let is_full = self.page_size.as_ref().is_some_and(|size| count >= size.records);
                let may_be_of_page = page.is_first()
                    && self.received == last
                    && more.is_none()
                    && (count > 1 || is_full);
                if !(may_be_of_page && observed.doubts_total(count, is_full)) {
                    return Ok(Step::Last(Why::Said));
                }
                self.is_doubted = true;
            } else {
                if self.received < last {
                    observed.prove_total();
                }
                self.seen = Some((count, largest));
            }
        }
        if self.maximum().is_some_and(|maximum| next >= maximum) {
            return Ok(Step::Last(Why::Declared));
        }
        Ok(Step::Next)
    }

    fn position(&self) -> Option<Position> {
        Some(match self.step {
            None => Position::Offset(self.skipped),
            Some(_) => {
                let (offset, received) = (self.skipped, self.received);
                Position::Stepped(Stepped { offset, received })
            }
        })
    }

    fn counts(&self) -> Option<Counts> {
        Some(Counts {
            is_page: false,
            value: self.skipped,
            asked: self.page_size.as_ref().map(|size| size.records),
            has_total: self.total.as_ref().and_then(Total::largest).is_some(),
            is_reached: self.is_doubted,
        })
    }

    fn has_steps(&self) -> bool {
        self.step.is_some()
    }

    fn total(&self) -> Option<&Total> {
        self.total.as_ref()
    }

    fn total_mut(&mut self) -> Option<&mut Total> {
        self.total.as_mut()
    }

    fn asked(&self) -> (String, String) {
        (Sent(&self.place, self.skipped).to_string(), unknown_param())
    }

    fn remaining(&self, _: bool) -> Option<String> {
        let total = self.total.as_ref()?;
        let last = total.last().filter(|last| self.done() < *last)?;
        Some(format!("`{}` says that there are {last} records", total.path()))
    }

    /// The total shrank, or counts the records that the pages were short of.
    fn may_end(&self, pages: u64, _: bool) -> bool {
        let total = self.total.as_ref().and_then(|total| Some((total.largest()?, total.last()?)));
        let Some((largest, last)) = total else { return false };
        let asked = self.page_size.as_ref().map_or(0, |size| size.records.saturating_mul(pages));
        let missing = asked.saturating_sub(self.received);
        self.done() >= last || self.done().saturating_add(missing) >= largest
    }

    fn end(&self, _: u64) -> Option<u64> {
        let total = self.total.as_ref().and_then(Total::last)?;
        Some(self.maximum().map_or(total, |maximum| maximum.min(total)))
    }

    fn end_before(&mut self, number: u64) {
        self.until = Some(number);
    }

    /// A page that is shorter or longer than the first one may lead beyond it.
    fn beyond_end(&self) -> u64 {
        self.until.map_or(0, |until| self.skipped.saturating_sub(until))
    }

    /// If the server continues to give as many records as it did.
    fn predict(&self) -> Option<Box<dyn Kind>> {
        let (came, total) = self.seen?;
        let skipped = self.skipped.saturating_add(self.step.unwrap_or(came));
        let received = self.received.saturating_add(came);
        let done = if self.step.is_some() { received } else { skipped };
        let is_there =
            came > 0 && done < total && self.maximum().is_none_or(|maximum| skipped < maximum);
        let next = || Offset { skipped, received, ..self.clone() };
        is_there.then(|| Box::new(next()) as Box<dyn Kind>)
    }
}

impl Offset {
    /// The first offset that is not requested.
    fn maximum(&self) -> Option<u64> {
        self.maximum.into_iter().chain(self.until).min()
    }

    /// How many records the next request skips.
    fn done(&self) -> u64 {
        if self.step.is_some() { self.received } else { self.skipped }
    }

    /// After a page without records the next request would be the same.
    fn empty(&self, end: &End, more: Option<bool>) -> Result<Step, Halt> {
        let sent = Sent(&self.place, self.skipped);
        let total = self.total.as_ref().and_then(|total| Some((total, total.last()?)));
        if end.stop_after_empty_page == Some(true) {
            return Ok(Step::Last(Why::Said));
        }
        if let Some((total, last)) = total {
            if self.done() < last {
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
}
