//! What of an expression is known at import: parameters, constants, and the branches that they choose.

use super::expression::{Expr, Operator, Step};
use crate::document::Value;

/// An expression in which the parameters are filled in and what is constant is evaluated.
pub(in super::super) fn fold(expression: Expr, parameters: Option<&Value>) -> Expr {
    let all = |items: Vec<Expr>| items.into_iter().map(|item| fold(item, parameters)).collect();
    let one = |item: Box<Expr>| Box::new(fold(*item, parameters));
    match expression {
        Expr::Path(root, steps) => parameter(root, steps, parameters),
        Expr::List(items) => Expr::List(all(items)),
        Expr::Map(members) => {
            let members = members.into_iter();
            let folded =
                members.map(|(key, value)| (fold(key, parameters), fold(value, parameters)));
            Expr::Map(folded.collect())
        }
        Expr::Not(inner) => match fold(*inner, parameters) {
            Expr::Const(value) => Expr::Const(Value::Bool(!is_true(&value))),
            inner => Expr::Not(Box::new(inner)),
        },
        Expr::Negative(inner) => match fold(*inner, parameters) {
            Expr::Const(Value::Number(number)) => {
                let negative = number.strip_prefix('-').map(str::to_owned);
                Expr::Const(Value::Number(negative.unwrap_or_else(|| format!("-{number}"))))
            }
            inner => Expr::Negative(Box::new(inner)),
        },
        Expr::Is(inner, test, is_not) => Expr::Is(one(inner), test, is_not),
        Expr::If(condition, then, otherwise) => match fold(*condition, parameters) {
            Expr::Const(value) => {
                fold(if is_true(&value) { *then } else { *otherwise }, parameters)
            }
            condition => Expr::If(Box::new(condition), one(then), one(otherwise)),
        },
        Expr::Binary(operator, left, right) => {
            binary(operator, fold(*left, parameters), fold(*right, parameters))
        }
        Expr::Call(name, arguments) => call(name, all(arguments)),
        Expr::Member(value, index) => match (fold(*value, parameters), fold(*index, parameters)) {
            (Expr::Path(root, mut steps), Expr::Const(Value::Text(key))) => {
                steps.push(Step::Key(key));
                Expr::Path(root, steps)
            }
            (value, index) => Expr::Member(Box::new(value), Box::new(index)),
        },
        Expr::Slice(value, from, to) => Expr::Slice(one(value), from.map(one), to.map(one)),
        constant @ Expr::Const(_) => constant,
    }
}

/// The value of a parameter; other paths stay what they are.
fn parameter(root: String, steps: Vec<Step>, parameters: Option<&Value>) -> Expr {
    if root != "parameters" && root != "options" {
        return Expr::Path(root, steps);
    }
    let mut found = parameters;
    for step in &steps {
        found = match step {
            Step::Key(key) => found.and_then(|value| value.get(key)),
            Step::At(_) => None,
        };
    }
    match found {
        // A parameter may be a template itself.
        Some(Value::Text(text)) if text.contains("{{") => {
            super::expression(text, None).unwrap_or_else(|_| Expr::Const(Value::Text(text.clone())))
        }
        found => Expr::Const(found.cloned().unwrap_or_default()),
    }
}

fn binary(operator: Operator, left: Expr, right: Expr) -> Expr {
    let (a, b) = match (&left, &right) {
        (Expr::Const(a), Expr::Const(b)) => (a, b),
        // `x or none` is `x`, as are its relatives.
        (Expr::Const(a), _) if operator == Operator::Or => {
            return if is_true(a) { left } else { right };
        }
        (Expr::Const(a), _) if operator == Operator::And => {
            return if is_true(a) { right } else { left };
        }
        (_, Expr::Const(b)) if operator == Operator::Or && !is_true(b) => return left,
        _ => return Expr::Binary(operator, Box::new(left), Box::new(right)),
    };
    let numbers = a.whole().zip(b.whole());
    let value = match operator {
        Operator::Or => Some(if is_true(a) { a.clone() } else { b.clone() }),
        Operator::And => Some(if is_true(a) { b.clone() } else { a.clone() }),
        Operator::Equal => Some(Value::Bool(a == b)),
        Operator::Unequal => Some(Value::Bool(a != b)),
        Operator::Join => {
            let text = |value: &Value| value.scalar().unwrap_or_default();
            Some(Value::Text(text(a) + &text(b)))
        }
        Operator::Add => match (a, b) {
            (Value::Text(a), Value::Text(b)) => Some(Value::Text(format!("{a}{b}"))),
            _ => numbers.and_then(|(a, b)| a.checked_add(b)).map(number),
        },
        Operator::Subtract => numbers.and_then(|(a, b)| a.checked_sub(b)).map(number),
        Operator::Multiply => numbers.and_then(|(a, b)| a.checked_mul(b)).map(number),
        _ => None,
    };
    value.map_or_else(
        || Expr::Binary(operator, Box::new(left.clone()), Box::new(right.clone())),
        Expr::Const,
    )
}

fn number(number: i64) -> Value {
    Value::Number(number.to_string())
}

/// A call: defaults and conversions of constants, and those that change nothing in a request.
fn call(name: String, mut arguments: Vec<Expr>) -> Expr {
    match (name.as_str(), arguments.as_slice()) {
        ("default", [Expr::Const(value), default, ..]) => {
            if *value == Value::Null {
                default.clone()
            } else {
                Expr::Const(value.clone())
            }
        }
        ("string" | "str" | "trim" | "strip" | "safe" | "urlencode", [_]) => arguments.remove(0),
        ("get", [Expr::Path(root, steps), Expr::Const(Value::Text(key))]) => {
            let steps = steps.iter().cloned().chain([Step::Key(key.clone())]);
            Expr::Path(root.clone(), steps.collect())
        }
        (
            "join",
            [Expr::Const(Value::Text(separator)), Expr::List(items)]
            | [Expr::List(items), Expr::Const(Value::Text(separator))],
        ) => joined(separator, items).unwrap_or(Expr::Call(name, arguments)),
        _ => Expr::Call(name, arguments),
    }
}

/// Texts with a separator between them.
fn joined(separator: &str, items: &[Expr]) -> Option<Expr> {
    let join = |a: Expr, b: &Expr| {
        let before = binary(Operator::Join, a, Expr::Const(Value::Text(separator.to_owned())));
        binary(Operator::Join, before, b.clone())
    };
    let (first, rest) = items.split_first()?;
    Some(rest.iter().fold(first.clone(), join))
}

/// Whether an expression is a constant that counts as false.
pub(in super::super) fn is_false(expression: &Expr) -> bool {
    match expression {
        Expr::Const(value) => !is_true(value),
        Expr::List(items) => items.is_empty(),
        Expr::Map(members) => members.is_empty(),
        _ => false,
    }
}

/// What a condition makes of a value.
fn is_true(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(value) => *value,
        Value::Number(number) => number.parse::<f64>() != Ok(0.0),
        Value::Text(text) => !text.is_empty(),
        Value::List(items) => !items.is_empty(),
        Value::Map(members) => !members.is_empty(),
    }
}
