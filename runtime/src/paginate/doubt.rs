//! What a page shows that contradicts a complete fetch, although the pages continue or end as they may.
//! Most fetches do without what is missing; one that takes missing records for deleted ones must not.

use super::{
    Halt, Paginator, detect, detected::FoundPaginator, kind::Counts, page::Page, total::Total,
};
use crate::{Error, decode::first_record, error};

/// Why records may be missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Doubt {
    /// What the page shows and what to write if it is as it should be.
    pub(crate) what: String,
    /// Whether what is missing may be before this page, so that another look at it does not help.
    pub(crate) has_moved: bool,
    /// Whether nothing has warned of it yet.
    pub(crate) is_unknown: bool,
}

impl Doubt {
    /// A response without records where there should be a page of them.
    pub(crate) fn of_nothing(what: &str, condition: &str) -> Doubt {
        Doubt {
            what: format!(
                "{what} where records are expected, so that some may be missing; if that is how the \
                 API says that there are no more, say `response_actions: [{{{condition}, action: \
                 ignore}}]`"
            ),
            has_moved: false,
            is_unknown: false,
        }
    }

    /// Records behind a page that had none.
    fn of_gap() -> Doubt {
        let what = "the page before had no records, so that some may be missing; if pages without \
                    records are among the others, say `stop_after_empty_page: false`";
        Doubt { what: what.to_owned(), has_moved: true, is_unknown: false }
    }

    /// What a fetch fails with that has to be complete.
    pub(crate) fn into_error(self) -> Error {
        Error::new(error::Kind::Doubted { what: self.what, has_moved: self.has_moved })
    }

    /// A response that has records, and says of others that they could not be had.
    pub(crate) fn of_part(why: &str, condition: &str) -> Doubt {
        Doubt {
            what: format!(
                "records may be missing: {why}; if that passes, say `response_actions: [{{where: \
                 \"{condition}\", action: retry}}]`, or `action: accept` to take what comes"
            ),
            has_moved: false,
            is_unknown: false,
        }
    }
}

impl Paginator {
    /// Looks for what contradicts a complete fetch in a page that is not the last one, or is.
    /// `before` is what was counted when the page was asked for.
    pub(super) fn doubt(
        &mut self,
        page: &Page<'_>,
        before: Option<Counts>,
        is_more: bool,
    ) -> Result<Option<Doubt>, Halt> {
        let is_behind_nothing = self.came_behind_nothing(page)?;
        let total = self.kind.total();
        if let Some((path, before, now)) = total.and_then(Total::change) {
            let what = format!(
                "the total at `{path}` was {before} and is {now} now: records have come or gone while \
                 pages were counted, so that some may be missing or come twice; the next run restarts; \
                 if that happens each time, page by a cursor, or say `total_path: null` to take what \
                 comes"
            );
            return Ok(Some(Doubt { what, has_moved: true, is_unknown: false }));
        }
        let has_total = total.and_then(Total::largest).is_some();
        let is_proven = before.is_some_and(|before| before.is_reached) || has_total && !is_more;
        if is_proven {
            return Ok(None);
        }
        if has_total {
            if self.end.stop_after_empty_page.is_some() || !page.is_empty()? {
                return Ok(None);
            }
            let what = "the page has no records although the total says that there are more, so that \
                        some may be missing; if pages without records are among the others, say \
                        `stop_after_empty_page: false`";
            return Ok(Some(Doubt { what: what.to_owned(), has_moved: false, is_unknown: false }));
        }
        if !is_more && let Some(what) = self.unfollowed(page)? {
            // A flag that ends the first page before its total has been told of.
            let is_unknown = !(self.end.is_said() && page.is_first());
            // What is missing may be behind a page that has come.
            return Ok(Some(Doubt { what, has_moved: true, is_unknown }));
        }
        if page.response.has_no_content() {
            let status = page.response.status.as_u16();
            let what = format!("the server answered with status {status}");
            let condition = format!("status_code: {status}");
            let may_be_none = self.plan.parent.is_some() && page.is_first();
            return Ok((!may_be_none).then(|| Doubt::of_nothing(&what, &condition)));
        }
        Ok(is_behind_nothing.then(Doubt::of_gap))
    }

