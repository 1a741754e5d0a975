//! What serves a resource.

use crate::{
    Auth, Body, Configurable, Incremental, List, Method, Paginator, Param, Part, RecordForm,
    ResponseAction, ResponseFormat, Selector, Template, code::plan,
};

plan! {
    /// Method, path and parameters that serve a resource, and how they are paged. By default, it is a GET request to
    /// the base URL itself, and paginator and records are detected.
    #[derive(Clone, PartialEq)]
    pub struct Endpoint or DEFAULT {
        /// How it is asked.
        pub method: Method = Method::Get,
        /// The path below the base URL. What fills its gaps is percent-encoded.
        pub path: Template = Template::EMPTY,
        /// Query parameters of every request, in the file's order.
        pub params: List<Param> = List::Borrowed(&[]),
        /// Headers of every request beside the source's.
        pub headers: List<(Template, Template)> = List::Borrowed(&[]),
        /// The body of every request.
        pub body: Option<Body> = None,
        /// How requests are authenticated, instead of the source's authentication.
        pub auth: Option<Auth> = None,
        /// What the body of a response is. Of all but JSON, the engine makes a JSON document first.
        pub response_format: ResponseFormat = ResponseFormat::DEFAULT,
        /// Where the records are in a response. `None`: detected from the first response.
        pub data_selector: Option<Selector> = None,
        /// Whether a response that the data selector matches nothing in is an error. If not, a list that
        /// is left out has no records.
        pub data_selector_required: bool = true,
        /// How the records are put together and changed before they are typed.
        pub records: RecordForm = RecordForm::DEFAULT,
        /// How the next request is made.
        pub paginator: Paginator = Paginator::Auto,
        /// Which of these two follow from the path alone.
        pub inferred: Inferred = Inferred::DEFAULT,
        /// How to handle specific responses; the first match wins.
        pub response_actions: List<ResponseAction> = List::Borrowed(&[]),
        /// Fetching only what is new.
        pub incremental: Option<Incremental> = None,
    }
}

impl Endpoint {
    /// A GET endpoint with default settings.
    pub const fn new(
        path: &'static [Part],
        data_selector: Option<Selector>,
        paginator: Paginator,
    ) -> Endpoint {
        let path = Template(List::Borrowed(path));
        Endpoint { path, data_selector, paginator, ..Endpoint::DEFAULT }
    }

    /// Visits every template of what is sent, and of the bounds of the range.
    pub fn each_template<'a>(&'a self, visit: &mut dyn FnMut(&'a Template)) {
        visit(&self.path);
        for param in self.params.iter() {
            visit(&param.name);
            visit(&param.value);
        }
        for (name, value) in self.headers.iter() {
            visit(name);
            visit(value);
        }
        if let Some(body) = &self.body {
            body.each_template(visit);
        }
        let bounds = self.incremental.iter().flat_map(|of| [&of.initial_value, &of.end_value]);
        for bound in bounds.flatten() {
            if let Configurable::Template(text) = bound {
                visit(text);
            }
        }
    }

    /// The fields of a parent's record that fill gaps in what is sent, each once, in the order of their
    /// first appearance. They tell the fetches for two records apart.
    pub fn parent_fields(&self) -> Vec<&Selector> {
        let mut fields = Vec::new();
        self.each_template(&mut |template| {
            for part in template.0.iter() {
                if let Part::Parent(field) = part
                    && !fields.contains(&field)
                {
                    fields.push(field);
                }
            }
        });
        fields
    }
}

plan! {
    /// What the file does not say of an endpoint whose path ends in a placeholder: it is taken for one
    /// record, unless its first response shows something else.
    #[derive(Clone, Copy, Default, PartialEq, Eq)]
    pub struct Inferred or DEFAULT {
        /// That the record is the response itself.
        pub data_selector: bool = false,
        /// That there is one page.
        pub paginator: bool = false,
    }
}
