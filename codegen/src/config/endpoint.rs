//! An endpoint: method, path and parameters that serve a resource, and how they are paged.

use rest_source_plan::Method;

use super::{
    Auth, Incremental, ObjectNode, Paginator, RawNode, RecordColumnsPath, ResponseAction,
    ResponseFormat,
};
use crate::{
    diagnostic::{Code, Diagnostic, Diagnostics, closest},
    parse::{Kind, LooseText, Map, Parse, Reader, Shape, TemplateText, UnionShape, mapping},
    source::Spanned,
    yaml::{Node, Value},
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
        /// How requests are authenticated, instead of the client's `auth`.
        optional auth: Auth,
        /// What the body of a response is; by default JSON.
        optional response_format: Spanned<ResponseFormat>,
        /// Where the records are in a response.
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
        /// How the next request is made.
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

/// A query parameter.
#[derive(Debug, Clone)]
pub enum Param {
    /// It is not sent.
    Unsent,
    /// It is sent once for each value.
    Values(Vec<Spanned<LooseText>>),
    /// dlt's older form of `endpoint.incremental`.
    Incremental(Box<Incremental>),
    /// dlt's older form of `{resources.name.field}`.
    Resolve(Resolve),
}

mapping! {
    /// A value of the parent's record.
    pub struct Resolve is "a `resolve` parameter" {
        /// The parent.
        required resource: Spanned<String>,
        /// The field of its record.
        required field: Spanned<String>,
    }
}

impl Parse for Param {
    fn parse(node: &Node, diagnostics: &mut Diagnostics) -> Option<Self> {
        match &node.value {
            Value::Scalar(_) if node.is_null() => Some(Param::Unsent),
            Value::Scalar(_) => {
                Spanned::parse(node, diagnostics).map(|one| Param::Values(vec![one]))
            }
            Value::Sequence(_) => Vec::parse(node, diagnostics).map(Param::Values),
            Value::Mapping(mapping) => {
                let kind = mapping.get("type");
                let word = kind.and_then(|entry| match &entry.value.value {
                    Value::Scalar(scalar) => Some(scalar.text.as_str()),
                    _ => None,
                });
                let mut reader = Reader::begin(node, "a parameter", "Param", diagnostics)?;
                reader.ignore("type");
                let param = match word {
                    Some("incremental") => {
                        reader.what = Incremental::WHAT;
                        Param::Incremental(Box::new(Incremental::read(&mut reader)))
                    }
                    Some("resolve") => {
                        reader.what = Resolve::WHAT;
                        Param::Resolve(Resolve::read(&mut reader))
                    }
                    _ => {
                        let message = "a parameter has a value, and no keys";
                        let at = kind.map_or(node, |entry| &entry.value);
                        diagnostics
                            .push(Diagnostic::error(Code::WrongType, at.span, message).help(
                            "write text, a number or a list of them; only `type: incremental` and \
                             `type: resolve` have keys beside them",
                        ));
                        return None;
                    }
                };
                reader.finish();
                Some(param)
            }
        }
    }

    fn shape() -> Shape {
        Shape::Nullable(Box::new(Shape::Either(vec![
            Shape::Scalar,
            Shape::List(Box::new(Shape::Scalar)),
            Shape::Union(UnionShape {
                name: "Param",
                what: "a parameter",
                doc: "An older form of a placeholder.",
                kinds: || {
                    let mut keys = Incremental::keys();
                    keys.retain(|key| !key.name.starts_with("end_"));
                    let doc = "The bound of the last run.";
                    let incremental = Kind { word: "incremental", doc, keys };
                    let resolve = Kind {
                        word: "resolve",
                        doc: "A field of the parent's record.",
                        keys: Resolve::keys(),
                    };
                    vec![incremental, resolve]
                },
                default: None,
            }),
        ])))
    }
}
