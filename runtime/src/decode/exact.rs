//! A value as a tree that loses no digit of a whole number.

use serde_json::Value;

/// The value of JSON text. A whole number that is too large for every number type of Rust is its
/// text.
pub(crate) fn exact(json: &str) -> serde_json::Result<Value> {
    let value: Value = serde_json::from_str(json)?;
    let is_rounded = value.is_f64() && !json.contains(['.', 'e', 'E']);
    Ok(if is_rounded { Value::from(json.trim()) } else { value })
}
