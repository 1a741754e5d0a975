//! How the next request is made.

use crate::{Configurable, List, Selector, Str, Template, code::plan};

plan! {
    /// How the next request is made.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub enum Paginator {
        /// Detected from the first response.
        Auto,
        /// There is no next request.
        SinglePage,
        /// The response's body holds the next address.
        JsonLink(JsonLink),
        /// The response's `Link` header holds the next address (RFC 8288).
        HeaderLink(HeaderLink),
        /// A header of the response holds a page cursor.
        HeaderCursor(HeaderCursor),
        /// The response's body holds a page cursor, which the next request sends back.
        Cursor(Cursor),
        /// The next request skips the records that have come.
        Offset(Offset),
        /// The next request names the next page by its number.
        PageNumber(PageNumber),
    }
}

plan! {
    /// The response's body holds the next address.
    #[derive(Clone, PartialEq, Eq)]
    pub struct JsonLink or DEFAULT {
        /// Where it is.
        pub next_url_path: Selector = Selector::ROOT,
        /// Where the response has the address that a relative one is appended to. `None`: it is relative to
        /// the address that answered.
        pub base_path: Option<Selector> = None,
        /// What ends it beside a response without a next address.
        pub end: End = End::NONE,
    }
}

plan! {
    /// The response's `Link` header holds the next address (RFC 8288).
    #[derive(Clone, PartialEq, Eq)]
    pub struct HeaderLink or DEFAULT {
        /// The relation that it has, `next`.
        pub rel: Template = Template::EMPTY,
        /// Another header than `Link`, which may also be nothing but the address.
        pub header: Option<Template> = None,
        /// The parameters that the link must have, `results="true"`, by their names.
        pub link_params: List<(Str, Template)> = List::Borrowed(&[]),
        /// Where the response's body has the address that a relative one is appended to. `None`: it is
        /// relative to the address that answered.
        pub base_path: Option<Selector> = None,
        /// What ends it beside a response without such a link.
        pub end: End = End::NONE,
    }
}

plan! {
    /// A header of the response holds a page cursor.
    #[derive(Clone, PartialEq, Eq)]
    pub struct HeaderCursor or DEFAULT {
        /// The header's name.
        pub header: Template = Template::EMPTY,
        /// The query parameter that sends the page cursor.
        pub cursor_param: Template = Template::EMPTY,
        /// Where else the next request sends it. `None`: by that parameter.
        pub place: Option<Place> = None,
        /// The page cursor of the first request; `None` omits it.
        pub initial_cursor: Option<Template> = None,
        /// The requested page size.
        pub page_size: Option<PageSize> = None,
        /// The parameters of the first page alone.
        pub first_page_params: FirstPageParams = FirstPageParams::None,
        /// What ends it beside a response without that header.
        pub end: End = End::NONE,
    }
}

plan! {
    /// The response's body holds a page cursor, which the next request sends back.
    #[derive(Clone, PartialEq, Eq)]
    pub struct Cursor or DEFAULT {
        /// Where the page cursor is in a response.
        pub cursor_path: Selector = Selector::ROOT,
        /// Where the members of a page cursor are that is made of several, by their names. It is at
        /// `cursor_path` if there are none.
        pub cursor_paths: List<(Str, Selector)> = List::Borrowed(&[]),
        /// Where the next request sends it.
        pub place: Place = Place::Param(Template::EMPTY),
        /// Whether the members of a page cursor that is an object are query parameters, each by its name.
        pub sends_members: bool = false,
        /// The page cursor of the first request; `None` omits it.
        pub initial_cursor: Option<Template> = None,
        /// The requested page size.
        pub page_size: Option<PageSize> = None,
        /// The parameters of the first page alone.
        pub first_page_params: FirstPageParams = FirstPageParams::None,
        /// What ends it beside a response without a page cursor.
        pub end: End = End::NONE,
    }
}

