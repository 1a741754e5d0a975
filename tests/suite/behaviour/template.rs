//! The templates of scenarios: records that are counted up, answers that repeat the request.

use rest_source::Date;
use serde_json::Value;

use super::request::{Request, text};

/// The record of a number. `$i` is the number, `$i%N` its remainder, `$i*N` a multiple, `$day` and
/// `$time` a date and a moment that many days after 2024-01-01; `${i}` is for use inside of text.
pub(crate) fn render(template: &Value, number: u64) -> Value {
    match template {
        Value::Object(members) => {
            members.iter().map(|(key, value)| (key.clone(), render(value, number))).collect()
        }
        Value::Array(items) => items.iter().map(|item| render(item, number)).collect(),
        Value::String(text) => rendered(text, number),
        other => other.clone(),
    }
}

fn rendered(text: &str, number: u64) -> Value {
    let day = || {
        let days = i64::try_from(number).unwrap();
        Date::constant(2024, 1, 1).checked_add(jiff::Span::new().days(days)).unwrap()
    };
    let operand = |operator| text.strip_prefix("$i")?.strip_prefix(operator)?.parse::<u64>().ok();
    if text == "$i" {
        number.into()
    } else if text == "$day" {
        day().to_string().into()
    } else if text == "$time" {
        format!("{}T00:00:00Z", day()).into()
    } else if let Some(divisor) = operand('%') {
        (number % divisor).into()
    } else if let Some(factor) = operand('*') {
        (number * factor).into()
    } else {
        text.replace("${i}", &number.to_string()).into()
    }
}

/// An answer with what `{{path.x}}`, `{{query.x}}`, `{{header.x}}` and `{{json.x}}` stand for;
/// `{{int path.x}}` alone is a number.
pub(crate) fn fill(template: &Value, request: &Request) -> Value {
    match template {
        Value::Object(members) => {
            members.iter().map(|(key, value)| (key.clone(), fill(value, request))).collect()
        }
        Value::Array(items) => items.iter().map(|item| fill(item, request)).collect(),
        Value::String(text) => filled(text, request),
        other => other.clone(),
    }
}

fn filled(template: &str, request: &Request) -> Value {
    let read = |reference: &str| {
        let (place, name) = reference.split_once('.')?;
        matches!(place, "path" | "query" | "header" | "json")
            .then(|| request.read(place, name).map(|value| text(&value)).unwrap_or_default())
    };
    if let Some(whole) = template.strip_prefix("{{int ").and_then(|rest| rest.strip_suffix("}}")) {
        return read(whole).unwrap().parse::<i64>().unwrap().into();
    }
    let mut text = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("{{") {
        text.push_str(before);
        let found = after.split_once("}}").and_then(|(name, after)| Some((read(name)?, after)));
        if let Some((value, after)) = found {
            text.push_str(&value);
            rest = after;
        } else {
            text.push_str("{{");
            rest = after;
        }
    }
    (text + rest).into()
}
