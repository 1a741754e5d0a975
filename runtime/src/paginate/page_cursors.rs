//! What `cursor` and `header_cursor` share: the next request sends back a page cursor that the server
//! gives.

use std::ops::ControlFlow;

use super::{
    Halt,
    history::History,
    kind::{Beside, Kind},
    page::Page,
    page_cursor::PageCursor,
    place::PageSize,
    position::Position,
    step::{Again, Step, Why},
};
use crate::http::request::{Place, Request};

/// Finds the page cursor on a page, which is sent back at a place, or why there is none.
pub(super) trait FindPageCursor {
    fn find(
        &mut self,
        page: &Page<'_>,
        place: &Place,
    ) -> Result<ControlFlow<Why, PageCursor>, Halt>;
}

/// The paginator that follows page cursors.
#[derive(Clone)]
pub(super) struct PageCursors<F> {
    find: F,
    place: Place,
    page_size: Option<PageSize>,
    current: Option<PageCursor>,
    /// Whether it is the one that the last request has sent.
    is_same: bool,
    /// Whether it is a larger number than that one.
    grows: bool,
    history: History,
}

impl<F> PageCursors<F> {
    pub(super) fn new(
        find: F,
        place: Place,
        page_size: Option<PageSize>,
        current: Option<PageCursor>,
    ) -> PageCursors<F> {
        let history = History::from(current.as_ref().map(ToString::to_string));
        PageCursors { find, place, page_size, current, is_same: false, grows: false, history }
    }
}

impl<F: FindPageCursor + Clone + Send + Sync + 'static> Kind for PageCursors<F> {
    fn ask(&self, request: &mut Request) {
        if let Some(page_size) = &self.page_size {
            page_size.ask(request);
        }
        if let Some(page_cursor) = &self.current {
            request.set(&self.place, page_cursor.value().clone());
        }
    }

    fn advance(&mut self, page: &Page<'_>, _: &Beside<'_>) -> Result<Step, Halt> {
        let sent = self.current.take();
        match self.find.find(page, &self.place)? {
            ControlFlow::Continue(page_cursor) => {
                self.is_same = sent.as_ref() == Some(&page_cursor);
                self.grows = sent.is_some_and(|sent| page_cursor.is_larger_than(&sent));
                self.current = Some(page_cursor);
                Ok(Step::Next)
            }
            ControlFlow::Break(why) => Ok(Step::Last(why)),
        }
    }

    fn position(&self) -> Option<Position> {
        self.current.as_ref().map(|current| Position::PageCursor(current.value().clone()))
    }

    fn again(&mut self) -> Option<Again> {
        let value = self.current.as_ref()?.to_string();
        let is_of_last = self.is_same;
        if !self.history.has(&value) && !is_of_last {
            return None;
        }
        Some(Again { what: "page cursor", value, cause: ignored(&self.place), is_of_last })
    }

    fn follows(&self) -> bool {
        true
    }

    fn asked(&self) -> (String, String) {
        ("the page cursor".to_owned(), ignored(&self.place))
    }

    fn grows(&self) -> bool {
        self.grows
    }
}

/// What is likely to be wrong where a page cursor comes again.
fn ignored(place: &Place) -> String {
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