    /// Whether a page has records, and the one before had none, where links or page cursors are followed and
    /// the file does not say that there are such pages.
    fn came_behind_nothing(&mut self, page: &Page<'_>) -> Result<bool, Halt> {
        if !self.kind.follows() || self.end.stop_after_empty_page.is_some() {
            return Ok(false);
        }
        // A full page is read up to its first record only.
        let is_empty = first_record(page.selector, page.body()).is_none() && page.is_empty()?;
        Ok(std::mem::replace(&mut self.watch.was_empty, is_empty) && !is_empty)
    }

    /// What a page says of more where nothing leads to another one.
    fn unfollowed(&self, page: &Page<'_>) -> Result<Option<String>, Halt> {
        let stops = self.end.stop_after_empty_page == Some(true);
        if !self.kind.follows() || stops && page.is_empty()? {
            return Ok(None);
        }
        if let Some(missing) = self.announced.missing(Some(page))? {
            return Ok(Some(format!(
                "{missing} when nothing led to another page, so that some may be missing; if it counts \
                 something else, say `total_path: null` in the paginator"
            )));
        }
        if self.end.is_said() || page.response.has_no_content() {
            return Ok(None);
        }
        if self.is_quiet(page)? {
            return Ok(None);
        }
        let flag = detect::says_more(page.shown(&self.plan.name)?);
        Ok(flag.map(|flag| {
            format!(
                "{flag} on the last page, although nothing there leads to another one, so that records may \
                 be missing; `has_more_path` or `end_path` makes that an error, or says that the flag \
                 means something else, where it is the path of what leads on"
            )
        }))
    }

    /// What contradicts a complete fetch where the file ignores the response for a page behind others.
    pub(crate) fn doubt_of_ignored(&self, status: u16) -> Option<Doubt> {
        let of_total = "; if that counts something else, say `total_path: null`";
        let (more, way_out) = if let Some(more) = self.kind.remaining(self.is_resumed) {
            (more, of_total)
        } else if let Ok(Some(more)) = self.announced.missing(None) {
            (more, if self.kind.follows() { of_total } else { "" })
        } else if let Some(pages) = self.detected_pages() {
            (format!("the first page says that there are {pages} pages"), "")
        } else if self.end.says_more {
            (
                format!("{} said that there are more pages", self.end.place()),
                "; if that means something else, leave `has_more_path` and `end_path` out",
            )
        } else {
            return None;
        };
        let (sent, _) = self.kind.asked();
        let what = format!(
            "records are missing: the response for {sent} (status {status}) is ignored, where the fetch \
             ends, although {more}; if the failure is transient, say `action: retry` in \
             `response_actions`{way_out}"
        );
        // Not all of what shows that is known to a fetch that is resumed here.
        Some(Doubt { what, has_moved: true, is_unknown: true })
    }

    /// How many pages there are by what the first one has shown, if the page that is asked for is one of
    /// them.
    fn detected_pages(&self) -> Option<u64> {
        let Some(FoundPaginator::PageNumber { pages: Some(pages), base_page, .. }) =
            &self.found.paginator
        else {
            return None;
        };
        let page = self.kind.counts()?.value;
        (page < pages.saturating_add(*base_page)).then_some(*pages)
    }

    /// Resumes with the total that an interrupted fetch has seen last.
    pub(crate) fn resuming_total(mut self, total: Option<u64>) -> Paginator {
        if let Some(total) = total {
            if let Some(counted) = self.kind.total_mut() {
                counted.resume(total);
            }
            self.announced.resume(total);
        }
        self
    }

    /// The total that the last response held, for a fetch that is resumed behind it; where nothing is
    /// counted, how many records are still to come.
    pub(crate) fn total(&self) -> Option<u64> {
        self.kind.total().and_then(Total::last).or_else(|| self.announced.left())
    }

    /// What was found in the last page that contradicts a complete fetch.
    pub(crate) fn doubted(&mut self) -> Option<Doubt> {
        self.doubt.take()
    }

    /// Whether `null` in place of the records may mean that there are none: for one record of the
    /// parent, or behind a total that is reached.
    pub(crate) fn may_be_null(&self) -> bool {
        let is_first_of_parent = self.plan.parent.is_some() && self.pages == 1 && !self.is_resumed;
        is_first_of_parent || self.kind.total().and_then(Total::largest).is_some()
    }
}
