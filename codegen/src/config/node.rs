//! Values that are taken as they are and read later, when more is known of them.

use crate::{
    diagnostic::Diagnostics,
    parse::{Parse, Shape, refuse_placeholder, wrong_type},
    yaml::{Node, Value},
};

/// A value that is taken as it is: JSON of the user's, or something that is read later.
#[derive(Debug, Clone, PartialEq)]
pub struct RawNode(pub Node);

impl Parse for RawNode {
    fn parse(node: &Node, _: &mut Diagnostics) -> Option<Self> {
        Some(RawNode(node.clone()))
    }

    fn shape() -> Shape {
        Shape::Any
    }
}

/// A mapping that is taken as it is.
#[derive(Debug, Clone, PartialEq)]
pub struct ObjectNode(pub Node);

impl Parse for ObjectNode {
    fn parse(node: &Node, diagnostics: &mut Diagnostics) -> Option<Self> {
        match node.value {
            Value::Mapping(_) => Some(ObjectNode(node.clone())),
            _ => wrong_type(node, "a mapping", diagnostics),
        }
    }

    fn shape() -> Shape {
        Shape::Map(Box::new(Shape::Any))
    }
}

/// Text or a number that is taken as it is: what it is depends on a column's type.
#[derive(Debug, Clone, PartialEq)]
pub struct ScalarNode(pub Node);

impl Parse for ScalarNode {
    fn parse(node: &Node, diagnostics: &mut Diagnostics) -> Option<Self> {
        match node.value {
            Value::Scalar(_) => Some(ScalarNode(node.clone())),
            _ => wrong_type(node, "text or a number", diagnostics),
        }
    }

    fn shape() -> Shape {
        Shape::Scalar
    }
}

/// The same where nothing fills placeholders.
#[derive(Debug, Clone, PartialEq)]
pub struct ConstantNode(pub Node);

impl Parse for ConstantNode {
    fn parse(node: &Node, diagnostics: &mut Diagnostics) -> Option<Self> {
        let ScalarNode(node) = ScalarNode::parse(node, diagnostics)?;
        match &node.value {
            Value::Scalar(scalar) if refuse_placeholder(&scalar.text, node.span, diagnostics) => {
                None
            }
            _ => Some(ConstantNode(node)),
        }
    }

    fn shape() -> Shape {
        Shape::Scalar
    }
}
