//! `cursor`: the response holds a page cursor, which the next request sends back.

use serde_json::Value;

use super::{Halt, Response, end::End, history::History, page_cursor::PageCursor, place::PageSize};
use crate::{
    plan::{self, Selector},
    request::{Place, Request},
};

/// The paginator that follows page cursors in bodies.
#[derive(Clone)]
pub(super) struct Cursor {
    path: Selector,
    place: Place,
    page_size: Option<PageSize>,
    end: End,
    current: Option<PageCursor>,
    history: History,
}

impl Cursor {
    pub(super) fn new(
        path: &Selector,
        place: Place,
        page_size: Option<PageSize>,
        end: &plan::End,
        initial: Option<PageCursor>,
    ) -> Cursor {
        Cursor {
            path: path.clone(),
            place,
            page_size,
            end: End::new(end),
            history: History::from(initial.as_ref().map(ToString::to_string).as_deref()),
            current: initial,
        }
    }

    pub(super) fn ask(&self, request: &mut Request) {
        if let Some(page_size) = &self.page_size {
            page_size.ask(request);
        }
        if let Some(page_cursor) = &self.current {
            request.set(&self.place, page_cursor.value().clone());
        }
    }

    pub(super) fn advance(
        &mut self,
        response: &Response<'_>,
        records: &Selector,
    ) -> Result<bool, Halt> {
        self.current = PageCursor::find(&self.path, response.body)?;
        let Some(page_cursor) = &self.current else { return Ok(false) };
        if self.end.stop_after_empty_page && response.sent(records)?.is_empty() {
            return Ok(false);
        }
        if self.end.says_no_more(response.body)? {
            return Ok(false);
        }
        self.history.add("the page cursor", &page_cursor.to_string())?;
        Ok(true)
    }

    pub(super) fn page_cursor(&self) -> Option<Value> {
        self.current.as_ref().map(|page_cursor| page_cursor.value().clone())
    }
}
