//! Expressions of Jinja.

use crate::document::Value;

/// An expression.
#[derive(Debug, Clone, PartialEq)]
pub(in super::super) enum Expr {
    /// A literal.
    Const(Value),
    /// A name and the way from it: `config['credentials'].token`, also by `.get(…)`.
    Path(String, Vec<Step>),
    /// A list.
    List(Vec<Expr>),
    /// An object.
    Map(Vec<(Expr, Expr)>),
    /// `not a`.
    Not(Box<Expr>),
    /// `-a`.
    Negative(Box<Expr>),
    /// `a and b`, `a == b`, `a + b` …
    Binary(Operator, Box<Expr>, Box<Expr>),
    /// `a if condition else b`: condition, `a`, `b`.
    If(Box<Expr>, Box<Expr>, Box<Expr>),
    /// `a is name`, or by `is not` its contrary.
    Is(Box<Expr>, String, bool),
    /// A call of a function, or of a filter or method with what is before it as the first argument.
    Call(String, Vec<Expr>),
    /// A member of something that is no path: `f(x)[0]`.
    Member(Box<Expr>, Box<Expr>),
    /// A part of a list or text, `a[:10]`.
    Slice(Box<Expr>, Option<Box<Expr>>, Option<Box<Expr>>),
}

/// One step of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) enum Step {
    /// A member.
    Key(String),
    /// An element, from the end if it is negative.
    At(i64),
}

/// What connects two expressions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Operator {
    /// `or`.
    Or,
    /// `and`.
    And,
    /// `==`.
    Equal,
    /// `!=`.
    Unequal,
    /// `<`.
    Less,
    /// `<=`.
    AtMost,
    /// `>`.
    More,
    /// `>=`.
    AtLeast,
    /// `in`.
    In,
    /// `+`.
    Add,
    /// `-`.
    Subtract,
    /// `*`.
    Multiply,
    /// `/`, `//`, `%`, `**`.
    OtherArithmetic,
    /// `~`, and text beside an expression.
    Join,
}

impl Expr {
    /// A literal text.
    pub(in super::super) fn text(&self) -> Option<&str> {
        match self {
            Expr::Const(value) => value.text(),
            _ => None,
        }
    }

    /// The path below a name of these.
    pub(in super::super) fn path_of(&self, roots: &[&str]) -> Option<&[Step]> {
        match self {
            Expr::Path(root, steps) if roots.contains(&root.as_str()) => Some(steps),
            _ => None,
        }
    }

    /// The keys below a name of these.
    pub(in super::super) fn keys_of(&self, roots: &[&str]) -> Option<Vec<&str>> {
        let steps = self.path_of(roots)?.iter();
        steps
            .map(|step| match step {
                Step::Key(key) => Some(key.as_str()),
                Step::At(_) => None,
            })
            .collect()
    }

    /// Whether a name of these is anywhere in it.
    pub(in super::super) fn mentions(&self, roots: &[&str]) -> bool {
        let any = |items: &[Expr]| items.iter().any(|item| item.mentions(roots));
        match self {
            Expr::Const(_) => false,
            Expr::Path(root, _) => roots.contains(&root.as_str()),
            Expr::List(items) | Expr::Call(_, items) => any(items),
            Expr::Map(members) => {
                members.iter().any(|(key, value)| key.mentions(roots) || value.mentions(roots))
            }
            Expr::Not(a) | Expr::Negative(a) | Expr::Is(a, ..) => a.mentions(roots),
            Expr::Binary(_, a, b) | Expr::Member(a, b) => a.mentions(roots) || b.mentions(roots),
            Expr::If(a, b, c) => [a, b, c].iter().any(|part| part.mentions(roots)),
            Expr::Slice(a, from, to) => {
                a.mentions(roots) || [from, to].into_iter().flatten().any(|of| of.mentions(roots))
            }
        }
    }
}
