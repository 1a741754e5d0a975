//! What a request sends beside its address.

use crate::{List, Str, Template, code::plan, words};

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
    #[derive(Clone, PartialEq, Eq)]
    pub struct Param or DEFAULT {
        /// Its name.
        pub name: Template = Template::EMPTY,
        /// Its value.
        pub value: Template = Template::EMPTY,
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
