//! How the next request is made.

use crate::{Configurable, List, Selector, Template, code::plan};

plan! {
    /// How the next request is made.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub enum Paginator {
        /// Detected from the first response.
        Auto,
        /// There is no next request.
        SinglePage,
        /// The response's body holds the next address.
        JsonLink {
            /// Where it is.
            next_url_path: Selector,
            /// What ends it beside a response without a next address.
            end: End,
        },
        /// The response's `Link` header holds the next address (RFC 8288).
        HeaderLink {
            /// The relation that it has, `next`.
            rel: Template,
            /// What ends it beside a response without such a link.
            end: End,
        },
        /// A header of the response holds a page cursor.
        HeaderCursor {
            /// The header's name.
            header: Template,
            /// The query parameter that sends the page cursor.
            cursor_param: Template,
            /// What ends it beside a response without that header.
            end: End,
        },
        /// The response's body holds a page cursor, which the next request sends back.
        Cursor {
            /// Where the page cursor is in a response.
            cursor_path: Selector,
            /// Where the next request sends it.
            place: Place,
            /// The page cursor of the first request; `None` omits it.
            initial_cursor: Option<Template>,
            /// The requested page size.
            page_size: Option<PageSize>,
            /// What ends it beside a response without a page cursor.
            end: End,
        },
        /// The next request skips the records that have come.
        Offset {
            /// How many records the first request skips.
            offset: Configurable<u64>,
            /// Where a request says how many it skips.
            place: Place,
            /// The requested page size, sent with every request.
            page_size: PageSize,
            /// Where a response says how many records there are in all.
            total_path: Option<Selector>,
            /// The first offset that is not requested.
            maximum_offset: Option<Configurable<u64>>,
            /// What else ends it.
            end: End,
        },
        /// The next request names the next page by its number.
        PageNumber {
            /// The number of the first page that the server has: 0 or 1.
            base_page: Configurable<u64>,
            /// The number of the first page that is requested.
            page: Configurable<u64>,
            /// Where a request names the page.
            place: Place,
            /// Where a response says how many pages there are.
            total_path: Option<Selector>,
            /// The first page number that is not requested.
            maximum_page: Option<Configurable<u64>>,
            /// What else ends it.
            end: End,
        },
    }
}

impl Paginator {
    /// What ends the pages beside what the paginator itself looks at.
    pub const fn end(&self) -> &End {
        match self {
            Paginator::Auto | Paginator::SinglePage => &End::NONE,
            Paginator::JsonLink { end, .. }
            | Paginator::HeaderLink { end, .. }
            | Paginator::HeaderCursor { end, .. }
            | Paginator::Cursor { end, .. }
            | Paginator::Offset { end, .. }
            | Paginator::PageNumber { end, .. } => end,
        }
    }
}

plan! {
    /// Where a request sends a value of its paginator.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub enum Place {
        /// The query parameter of this name.
        Param(Template),
        /// These keys of the JSON body, one inside the other.
        Body(List<Template>),
    }
}

plan! {
    /// The requested page size.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct PageSize {
        /// Where a request sends it.
        pub place: Place,
        /// How many records a page shall have.
        pub records: Configurable<u64>,
    }
}

impl Paginator {
    /// Its word in a description, the value of `type`.
    pub fn name(&self) -> &'static str {
        match self {
            Paginator::Auto => "auto",
            Paginator::SinglePage => "single_page",
            Paginator::JsonLink { .. } => "json_link",
            Paginator::HeaderLink { .. } => "header_link",
            Paginator::HeaderCursor { .. } => "header_cursor",
            Paginator::Cursor { .. } => "cursor",
            Paginator::Offset { .. } => "offset",
            Paginator::PageNumber { .. } => "page_number",
        }
    }
}

plan! {
    /// What ends the pages beside what the paginator itself looks at.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct End or NONE {
        /// Whether a page without records is the last one. `None`: with `offset` and `page_number` it is,
        /// unless the response says that there are more.
        pub stop_after_empty_page: Option<bool>,
        /// Whether a page with fewer records than requested is the last one. `None`: if the pages of
        /// other parents have shown that.
        pub stop_after_short_page: Option<bool>,
        /// How many pages without records, or with the same ones, may come one after the other, if the file says
        /// it.
        pub maximum_empty_pages: Option<Configurable<u64>>,
        /// Where a response says that there is a next page.
        pub has_more_path: Option<Selector>,
        /// Where a response says that it is the last page.
        pub end_path: Option<Selector>,
        /// Where a response says how many records there are, for paginators that count neither records
        /// nor pages: it shows whether all have come.
        pub total: Total,
    }
}

plan! {
    /// Where a response says how many records there are.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub enum Total {
        /// Where the first response has a number that is called so.
        Detected,
        /// Nowhere: what is called so is something else.
        None,
        /// There.
        At(Selector),
    }
}

impl End {
    /// Nothing else.
    pub const NONE: End = End {
        stop_after_empty_page: None,
        stop_after_short_page: None,
        maximum_empty_pages: None,
        has_more_path: None,
        end_path: None,
        total: Total::Detected,
    };
}
