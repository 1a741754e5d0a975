//! How the next request is made: one file for each kind of paginator.

mod cursor;
mod single_page;

use self::{cursor::Cursor, single_page::SinglePage};
use crate::{decode::Unreadable, plan, query::Query};

/// The paginator of one fetch, which knows where the fetch is.
pub(crate) enum Paginator {
    SinglePage(SinglePage),
    Cursor(Cursor),
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
    /// A paginator at the first page, or at the one that this page cursor stands for.
    pub(crate) fn new(plan: &plan::Paginator, page_cursor: Option<String>) -> Option<Paginator> {
        match plan {
            plan::Paginator::SinglePage => {
                page_cursor.is_none().then_some(Paginator::SinglePage(SinglePage))
            }
            plan::Paginator::Cursor { cursor_path, cursor_param, .. } => {
                Some(Paginator::Cursor(Cursor::new(cursor_path, cursor_param, page_cursor)))
            }
        }
    }

    /// Adds to a request what makes it the one for the page.
    pub(crate) fn ask(&self, query: &mut Query) {
        match self {
            Paginator::SinglePage(_) => {}
            Paginator::Cursor(cursor) => cursor.ask(query),
        }
    }

    /// Moves on to the page after the one with this body. Says whether there is one.
    pub(crate) fn advance(&mut self, body: &str) -> Result<bool, Halt> {
        match self {
            Paginator::SinglePage(single_page) => Ok(single_page.advance()),
            Paginator::Cursor(cursor) => cursor.advance(body),
        }
    }

    /// What a checkpoint keeps of where the fetch is.
    pub(crate) fn page_cursor(&self) -> Option<&str> {
        match self {
            Paginator::SinglePage(_) => None,
            Paginator::Cursor(cursor) => cursor.page_cursor(),
        }
    }
}
