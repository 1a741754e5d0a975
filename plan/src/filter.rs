//! Filters of a JSONPath.

use crate::{Link, List, Segment, Str, code::plan};

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
        Compare {
            /// The first value.
            left: Operand,
            /// How it compares.
            comparison: Comparison,
            /// The second value.
            right: Operand,
        },
    }
}

plan! {
    /// A query within a filter: `@.kind`, `$.kinds[*]`.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Query {
        /// Where it begins.
        pub from: Node,
        /// The way from there.
        pub segments: List<Segment>,
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
