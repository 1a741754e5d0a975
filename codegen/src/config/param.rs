//! Query parameters.

use super::Incremental;
use crate::{
    diagnostic::{Code, Diagnostic, Diagnostics},
    parse::{Kind, LooseText, Parse, Reader, Shape, UnionShape, mapping},
    source::Spanned,
    yaml::{Node, Value},
};

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
        /// How many records share one request, which then has their values joined: as `{NAME}` in the
        /// path, in headers or in the body, else as a query parameter.
        optional batch: Spanned<u64>,
        /// What is between the values of a batch; by default a comma.
        optional separator: Spanned<String>,
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
