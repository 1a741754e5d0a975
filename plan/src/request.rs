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

impl Body {
    /// Visits every template of it.
    pub fn each_template<'a>(&'a self, visit: &mut dyn FnMut(&'a Template)) {
        match self {
            Body::Json(json) => json.each_template(visit),
            Body::Form(fields) => {
                for (name, value) in fields.iter() {
                    visit(name);
                    visit(value);
                }
            }
            Body::Text(text) => visit(text),
        }
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

impl JsonTemplate {
    /// Visits every template of it, the names of members included.
    pub fn each_template<'a>(&'a self, visit: &mut dyn FnMut(&'a Template)) {
        match self {
            JsonTemplate::Literal(_) => {}
            JsonTemplate::Text(template) => visit(template),
            JsonTemplate::List(items) => items.iter().for_each(|item| item.each_template(visit)),
            JsonTemplate::Object(members) => {
                for (name, value) in members.iter() {
                    visit(name);
                    value.each_template(visit);
                }
            }
        }
    }
}
