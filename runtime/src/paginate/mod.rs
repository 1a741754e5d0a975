//! How the next request is made: one file for each kind of paginator, and what they share.

mod announced;
mod cursor;
mod custom;
mod cut;
pub(crate) mod detect;
pub(crate) mod detected;
mod doubt;
mod end;
mod fingerprint;
mod found;
mod halt;
mod header_cursor;
mod header_link;
mod history;
mod json_link;
pub(crate) mod key_path;
mod kind;
mod kinds;
mod last;
mod link_header;
mod links;
mod observed;
mod offset;
mod page;
mod page_cursor;
mod page_cursors;
mod page_number;
mod paged;
mod place;
pub(crate) mod position;
mod proof;
mod quiet;
mod quiet_pages;
mod response;
mod rounds;
mod single_page;
mod step;
mod total;
mod total_at;
mod watch;

use std::sync::Arc;

pub use self::custom::{NextRequest, PageResponse, Paginate};
pub(crate) use self::observed::Observed;
use self::{
    announced::Announced,
    custom::AnyPaginate,
    detect::SharedRecords,
    detected::{Found, FoundPaginator},
    end::End,
    kind::{Beside, Kind},
    page::Page,
    position::{FoundPosition, Position},
    step::{Step, Why},
    total::Total,
    watch::Watch,
};
pub(crate) use self::{
    custom::Paginators,
    cut::Counted,
    doubt::Doubt,
    halt::Halt,
    paged::{Paged, is_paged},
    place::look_for,
    response::Response,
};
use crate::{
    error::{Misread, Reason},
    http::{inputs::Inputs, request::Request},
    plan::{self, Link, ResourcePlan, Selector},
};

/// The paginator of one fetch, which knows where the fetch is and where the records of a page are.
#[derive(Clone)]
pub(crate) struct Paginator {
    kind: Box<dyn Kind>,
    /// Whether users wrote it, instead of the planned one.
    is_custom: bool,
    /// Where the records are; `None` until that is detected.
    records: Option<Selector>,
    /// What was detected from the first response.
    found: Found,
    shared: SharedRecords,
    /// Whether the response is the envelope of no records, which does not show where they would be.
    is_empty: bool,
    plan: Link<ResourcePlan>,
    end: End,
    /// The detected total of a paginator that does not count, and how many records have come.
    total: Option<(Total, u64)>,
    announced: Announced,
    watch: Watch,
    observed: Arc<Observed>,
    /// How many pages have come.
    pages: u64,
    /// Whether there were pages before, in another fetch.
    is_resumed: bool,
    /// The offset or page number at which another slice begins.
    until: Option<u64>,
    /// How many records the last page had, where they are counted.
    last: Option<u64>,
    /// What contradicts a complete fetch in the last page.
    doubt: Option<Doubt>,
}

impl Paginator {
    /// A paginator at the first page, or at this position; with another page size than planned, if
    /// one is given; `custom` in place of the planned one. `observed` is what the pages of the same
    /// resource have shown in this run. The error says why that cannot be.
    pub(crate) fn new(
        plan: Link<ResourcePlan>,
        custom: Option<Box<dyn AnyPaginate>>,
        inputs: &Inputs,
        page_size: Option<u64>,
        position: Option<Position>,
        observed: Arc<Observed>,
    ) -> Result<Paginator, Reason> {
        let is_resumed = position.is_some();
        let endpoint = &plan.endpoint;
        let (found, position, received) = match position {
            Some(Position::Found(position)) => (position.found, position.next, position.received),
            position => (Found::default(), position, None),
        };
        let records = match (&endpoint.data_selector, &found.records) {
            (Some(selector), _) => Some(selector.clone()),
            (None, Some(path)) => Some(detect::selector(path)),
            (None, None) => None,
        };
        let is_custom = custom.is_some();
        let kind = match (custom, &found.paginator) {
            (Some(custom), _) => kinds::custom(custom, page_size, position)?,
            (None, Some(found)) => found.kind(page_size, position)?,
            (None, None) => kinds::planned(&endpoint.paginator, inputs, page_size, position)?,
        };
        let end = match &found.paginator {
            Some(found) => End::from(&found.end()),
            None if is_custom => End::from(&plan::End::NONE),
            None => End::new(endpoint.paginator.end(), inputs)?,
        };
        let total = found.paginator.as_ref().and_then(FoundPaginator::total);
        Ok(Paginator {
            kind,
            is_custom,
            records,
            total: total.zip(received),
            announced: Announced::new(&endpoint.paginator.end().total, inputs)?,
            found,
            shared: SharedRecords::default(),
            is_empty: false,
            end,
            plan,
            watch: Watch::default(),
            observed,
            pages: 0,
            is_resumed,
            until: None,
            last: None,
            doubt: None,
        })
    }

