//! Paths into a JSON document.

use std::fmt;

use crate::{Filter, List, Str, code::plan};

plan! {
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
}

impl Selector {
    /// The document itself.
    pub const ROOT: Selector = Selector::Keys(List::Borrowed(&[]));

    /// Whether it selects one value at most: RFC 9535 calls it a singular query.
    pub fn is_single(&self) -> bool {
        match self {
            Selector::Keys(_) => true,
            Selector::JsonPath { segments, .. } => segments.iter().all(|segment| {
                matches!(segment, Segment::Children(choices) if matches!(&**choices, [Choice::One(_)]))
            }),
        }
    }
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

plan! {
    /// What a JSONPath goes on with from the values that it has come to. What several choices select
    /// comes one after the other.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub enum Segment {
        /// `[…]`: to their children.
        Children(List<Choice>),
        /// `..[…]`: to their children, and to those of all that is below them.
        Descendants(List<Choice>),
    }
}

plan! {
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
}

plan! {
    /// A step to one child of a value at most.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub enum Step {
        /// The member of this name; the last one if there are several.
        Name(Str),
        /// The element at this place; below zero it is counted from the end, where `-1` is the last one.
        Index(i64),
    }
}
