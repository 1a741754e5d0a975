//! Scalars: what a key takes decides what a scalar is, never the way it looks alone.

use super::{Parse, Shape, find_placeholder, wrong_type};
use crate::{
    diagnostic::{Code, Diagnostic, Diagnostics},
    source::{Span, Spanned},
    yaml::{Kind, Mapping, Node, Scalar, Value},
};

/// Text that is used literally. Nothing fills placeholders in it, so that it has none; where they
/// are filled there is a [`TemplateText`].
impl Parse for String {
    fn parse(node: &Node, diagnostics: &mut Diagnostics) -> Option<Self> {
        let text = text(node, diagnostics)?;
        (!refuse_placeholder(&text, node.span, diagnostics)).then_some(text)
    }

    fn shape() -> Shape {
        Shape::Text
    }
}

/// Text with placeholders, which the client or a request fills.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateText(pub String);

impl Parse for TemplateText {
    fn parse(node: &Node, diagnostics: &mut Diagnostics) -> Option<Self> {
        text(node, diagnostics).map(TemplateText)
    }

    fn shape() -> Shape {
        Shape::Text
    }
}

/// How long something is, a number and a unit of time, as text with placeholders: `1 day`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Length(pub TemplateText);

impl Parse for Length {
    fn parse(node: &Node, diagnostics: &mut Diagnostics) -> Option<Self> {
        if let Value::Scalar(scalar) = &node.value
            && scalar.kind() == Kind::Number
        {
            let number = &scalar.text;
            let message = format!("`{number}` has no unit of time");
            diagnostics.push(
                Diagnostic::error(Code::WrongType, node.span, message).help(format!(
                    "write one behind it, as in `{number} days` or `{number} hours`"
                )),
            );
            return None;
        }
        TemplateText::parse(node, diagnostics).map(Length)
    }

    fn shape() -> Shape {
        Shape::Text
    }
}

/// How far apart two values of a cursor are: a number in its own unit, or how long something is.
#[derive(Debug, Clone, PartialEq)]
pub enum DistanceText {
    /// A number.
    Number(f64),
    /// A number and a unit of time, or text with placeholders that may become either.
    Length(Length),
}

impl Parse for DistanceText {
    fn parse(node: &Node, diagnostics: &mut Diagnostics) -> Option<Self> {
        match &node.value {
            Value::Scalar(scalar) if scalar.kind() == Kind::Number => {
                f64::parse(node, diagnostics).map(DistanceText::Number)
            }
            _ => Length::parse(node, diagnostics).map(DistanceText::Length),
        }
    }

    fn shape() -> Shape {
        Shape::Either(vec![f64::shape(), Length::shape()])
    }
}

/// Text for people, in which braces mean nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prose(pub String);

impl Parse for Prose {
    fn parse(node: &Node, diagnostics: &mut Diagnostics) -> Option<Self> {
        text(node, diagnostics).map(Prose)
    }

    fn shape() -> Shape {
        Shape::Text
    }
}

/// A value, or text with placeholders that it is read from when they are filled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OrTemplate<T> {
    /// The value.
    Known(T),
    /// The text.
    Template(String),
}

impl<T> OrTemplate<T> {
    /// The value, if the file states it.
    pub fn known(&self) -> Option<&T> {
        match self {
            OrTemplate::Known(value) => Some(value),
            OrTemplate::Template(_) => None,
        }
    }
}

impl<T: Parse> Parse for OrTemplate<T> {
    fn parse(node: &Node, diagnostics: &mut Diagnostics) -> Option<Self> {
        match &node.value {
            Value::Scalar(scalar) if find_placeholder(&scalar.text).is_some() => {
                Some(OrTemplate::Template(scalar.text.clone()))
            }
            Value::Mapping(mapping) if is_placeholder(mapping) => {
                text(node, diagnostics).map(OrTemplate::Template)
            }
            _ => T::parse(node, diagnostics).map(OrTemplate::Known),
        }
    }

    fn shape() -> Shape {
        Shape::Either(vec![T::shape(), Shape::Template])
    }
}

/// Reports a placeholder in literal text.
pub(crate) fn refuse_placeholder(text: &str, span: Span, diagnostics: &mut Diagnostics) -> bool {
    let Some((begin, end)) = find_placeholder(text) else { return false };
    let message = format!("nothing fills `{}` here", &text[begin..end]);
    let span = span.within(text, begin, end);
    diagnostics.push(
        Diagnostic::error(Code::UnknownPlaceholder, span, message)
            .says("this would be used literally")
            .help(
                "placeholders are allowed in addresses, paths, parameters, headers, bodies and \
                 credentials, and `{config.NAME}` in what a paginator or an incremental range \
                 sends",
            ),
    );
    true
}