    /// Takes what is detected for one record of a parent for all of them.
    pub(crate) fn sharing(self, shared: SharedRecords) -> Paginator {
        if let Some(path) = &self.found.records {
            // Where a fetch is resumed within a record of the parent.
            let _ = shared.set(path.clone());
        }
        Paginator { shared, ..self }
    }

    /// Adds to a request what makes it the one for the page.
    pub(crate) fn ask(&self, request: &mut Request) {
        self.kind.ask(request);
    }

    /// Whether users wrote it, instead of the planned one.
    pub(crate) fn is_custom(&self) -> bool {
        self.is_custom
    }

    /// What it gives for the texts of that request that name it.
    pub(crate) fn paged(&self) -> Paged {
        self.kind.paged()
    }

    /// Moves on to the page after this one. Says whether there is one.
    pub(crate) fn advance(&mut self, response: &Response<'_>) -> Result<bool, Halt> {
        if (self.records.is_none() || self.is_undecided()) && !response.has_no_content() {
            self.detect(response)?;
            if self.is_empty {
                return Ok(false);
            }
        }
        if self.pages == 0 && !response.is_left_out {
            self.prove_inferred(response)?;
        }
        let records = self.records();
        self.pages += 1;
        let rows = self.plan.endpoint.records.rows.clone();
        let page = Page::new(response, &records, self.pages, self.is_resumed, &rows);
        let before = self.kind.counts();
        let more = self.step(&page);
        if let Ok(is_more) = more {
            self.doubt = self.doubt(&page, before, is_more)?;
        }
        match (more, &self.found.paginator) {
            (Err(Halt::Stuck(stuck)), Some(found)) => {
                let what = format!(
                    "{}; this way to page was detected from the first response: say in the file \
                     what is right, in place of `paginator: {found}`",
                    stuck.what
                );
                Err(Halt::Stuck(Misread { what, ..stuck }))
            }
            (more, _) => more,
        }
    }

    fn step(&mut self, page: &Page<'_>) -> Result<bool, Halt> {
        let counts = self.kind.counts();
        if let Some((total, received)) = &mut self.total {
            total.look(page)?;
            *received = received.saturating_add(page.count()?);
        }
        self.announced.look(page, &*self.kind, &self.plan, &self.observed)?;
        // Where a page follows from what the one before it has said, that shows better what is wrong.
        let maximum = self.end.maximum_empty_pages;
        if let Some(counts) = counts
            && page.number > 1
        {
            // A first page that is just as full as was asked for is none that has all records.
            let may_be_all = counts.is_reached && counts.asked != self.last;
            if may_be_all && self.watch.is_again(page, &self.plan)? {
                self.end_unpaged();
                return Ok(false);
            }
            self.watch.look(page, &self.plan, &*self.kind, maximum)?;
        }
        let more = self.end.more(page)?;
        let before = (counts.is_some() && page.number == 1).then(|| self.kind.clone());
        let beside = Beside { end: &self.end, more, observed: &self.observed };
        let mut step = self.kind.advance(page, &beside)?;
        if counts.is_some() {
            self.observe(page.count()?, counts.and_then(|counts| counts.asked))?;
            if page.number == 1 && self.kind.counts().is_some_and(|counts| counts.is_reached) {
                self.watch.keep(page, &self.plan)?;
            }
        }
        if matches!(step, Step::Next) && self.is_last(page, more)? {
            step = Step::Last(Why::Said);
        }
        let why = match step {
            Step::Last(why) => why,
            Step::Next => match self.kind.again() {
                None => {
                    if counts.is_none() || page.number == 1 {
                        let kind = before.as_ref().unwrap_or(&self.kind);
                        self.watch.look(page, &self.plan, &**kind, maximum)?;
                    }
                    self.watch.bound(maximum)?;
                    return Ok(true);
                }
                // Some APIs always name a next page, for clients that ask again later.
                Some(again) if again.is_of_last && page.is_empty()? => Why::Said,
                Some(again) => {
                    return Err(Halt::Stuck(Misread {
                        what: format!(
                            "the {} came a second time, and following it would fetch the same pages \
                             for ever: {}",
                            again.what, again.cause
                        ),
                        found: Some(format!("{:?}", again.value)),
                        ..Misread::default()
                    }));
                }
            },
        };
        self.prove(&why, page, more)?;
        Ok(false)
    }

