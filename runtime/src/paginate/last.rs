//! Whether a page is the last one although its paginator knows the next one: what the file and the pages before
//! say of it, and the status of a page that is not there.

use super::{Halt, Paginator, detect, page::Page, total::Total};
use crate::http::request::Request;

impl Paginator {
    /// Whether a page is the last one although its paginator knows the next one.
    pub(super) fn is_last(&mut self, page: &Page<'_>, more: Option<bool>) -> Result<bool, Halt> {
        if let Some(more) = more {
            // It goes over how full the page is.
            if !more {
                return Ok(true);
            }
        } else if let Some(missing) = self.end.missing()
            && !page.is_empty()?
        {
            return Err(missing);
        }
        let Some(counts) = self.kind.counts() else {
            // What changes with the page counts its records.
            let is_reached = |(total, received): &(Total, u64)| {
                total.largest().is_some_and(|largest| largest <= *received)
                    && total.last() == total.largest()
            };
            let stops = self.end.stop_after_empty_page == Some(true)
                || self.total.as_ref().is_some_and(is_reached);
            return Ok(stops && page.is_empty()? || self.is_short(page)?);
        };
        let count = page.count()?;
        let asked = counts.asked;
        Ok(count > 0
            && match self.end.stop_after_short_page {
                Some(stops) => {
                    let asked = asked.or_else(|| detect::asked_size(page.response.request));
                    stops && self.observed.is_short(count, asked)
                }
                // Where a total or a value says whether there are more, how full a page is says less.
                None if counts.has_total || self.kind.has_steps() || self.end.is_said() => false,
                None => {
                    page.is_first()
                        && self.plan.parent.is_some()
                        && !detect::is_full(page.response.request, count)
                        && self.observed.is_last(count, asked)
                }
            })
    }

    /// Whether a page that links or page cursors lead to is short, where the file says that it is the last
    /// one then.
    fn is_short(&self, page: &Page<'_>) -> Result<bool, Halt> {
        if self.end.stop_after_short_page != Some(true) {
            return Ok(false);
        }
        let count = page.count()?;
        self.observed.came(count);
        let asked = self.kind.page_size().or_else(|| detect::asked_size(page.response.request));
        Ok(self.observed.is_short(count, asked))
    }

    /// Takes note of how many records a page has.
    pub(super) fn observe(&mut self, count: u64, asked: Option<u64>) -> Result<(), Halt> {
        self.observed.came(count);
        let Some(last) = self.last.replace(count).filter(|last| *last > 0) else { return Ok(()) };
        if count == 0 {
            self.observed.ended(last);
        } else if self.observed.went_on(last) && self.end.stop_after_short_page.is_none() {
            let short = asked.map_or("a short page".to_owned(), |asked| {
                format!("a page of {last} records, where {asked} were asked for,")
            });
            return Err(Halt::stuck(format!(
                "{short} was followed by more records, after such pages were taken for the last ones \
                 of other parents, so that records of those may be missing; say \
                 `stop_after_short_page: false`"
            )));
        }
        Ok(())
    }

    /// Whether the status of a failed request for a page behind the first one says that there is no
    /// such page, and those before agree: the last one was short or reached the total, or the total
    /// shrank or counts the records that they were short of. `request` is what each page is requested by.
    pub(crate) fn ends_at(&self, status: u16, request: &Request) -> bool {
        let (Some(counts), Some(last)) = (self.kind.counts(), self.last) else { return false };
        if counts.is_reached {
            return matches!(status, 400 | 404 | 416 | 422);
        }
        if !matches!(status, 404 | 416) || self.end.says_more {
            return false;
        }
        let asked = counts.asked.or_else(|| detect::asked_size(request));
        let is_short = self.observed.is_short(last, asked);
        if counts.has_total {
            let may_end = self.kind.may_end(self.pages, is_short);
            if may_end && let Some(total) = self.kind.total() {
                let (path, count) = (total.path(), total.largest().unwrap_or_default());
                let what = if counts.is_page { "pages" } else { "records" };
                let (sent, _) = self.kind.asked();
                let text = format!(
                    "`{path}` said that there are {count} {what}, but the server has no page for \
                     {sent}, where the fetch ends: the total has shrunk, or the pages before were short"
                );
                self.observed.warn("total", text);
            }
            return may_end || self.kind.has_all();
        }
        if is_short && last > 0 {
            self.observed.ended(last);
        }
        is_short
    }

    /// Whether the status may say that there is no such page, which only the file can know.
    pub(crate) fn may_end_at(&self, status: u16) -> bool {
        self.pages > 0 && matches!(status, 404 | 416) && self.kind.counts().is_some()
    }
}
