//! Page cursors and links.

use super::{
    Paging,
    next::{Next, RESPONSE, plain, selector_of},
    stop::{Ends, Stop},
};
use crate::{
    airbyte::{
        gaps::Gaps,
        jinja::{self, Expr, Operator},
        naming,
        records::Selector,
        request::Request,
        scope::Scope,
        time,
    },
    description::{Mapping, Node},
};

impl Paging<'_> {
    pub(super) fn cursor(
        &mut self,
        selector: &Selector,
        request: &mut Request,
        scope: &mut Scope<'_>,
        gaps: &mut Gaps,
    ) -> Option<Mapping> {
        let text = self.strategy.text_of("cursor_value").unwrap_or_default();
        let found =
            jinja::expression(text, scope.parameters).and_then(|value| next(&value, selector));
        let (next, value) = match found {
            Ok(found) => found,
            Err(message) => {
                gaps.add("cursor_value", "paginator", format!("`{}`: {message}", text.trim()));
                return None;
            }
        };
        let mut ends = Ends::default();
        if let Some(text) = self.strategy.text_of("stop_condition") {
            let stop = Stop { value: &value, next: &next, selector, size: self.size.as_ref() };
            let condition = jinja::expression(text, scope.parameters);
            if let Err(message) = condition.and_then(|of| stop.read(&of, &mut ends)) {
                gaps.add("stop_condition", "paginator", format!("`{}`: {message}", text.trim()));
            }
        }
        if self.size_option.is_none() && !ends.is_short_last {
            self.size = None;
        }
        let token = self.token;
        let is_path = token.is_some_and(|token| token.text_of("type") == Some("RequestPath"));
        let mut mapping = match &next {
            Next::PageAfter(_) if is_path => {
                gaps.add("cursor_value", "paginator", format!("`{}`: a path", text.trim()));
                return None;
            }
            Next::PageAfter(path) => self.page_after(path, &ends, request, scope),
            _ if is_path => self.link(&next, request, scope),
            Next::Link => {
                let reason = "the manifest sends the page cursor of the link, which has it as well";
                self.reason = Some(reason.to_owned());
                self.link(&next, request, scope)
            }
            Next::Body(path) => {
                let mut mapping = Mapping::of([("type", Node::text("cursor"))]);
                mapping.set("cursor_path", Node::text(path.as_str()));
                self.send(&mut mapping, "cursor", request, scope);
                mapping
            }
            Next::Header(name) => {
                let mut mapping = Mapping::of([("type", Node::text("header_cursor"))]);
                mapping.set("cursor_key", Node::text(name.as_str()));
                self.send(&mut mapping, "cursor", request, scope);
                mapping
            }
        };
        // Links have all parameters of the next page anyway.
        let first = std::mem::take(&mut request.first_page_params);
        if !first.is_empty() && !is_path {
            mapping
                .set("first_page_params", Node::List(first.into_iter().map(Node::Text).collect()));
        }
        ends.describe(&mut mapping);
        Some(mapping)
    }

    /// A link; the page size is then a parameter of the first request.
    fn link(&mut self, next: &Next, request: &mut Request, scope: &mut Scope<'_>) -> Mapping {
        let mapping = match next {
            Next::Body(path) => Mapping::of([
                ("type", Node::text("json_link")),
                ("next_url_path", Node::text(path.as_str())),
            ]),
            Next::Header(name) => Mapping::of([
                ("type", Node::text("header_link")),
                ("links_header", Node::text(name.as_str())),
            ]),
            Next::Link | Next::PageAfter(_) => Mapping::of([("type", Node::text("header_link"))]),
        };
        if let (Some(option), Some(size)) = (self.size_option, self.size.clone()) {
            request.inject(option, size, scope);
        }
        mapping
    }

    /// Numbers of pages, of which the response has the current one.
    fn page_after(
        &mut self,
        path: &str,
        ends: &Ends,
        request: &mut Request,
        scope: &mut Scope<'_>,
    ) -> Mapping {
        let mut mapping = Mapping::of([("type", Node::text("page_number"))]);
        mapping.set("base_page", Node::number(1));
        self.reason = Some(format!(
            "the next page is `{path}` of the response + 1; the first one is taken for 1"
        ));
        self.send(&mut mapping, "page", request, scope);
        let total = ends.total.clone();
        mapping.set("total_path", total.map_or_else(|| Node::Plain("null".to_owned()), Node::Text));
        mapping
    }
}

/// Where a cursor value comes from, and the expression of that place.
fn next(value: &Expr, selector: &Selector) -> Result<(Next, Expr), String> {
    let value = plain(value);
    if let Expr::Binary(Operator::Add, page, one) = &value
        && time::whole(one) == Some(1)
    {
        let inner = plain(page);
        let steps = inner.path_of(&RESPONSE).ok_or("arithmetic")?;
        return Ok((Next::PageAfter(selector_of(steps)), inner.clone()));
    }
    if let Some(steps) = value.path_of(&RESPONSE) {
        if steps.is_empty() {
            return Err("the whole response".to_owned());
        }
        return Ok((Next::Body(selector_of(steps)), value));
    }
    if let Some(steps) = value.path_of(&["last_record"]) {
        let last = selector.last().ok_or("the last record of what is selected by `*`")?;
        let field = naming::steps(steps);
        let dot = if field.starts_with('[') { "" } else { "." };
        return Ok((Next::Body(format!("{last}{dot}{field}")), value));
    }
    if let Some(keys) = value.keys_of(&["headers"]) {
        return match keys.as_slice() {
            [name, "next", ..] if name.eq_ignore_ascii_case("link") => Ok((Next::Link, value)),
            [name] => Ok((Next::Header((*name).to_owned()), value)),
            _ => Err("a part of a header".to_owned()),
        };
    }
    // `headers['link'].split(';')[0][1:-1]`: the address of a link.
    if value.mentions(&["headers"]) && is_link(&value) {
        return Ok((Next::Link, value));
    }
    Err("no place of the response".to_owned())
}

/// Whether an expression takes an address out of a `Link` header.
fn is_link(value: &Expr) -> bool {
    match value {
        Expr::Slice(inner, ..) | Expr::Member(inner, _) => is_link(inner),
        Expr::Call(_, arguments) => arguments.first().is_some_and(is_link),
        value => value
            .keys_of(&["headers"])
            .is_some_and(|keys| keys.len() == 1 && keys[0].eq_ignore_ascii_case("link")),
    }
}
