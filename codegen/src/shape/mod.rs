//! The shape of values, as declared with the parser: the JSON Schema is made of it, so that editors and
//! the parser accept the same files.

mod block;
mod words;

pub(crate) use self::block::Block;

/// What a value looks like.
#[derive(Debug, Clone)]
pub enum Shape {
    /// Anything.
    Any,
    /// Text.
    Text,
    /// Text with a placeholder.
    Template,
    /// Text, a number or a truth value.
    Scalar,
    /// A whole number, 0 or above.
    Count,
    /// A number.
    Number,
    /// `true` or `false`.
    Bool,
    /// Nothing, or this.
    Nullable(Box<Shape>),
    /// A list of these.
    List(Box<Shape>),
    /// A mapping with free keys and these values.
    Map(Box<Shape>),
    /// One of these.
    Either(Vec<Shape>),
    /// One of a few words, each with what it means.
    Words(Vec<(&'static str, &'static str)>),
    /// A mapping with fixed keys.
    Mapping(MappingShape),
    /// A mapping whose `type` decides which keys it has, or that word alone.
    Union(UnionShape),
}

/// A mapping with fixed keys.
#[derive(Debug, Clone, Copy)]
pub struct MappingShape {
    /// Its name, the same wherever it stands.
    pub name: &'static str,
    /// What messages call it: «a resource».
    pub what: &'static str,
    /// What it is.
    pub doc: &'static str,
    /// Its keys. They are lazy: a column has columns.
    pub keys: fn() -> Vec<Key>,
}

/// A mapping whose `type` decides which keys it has.
#[derive(Debug, Clone, Copy)]
pub struct UnionShape {
    /// Its name, the same wherever it stands.
    pub name: &'static str,
    /// What messages call it: «a resource».
    pub what: &'static str,
    /// What it is.
    pub doc: &'static str,
    /// What `type` may say.
    pub kinds: fn() -> Vec<Kind>,
    /// What it is without `type`.
    pub default: Option<&'static str>,
}

/// A kind of a union.
#[derive(Debug, Clone)]
pub struct Kind {
    /// What `type` says.
    pub word: &'static str,
    /// What it means.
    pub doc: &'static str,
    /// The keys beside `type`.
    pub keys: Vec<Key>,
}

/// A key of a mapping.
#[derive(Debug, Clone)]
pub struct Key {
    /// As it is written.
    pub name: &'static str,
    /// What it means.
    pub doc: &'static str,
    /// Whether it is required.
    pub is_required: bool,
    /// Whether it or another key of which this holds is required.
    pub is_alternative: bool,
    /// Whether it is read and has no effect.
    pub is_ignored: bool,
    /// What its value looks like; `null` is as good as leaving out what is not required.
    pub shape: Shape,
}

impl Shape {
    /// One of the words of an enum.
    pub(crate) fn words<T>(words: &[(&'static str, &'static str, T)]) -> Shape {
        Shape::Words(words.iter().map(|(word, doc, _)| (*word, *doc)).collect())
    }
}

impl Key {
    /// The key that a field of a struct is, with its rule: `required`, `either`, `optional`, `nullable` or
    /// `ignored`.
    pub(crate) fn new(name: &'static str, doc: &'static str, rule: &str, shape: Shape) -> Key {
        Key {
            name,
            doc,
            is_required: rule == "required",
            is_alternative: rule == "either",
            is_ignored: rule == "ignored",
            shape,
        }
    }
}
