//! The tree of a body that may have what no tree can hold: a number beyond all bounds, half of a
//! surrogate pair. Such a value is its own text there.

use std::collections::BTreeMap;

use serde_json::{Map, Value, value::RawValue};

use super::decode_error::Unreadable;

/// The tree down to this depth, below which objects and lists are empty, as are objects with a name
/// that is no text.
pub(crate) fn outline(body: &str, depth: usize) -> Result<Value, Unreadable> {
    serde_json::from_str(body).and_then(|raw| of(raw, depth)).map_err(Unreadable)
}

fn of(raw: &RawValue, depth: usize) -> serde_json::Result<Value> {
    let text = raw.get();
    Ok(match text.as_bytes().first() {
        Some(b'{') if depth == 0 => Value::Object(Map::new()),
        Some(b'[') if depth == 0 => Value::Array(Vec::new()),
        Some(b'{') => {
            let members: BTreeMap<String, &RawValue> =
                serde_json::from_str(text).unwrap_or_default();
            let members = members.into_iter().map(|(key, raw)| Ok((key, of(raw, depth - 1)?)));
            Value::Object(members.collect::<serde_json::Result<_>>()?)
        }
        Some(b'[') => {
            let elements: Vec<&RawValue> = serde_json::from_str(text)?;
            let elements = elements.into_iter().map(|raw| of(raw, depth - 1));
            Value::Array(elements.collect::<serde_json::Result<_>>()?)
        }
        _ => serde_json::from_str(text).unwrap_or_else(|_| Value::from(text)),
    })
}
