//! `header_cursor`: a header of the response holds a page cursor, which the next request sends back.

use reqwest::header::HeaderName;
use serde_json::Value;

use super::{Halt, Response, history::History, page_cursor::PageCursor};
use crate::{
    plan::Str,
    request::{Place, Request},
};

/// The paginator that follows page cursors in headers.
#[derive(Clone)]
pub(super) struct HeaderCursor {
    header: HeaderName,
    place: Place,
    current: Option<PageCursor>,
    history: History,
}

impl HeaderCursor {
    pub(super) fn new(
        header: &str,
        param: Str,
        current: Option<PageCursor>,
    ) -> Result<HeaderCursor, String> {
        let header = HeaderName::from_bytes(header.as_bytes())
            .map_err(|_| format!("`{header}` is not the name of a header"))?;
        let history = History::from(current.as_ref().map(ToString::to_string).as_deref());
        Ok(HeaderCursor { header, place: Place::Param(param), current, history })
    }

    pub(super) fn ask(&self, request: &mut Request) {
        if let Some(page_cursor) = &self.current {
            request.set(&self.place, page_cursor.value().clone());
        }
    }

    /// A header that is empty ends the pages, as one that is not there does.
    pub(super) fn advance(&mut self, response: &Response<'_>) -> Result<bool, Halt> {
        let value = response.headers.get(&self.header).map(|value| value.as_bytes().trim_ascii());
        self.current = match value.map(str::from_utf8) {
            None | Some(Ok("")) => None,
            Some(Ok(text)) => Some(PageCursor::from(text)),
            Some(Err(_)) => {
                return Err(Halt::Misread {
                    what: format!("the page cursor in the header `{}` is not text", self.header),
                    found: value.map(|value| String::from_utf8_lossy(value).into_owned()),
                });
            }
        };
        let Some(page_cursor) = &self.current else { return Ok(false) };
        self.history.add("the page cursor", &page_cursor.to_string())?;
        Ok(true)
    }

    pub(super) fn page_cursor(&self) -> Option<Value> {
        self.current.as_ref().map(|page_cursor| page_cursor.value().clone())
    }
}
