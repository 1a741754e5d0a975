//! `cursor`: the response holds a page cursor, which the next request sends back.

use super::Halt;
use crate::{
    decode::{self, Json},
    plan::{PageSize, Place, Selector},
    request::Request,
};

/// The paginator that follows page cursors.
#[derive(Clone)]
pub(crate) struct Cursor {
    path: Selector,
    place: Place,
    page_size: Option<PageSize>,
    current: Option<String>,
    history: History,
}

impl Cursor {
    pub(crate) fn new(
        path: &Selector,
        place: &Place,
        page_size: Option<PageSize>,
        page_cursor: Option<String>,
    ) -> Cursor {
        let mut history = History::default();
        if let Some(page_cursor) = &page_cursor {
            history.repeats(page_cursor);
        }
        let (path, place) = (path.clone(), place.clone());
        Cursor { path, place, page_size, current: page_cursor, history }
    }

    pub(crate) fn ask(&self, request: &mut Request) {
        if let Some(page_size) = &self.page_size {
            request.set(&page_size.place, page_size.records.into());
        }
        if let Some(page_cursor) = &self.current {
            request.set(&self.place, page_cursor.as_str().into());
        }
    }

    pub(crate) fn advance(&mut self, body: &str) -> Result<bool, Halt> {
        self.current = self.read(body)?;
        match &self.current {
            Some(page_cursor) if self.history.repeats(page_cursor) => Err(Halt::Stuck(format!(
                "the server gave the page cursor {page_cursor:?} a second time; following it would \
                 fetch the same pages for ever"
            ))),
            page_cursor => Ok(page_cursor.is_some()),
        }
    }

    pub(crate) fn page_cursor(&self) -> Option<String> {
        self.current.clone()
    }

    /// The page cursor in a response. As in dlt, everything that Python holds for false ends the
    /// pages; what can be no cursor is an error rather than text sent to the server.
    fn read(&self, body: &str) -> Result<Option<String>, Halt> {
        let Some(raw) = decode::find(body, &self.path).map_err(Halt::Unreadable)? else {
            return Ok(None);
        };
        match Json::read(raw) {
            Some(Json::Null | Json::Bool(false)) => Ok(None),
            Some(Json::Text(text)) => Ok(Some(text.into_owned()).filter(|text| !text.is_empty())),
            Some(Json::Number(number)) => {
                Ok(Some(number.to_owned()).filter(|number| number.parse() != Ok(0.0)))
            }
            _ => Err(Halt::Misread {
                what: format!("the page cursor at `{}` must be a text or a number", self.path),
                found: raw.to_owned(),
            }),
        }
    }
}

/// Finds out, in constant memory, that page cursors go round in a circle: Brent's algorithm. Each is
/// compared with one that was kept, and which one is kept is renewed after 1, 2, 4, 8 … steps, so
/// that a circle of any length, after any beginning, is found within a few rounds.
#[derive(Clone, Default)]
struct History {
    kept: Option<String>,
    steps: u64,
    renewal: u64,
}

impl History {
    fn repeats(&mut self, page_cursor: &str) -> bool {
        if self.kept.as_deref() == Some(page_cursor) {
            return true;
        }
        if self.steps == self.renewal {
            self.kept = Some(page_cursor.to_owned());
            self.steps = 0;
            self.renewal = (self.renewal * 2).max(1);
        }
        self.steps += 1;
        false
    }
}
