//! `header_link`: the response's `Link` header holds the next address (RFC 8288).

use std::ops::ControlFlow;

use super::{
    Halt,
    link_header::look,
    links::FindLink,
    page::Page,
    step::{Absent, Why},
};
use crate::plan::Str;

/// Finds links in headers.
#[derive(Clone)]
pub(super) struct HeaderLink {
    pub(super) rel: Str,
}

impl FindLink for HeaderLink {
    fn find(&mut self, page: &Page<'_>) -> Result<ControlFlow<Why, String>, Halt> {
        Ok(match look(page.response.headers, &self.rel) {
            None => {
                let setting = format!("links_next_key: {}", self.rel);
                ControlFlow::Break(Why::Absent(Absent { what: "link", setting }))
            }
            Some((_, false)) => ControlFlow::Break(Why::Said),
            Some((target, true)) => ControlFlow::Continue(target),
        })
    }
}