fn text(node: &Node, diagnostics: &mut Diagnostics) -> Option<String> {
    match &node.value {
        Value::Scalar(scalar) if scalar.kind() == Kind::Text => Some(scalar.text.clone()),
        Value::Scalar(scalar) if scalar.kind() != Kind::Null => {
            let message = format!("expected text, found {}", node.describe());
            diagnostics.push(
                Diagnostic::error(Code::WrongType, node.span, message)
                    .help(format!("put it in quotes: \"{}\"", scalar.text)),
            );
            None
        }
        // `{secrets.token}` without quotes is a mapping in YAML.
        Value::Mapping(mapping) if is_placeholder(mapping) => {
            let placeholder = &mapping.entries[0].key;
            let message = "expected text, found a mapping: braces begin one in YAML";
            diagnostics.push(
                Diagnostic::error(Code::WrongType, node.span, message)
                    .help(format!("put it in quotes: \"{{{placeholder}}}\"")),
            );
            None
        }
        _ => wrong_type(node, "text", diagnostics),
    }
}

fn is_placeholder(mapping: &Mapping) -> bool {
    match mapping.entries.as_slice() {
        [entry] => entry.value.is_null() && entry.key.contains('.'),
        _ => false,
    }
}

impl Parse for bool {
    fn parse(node: &Node, diagnostics: &mut Diagnostics) -> Option<Self> {
        match &node.value {
            Value::Scalar(scalar) => match scalar.kind() {
                Kind::Bool(value) => Some(value),
                _ => wrong_type(node, "`true` or `false`", diagnostics),
            },
            _ => wrong_type(node, "`true` or `false`", diagnostics),
        }
    }

    fn shape() -> Shape {
        Shape::Bool
    }
}

impl Parse for u64 {
    fn parse(node: &Node, diagnostics: &mut Diagnostics) -> Option<Self> {
        let Some(scalar) = number(node) else {
            return wrong_type(node, "a whole number", diagnostics);
        };
        let parsed = scalar.text.parse().ok();
        if parsed.is_none() {
            let message = format!("`{}` is not a whole number, 0 or above", scalar.text);
            diagnostics.push(Diagnostic::error(Code::InvalidNumber, node.span, message));
        }
        parsed
    }

    fn shape() -> Shape {
        Shape::Count
    }
}

impl Parse for f64 {
    fn parse(node: &Node, diagnostics: &mut Diagnostics) -> Option<Self> {
        match number(node).and_then(|scalar| scalar.text.parse().ok()) {
            Some(number) => Some(number),
            None => wrong_type(node, "a number", diagnostics),
        }
    }

    fn shape() -> Shape {
        Shape::Number
    }
}

fn number(node: &Node) -> Option<&Scalar> {
    match &node.value {
        Value::Scalar(scalar) if scalar.kind() == Kind::Number => Some(scalar),
        _ => None,
    }
}

/// Text that may also be written as a number or truth value: `limit: 500`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LooseText(pub String);

impl Parse for LooseText {
    fn parse(node: &Node, diagnostics: &mut Diagnostics) -> Option<Self> {
        match &node.value {
            Value::Scalar(scalar) if scalar.kind() != Kind::Null => {
                Some(LooseText(scalar.text.clone()))
            }
            Value::Mapping(mapping) if is_incremental(mapping) => {
                let message = format!("expected text or a number, found {}", node.describe());
                diagnostics.push(Diagnostic::error(Code::WrongType, node.span, message).help(
                    "`type: incremental` is only for `params`: write \
                     `\"{incremental.start_value}\"` here, and `incremental` beside `path`",
                ));
                None
            }
            _ => wrong_type(node, "text or a number", diagnostics),
        }
    }

    fn shape() -> Shape {
        Shape::Scalar
    }
}

/// Whether a mapping is dlt's older form of an incremental cursor, which only parameters take.
fn is_incremental(mapping: &Mapping) -> bool {
    mapping.get("type").is_some_and(|entry| match &entry.value.value {
        Value::Scalar(scalar) => scalar.text == "incremental",
        _ => false,
    })
}

/// One value, or a list of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OneOrMany<T>(pub Vec<Spanned<T>>);

impl<T: Parse> Parse for OneOrMany<T> {
    fn parse(node: &Node, diagnostics: &mut Diagnostics) -> Option<Self> {
        match &node.value {
            Value::Sequence(_) => Vec::parse(node, diagnostics).map(OneOrMany),
            _ => Spanned::parse(node, diagnostics).map(|one| OneOrMany(vec![one])),
        }
    }

    fn shape() -> Shape {
        Shape::Either(vec![T::shape(), Shape::List(Box::new(T::shape()))])
    }
}