    /// Ends where the page behind one that reached the total is that one again: the server gives all
    /// its records whatever is asked for. They have come already.
    fn end_unpaged(&mut self) {
        self.is_empty = true;
        let (sent, _) = self.kind.asked();
        let text = format!(
            "the server gave the same records for {sent} as for the first page, which has as many as \
             the total says: the fetch ends there; if all records come on one page, say `paginator: \
             single_page`"
        );
        self.observed.warn("unpaged", text);
    }

    /// Whether the file says that there is one page.
    fn is_single_page(&self) -> bool {
        !self.is_custom && matches!(self.plan.endpoint.paginator, plan::Paginator::SinglePage)
    }

    /// Whether the first response is to show how the next page is requested.
    fn is_undecided(&self) -> bool {
        let is_auto = matches!(self.plan.endpoint.paginator, plan::Paginator::Auto);
        is_auto && !self.is_custom && self.found.paginator.is_none()
    }

    /// The resource's name.
    pub(crate) fn resource(&self) -> &str {
        &self.plan.name
    }

    /// Warns of what says in a response that a part of the work failed.
    pub(crate) fn warn_of_missing(&self, why: &str) {
        self.observed.warn("missing", format!("records may be missing: {why}"));
    }

    /// Warns of what stands in place of records and is none.
    pub(crate) fn warn_of_nothing(&self, stands: &str) {
        let text = format!("`{stands}` is in place of the records, and counts as none");
        self.observed.warn("nothing", text);
    }

    /// Warns of what contradicts a complete fetch, for those that need none.
    pub(crate) fn warn_of(&self, doubt: &Doubt) {
        if doubt.is_unknown {
            self.observed.warn("unfollowed", doubt.what.clone());
        }
    }

    /// What is to be warned of since the last call, with secrets.
    pub(crate) fn warnings(&self) -> Vec<String> {
        self.observed.warnings()
    }

    /// The paginator after the page that this one asks for, as far as that can be known before the
    /// page has come.
    pub(crate) fn predict(&self) -> Option<Paginator> {
        Some(Paginator { kind: self.kind.predict()?, ..self.clone() })
    }

    /// Where the records of the response are that was advanced by.
    pub(crate) fn records(&self) -> Selector {
        self.records.clone().unwrap_or(Selector::ROOT)
    }

    /// The same, if it is known yet.
    pub(crate) fn selector(&self) -> Option<&Selector> {
        self.records.as_ref()
    }

    /// The resource that is fetched.
    pub(crate) fn plan(&self) -> &ResourcePlan {
        &self.plan
    }

    /// How many of the last records of the page that was advanced by belong to another slice.
    pub(crate) fn beyond_end(&self) -> u64 {
        self.kind.beyond_end()
    }

    /// Whether the response that was advanced by is the envelope of no records.
    pub(crate) fn is_empty(&self) -> bool {
        self.is_empty
    }

    /// What was detected from the first response.
    pub(crate) fn found(&self) -> &Found {
        &self.found
    }

    /// What a checkpoint keeps of where the fetch is.
    pub(crate) fn position(&self) -> Option<Position> {
        let next = self.kind.position();
        if self.found == Found::default() {
            return next;
        }
        let received = self.total.as_ref().map(|(_, received)| *received);
        Some(Position::Found(Box::new(FoundPosition { found: self.found.clone(), next, received })))
    }

    /// Detects from the first response what the plan does not say.
    fn detect(&mut self, response: &Response<'_>) -> Result<(), Halt> {
        let body = detect::tree(response)?;
        let records = match &self.records {
            Some(records) => records.clone(),
            None => {
                let Some(path) = detect::records(&body, &self.plan, &self.shared)? else {
                    self.is_empty = true;
                    return Ok(());
                };
                let selector = detect::selector(&path);
                self.found.records = Some(path);
                self.records = Some(selector.clone());
                selector
            }
        };
        if self.is_undecided() {
            let shown = detect::shown(&body, &records, response, &self.plan.name)?;
            let found = detect::paginator(shown)?;
            self.kind = found.kind(None, None).map_err(|why| Halt::Undecided(why.into()))?;
            if let Some(until) = self.until {
                self.kind.end_before(until);
            }
            self.end = End::from(&found.end());
            self.total = found.total().map(|total| (total, 0));
            self.found.paginator = Some(found);
        }
        // The children of many records are paged in one way, which is said but not each time.
        let found = &self.found;
        if self.plan.parent.is_some() {
            tracing::debug!(%found, "detected from the first response");
        } else {
            tracing::info!(%found, "detected from the first response");
        }
        Ok(())
    }
}
