//! Scalars of the file as JSON.

use crate::yaml::{Kind, Node, Scalar, Value};

/// A scalar that is no text, as JSON.
pub(super) fn literal(scalar: &Scalar) -> Option<String> {
    match scalar.kind() {
        Kind::Null => Some("null".to_owned()),
        Kind::Bool(value) => Some(value.to_string()),
        Kind::Number => Some(number(&scalar.text)),
        Kind::Text => None,
    }
}

/// A number as JSON has it, which has no `+1` and no `1.`; every digit is kept.
fn number(text: &str) -> String {
    let unsigned = text.strip_prefix('+').unwrap_or(text);
    let (mantissa, exponent) = match unsigned.find(['e', 'E']) {
        Some(at) => unsigned.split_at(at),
        None => (unsigned, ""),
    };
    format!("{}{exponent}", mantissa.strip_suffix('.').unwrap_or(mantissa))
}

/// A scalar as JSON; `None` for nothing.
pub(super) fn scalar_json(node: &Node) -> Option<String> {
    let Value::Scalar(scalar) = &node.value else { return None };
    match literal(scalar) {
        Some(null) if null == "null" => None,
        Some(literal) => Some(literal),
        None => Some(json_text(&scalar.text)),
    }
}

/// Text as JSON (RFC 8259, section 7).
pub(super) fn json_text(text: &str) -> String {
    let mut json = "\"".to_owned();
    for c in text.chars() {
        match c {
            '"' | '\\' => json.extend(['\\', c]),
            '\n' => json.push_str("\\n"),
            '\t' => json.push_str("\\t"),
            c if u32::from(c) < 0x20 => json.extend(["\\u", &format!("{:04x}", u32::from(c))]),
            c => json.push(c),
        }
    }
    json + "\""
}
