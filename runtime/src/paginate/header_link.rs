//! `header_link`: the response's `Link` header, or another one, holds the next address (RFC 8288).

use std::ops::ControlFlow;

use reqwest::header::HeaderName;

use super::{
    Halt,
    link_header::{LinkFilter, Look, bare, look},
    links::FindLink,
    page::Page,
    step::{Absent, Why},
};
use crate::plan::Str;

/// Finds links in headers.
#[derive(Clone)]
pub(super) struct HeaderLink {
    pub(super) rel: Str,
    /// Another header than `Link`, which may hold nothing but the address.
    pub(super) header: Option<HeaderName>,
    /// The parameters that a link must have.
    pub(super) params: Vec<(Str, Str)>,
}

impl HeaderLink {
    /// Links of a relation in `Link` headers.
    pub(super) fn of(rel: Str) -> HeaderLink {
        HeaderLink { rel, header: None, params: Vec::new() }
    }
}

impl FindLink for HeaderLink {
    fn find(&mut self, page: &Page<'_>) -> Result<ControlFlow<Why, String>, Halt> {
        let headers = page.response.headers;
        if let Some(header) = &self.header
            && self.params.is_empty()
            && let Some(address) = bare(headers, header)
        {
            return Ok(ControlFlow::Continue(address));
        }
        let wanted =
            LinkFilter { header: self.header.as_ref(), rel: &self.rel, params: &self.params };
        Ok(match look(headers, &wanted) {
            Look::Absent => ControlFlow::Break(Why::Absent(self.absent())),
            Look::End => ControlFlow::Break(Why::Said),
            Look::Link(target) => ControlFlow::Continue(target),
        })
    }
}

impl HeaderLink {
    fn absent(&self) -> Absent {
        let params: Vec<String> =
            self.params.iter().map(|(name, value)| format!("{name}: {value}")).collect();
        let setting = match (&self.header, params.as_slice()) {
            (_, [_, ..]) => format!("link_params: {{{}}}", params.join(", ")),
            (Some(header), []) => format!("links_header: {header}"),
            (None, []) => format!("links_next_key: {}", self.rel),
        };
        Absent { what: "link", setting }
    }
}
