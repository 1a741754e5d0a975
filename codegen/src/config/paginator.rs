//! `paginator`: how the next request is made. Its `type` decides which keys there are.

use super::Keep;
use crate::{
    diagnostic::Diagnostics,
    parse::{LooseText, Map, OrTemplate, Parse, Shape, TemplateText, mapping, union, wrong_type},
    source::Spanned,
    yaml::{Node, Value},
};

union! {
    /// How the next request is made.
    pub enum Paginator is "a paginator" or "auto" {
        /// Detected from the first response.
        "auto" => Auto(AutoPaginator),
        /// One request, one page.
        "single_page" => SinglePage(SinglePage),
        /// The response's body holds the next address.
        "json_link" => JsonLink(JsonLinkPaginator),
        /// The older name of `json_link`.
        "json_response" => JsonResponse(JsonLinkPaginator),
        /// The response's `Link` header holds the next address (RFC 8288).
        "header_link" => HeaderLink(HeaderLinkPaginator),
        /// A header of the response holds a page cursor.
        "header_cursor" => HeaderCursor(HeaderCursorPaginator),
        /// The response's body holds a page cursor, which the next request sends back.
        "cursor" => Cursor(CursorPaginator),
        /// The next request skips the fetched records.
        "offset" => Offset(OffsetPaginator),
        /// The next request names the next page by its number.
        "page_number" => PageNumber(PageNumberPaginator),
    }
}

impl Paginator {
    /// What the next run begins with.
    pub(crate) fn keep(&self) -> Option<&Spanned<Keep>> {
        match self {
            Paginator::JsonLink(link) | Paginator::JsonResponse(link) => link.keep.get(),
            Paginator::HeaderLink(link) => link.keep.get(),
            Paginator::HeaderCursor(cursor) => cursor.keep.get(),
            Paginator::Cursor(cursor) => cursor.keep.get(),
            Paginator::Auto(_)
            | Paginator::SinglePage(_)
            | Paginator::Offset(_)
            | Paginator::PageNumber(_) => None,
        }
    }
}

mapping! {
    /// Detected from the first response.
    pub struct AutoPaginator is "an `auto` paginator" {
    } instead {
        limit: "the page size is a parameter: `params: {per_page: 100}` in `endpoint`",
        limit_param: "the page size is a parameter: `params: {per_page: 100}` in `endpoint`",
    }
}

mapping! {
    /// One request, one page.
    pub struct SinglePage is "`single_page`" {
    }
}

mapping! {
    /// The conditions that end every kind of paginator.
    pub struct Ends is "a paginator" {
        /// Whether a page without records is the last one; by default it is where the records or pages are
        /// counted, unless the response says that there are more.
        optional stop_after_empty_page: Spanned<bool>,
        /// Whether a page with fewer records than requested, or than another page where no size is known, is
        /// the last one; by default only if pages of other parents have shown that.
        optional stop_after_short_page: Spanned<bool>,
        /// How many pages in a row may bring no new records before the fetch fails; by default 200.
        optional maximum_empty_pages: Spanned<OrTemplate<u64>>,
        /// The path of the value that is true if there is a next page.
        optional has_more_path: Spanned<String>,
        /// The path of the value that is true on the last page.
        optional end_path: Spanned<String>,
        /// The response header with the total, instead of `total_path`: a number, or one behind a slash as in
        /// `Content-Range: items 0-9/57`.
        optional total_header: Spanned<TemplateText>,
    }
}

mapping! {
    /// What a paginator that follows page cursors sends.
    pub struct SentCursor is "a paginator" {
        /// The query parameter that sends the page cursor; by default `cursor`.
        optional cursor_param: Spanned<TemplateText>,
        /// The path in the request's JSON body that sends it, instead of a parameter.
        optional cursor_body_path: Spanned<TemplateText>,
        /// The page cursor of the first request; omitted by default.
        optional initial_cursor: Spanned<TemplateText>,
        /// The query parameters that only the first page is requested with: a list of their names, or `all`.
        optional first_page_params: Spanned<FirstPageParams>,
    }
}

mapping! {
    /// The page size, where a paginator can do without.
    pub struct SentLimit is "a paginator" {
        /// The page size; by default the server's, as none is sent.
        optional limit: Spanned<OrTemplate<u64>>,
        /// The query parameter that sends the limit; by default `limit`.
        optional limit_param: Spanned<TemplateText>,
        /// The path in the request's JSON body that sends it, instead of a parameter.
        optional limit_body_path: Spanned<TemplateText>,
    }
}

/// Which query parameters only the first page is requested with.
#[derive(Debug, Clone)]
pub enum FirstPageParams {
    /// All but those of the paginator.
    All,
    /// Those of these names.
    Named(Vec<Spanned<TemplateText>>),
}

impl Parse for FirstPageParams {
    fn parse(node: &Node, diagnostics: &mut Diagnostics) -> Option<Self> {
        match &node.value {
            Value::Scalar(scalar) if scalar.text == "all" => Some(FirstPageParams::All),
            Value::Sequence(_) => Vec::parse(node, diagnostics).map(FirstPageParams::Named),
            _ => wrong_type(node, "a list of names or `all`", diagnostics),
        }
    }

    fn shape() -> Shape {
        Shape::Either(vec![
            Shape::Words(vec![("all", "All but those of the paginator.")]),
            Shape::List(Box::new(TemplateText::shape())),
        ])
    }
}