plan! {
    /// The next request skips the records that have come.
    #[derive(Clone, PartialEq, Eq)]
    pub struct Offset or DEFAULT {
        /// How many records the first request skips.
        pub offset: Configurable<u64> = Configurable::Known(0),
        /// Where a request says how many it skips.
        pub place: Place = Place::Param(Template::EMPTY),
        /// The requested page size, sent with every request.
        pub page_size: PageSize = PageSize::DEFAULT,
        /// Where a response says how many records there are in all.
        pub total_path: Option<Selector> = None,
        /// The first offset that is not requested.
        pub maximum_offset: Option<Configurable<u64>> = None,
        /// By how much the offset grows from page to page. `None`: by the records that have come.
        pub offset_step: Option<Configurable<u64>> = None,
        /// The header that has the total, instead of a place in the body.
        pub total_header: Option<Template> = None,
        /// What else ends it.
        pub end: End = End::NONE,
    }
}

plan! {
    /// The next request names the next page by its number.
    #[derive(Clone, PartialEq, Eq)]
    pub struct PageNumber or DEFAULT {
        /// The number of the first page that the server has: 0 or 1.
        pub base_page: Configurable<u64> = Configurable::Known(0),
        /// The number of the first page that is requested.
        pub page: Configurable<u64> = Configurable::Known(0),
        /// Where a request names the page.
        pub place: Place = Place::Param(Template::EMPTY),
        /// Where a response says how many pages there are.
        pub total_path: Option<Selector> = None,
        /// The first page number that is not requested.
        pub maximum_page: Option<Configurable<u64>> = None,
        /// The requested page size.
        pub page_size: Option<PageSize> = None,
        /// The header that has the total, instead of a place in the body.
        pub total_header: Option<Template> = None,
        /// What else ends it.
        pub end: End = End::NONE,
    }
}

impl Paginator {
    /// What ends the pages beside what the paginator itself looks at.
    pub const fn end(&self) -> &End {
        match self {
            Paginator::Auto | Paginator::SinglePage => &End::NONE,
            Paginator::JsonLink(JsonLink { end, .. })
            | Paginator::HeaderLink(HeaderLink { end, .. })
            | Paginator::HeaderCursor(HeaderCursor { end, .. })
            | Paginator::Cursor(Cursor { end, .. })
            | Paginator::Offset(Offset { end, .. })
            | Paginator::PageNumber(PageNumber { end, .. }) => end,
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
        /// The texts of the endpoint that name it, `{paginator.offset}`; nowhere if none does.
        Text,
        /// The values of the JSON body that are nothing but its name, so that it may be any JSON.
        Json,
    }
}

plan! {
    /// Which query parameters are those of the first page alone.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub enum FirstPageParams {
        /// None: every request has all of them.
        None,
        /// All but those of the paginator.
        All,
        /// Those of these names.
        Named(List<Template>),
    }
}

plan! {
    /// The requested page size.
    #[derive(Clone, PartialEq, Eq)]
    pub struct PageSize or DEFAULT {
        /// Where a request sends it.
        pub place: Place = Place::Param(Template::EMPTY),
        /// How many records a page shall have.
        pub records: Configurable<u64> = Configurable::Known(0),
    }
}

impl Paginator {
    /// Its word in a description, the value of `type`.
    pub fn name(&self) -> &'static str {
        match self {
            Paginator::Auto => "auto",
            Paginator::SinglePage => "single_page",
            Paginator::JsonLink(_) => "json_link",
            Paginator::HeaderLink(_) => "header_link",
            Paginator::HeaderCursor(_) => "header_cursor",
            Paginator::Cursor(_) => "cursor",
            Paginator::Offset(_) => "offset",
            Paginator::PageNumber(_) => "page_number",
        }
    }
}

plan! {
    /// What ends the pages beside what the paginator itself looks at.
    #[derive(Clone, PartialEq, Eq)]
    pub struct End or NONE {
        /// Whether a page without records is the last one. `None`: with `offset` and `page_number` it is,
        /// unless the response says that there are more.
        pub stop_after_empty_page: Option<bool> = None,
        /// Whether a page with fewer records than requested is the last one. `None`: if the pages of
        /// other parents have shown that.
        pub stop_after_short_page: Option<bool> = None,
        /// How many pages without records, or with the same ones, may come one after the other, if the file says
        /// it.
        pub maximum_empty_pages: Option<Configurable<u64>> = None,
        /// Where a response says that there is a next page.
        pub has_more_path: Option<Selector> = None,
        /// Where a response says that it is the last page.
        pub end_path: Option<Selector> = None,
        /// Where a response says how many records there are, for paginators that count neither records
        /// nor pages: it shows whether all have come.
        pub total: Total = Total::Detected,
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
        /// In this header.
        Header(Template),
    }
}
