//! Defaults, and values that a condition chooses.

use super::{Filled, Scope, constant, is_page};
use crate::{
    airbyte::{
        jinja::{Expr, Operator, Step, is_false},
        naming, time,
    },
    description::Node,
    document::Value,
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
        let word = self.word(condition, then, otherwise);
        word.map(Some).ok_or_else(|| "a choice by a condition".to_owned())
    }

    /// One of several constants, by a setting: a setting that is the constant, which the one without any setting
    /// is by default.
    fn word(&mut self, condition: &Expr, then: &Expr, otherwise: &Expr) -> Option<Filled> {
        let key = setting_of(condition)?;
        let (then, otherwise) = (constant_of(then)?, constant_of(otherwise)?);
        let is_address = otherwise.contains("://");
        let (name, description) = match self.needed_by {
            Some("`auth`") if is_address => ("token_url".to_owned(), "The address".to_owned()),
            Some(_) => return None,
            None => (format!("{key}_value"), format!("What is sent by `{key}`")),
        };
        let description = format!("{description}: `{then}` or `{otherwise}`");
        let default = Some(otherwise.as_str()).filter(|text| !text.is_empty());
        let placeholder = self.settings.own(&name, default, &description);
        let reason = format!("in the manifest `{key}` chooses it");
        Some(Filled { reason: Some(reason), ..Filled::text(placeholder) })
    }
}

/// The setting that alone decides whether a condition holds.
fn setting_of(condition: &Expr) -> Option<String> {
    let of = match condition {
        Expr::Not(inner) | Expr::Is(inner, ..) => inner,
        Expr::Binary(Operator::Equal | Operator::Unequal, value, constant)
            if matches!(**constant, Expr::Const(_)) =>
        {
            value
        }
        condition => condition,
    };
    of.keys_of(&["config"])?.last().map(|key| naming::identifier(key))
}

/// A text that is known at import; one that is nothing is empty.
fn constant_of(expression: &Expr) -> Option<String> {
    match expression {
        Expr::Const(Value::Null) => Some(String::new()),
        Expr::Const(value) => value.scalar(),
        _ => None,
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
