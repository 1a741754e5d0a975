//! Paths into a JSON document.

use std::fmt;

use crate::{List, Str};

/// A path into a JSON document. It shows itself as the file says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Selector {
    /// Members of objects, one inside the other: `meta.cursors.after`. None is the document itself.
    Keys(List<Str>),
    /// Any other path, which may select several places.
    JsonPath {
        /// As the file says it: `groups[*].items`.
        text: Str,
        /// What it means, in the terms of RFC 9535.
        segments: List<Segment>,
    },
}

impl Selector {
    /// The document itself.
    pub const ROOT: Selector = Selector::Keys(List::Borrowed(&[]));
}

impl fmt::Display for Selector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Selector::JsonPath { text, .. } => f.write_str(text),
            Selector::Keys(keys) if keys.is_empty() => f.write_str("$"),
            Selector::Keys(keys) => f.write_str(&keys.join(".")),
        }
    }
}

/// What a JSONPath goes on with from the values that it has come to. What several choices select
/// comes one after the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Segment {
    /// `[…]`: to their children.
    Children(List<Choice>),
    /// `..[…]`: to their children, and to those of all that is below them.
    Descendants(List<Choice>),
}

/// Which children of a value are selected. The RFC calls this a selector.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// One at most: `['name']` or `[0]`.
    One(Step),
    /// Elements of a list: `[1:3]`, `[::-1]`.
    Slice {
        /// The first one; below zero it is counted from the end. `None` is where the list begins, in
        /// the direction of `step`.
        start: Option<i64>,
        /// The one before which it ends, in the same way.
        end: Option<i64>,
        /// How far it is from one to the next. Zero selects nothing.
        step: i64,
    },
    /// All of them: `[*]`.
    Wildcard,
    /// Those for which this holds: `[?@.open]`.
    Filter(Filter),
}

/// A step to one child of a value at most.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// The member of this name; the last one if there are several.
    Name(Str),
    /// The element at this place; below zero it is counted from the end, where `-1` is the last one.
    Index(i64),
}

/// What may hold for a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Filter {
    /// `a && b`
    All(List<Filter>),
    /// `a || b`
    Any(List<Filter>),
    /// `@.kind`: that there is something at the end of this path.
    Exists(List<Step>),
    /// `@.amount > 100`: how what is at the end of a path compares. Nothing is equal to no literal.
    Compare {
        /// The path from the value.
        path: List<Step>,
        /// How it compares.
        comparison: Comparison,
        /// With what.
        literal: Literal,
    },
}

/// How a value compares with a literal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
}

/// What a value is compared with. Numbers are compared as numbers, and texts character by
/// character; values of different kinds are never equal, and none is less than the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Literal {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number, with the digits that it is written with.
    Number(Str),
    /// A text.
    Text(Str),
}
