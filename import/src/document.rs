//! Documents in JSON or YAML as trees. They are other people's: a key that stands twice, an anchor or an odd
//! key is no mistake here, and depth is bounded by the parsers.

use std::fmt;

use indexmap::IndexMap;
use serde::{
    Deserialize, Deserializer,
    de::{EnumAccess, MapAccess, SeqAccess, VariantAccess as _, Visitor},
};

use crate::failure::Failure;

/// A value of a document.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) enum Value {
    /// Nothing.
    #[default]
    Null,
    /// A truth value.
    Bool(bool),
    /// A number, as it would be written.
    Number(String),
    /// Text.
    Text(String),
    /// A list.
    List(Vec<Value>),
    /// Members by their names, in their order; of those with one name the last.
    Map(IndexMap<String, Value>),
}

impl Value {
    /// The member of this name.
    pub(crate) fn get(&self, key: &str) -> Option<&Value> {
        self.map()?.get(key)
    }

    /// The member of this name if it is text.
    pub(crate) fn text_of(&self, key: &str) -> Option<&str> {
        self.get(key)?.text()
    }

    /// Whether the member of this name is `true`.
    pub(crate) fn is_true(&self, key: &str) -> bool {
        matches!(self.get(key), Some(Value::Bool(true)))
    }

    /// The elements of the list of this name; none if there is no such list.
    pub(crate) fn list_of(&self, key: &str) -> &[Value] {
        match self.get(key) {
            Some(Value::List(items)) => items,
            _ => &[],
        }
    }

    /// The members of the mapping of this name; none if there is no such mapping.
    pub(crate) fn members_of(&self, key: &str) -> impl Iterator<Item = (&str, &Value)> {
        let members = self.get(key).and_then(Value::map);
        members.into_iter().flatten().map(|(name, value)| (name.as_str(), value))
    }

    /// The text that it is.
    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The members that it has.
    pub(crate) fn map(&self) -> Option<&IndexMap<String, Value>> {
        match self {
            Value::Map(members) => Some(members),
            _ => None,
        }
    }

    /// The whole number that it is.
    pub(crate) fn whole(&self) -> Option<i64> {
        match self {
            Value::Number(number) => number.strip_suffix(".0").unwrap_or(number).parse().ok(),
            _ => None,
        }
    }

    /// Text, a number or a truth value as text.
    pub(crate) fn scalar(&self) -> Option<String> {
        match self {
            Value::Bool(value) => Some(value.to_string()),
            Value::Number(text) | Value::Text(text) => Some(text.clone()),
            Value::Null | Value::List(_) | Value::Map(_) => None,
        }
    }
}

/// What a document is.
const HELP: &str = "a document is one object in JSON or YAML";

/// How many brackets may be open at the same time. The parsers refuse far fewer, but the one of YAML takes
/// time for each that is open.
const MOST_OPEN: usize = 5_000;

/// Reads a document: JSON if it begins as an object or list of JSON and is one, YAML otherwise.
pub(crate) fn read(text: &str) -> Result<Value, Failure> {
    let text = text.trim_start_matches('\u{feff}');
    if text.trim().is_empty() {
        return Err(Failure::new("the document is empty", "name a file that has one"));
    }
    if is_too_deep(text) {
        let message = "the document has too many lists or objects within each other";
        return Err(Failure::new(message, HELP));
    }
    let seems_json = text.trim_start().starts_with(['{', '[']);
    let in_json = match seems_json.then(|| serde_json::from_str::<Value>(text)) {
        Some(Ok(value)) => return Ok(value),
        Some(Err(error)) => Some(error),
        None => None,
    };
    let mut in_yaml = match serde_yaml::from_str::<Value>(text) {
        Ok(value) => value,
        Err(error) => {
            let (format, error) = match in_json {
                Some(error) => ("JSON", error.to_string()),
                None => ("YAML", error.to_string()),
            };
            let message = format!("the document is no {format}: {error}");
            return Err(Failure::new(message, HELP));
        }
    };
    merge_keys(&mut in_yaml);
    Ok(in_yaml)
}

/// Whether more brackets are open than any document has, those in texts included.
fn is_too_deep(text: &str) -> bool {
    let mut open: usize = 0;
    text.bytes().any(|byte| {
        match byte {
            b'[' | b'{' => open += 1,
            b']' | b'}' => open = open.saturating_sub(1),
            _ => {}
        }
        open > MOST_OPEN
    })
}

/// Adds the members of YAML's merge keys, `<<: *defaults`, where a mapping has none of that name itself.
fn merge_keys(value: &mut Value) {
    match value {
        Value::List(items) => items.iter_mut().for_each(merge_keys),
        Value::Map(members) => {
            members.values_mut().for_each(merge_keys);
            let merged = match members.shift_remove("<<") {
                Some(Value::List(sources)) => sources,
                Some(source) => vec![source],
                None => return,
            };
            for source in merged {
                let Value::Map(source) = source else { continue };
                for (name, value) in source {
                    members.entry(name).or_insert(value);
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => {}
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(Reader)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value.to_string()))
    }

    fn visit_i128<E>(self, value: i128) -> Result<Value, E> {
        Ok(Value::Number(value.to_string()))
    }

    fn visit_u128<E>(self, value: u128) -> Result<Value, E> {
        Ok(Value::Number(value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        /// Whole numbers from here on are read as `f64`, and have no point.
        const HUGE: f64 = 1.8e19;
        let is_whole = value.abs() > HUGE && value.abs() < 1e40;
        Ok(Value::Number(if is_whole { value.to_string() } else { format!("{value:?}") }))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::Text(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::Text(value))
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        Value::deserialize(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Value::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut map = IndexMap::new();
        // In YAML a key may be a number: a status, `200:`.
        while let Some((key, value)) = members.next_entry::<Value, Value>()? {
            match key {
                Value::Null => map.insert("null".to_owned(), value),
                key => key.scalar().and_then(|key| map.insert(key, value)),
            };
        }
        Ok(Value::Map(map))
    }

    /// A value with a tag of YAML, `!Ref name`, without the tag.
    fn visit_enum<A: EnumAccess<'de>>(self, tagged: A) -> Result<Value, A::Error> {
        let (_, value) = tagged.variant::<String>()?;
        value.newtype_variant()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odd_documents_are_read() {
        let text =
            "a: &a {x: 1, y: no}\nb: {<<: *a, y: 2024-01-01}\n200: !Tag {z: ~}\na: {x: 2.0}\n";
        let value = read(text).unwrap();
        assert_eq!(value.get("a").unwrap().get("x").unwrap().whole(), Some(2));
        let b = value.get("b").unwrap();
        assert_eq!((b.text_of("y"), b.get("x").unwrap().whole()), (Some("2024-01-01"), Some(1)));
        assert_eq!(value.get("200").unwrap().get("z"), Some(&Value::Null));
    }

    #[test]
    fn what_is_no_document_is_a_failure() {
        for text in ["", "  \n", "a: [", "{\"a\": 1,", &"[".repeat(100_000), &"- ".repeat(100_000)]
        {
            assert!(read(text).is_err());
        }
    }
}
