//! Defaults, and values that a condition chooses.

use super::{Filled, Scope, constant, is_page};
use crate::{
    airbyte::{
        jinja::{Expr, Operator, Step, is_false},
        time,
    },
    description::Node,
};

impl Scope<'_> {
    /// A value, and what takes its place where it is missing.
    pub(super) fn defaulted(
        &mut self,
        value: &Expr,
        default: &Expr,
    ) -> Result<Option<Filled>, String> {
        if is_false(default) {
            return self.expression(value);
        }
        let Some(keys) = value.keys_of(&["config"]).filter(|keys| !keys.is_empty()) else {
            let is_known = self.bound(value).is_some() || is_page(value);
            if is_known {
                return self.expression(value);
            }
            return Err("a default of what is no setting".to_owned());
        };
        let default = match (default, time::relative(default)) {
            (_, Some((time, _))) => Node::Text(time),
            (Expr::Const(value), None) => constant(value).map(Filled::node).ok_or("a default")?,
            (other, None) => Node::Text(self.expression(other)?.ok_or("a default")?.text),
        };
        self.settings.set_default(&keys, default);
        self.expression(value)
    }

    /// `then if condition else otherwise`.
    pub(super) fn conditional(
        &mut self,
        condition: &Expr,
        then: &Expr,
        otherwise: &Expr,
    ) -> Result<Option<Filled>, String> {
        // Conditions of which one is that there is no page token yet hold for the first page.
        if let Expr::Binary(Operator::And, a, b) = condition {
            for (of, rest) in [(a, b), (b, a)] {
                if is_first_page(of) || holds_for(of, then) {
                    let inner = self.conditional(rest, then, otherwise)?;
                    let is_first = is_first_page(of);
                    return Ok(inner.map(|filled| Filled {
                        is_first_page_only: filled.is_first_page_only || is_first,
                        ..filled
                    }));
                }
            }
        }
        if is_first_page(condition) && is_false(otherwise) {
            let filled = self.expression(then)?;
            return Ok(filled.map(|filled| Filled { is_first_page_only: true, ..filled }));
        }
        if is_page(condition) && is_false(then) {
            let filled = self.expression(otherwise)?;
            return Ok(filled.map(|filled| Filled { is_first_page_only: true, ..filled }));
        }
        if is_page(condition) && then.mentions(&["next_page_token"]) && is_false(otherwise) {
            return self.expression(then);
        }
        if holds_for(condition, then) {
            return self.defaulted(then, otherwise);
        }
        Err("a choice by a condition".to_owned())
    }
}

/// Whether a condition is that there is no page token.
fn is_first_page(condition: &Expr) -> bool {
    match condition {
        Expr::Not(inner) => is_page(inner),
        Expr::Is(inner, test, is_not) => {
            is_page(inner) && (test == "none" && !is_not || test == "defined" && *is_not)
        }
        _ => false,
    }
}

/// Whether a condition is that what a value is made of is there.
fn holds_for(condition: &Expr, value: &Expr) -> bool {
    let mentioned = match condition {
        Expr::Is(inner, test, is_not) if (test == "none") == *is_not => inner,
        Expr::Binary(Operator::Unequal, inner, nothing) if is_false(nothing) => inner,
        Expr::Binary(Operator::In, key, whole) => {
            let (Some(key), Expr::Path(root, steps)) = (key.text(), &**whole) else {
                return false;
            };
            let steps = steps.iter().cloned().chain([Step::Key(key.to_owned())]);
            let path = Expr::Path(root.clone(), steps.collect());
            return contains(value, &path);
        }
        condition => condition,
    };
    matches!(mentioned, Expr::Path(..)) && contains(value, mentioned)
}

/// Whether one expression is somewhere in another.
fn contains(expression: &Expr, path: &Expr) -> bool {
    expression == path
        || match expression {
            Expr::Call(_, items) | Expr::List(items) => items.iter().any(|of| contains(of, path)),
            Expr::Binary(_, a, b) | Expr::Member(a, b) => contains(a, path) || contains(b, path),
            Expr::Slice(a, ..) | Expr::Not(a) => contains(a, path),
            _ => false,
        }
}
