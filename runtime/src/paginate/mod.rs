//! How the next request is made: one file for each kind of paginator, and what they share.

mod count;
mod cursor;
mod custom;
pub(crate) mod detect;
mod end;
mod header_cursor;
mod header_link;
mod history;
mod json_link;
mod kind;
mod link;
mod offset;
mod page_cursor;
mod page_number;
mod place;

use reqwest::{StatusCode, header::HeaderMap};
use serde_json::value::RawValue;
use url::Url;

use self::custom::AnyPaginate;
pub(crate) use self::custom::Paginators;
pub use self::custom::{NextRequest, PageResponse, Paginate};
use self::{
    detect::{Found, SharedRecords},
    kind::Kind,
};
use crate::{
    Error,
    checkpoint::{FoundPosition, Position},
    decode::{Fault, Select as _, Unreadable, unfiltered},
    error::{self, Misread},
    inputs::Inputs,
    plan::{Link, ResourcePlan, Selector},
    request::Request,
};

/// The paginator of one fetch, which knows where the fetch is and where the records of a page are.
#[derive(Clone)]
pub(crate) struct Paginator {
    kind: Kind,
    /// Where the records are; `None` until that is found out.
    records: Option<Selector>,
    /// What was found out from the first response.
    found: Found,
    shared: SharedRecords,
    /// Whether the response is the envelope of no records, which does not show where they would be.
    is_empty: bool,
    plan: Link<ResourcePlan>,
}

/// What a paginator sees of a response.
pub(crate) struct Response<'a> {
    /// One of success.
    pub(crate) status: StatusCode,
    pub(crate) body: &'a str,
    pub(crate) headers: &'a HeaderMap,
    /// The address that answered, which relative links are joined to.
    pub(crate) url: &'a Url,
    /// The request that was sent for it, as the paginator completed it: what was asked for stands in
    /// its query and body.
    pub(crate) request: &'a Request,
    /// Whether the list of the records is left out, and so is empty.
    pub(crate) is_left_out: bool,
}

impl<'a> Response<'a> {
    /// The records that the server sent, which it counts by: no filter leaves any out.
    fn sent(&self, selector: &Selector) -> Result<Vec<&'a RawValue>, Halt> {
        if self.is_left_out {
            return Ok(Vec::new());
        }
        unfiltered(selector).records(self.body).map_err(Halt::Fault)
    }
}

/// Why there is no next request although there should be.
pub(crate) enum Halt {
    /// The page cannot be read.
    Fault(Fault),
    /// The page has something else where the paginator looks.
    Misread { what: String, found: Option<String> },
    /// The next request would be one that was already made.
    Stuck(String),
    /// How the resource is paged cannot be found out.
    Undecided(String),
    /// A paginator from outside this crate says so.
    Custom(Box<dyn std::error::Error + Send + Sync>),
}

impl Halt {
    fn unreadable(unreadable: Unreadable) -> Halt {
        Halt::Fault(Fault::Unreadable(unreadable))
    }

    /// The error for it. `of_fault` makes one of a page that cannot be read.
    pub(crate) fn into_error(self, of_fault: impl FnOnce(Fault) -> Error) -> Error {
        match self {
            Halt::Fault(fault) => of_fault(fault),
            Halt::Misread { what, found } => {
                of_fault(Fault::Misread(Misread { what, found, ..Misread::default() }))
            }
            Halt::Stuck(what) => Error::new(error::Kind::Stuck(what)),
            Halt::Undecided(what) => Error::config(what),
            Halt::Custom(error) => Error::other(error),
        }
    }
}

impl Paginator {
    /// A paginator at the first page, or at this position; with another page size than planned, if
    /// one is given; `custom` in place of the planned one. The error says why that cannot be.
    pub(crate) fn new(
        plan: Link<ResourcePlan>,
        custom: Option<Box<dyn AnyPaginate>>,
        inputs: &Inputs,
        page_size: Option<u64>,
        position: Option<Position>,
    ) -> Result<Paginator, String> {
        let endpoint = &plan.endpoint;
        let (found, position) = match position {
            Some(Position::Found(position)) => (position.found, position.next),
            position => (Found::default(), position),
        };
        let records = match (&endpoint.data_selector, &found.records) {
            (Some(selector), _) => Some(selector.clone()),
            (None, Some(path)) => Some(detect::selector(path)),
            (None, None) => None,
        };
        let kind = match (custom, &found.paginator) {
            (Some(custom), _) => Kind::custom(custom, page_size, position)?,
            (None, Some(found)) => found.kind(page_size, position)?,
            (None, None) => Kind::new(&endpoint.paginator, inputs, page_size, position)?,
        };
        let (shared, is_empty) = (SharedRecords::default(), false);
        Ok(Paginator { kind, records, found, shared, is_empty, plan })
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

    /// Moves on to the page after this one. Says whether there is one.
    pub(crate) fn advance(&mut self, response: &Response<'_>) -> Result<bool, Halt> {
        if self.records.is_none() || matches!(self.kind, Kind::Auto) {
            self.find_out(response)?;
            if self.is_empty {
                return Ok(false);
            }
        }
        let more = self.kind.advance(response, &self.records());
        match (more, &self.found.paginator) {
            (Err(Halt::Stuck(what)), Some(found)) => Err(Halt::Stuck(format!(
                "{what}; it was found out from the first response that this is how to page: say in \
                 the file what is right, in place of `paginator: {found}`"
            ))),
            (more, _) => more,
        }
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

    /// Whether the response that was advanced by is the envelope of no records.
    pub(crate) fn is_empty(&self) -> bool {
        self.is_empty
    }

    /// What was found out from the first response.
    pub(crate) fn found(&self) -> &Found {
        &self.found
    }

    /// What a checkpoint keeps of where the fetch is.
    pub(crate) fn position(&self) -> Option<Position> {
        let next = self.kind.position();
        if self.found == Found::default() {
            return next;
        }
        Some(Position::Found(Box::new(FoundPosition { found: self.found.clone(), next })))
    }

    /// Finds out from the first response what the plan does not say.
    fn find_out(&mut self, response: &Response<'_>) -> Result<(), Halt> {
        let body = detect::tree(response)?;
        let records = match &self.records {
            Some(records) => records.clone(),
            None => {
                let Some(path) = detect::records(&body, &self.plan.name, &self.shared)? else {
                    self.is_empty = true;
                    return Ok(());
                };
                let selector = detect::selector(&path);
                self.found.records = Some(path);
                self.records = Some(selector.clone());
                selector
            }
        };
        if matches!(self.kind, Kind::Auto) {
            let shown = detect::shown(&body, &records, response, &self.plan.name)?;
            let found = detect::paginator(shown)?;
            self.kind = found.kind(None, None).map_err(Halt::Undecided)?;
            self.found.paginator = Some(found);
        }
        // The children of many records are paged in one way, which is said but not each time.
        let found = &self.found;
        if self.plan.parent.is_some() {
            tracing::debug!(%found, "found out from the first response");
        } else {
            tracing::info!(%found, "found out from the first response");
        }
        Ok(())
    }
}
