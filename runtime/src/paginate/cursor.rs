//! `cursor`: the response holds a page cursor, which the next request sends back.

use serde_json::Value;

use super::{
    Halt,
    history::History,
    page::Page,
    page_cursor::{Found, PageCursor},
    place::PageSize,
    step::{Absent, Again, Step, Why},
};
use crate::{
    http::request::{Place, Request},
    plan::Selector,
};

/// The paginator that follows page cursors in bodies.
#[derive(Clone)]
pub(super) struct Cursor {
    path: Selector,
    place: Place,
    pub(super) page_size: Option<PageSize>,
    current: Option<PageCursor>,
    /// Whether it is the one that the last request has sent.
    is_same: bool,
    /// Whether it is a larger number than that one.
    grows: bool,
    history: History,
}

impl Cursor {
    pub(super) fn new(
        path: &Selector,
        place: Place,
        page_size: Option<PageSize>,
        initial: Option<PageCursor>,
    ) -> Cursor {
        Cursor {
            path: path.clone(),
            place,
            page_size,
            history: History::from(initial.as_ref().map(ToString::to_string)),
            current: initial,
            is_same: false,
            grows: false,
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

    pub(super) fn advance(&mut self, page: &Page<'_>) -> Result<Step, Halt> {
        let sent = self.current.take();
        match PageCursor::find(&mut self.path, &self.place, page)? {
            Found::PageCursor(page_cursor) => {
                self.is_same = sent.as_ref() == Some(&page_cursor);
                self.grows = sent.is_some_and(|sent| page_cursor.is_larger_than(&sent));
                self.current = Some(page_cursor);
                Ok(Step::Next)
            }
            Found::Nothing => Ok(Step::Last(Why::Said)),
            Found::Zero => {
                let setting = format!("cursor_path: {}", self.path);
                Ok(Step::Last(Why::Zero(Absent { what: "page cursor other than `0`", setting })))
            }
            Found::Absent => {
                let setting = format!("cursor_path: {}", self.path);
                Ok(Step::Last(Why::Absent(Absent { what: "page cursor", setting })))
            }
        }
    }

    /// Remembers the page cursor. Gives it if it was there before.
    pub(super) fn again(&mut self) -> Option<Again> {
        let value = self.current.as_ref()?.to_string();
        let is_of_last = self.is_same;
        if !self.history.has(&value) && !is_of_last {
            return None;
        }
        let cause = self.ignored();
        Some(Again { what: "page cursor", value, cause, is_of_last })
    }

    /// What is likely to be wrong if the page cursor has no effect.
    pub(super) fn ignored(&self) -> String {
        ignored(&self.place)
    }

    pub(super) fn grows(&self) -> bool {
        self.grows
    }

    pub(super) fn page_cursor(&self) -> Option<Value> {
        self.current.as_ref().map(|page_cursor| page_cursor.value().clone())
    }
}

/// What is likely to be wrong where a page cursor comes again.
pub(super) fn ignored(place: &Place) -> String {
    match place {
        Place::Param(name) => format!(
            "the server seems not to know the parameter `{name}`, which sends it (`cursor_param`)"
        ),
        Place::Body(keys) => format!(
            "the server seems not to look at `{}` of the body, which sends it (`cursor_body_path`)",
            keys.join(".")
        ),
    }
}
