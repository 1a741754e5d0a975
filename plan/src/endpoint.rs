//! What serves a resource.

use crate::{
    Auth, Incremental, List, Paginator, Part, ResponseAction, Selector, Str, Template, code::plan,
    words,
};

plan! {
    /// Method, path and parameters that serve a resource, and how they are paged.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Endpoint or DEFAULT {
        /// How it is asked.
        pub method: Method,
        /// The path below the base URL. What fills its gaps is percent-encoded.
        pub path: Template,
        /// Query parameters of every request, in the file's order.
        pub params: List<Param>,
        /// Headers of every request beside the source's.
        pub headers: List<(Template, Template)>,
        /// The body of every request.
        pub body: Option<Body>,
        /// How requests are authenticated, instead of the source's authentication.
        pub auth: Option<Auth>,
        /// Where the records are in a response. `None`: detected from the first response.
        pub data_selector: Option<Selector>,
        /// Whether a response that the data selector matches nothing in is an error. If not, a list that
        /// is left out has no records.
        pub data_selector_required: bool,
        /// How the next request is made.
        pub paginator: Paginator,
        /// Which of these two follow from the path alone.
        pub inferred: Inferred,
        /// How to handle specific responses; the first match wins.
        pub response_actions: List<ResponseAction>,
        /// Fetching only what is new.
        pub incremental: Option<Incremental>,
    }
}

impl Endpoint {
    /// A GET request to the base URL itself; paginator and records are detected.
    pub const DEFAULT: Endpoint = Endpoint {
        method: Method::Get,
        path: Template(List::Borrowed(&[])),
        params: List::Borrowed(&[]),
        headers: List::Borrowed(&[]),
        body: None,
        auth: None,
        data_selector: None,
        data_selector_required: true,
        paginator: Paginator::Auto,
        inferred: Inferred { data_selector: false, paginator: false },
        response_actions: List::Borrowed(&[]),
        incremental: None,
    };

    /// A GET endpoint with default settings.
    pub const fn new(
        path: &'static [Part],
        data_selector: Option<Selector>,
        paginator: Paginator,
    ) -> Endpoint {
        let path = Template(List::Borrowed(path));
        Endpoint { path, data_selector, paginator, ..Endpoint::DEFAULT }
    }
}

plan! {
    /// What the file does not say of an endpoint whose path ends in a placeholder: it is taken for one
    /// record, unless its first response shows something else.
    #[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
    pub struct Inferred {
        /// That the record is the response itself.
        pub data_selector: bool,
        /// That there is one page.
        pub paginator: bool,
    }
}

words! {
    /// How an endpoint is asked.
    pub enum Method {
        /// GET.
        "GET" => Get,
        /// POST, for APIs that take a query in a body.
        "POST" => Post,
    }
}

plan! {
    /// A query parameter. One that comes several times is sent several times.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Param {
        /// Its name.
        pub name: Template,
        /// Its value.
        pub value: Template,
    }
}

plan! {
    /// The body of a request.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub enum Body {
        /// JSON.
        Json(JsonTemplate),
        /// A form (`application/x-www-form-urlencoded`).
        Form(List<(Template, Template)>),
        /// Text, without a content type.
        Text(Template),
    }
}

plan! {
    /// JSON with gaps in it.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub enum JsonTemplate {
        /// A value that is sent as it is, as JSON text: `true`, `1.50`.
        Literal(Str),
        /// Text. If it is one gap and nothing else, what fills the gap keeps its type.
        Text(Template),
        /// A list.
        List(List<JsonTemplate>),
        /// An object.
        Object(List<(Template, JsonTemplate)>),
    }
}
