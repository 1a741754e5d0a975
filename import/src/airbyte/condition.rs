//! Conditions over records and responses as filters of JSONPath.

use super::{
    jinja::{Expr, Operator, Step},
    naming,
};
use crate::document::Value;

/// The filter in which `root` is `@`; a message if there is none.
pub(super) fn filter(expression: &Expr, root: &str) -> Result<String, String> {
    match expression {
        Expr::Binary(Operator::And, a, b) => {
            Ok(format!("{} && {}", operand(a, root)?, operand(b, root)?))
        }
        Expr::Binary(Operator::Or, a, b) => {
            Ok(format!("{} || {}", operand(a, root)?, operand(b, root)?))
        }
        Expr::Not(inner) => match &**inner {
            Expr::Path(..) => {
                let path = path(inner, root)?;
                Ok(format!("(!{path} || {path} in [null, false, '', 0])"))
            }
            inner => Ok(format!("!({})", filter(inner, root)?)),
        },
        // What Jinja takes for true.
        Expr::Path(..) => {
            let path = path(expression, root)?;
            Ok(format!("({path} && !({path} in [null, false, '', 0]))"))
        }
        Expr::Is(inner, test, is_not) => {
            let path = path(inner, root)?;
            let holds = match test.as_str() {
                "none" => format!("{path} == null"),
                "defined" => path,
                "false" | "true" => format!("{path} == {test}"),
                test => return Err(format!("`is {test}` has no counterpart")),
            };
            Ok(if *is_not { format!("!({holds})") } else { holds })
        }
        Expr::Binary(Operator::In, value, list) => contained(value, list, root),
        Expr::Binary(operator, a, b) => {
            let sign = match operator {
                Operator::Equal => "==",
                Operator::Unequal => "!=",
                Operator::Less => "<",
                Operator::AtMost => "<=",
                Operator::More => ">",
                Operator::AtLeast => ">=",
                _ => return Err("arithmetic in a condition".to_owned()),
            };
            Ok(format!("{} {sign} {}", value(a, root)?, value(b, root)?))
        }
        _ => Err("there is no filter for this".to_owned()),
    }
}

/// A condition within a larger one, in brackets where it needs them.
fn operand(expression: &Expr, root: &str) -> Result<String, String> {
    let filter = filter(expression, root)?;
    let is_or = matches!(expression, Expr::Binary(Operator::Or, ..));
    Ok(if is_or { format!("({filter})") } else { filter })
}

/// `value in list`.
fn contained(of: &Expr, list: &Expr, root: &str) -> Result<String, String> {
    match list {
        Expr::List(items) => {
            let items: Result<Vec<String>, String> =
                items.iter().map(|item| value(item, root)).collect();
            Ok(format!("{} in [{}]", path(of, root)?, items?.join(", ")))
        }
        Expr::Const(Value::List(items)) => {
            let items = items.iter().map(|item| value(&Expr::Const(item.clone()), root));
            let items: Result<Vec<String>, String> = items.collect();
            Ok(format!("{} in [{}]", path(of, root)?, items?.join(", ")))
        }
        // A key of an object; of a list or text nothing says that it is one.
        Expr::Path(name, steps) if name == root => match of.text() {
            Some(key) if steps.is_empty() => Ok(format!("@{}", step(&Step::Key(key.to_owned())))),
            _ => Err("a part of a text or list".to_owned()),
        },
        _ => Err("there is no filter for this".to_owned()),
    }
}

fn value(expression: &Expr, root: &str) -> Result<String, String> {
    match expression {
        Expr::Const(Value::Text(text)) => Ok(literal(text)),
        Expr::Const(Value::Null) => Ok("null".to_owned()),
        Expr::Const(value @ (Value::Number(_) | Value::Bool(_))) => {
            Ok(value.scalar().unwrap_or_default())
        }
        Expr::Call(name, arguments) if name == "length" && arguments.len() == 1 => {
            Ok(format!("length({})", path(&arguments[0], root)?))
        }
        Expr::Call(name, arguments) if matches!(name.as_str(), "int" | "string" | "default") => {
            path(arguments.first().unwrap_or(expression), root)
        }
        expression => path(expression, root),
    }
}

fn path(expression: &Expr, root: &str) -> Result<String, String> {
    match expression {
        Expr::Path(name, steps) if name == root => {
            Ok(format!("@{}", steps.iter().map(step).collect::<String>()))
        }
        Expr::Path(name, _) => Err(format!("`{name}` is not known in a filter")),
        _ => Err("there is no filter for this".to_owned()),
    }
}

fn step(step: &Step) -> String {
    match step {
        Step::At(at) => format!("[{at}]"),
        Step::Key(key) => {
            let key = naming::key(key);
            if key.starts_with('[') { key } else { format!(".{key}") }
        }
    }
}

/// A text in a filter.
fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"))
}
