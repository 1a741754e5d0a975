//! `header_cursor`: a header of the response holds a page cursor, which the next request sends back.

use reqwest::header::HeaderName;
use serde_json::Value;

use super::{
    Halt,
    cursor::ignored,
    history::History,
    page::Page,
    page_cursor::{PageCursor, is_zero},
    step::{Absent, Again, Step, Why},
};
use crate::{
    http::request::{Place, Request},
    plan::Str,
};

/// The paginator that follows page cursors in headers.
#[derive(Clone)]
pub(super) struct HeaderCursor {
    header: HeaderName,
    place: Place,
    current: Option<PageCursor>,
    /// Whether it is the one that the last request has sent.
    is_same: bool,
    /// Whether it is a larger number than that one.
    grows: bool,
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
        let history = History::from(current.as_ref().map(ToString::to_string));
        let place = Place::Param(param);
        Ok(HeaderCursor { header, place, current, is_same: false, grows: false, history })
    }

    pub(super) fn ask(&self, request: &mut Request) {
        if let Some(page_cursor) = &self.current {
            request.set(&self.place, page_cursor.value().clone());
        }
    }

    /// A header that is empty or `0` ends the pages, as one that is not there does.
    pub(super) fn advance(&mut self, page: &Page<'_>) -> Result<Step, Halt> {
        let sent = self.current.take();
        let Some(value) = page.response.headers.get(&self.header) else {
            let setting = format!("cursor_key: {}", self.header);
            return Ok(Step::Last(Why::Absent(Absent { what: "header", setting })));
        };
        match str::from_utf8(value.as_bytes().trim_ascii()) {
            Ok("") => Ok(Step::Last(Why::Said)),
            Ok(text) if is_zero(text) => {
                let what = "page cursor other than `0`";
                let setting = format!("cursor_key: {}", self.header);
                Ok(Step::Last(Why::Zero(Absent { what, setting })))
            }
            Ok(text) => {
                let page_cursor = PageCursor::from(text);
                self.is_same = sent.as_ref() == Some(&page_cursor);
                self.grows = sent.is_some_and(|sent| page_cursor.is_larger_than(&sent));
                self.current = Some(page_cursor);
                Ok(Step::Next)
            }
            Err(_) => Err(Halt::Misread {
                what: format!("the page cursor in the header `{}` is not text", self.header),
                found: Some(String::from_utf8_lossy(value.as_bytes()).into_owned()),
            }),
        }
    }

    /// Remembers the page cursor. Gives it if it was there before.
    pub(super) fn again(&mut self) -> Option<Again> {
        let value = self.current.as_ref()?.to_string();
        let is_of_last = self.is_same;
        if !self.history.has(&value) && !is_of_last {
            return None;
        }
        Some(Again { what: "page cursor", value, cause: self.ignored(), is_of_last })
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
