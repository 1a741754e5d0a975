//! The paginator, from Airbyte's pagination strategies and the places in which they send.

mod cursor;
mod next;
mod stop;

use super::{
    gaps::{Gaps, is_custom},
    records::Selector,
    request::{Place, Request},
    scope::Scope,
    time,
};
use crate::{
    description::{Mapping, Node},
    document::Value,
};

/// What a paginator is called in the texts of a request.
pub(super) fn placeholder(paginator: Option<&Value>) -> Option<&'static str> {
    let strategy = paginator?.get("pagination_strategy")?;
    match strategy.text_of("type")? {
        "PageIncrement" => Some("{paginator.page}"),
        "OffsetIncrement" => Some("{paginator.offset}"),
        "CursorPagination" => Some("{paginator.cursor}"),
        _ => None,
    }
}

/// The paginator of a stream; `None` if it is to be detected.
pub(super) fn paginator(
    paginator: Option<&Value>,
    selector: &Selector,
    request: &mut Request,
    scope: &mut Scope<'_>,
    gaps: &mut Gaps,
) -> Option<(Node, Option<String>)> {
    let single = Some((Node::text("single_page"), None));
    let Some(paginator) = paginator else { return single };
    if paginator.text_of("type") == Some("NoPagination") {
        return single;
    }
    if is_custom(paginator) {
        gaps.custom("paginator", paginator);
        return None;
    }
    let Some(strategy) = paginator.get("pagination_strategy") else { return single };
    if is_custom(strategy) {
        gaps.custom("paginator.pagination_strategy", strategy);
        return None;
    }
    let mut paging = Paging::of(paginator, strategy, scope, gaps);
    let mapping = match strategy.text_of("type") {
        Some("PageIncrement") => Some(paging.page_number(request, scope)),
        Some("OffsetIncrement") => Some(paging.offset(request, scope)),
        Some("CursorPagination") => paging.cursor(selector, request, scope, gaps),
        kind => {
            let kind = kind.unwrap_or("without a type");
            gaps.add("paginator", "paginator", format!("the strategy `{kind}` is not known"));
            None
        }
    };
    mapping.map(|mapping| (Node::Map(mapping), paging.reason))
}

/// The parts of a paginator.
struct Paging<'a> {
    strategy: &'a Value,
    /// Where the next page is named.
    token: Option<&'a Value>,
    /// Where the page size is sent.
    size_option: Option<&'a Value>,
    /// The page size.
    size: Option<Node>,
    reason: Option<String>,
}

impl<'a> Paging<'a> {
    fn of(
        paginator: &'a Value,
        strategy: &'a Value,
        scope: &mut Scope<'_>,
        gaps: &mut Gaps,
    ) -> Paging<'a> {
        scope.needed_by = Some("the page size");
        let size = strategy.get("page_size").map(|size| scope.value(size));
        scope.needed_by = None;
        let size = match size {
            Some(Ok(size)) => size,
            Some(Err(message)) => {
                gaps.add("expression", "paginator.page_size", message);
                None
            }
            None => None,
        };
        Paging {
            strategy,
            token: paginator.get("page_token_option"),
            size_option: paginator.get("page_size_option"),
            size: size.map(|size| match size.text.parse::<i64>() {
                Ok(number) => Node::number(number),
                Err(_) => Node::Text(size.text),
            }),
            reason: None,
        }
    }

    fn page_number(&mut self, request: &mut Request, scope: &mut Scope<'_>) -> Mapping {
        let mut mapping = Mapping::of([("type", Node::text("page_number"))]);
        let first = self.strategy.get("start_from_page");
        let first = first.and_then(Value::scalar).and_then(|first| first.parse().ok());
        let from = i64::from(scope.names.is_from_one.get());
        mapping.set("base_page", Node::number(first.unwrap_or(0) + from));
        self.send(&mut mapping, "page", request, scope);
        mapping.set("total_path", Node::Plain("null".to_owned()));
        // Without a page size an empty page is the last one.
        mapping.set("stop_after_short_page", Node::truth(self.size.is_some()));
        mapping
    }

    fn offset(&mut self, request: &mut Request, scope: &mut Scope<'_>) -> Mapping {
        let mut mapping = Mapping::of([("type", Node::text("offset"))]);
        if scope.names.is_from_one.get() {
            mapping.set("offset", Node::number(1));
        }
        let is_sized = self.size.is_some();
        if !is_sized {
            // Sent nowhere and compared with nothing.
            self.size = Some(Node::number(1));
            self.size_option = None;
        }
        self.send(&mut mapping, "offset", request, scope);
        mapping.set("total_path", Node::Plain("null".to_owned()));
        mapping.set("stop_after_short_page", Node::truth(is_sized));
        mapping
    }

    /// Sends the position and the page size. If one of them is written into the request as a placeholder, so is
    /// the other.
    fn send(
        &mut self,
        mapping: &mut Mapping,
        position: &str,
        request: &mut Request,
        scope: &mut Scope<'_>,
    ) {
        let token = self.token.and_then(|option| Place::of(option, scope));
        let size_place = self.size_option.and_then(|option| Place::of(option, scope));
        let is_sent_by_name =
            |place: &Option<Place>| matches!(place, Some(Place::Param(_) | Place::Body(_)));
        let is_size_named = is_sent_by_name(&size_place) || self.size.is_none();
        if is_sent_by_name(&token) && is_size_named {
            set_place(mapping, position, token.as_ref());
            if let Some(size) = self.size.clone() {
                mapping.set("limit", size);
                set_place(mapping, "limit", size_place.as_ref());
            }
            return;
        }
        if let Some(option) = self.token {
            let placeholder = Node::Text(format!("{{paginator.{position}}}"));
            request.inject(option, placeholder, scope);
        }
        if let Some(size) = self.size.clone() {
            let is_compared = position != "cursor";
            if is_compared {
                mapping.set("limit", size.clone());
            }
            if is_sent_by_name(&size_place) && is_compared {
                set_place(mapping, "limit", size_place.as_ref());
            } else if let Some(option) = self.size_option {
                request.inject(option, size, scope);
            }
        }
    }
}

/// Names the place in which a paginator sends something.
fn set_place(mapping: &mut Mapping, what: &str, place: Option<&Place>) {
    match place {
        Some(Place::Param(name)) => {
            mapping.set(&format!("{what}_param"), Node::text(name.as_str()));
        }
        Some(Place::Body(path)) => {
            let path = super::naming::path(path.iter().map(String::as_str));
            mapping.set(&format!("{what}_body_path"), Node::Text(path));
        }
        _ => {}
    }
}

/// The number of records of a page, where it is known at import.
fn size_of(size: Option<&Node>) -> Option<i64> {
    match size? {
        Node::Plain(number) => number.parse().ok(),
        _ => None,
    }
}

/// Whether an expression is the whole number of a page's records, or less than it.
fn is_size(expression: &super::jinja::Expr, size: Option<&Node>) -> bool {
    time::whole(expression).is_some_and(|number| size_of(size).is_none_or(|size| size == number))
}
