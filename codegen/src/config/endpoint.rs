//! An endpoint: method, path and parameters that serve a resource, and how they are paged.

use rest_source_plan::Method;

use super::{
    Authentication, Incremental, ObjectNode, Paginator, Param, RawNode, RecordColumnsPath,
    ResponseAction, ResponseFormat,
};
use crate::{
    diagnostic::{Code, Diagnostic, Diagnostics, closest},
    parse::{LooseText, Map, Parse, Shape, TemplateText, mapping},
    source::Spanned,
    yaml::Node,
};

mapping! {
    /// What serves a resource.
    pub struct Endpoint is "an endpoint" {
        /// The path below the base URL; by default the resource's name.
        optional path: Spanned<TemplateText>,
        /// GET or POST; by default GET.
        optional method: Spanned<Method>,
        /// Query parameters of every request.
        optional params: Map<Spanned<Param>>,
        /// The body of every request, as JSON.
        optional json: Spanned<ObjectNode>,
        /// The body of every request, as a form or as text.
        optional data: Spanned<RawNode>,
        /// Headers of every request, in addition to the client's.
        optional headers: Map<Option<Spanned<LooseText>>>,
        /// How requests are authenticated; by default as the client's `auth` says.
        optional auth: Authentication,
        /// What the body of a response is; by default JSON.
        optional response_format: Spanned<ResponseFormat>,
        /// Where the records are in a response; by default that is detected from the first response.
        optional data_selector: Spanned<String>,
        /// Whether `data_selector` must match in each response; by default true. With false, a
        /// missing list is empty.
        optional data_selector_required: Spanned<bool>,
        /// What the values of records that are lists are called, in their order.
        optional record_columns: Spanned<Vec<Spanned<String>>>,
        /// Where the response has the names of the values, of records that are lists. For lists in
        /// the records, a mapping from their place in a record to that of the names.
        optional record_columns_path: Spanned<RecordColumnsPath>,
        /// Fields that each record gets from what encloses it: names and their paths in the response,
        /// `$key` for the key of a member that `data_selector` selects by `*`.
        optional with: Map<Spanned<String>>,
        /// How the next request is made; by default as the client's `paginator` says.
        optional paginator: Paginator,
        /// How to handle specific responses; the first rule that matches wins.
        optional response_actions: Vec<ResponseAction>,
        /// Fetch only new records.
        optional incremental: Incremental,
    }
}

impl Parse for Method {
    fn parse(node: &Node, diagnostics: &mut Diagnostics) -> Option<Self> {
        let method = String::parse(node, diagnostics)?;
        match method.to_ascii_uppercase().as_str() {
            "GET" => return Some(Method::Get),
            "POST" => return Some(Method::Post),
            _ => {}
        }
        let message = format!("`{method}` is not a method that a source uses");
        let diagnostic = Diagnostic::error(Code::UnknownWord, node.span, message);
        diagnostics.push(match closest(&method, ["GET", "POST"]) {
            Some(meant) => diagnostic.meant(&method, meant),
            None => diagnostic
                .help("accepted here: `GET` or `POST`")
                .note("a source reads and changes nothing: leave out the resources that do"),
        });
        None
    }

    fn shape() -> Shape {
        let get = "The usual one.";
        let post = "For APIs that take a query in a body.";
        Shape::Words(vec![("GET", get), ("POST", post), ("get", get), ("post", post)])
    }
}
