//! An endpoint: method, path and parameters that serve a resource, and how they are paged.

use crate::{
    parse::{LooseText, Map, OneOrMany, mapping, union},
    source::Spanned,
};

mapping! {
    /// What serves a resource.
    pub struct Endpoint is "an endpoint" {
        /// The path below the base URL; by default the resource's name.
        optional path: Spanned<String>,
        /// Query parameters of every request.
        optional params: Map<Option<OneOrMany<LooseText>>>,
        /// Where the records are in a response.
        optional data_selector: Spanned<String>,
        /// How the next request is made.
        optional paginator: Paginator,
    }
}

union! {
    /// How the next request is made.
    pub enum Paginator is "a paginator" {
        /// There is no next request.
        "single_page" => SinglePage(SinglePage),
        /// The response holds a page cursor, which the next request sends back.
        "cursor" => Cursor(CursorPaginator),
    }
}

mapping! {
    /// One request, one page.
    pub struct SinglePage is "`single_page`" {
    }
}

mapping! {
    /// The response holds a page cursor, which the next request sends back.
    pub struct CursorPaginator is "a `cursor` paginator" {
        /// Where the page cursor is in a response.
        optional cursor_path: Spanned<String>,
        /// The query parameter that sends it.
        optional cursor_param: Spanned<String>,
        /// How many records a page shall have.
        optional limit: Spanned<u64>,
        /// The query parameter that sends the limit.
        optional limit_param: Spanned<String>,
    }
}
