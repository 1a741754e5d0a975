//! `header_link`: the response's `Link` header holds the next address (RFC 8288).

use super::{
    Halt,
    link::Link,
    link_header::look,
    page::Page,
    step::{Absent, Step, Why},
};
use crate::plan::Str;

/// The paginator that follows links in headers.
#[derive(Clone)]
pub(super) struct HeaderLink {
    pub(super) rel: Str,
    pub(super) link: Link,
}

impl HeaderLink {
    pub(super) fn advance(&mut self, page: &Page<'_>) -> Result<Step, Halt> {
        match look(page.response.headers, &self.rel) {
            None => {
                let setting = format!("links_next_key: {}", self.rel);
                Ok(self.link.end(Why::Absent(Absent { what: "link", setting })))
            }
            Some((_, false)) => Ok(self.link.end(Why::Said)),
            Some((target, true)) => self.link.advance(page, &target),
        }
    }
}
