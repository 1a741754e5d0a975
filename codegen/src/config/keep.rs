//! `keep`: what of the pages the next run begins with.

use crate::{
    diagnostic::Diagnostics,
    parse::{Parse, Shape},
    yaml::{Kind, Node, Value},
};

/// What of the pages the next run begins with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Keep {
    /// Nothing.
    Nothing,
    /// The last page cursor or link.
    Last,
    /// What a response has at this path.
    At(String),
}

impl Parse for Keep {
    fn parse(node: &Node, diagnostics: &mut Diagnostics) -> Option<Self> {
        match &node.value {
            Value::Scalar(scalar) if scalar.kind() == Kind::Text => {
                String::parse(node, diagnostics).map(Keep::At)
            }
            _ => bool::parse(node, diagnostics)
                .map(|keeps| if keeps { Keep::Last } else { Keep::Nothing }),
        }
    }

    fn shape() -> Shape {
        Shape::Either(vec![Shape::Bool, Shape::Text])
    }
}