mapping! {
    /// The response's body holds the next address.
    pub struct JsonLinkPaginator is "a `json_link` paginator" {
        /// Where it is; by default `next`.
        optional next_url_path: Spanned<String>,
        /// The path of the address in the response that a relative one is appended to; by default it is
        /// relative to the address that answered.
        optional base_path: Spanned<String>,
        /// Whether the next run begins with the last link, `true`, or where a response has the one that it
        /// begins with: `"['@odata.deltaLink']"`.
        optional keep: Spanned<Keep>,
        /// The path of the total number of records, which must have been fetched at the end; by default
        /// detected in the first response, none if `null`.
        nullable total_path: Option<Spanned<String>>,
    } with {
        ends: Ends,
    }
}

mapping! {
    /// The response's `Link` header holds the next address.
    pub struct HeaderLinkPaginator is "a `header_link` paginator" {
        /// The relation that it has; by default `next`.
        optional links_next_key: Spanned<TemplateText>,
        /// The header's name; by default `Link`. Another one may also hold nothing but the address.
        optional links_header: Spanned<TemplateText>,
        /// Parameters that the link must have to be followed, as in `results: "true"`.
        optional link_params: Map<Spanned<LooseText>>,
        /// The path of the address in the response's body that a relative one is appended to; by default it
        /// is relative to the address that answered.
        optional base_path: Spanned<String>,
        /// Whether the next run begins with the last link, `true`, or where a response has the one that it
        /// begins with: `"['@odata.deltaLink']"`.
        optional keep: Spanned<Keep>,
        /// The path of the total number of records, which must have been fetched at the end; by default
        /// detected in the first response, none if `null`.
        nullable total_path: Option<Spanned<String>>,
    } with {
        ends: Ends,
    }
}

mapping! {
    /// A header of the response holds a page cursor.
    pub struct HeaderCursorPaginator is "a `header_cursor` paginator" {
        /// The header's name; by default `next`.
        optional cursor_key: Spanned<TemplateText>,
        /// Whether the next run begins with the last page cursor, `true`, or where a response has the one that it
        /// begins with: `"['@odata.deltaLink']"`.
        optional keep: Spanned<Keep>,
        /// The path of the total number of records, which must have been fetched at the end; by default
        /// detected in the first response, none if `null`.
        nullable total_path: Option<Spanned<String>>,
    } with {
        sent: SentCursor,
        limit: SentLimit,
        ends: Ends,
    }
}

mapping! {
    /// The response's body holds a page cursor, which the next request sends back.
    pub struct CursorPaginator is "a `cursor` paginator" {
        /// Where the page cursor is in a response; by default `cursors.next`.
        optional cursor_path: Spanned<String>,
        /// Where the members of a page cursor are that is made of several, by their names. Each is sent as the
        /// query parameter of its name.
        optional cursor_paths: Spanned<Map<Spanned<String>>>,
        /// Whether the next run begins with the last page cursor, `true`, or where a response has the one that it
        /// begins with: `"['@odata.deltaLink']"`.
        optional keep: Spanned<Keep>,
        /// The path of the total number of records, which must have been fetched at the end; by default
        /// detected in the first response, none if `null`.
        nullable total_path: Option<Spanned<String>>,
    } with {
        sent: SentCursor,
        limit: SentLimit,
        ends: Ends,
    }
}

mapping! {
    /// The next request skips the fetched records.
    pub struct OffsetPaginator is "an `offset` paginator" {
        /// The page size.
        required limit: Spanned<OrTemplate<u64>>,
        /// How many records the first request skips; by default none.
        optional offset: Spanned<OrTemplate<u64>>,
        /// The query parameter that sends the offset; by default `offset`.
        optional offset_param: Spanned<TemplateText>,
        /// The path in the request's JSON body that sends it, instead of a parameter.
        optional offset_body_path: Spanned<TemplateText>,
        /// The query parameter that sends the limit; by default `limit`.
        optional limit_param: Spanned<TemplateText>,
        /// The path in the request's JSON body that sends it, instead of a parameter.
        optional limit_body_path: Spanned<TemplateText>,
        /// The path of the total number of records; by default `total`, none if `null`.
        nullable total_path: Option<Spanned<String>>,
        /// No request skips this many records or more.
        optional maximum_offset: Spanned<OrTemplate<u64>>,
        /// By how much the offset grows from page to page: 1 where it counts pages. By default by the records
        /// that have come.
        optional offset_step: Spanned<OrTemplate<u64>>,
    } with {
        ends: Ends,
    }
}

mapping! {
    /// The next request names the next page by its number.
    pub struct PageNumberPaginator is "a `page_number` paginator" {
        /// The number of the API's first page; by default 0.
        optional base_page: Spanned<OrTemplate<u64>>,
        /// The number of the page that the first request names; by default `base_page`.
        optional page: Spanned<OrTemplate<u64>>,
        /// The query parameter that sends the number; by default `page`.
        optional page_param: Spanned<TemplateText>,
        /// The path in the request's JSON body that sends it, instead of a parameter.
        optional page_body_path: Spanned<TemplateText>,
        /// The path of the total number of pages; by default `total`, none if `null`.
        nullable total_path: Option<Spanned<String>>,
        /// No request names a page of this number or above.
        optional maximum_page: Spanned<OrTemplate<u64>>,
    } with {
        limit: SentLimit,
        ends: Ends,
    }
}
