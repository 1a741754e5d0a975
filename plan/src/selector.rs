//! Paths into a JSON document, and the filters in them.

use std::fmt;

use crate::{Code, Link, List, Str, code, code::plan};

plan! {
    /// A path into a JSON document. It shows itself as the file says it.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub enum Selector {
        /// Members of objects, one inside the other: `meta.cursors.after`. None is the document itself.
        Keys(List<Str>),
        /// Any other path, which may select several places.
        JsonPath(JsonPath),
    }
}

plan! {
    /// Any other path than keys, which may select several places.
    #[derive(Clone, PartialEq, Eq)]
    pub struct JsonPath or DEFAULT {
        /// As the file says it: `groups[*].items`.
        pub text: Str = Str::Borrowed("$"),
        /// What it means, in the terms of RFC 9535.
        pub segments: List<Segment> = List::Borrowed(&[]),
    }
}

impl Selector {
    /// The document itself.
    pub const ROOT: Selector = Selector::Keys(List::Borrowed(&[]));

    /// Whether it selects one value at most: RFC 9535 calls it a singular query.
    pub fn is_single(&self) -> bool {
        match self {
            Selector::Keys(_) => true,
            Selector::JsonPath(JsonPath { segments, .. }) => segments.iter().all(|segment| {
                matches!(segment, Segment::Children(choices) if matches!(&**choices, [Choice::One(_)]))
            }),
        }
    }

    /// The name of the member that it begins with.
    pub fn first_key(&self) -> Option<&str> {
        match self {
            Selector::Keys(keys) => keys.first().map(|key| &**key),
            Selector::JsonPath(JsonPath { segments, .. }) => match segments.first()? {
                Segment::Children(choices) => match &**choices {
                    [Choice::One(Step::Name(key))] => Some(key),
                    _ => None,
                },
                Segment::Descendants(_) => None,
            },
        }
    }
}

impl fmt::Display for Selector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Selector::JsonPath(JsonPath { text, .. }) => f.write_str(text),
            Selector::Keys(keys) if keys.is_empty() => f.write_str("$"),
            Selector::Keys(keys) => f.write_str(&keys.join(".")),
        }
    }
}

plan! {
    /// How a JSONPath continues from the values that it has reached. What several choices select
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
        Slice(Slice),
        /// All of them: `[*]`.
        Wildcard,
        /// Those for which this holds: `[?@.open]`.
        Filter(Filter),
    }
}

plan! {
    /// Elements of a list: `[1:3]`, `[::-1]`.
    #[derive(Clone, PartialEq, Eq)]
    pub struct Slice or DEFAULT {
        /// The first one; below zero it is counted from the end. `None` is where the list begins, in
        /// the direction of `step`.
        pub start: Option<i64> = None,
        /// The one before which it ends, in the same way.
        pub end: Option<i64> = None,
        /// How far it is from one to the next. Zero selects nothing.
        pub step: i64 = 1,
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

plan! {
    /// What may hold for a value.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub enum Filter {
        /// `a && b`
        All(List<Filter>),
        /// `a || b`
        Any(List<Filter>),
        /// `!a`
        Not(Link<Filter>),
        /// `@.kind`: that the query selects something.
        Exists(Query),
        /// `@.amount > 100`: how two values compare. Nothing is equal to nothing and to no value.
        Compare(Compare),
    }
}

plan! {
    /// `@.amount > 100`: how two values compare. Nothing is equal to nothing and to no value.
    #[derive(Clone, PartialEq, Eq)]
    pub struct Compare or DEFAULT {
        /// The first value.
        pub left: Operand = Operand::Literal(Literal::Null),
        /// How it compares.
        pub comparison: Comparison = Comparison::Equal,
        /// The second value.
        pub right: Operand = Operand::Literal(Literal::Null),
    }
}

plan! {
    /// A query within a filter: `@.kind`, `$.kinds[*]`.
    #[derive(Clone, PartialEq, Eq)]
    pub struct Query or DEFAULT {
        /// Where it begins.
        pub from: Node = Node::Current,
        /// The way from there.
        pub segments: List<Segment> = List::Borrowed(&[]),
    }
}

plan! {
    /// Where a query within a filter begins.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub enum Node {
        /// `@`: at the value that the filter is about.
        Current,
        /// `$`: at the document itself.
        Root,
    }
}

plan! {
    /// One side of a comparison.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub enum Operand {
        /// A constant.
        Literal(Literal),
        /// `@.kind`, `value(@..kind)`: the value that the query selects; nothing if it selects several.
        Value(Query),
        /// `length(@.name)`: the number of characters, elements or members of that value; nothing if it
        /// is of another kind.
        Length(Query),
        /// `count(@.tags[*])`: the number of values that the query selects.
        Count(Query),
    }
}

plan! {
    /// How two values compare.
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
}

plan! {
    /// A constant of a comparison. Numbers are compared as numbers, and texts character by character;
    /// values of different kinds are never equal, and none is less than the other.
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
}

impl Filter {
    /// Whether it looks at the whole document, by `$`.
    pub fn looks_at_root(&self) -> bool {
        let in_segment = |segment: &Segment| {
            let (Segment::Children(choices) | Segment::Descendants(choices)) = segment;
            choices.iter().any(|choice| match choice {
                Choice::Filter(filter) => filter.looks_at_root(),
                Choice::One(_) | Choice::Slice(_) | Choice::Wildcard => false,
            })
        };
        let mut looks = false;
        self.each_query(&mut |query| {
            looks |= match query.from {
                Node::Root => true,
                Node::Current => query.segments.iter().any(in_segment),
            };
        });
        looks
    }

    /// Calls `visit` for each value that it looks at, without those of filters within.
    pub fn each_query<'a>(&'a self, visit: &mut dyn FnMut(&'a Query)) {
        match self {
            Filter::All(filters) | Filter::Any(filters) => {
                filters.iter().for_each(|filter| filter.each_query(visit));
            }
            Filter::Not(filter) => filter.each_query(visit),
            Filter::Exists(query) => visit(query),
            Filter::Compare(Compare { left, right, .. }) => {
                for operand in [left, right] {
                    match operand {
                        Operand::Literal(_) => {}
                        Operand::Value(query) | Operand::Length(query) | Operand::Count(query) => {
                            visit(query);
                        }
                    }
                }
            }
        }
    }
}

impl Code for Link<Filter> {
    fn write_code(&self, code: &mut String) {
        code::link(&**self, code);
    }
}
