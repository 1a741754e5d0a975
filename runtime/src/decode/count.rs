//! Counts in a response: of records or pages.

use serde_json::Value;

/// The largest whole number below which every whole number is one of `f64`.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// A whole number, also one that is written `3.0`.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "what would be changed by the conversion is not converted"
)]
pub(crate) fn read(number: &str) -> Option<u64> {
    number.parse().ok().or_else(|| {
        let float: f64 = number.parse().ok()?;
        (float.fract() == 0.0 && (0.0..EXACT).contains(&float)).then_some(float as u64)
    })
}

/// A whole number, also as text.
pub(crate) fn number(value: &Value) -> Option<u64> {
    match value {
        Value::Number(number) => read(&number.to_string()),
        Value::String(text) => read(text.trim()),
        _ => None,
    }
}
