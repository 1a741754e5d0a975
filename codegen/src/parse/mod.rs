//! From nodes to values: the machinery with which the language in [`config`](crate::config) is
//! written down. It reports mistakes and continues, so that one pass finds all of them.

mod mapping;
mod misplaced;
mod placeholder;
mod reader;
mod scalar;
mod union;
mod word;

pub use self::scalar::{
    DistanceText, Length, LooseText, OneOrMany, OrTemplate, Prose, TemplateText,
};
pub(crate) use self::{
    mapping::{mapping, name_of},
    placeholder::{dlt_member, find_placeholder, shell_variable},
    reader::Reader,
    scalar::refuse_placeholder,
    union::{kind_of, known_kind, union},
    word::{known_value, known_word, parse_words},
};
pub use crate::shape::{Key, Kind, MappingShape, Shape, UnionShape};
use crate::{
    diagnostic::{Code, Diagnostic, Diagnostics},
    source::{Span, Spanned},
    yaml::{Node, Value},
};

/// A value that can be read from a node.
pub trait Parse: Sized {
    /// Reads it. Mistakes go to `diagnostics`; `None` if nothing usable is left.
    fn parse(node: &Node, diagnostics: &mut Diagnostics) -> Option<Self>;

    /// What it looks like.
    fn shape() -> Shape;
}

/// The state of a key: an invalid one must not be reported as missing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Setting<T> {
    /// The key is missing, or is `null`.
    #[default]
    Absent,
    /// Its value is wrong, which has been reported.
    Invalid,
    /// Its value.
    Given(T),
}

impl<T> Setting<T> {
    /// The value, if there is a right one.
    pub fn get(&self) -> Option<&T> {
        match self {
            Setting::Given(value) => Some(value),
            Setting::Absent | Setting::Invalid => None,
        }
    }

    /// Whether the key is missing.
    pub fn is_absent(&self) -> bool {
        matches!(self, Setting::Absent)
    }
}

impl<T> From<Option<T>> for Setting<T> {
    fn from(parsed: Option<T>) -> Self {
        parsed.map_or(Setting::Invalid, Setting::Given)
    }
}

impl<T: Parse> Parse for Spanned<T> {
    fn parse(node: &Node, diagnostics: &mut Diagnostics) -> Option<Self> {
        T::parse(node, diagnostics).map(|value| Spanned { value, span: node.span })
    }

    fn shape() -> Shape {
        T::shape()
    }
}

impl<T: Parse> Parse for Vec<T> {
    fn parse(node: &Node, diagnostics: &mut Diagnostics) -> Option<Self> {
        match &node.value {
            Value::Sequence(items) => {
                let parsed = items.iter().map(|item| T::parse(item, diagnostics));
                // Every item is read before the first bad one spoils the list.
                parsed.collect::<Vec<_>>().into_iter().collect()
            }
            _ => wrong_type(node, "a list", diagnostics),
        }
    }

    fn shape() -> Shape {
        Shape::List(Box::new(T::shape()))
    }
}

/// A mapping whose keys are free: headers, parameters, columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Map<T> {
    /// The entries, in the file's order.
    pub entries: Vec<(Spanned<String>, T)>,
}

impl<T> Default for Map<T> {
    fn default() -> Self {
        Map { entries: Vec::new() }
    }
}

impl<T: Parse> Parse for Map<T> {
    fn parse(node: &Node, diagnostics: &mut Diagnostics) -> Option<Self> {
        let Value::Mapping(mapping) = &node.value else {
            return wrong_type(node, "a mapping", diagnostics);
        };
        let entries = mapping.entries.iter().filter_map(|entry| {
            let key = Spanned { value: entry.key.clone(), span: entry.key_span };
            T::parse(&entry.value, diagnostics).map(|value| (key, value))
        });
        Some(Map { entries: entries.collect() })
    }

    fn shape() -> Shape {
        Shape::Map(Box::new(T::shape()))
    }
}

/// Reports that a node is not what is expected there, or that nothing fills the placeholder that it is.
pub(crate) fn wrong_type<T>(
    node: &Node,
    expected: &str,
    diagnostics: &mut Diagnostics,
) -> Option<T> {
    if let Value::Scalar(scalar) = &node.value
        && refuse_placeholder(&scalar.text, node.span, diagnostics)
    {
        return None;
    }
    let message = format!("expected {expected}, found {}", node.describe());
    diagnostics.push(Diagnostic::error(Code::WrongType, node.span, message));
    None
}

/// Reports a missing required key.
pub(crate) fn missing_key(key: &str, what: &str, span: Span, diagnostics: &mut Diagnostics) {
    let message = format!("{what} needs the key `{key}`");
    diagnostics.push(Diagnostic::error(Code::MissingKey, span, message));
}

impl<T: Parse> Parse for Option<T> {
    fn parse(node: &Node, diagnostics: &mut Diagnostics) -> Option<Self> {
        if node.is_null() { Some(None) } else { T::parse(node, diagnostics).map(Some) }
    }

    fn shape() -> Shape {
        Shape::Nullable(Box::new(T::shape()))
    }
}

impl<T: Parse> Parse for Box<T> {
    fn parse(node: &Node, diagnostics: &mut Diagnostics) -> Option<Self> {
        T::parse(node, diagnostics).map(Box::new)
    }

    fn shape() -> Shape {
        T::shape()
    }
}
