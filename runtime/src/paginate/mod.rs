//! How the next request is made: one file for each kind of paginator.

mod cursor;
mod single_page;

use reqwest::header::HeaderMap;
use url::Url;

use self::{cursor::Cursor, single_page::SinglePage};
use crate::{
    checkpoint::Position,
    decode::Unreadable,
    plan::{self, Selector},
    request::Request,
};

/// The paginator of one fetch, which knows where the fetch is.
#[derive(Clone)]
pub(crate) enum Paginator {
    SinglePage(SinglePage),
    Cursor(Cursor),
}

/// What a paginator sees of a response.
#[allow(dead_code, reason = "what the other paginators look at")]
pub(crate) struct Response<'a> {
    pub(crate) body: &'a str,
    pub(crate) headers: &'a HeaderMap,
    /// The address that answered, which relative links are joined to.
    pub(crate) url: &'a Url,
    /// Where the records are.
    pub(crate) data_selector: Option<&'a Selector>,
}

/// Why there is no next request although there should be.
pub(crate) enum Halt {
    /// The page cannot be read.
    Unreadable(Unreadable),
    /// The page has something else where the paginator looks.
    Misread { what: String, found: String },
    /// The next request would be one that was already made.
    Stuck(String),
}

impl Paginator {
    /// A paginator at the first page, or at this position; with another page size than planned, if
    /// one is given. The error says why that cannot be.
    pub(crate) fn new(
        plan: &plan::Paginator,
        page_size: Option<u64>,
        position: Option<Position>,
    ) -> Result<Paginator, String> {
        let no_page_size = || match page_size {
            Some(_) => Err("the page size cannot be set, as no parameter is known for it: give \
                            the paginator a `limit`"
                .to_owned()),
            None => Ok(()),
        };
        if page_size == Some(0) {
            return Err("a page size of 0 records is none".to_owned());
        }
        match plan {
            plan::Paginator::SinglePage => {
                no_page_size()?;
                match position {
                    None => Ok(Paginator::SinglePage(SinglePage)),
                    Some(_) => Err(OTHER.to_owned()),
                }
            }
            plan::Paginator::Cursor { cursor_path, place, page_size: planned, .. } => {
                let planned = match (planned, page_size) {
                    (Some(planned), records) => Some(plan::PageSize {
                        records: records.unwrap_or(planned.records),
                        ..planned.clone()
                    }),
                    (None, _) => no_page_size().map(|()| None)?,
                };
                let page_cursor = match position {
                    Some(Position::PageCursor(page_cursor)) => Some(page_cursor),
                    Some(_) => return Err(OTHER.to_owned()),
                    None => None,
                };
                Ok(Paginator::Cursor(Cursor::new(cursor_path, place, planned, page_cursor)))
            }
            _ => Err("the engine does not know this paginator yet".to_owned()),
        }
    }

    /// Adds to a request what makes it the one for the page.
    pub(crate) fn ask(&self, request: &mut Request) {
        match self {
            Paginator::SinglePage(_) => {}
            Paginator::Cursor(cursor) => cursor.ask(request),
        }
    }

    /// Moves on to the page after this one. Says whether there is one.
    pub(crate) fn advance(&mut self, response: &Response<'_>) -> Result<bool, Halt> {
        match self {
            Paginator::SinglePage(single_page) => Ok(single_page.advance()),
            Paginator::Cursor(cursor) => cursor.advance(response.body),
        }
    }

    /// The paginator after the page that this one asks for, as far as that can be known before the
    /// page has come.
    pub(crate) fn predict(&self) -> Option<Paginator> {
        None
    }

    /// What a checkpoint keeps of where the fetch is.
    pub(crate) fn position(&self) -> Option<Position> {
        match self {
            Paginator::SinglePage(_) => None,
            Paginator::Cursor(cursor) => cursor.page_cursor().map(Position::PageCursor),
        }
    }
}

/// Why a position is of no use.
const OTHER: &str = "the checkpoint is one of another paginator";
