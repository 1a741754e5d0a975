//! Texts that Airbyte takes for objects, lists and numbers once their expressions are evaluated.

use crate::document::{self, Value};

/// The value that a text of a JSON body is: `{'field': "{{ config['x'] }}"}` is an object, `10` a number.
pub(super) fn literal(text: &str) -> Option<Value> {
    let text = text.trim();
    let is_object = text.starts_with(['{', '[']) && !text.starts_with("{{") && !text.contains("{%");
    if !is_object {
        let is_number = text.parse::<i64>().is_ok() && !text.starts_with('+');
        return is_number.then(|| Value::Number(text.to_owned()));
    }
    // Expressions stand for themselves while the braces around them are read.
    let mut expressions = Vec::new();
    let mut marked = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        let (expression, after) = after.split_once("}}")?;
        marked.push_str(before);
        marked.push_str(&mark(expressions.len()));
        expressions.push(format!("{{{{{expression}}}}}"));
        rest = after;
    }
    marked.push_str(rest);
    match document::read(&marked).ok()? {
        value @ (Value::Map(_) | Value::List(_)) => Some(restored(value, &expressions)),
        _ => None,
    }
}

fn mark(number: usize) -> String {
    format!("__expression_{number}__")
}

fn restored(value: Value, expressions: &[String]) -> Value {
    match value {
        Value::Text(mut text) => {
            for (number, expression) in expressions.iter().enumerate() {
                text = text.replace(&mark(number), expression);
            }
            Value::Text(text)
        }
        Value::List(items) => {
            Value::List(items.into_iter().map(|item| restored(item, expressions)).collect())
        }
        Value::Map(members) => {
            let members = members.into_iter();
            Value::Map(members.map(|(key, value)| (key, restored(value, expressions))).collect())
        }
        other => other,
    }
}
