//! What a field that is not declared holds, read from the JSON text that the server sent.

use std::borrow::Cow;

use rest_source::{Decimal, Extra, Json, plan::DataType};
use serde_json::value::RawValue;

use super::Value;

/// A value that is not declared.
pub(super) enum Undeclared<'a> {
    /// One that a column can have.
    Value(Value<'a>),
    /// An object: its members, as names and JSON text.
    Object(Vec<(Cow<'a, str>, &'a str)>),
    /// A list: its elements as JSON text.
    List(Vec<&'a str>),
}

impl<'a> Undeclared<'a> {
    /// The value that this JSON text says.
    pub(super) fn read(json: &'a str) -> Undeclared<'a> {
        match json.as_bytes().first() {
            Some(b'{') => Undeclared::Object(Extra::members_of(json)),
            Some(b'[') => Undeclared::List(elements(json)),
            Some(b'"') => Undeclared::Value(Json::text_of(json).map_or(Value::Null, Value::Text)),
            Some(b't') => Undeclared::Value(Value::Bool(true)),
            Some(b'f') => Undeclared::Value(Value::Bool(false)),
            Some(b'n') | None => Undeclared::Value(Value::Null),
            Some(_) => Undeclared::Value(number(json)),
        }
    }
}

/// Whether a JSON string has half of a surrogate pair. As all of these become the same character, texts that
/// have one are not told apart.
pub(super) fn has_half_pair(json: &str) -> bool {
    json.starts_with('"') && json.contains("\\u") && serde_json::from_str::<String>(json).is_err()
}

fn elements(json: &str) -> Vec<&str> {
    let elements: Vec<&RawValue> = serde_json::from_str(json).unwrap_or_default();
    elements.into_iter().map(RawValue::get).collect()
}

/// A number in the narrowest type that holds every digit of it.
fn number(json: &str) -> Value<'_> {
    if json.bytes().all(|byte| byte == b'-' || byte.is_ascii_digit()) {
        if let Ok(number) = json.parse() {
            return Value::Bigint(number);
        }
        if json.trim_start_matches('-').len() <= DataType::MAX_WEI_DIGITS
            && let Ok(number) = json.parse()
        {
            return Value::Wei(Cow::Owned(number));
        }
    }
    if let Ok(double) = json.parse::<f64>()
        && double.is_finite()
        && digits(json) == digits(&format!("{double:e}"))
    {
        return Value::Double(double);
    }
    let decimal = Decimal::from_str_exact(json).or_else(|_| Decimal::from_scientific(json));
    match decimal {
        Ok(decimal) if digits(json) == digits(&decimal.to_string()) => Value::Decimal(decimal),
        _ => Value::Text(Cow::Borrowed(json)),
    }
}

/// The digits that count, without sign, point, exponent and the zeros around.
fn digits(number: &str) -> String {
    let mantissa = number.split(['e', 'E']).next().unwrap_or_default();
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    digits.trim_matches('0').to_owned()
}
