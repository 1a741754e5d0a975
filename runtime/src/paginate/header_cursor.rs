//! `header_cursor`: a header of the response holds a page cursor.

use std::ops::ControlFlow;

use reqwest::header::HeaderName;

use super::{
    Halt,
    page::Page,
    page_cursor::{PageCursor, Takes, is_zero},
    page_cursors::FindPageCursor,
    step::{Absent, Why},
    total_at::header_name,
};
use crate::error::Reason;

/// Finds page cursors in headers.
#[derive(Clone)]
pub(super) struct HeaderCursor {
    header: HeaderName,
}

impl HeaderCursor {
    pub(super) fn new(header: &str) -> Result<HeaderCursor, Reason> {
        Ok(HeaderCursor { header: header_name(header)? })
    }
}

impl FindPageCursor for HeaderCursor {
    /// A header that is empty or `0` ends the pages, as one that is not there does.
    fn find(&mut self, page: &Page<'_>, _: Takes) -> Result<ControlFlow<Why, PageCursor>, Halt> {
        let absent = |what| Absent { what, setting: format!("cursor_key: {}", self.header) };
        let Some(value) = page.response.headers.get(&self.header) else {
            return Ok(ControlFlow::Break(Why::Absent(absent("header"))));
        };
        match str::from_utf8(value.as_bytes().trim_ascii()) {
            Ok("") => Ok(ControlFlow::Break(Why::Said)),
            Ok(text) if is_zero(text) => {
                Ok(ControlFlow::Break(Why::Zero(absent("page cursor other than `0`"))))
            }
            Ok(text) => Ok(ControlFlow::Continue(PageCursor::from(text))),
            Err(_) => Err(Halt::misread(
                format!("the page cursor in the header `{}` is not text", self.header),
                Some(String::from_utf8_lossy(value.as_bytes()).into_owned()),
            )),
        }
    }
}
