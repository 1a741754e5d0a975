//! Fields that the file does not declare.

use std::{borrow::Cow, fmt};

use serde::{Deserialize, Deserializer, Serialize, Serializer, ser::SerializeMap};
use serde_json::{Value, value::RawValue};

use super::reader::Reader;

/// The fields of a record that the file does not declare, as the server sent them.
///
/// They are kept as JSON text and read when asked for, so that keeping them costs little. Two are
/// equal when they hold the same JSON, however it is written.
///
/// ```
/// use rest_source::Extra;
///
/// let extra: Extra = [("status", r#""paid""#), ("links", r#"{"payout":"PO1"}"#)].into_iter().collect();
/// assert_eq!(extra.len(), 2);
/// assert_eq!(extra.get("links").unwrap()["payout"], "PO1");
/// assert_eq!(extra.raw("status"), Some(r#""paid""#));
/// ```
#[derive(Clone, Default)]
pub struct Extra {
    /// A JSON object, or nothing at all when there are no fields.
    object: String,
    /// Where the name and the value of each field end in it, so that it is not read again.
    ends: Vec<Ends>,
}

#[derive(Clone, Copy)]
struct Ends {
    name: usize,
    value: usize,
}

impl Extra {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.object.is_empty()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// The value of a field.
    pub fn get(&self, name: &str) -> Option<Value> {
        serde_json::from_str(self.raw(name)?).ok()
    }

    /// The value of a field as the server wrote it, to the last digit.
    pub fn raw(&self, name: &str) -> Option<&str> {
        // A name that is there twice counts as it does in JSON parsers: the last one.
        let mut fields = (0..self.len()).rev().map(|index| self.field(index));
        fields.find(|(other, _)| other == name).map(|(_, raw)| raw)
    }

    /// The names and values, as the server wrote them and in its order.
    pub fn iter(&self) -> impl Iterator<Item = (Cow<'_, str>, &str)> {
        (0..self.len()).map(|index| self.field(index))
    }

    /// All of them as a JSON object, as the server wrote it: `{"status":"paid"}`.
    pub fn as_json(&self) -> &str {
        if self.object.is_empty() { "{}" } else { &self.object }
    }

    /// How many bytes they take as a JSON object.
    pub(crate) fn byte_len(&self) -> usize {
        self.object.len()
    }

    /// Makes room for so many fields, of so many bytes.
    pub(crate) fn reserve(&mut self, fields: usize, bytes: usize) {
        self.ends.reserve_exact(fields);
        self.object.reserve_exact(bytes);
    }

    /// Adds a field, its value being valid JSON.
    pub(crate) fn push(&mut self, name: &str, json: &str) {
        if name.bytes().all(|byte| byte >= b' ' && byte != b'"' && byte != b'\\') {
            self.push_plain(name, json);
        } else {
            let quoted = Value::from(name).to_string();
            self.push_plain(&quoted[1..quoted.len() - 1], json);
        }
    }

    /// The same with a name in which nothing needs an escape.
    pub(crate) fn push_plain(&mut self, name: &str, json: &str) {
        /// Braces, quotes, a colon and a comma.
        const AROUND: usize = 6;
        self.object.reserve(name.len() + json.len() + AROUND);
        match self.object.pop() {
            None => self.object.push('{'),
            Some(_) => self.object.push(','),
        }
        for part in ["\"", name] {
            self.object.push_str(part);
        }
        let name = self.object.len();
        for part in ["\":", json] {
            self.object.push_str(part);
        }
        self.ends.push(Ends { name, value: self.object.len() });
        self.object.push('}');
    }

    /// The name and the value of a field.
    fn field(&self, index: usize) -> (Cow<'_, str>, &str) {
        let Ends { name: end, value } = self.ends[index];
        // Behind a comma, or the brace that opens the object.
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before].value) + 1;
        let quoted = &self.object[start..=end];
        let json = &self.object[end + "\":".len()..value];
        let mut name = Cow::Borrowed(&quoted[1..quoted.len() - 1]);
        // A name with half of a surrogate pair stays as it is written.
        if name.contains('\\')
            && let Ok(unescaped) = serde_json::from_str(quoted)
        {
            name = Cow::Owned(unescaped);
        }
        (name, json)
    }

    /// The names and values of a JSON object, in its order; the values as they are written there.
    /// None of what is no object.
    ///
    /// ```
    /// use rest_source::Extra;
    ///
    /// let members = Extra::members_of(r#"{"payout": {"id": "PO1"}}"#);
    /// assert_eq!(members, [("payout".into(), r#"{"id": "PO1"}"#)]);
    /// ```
    pub fn members_of(json: &str) -> Vec<(Cow<'_, str>, &str)> {
        let mut reader = Reader::of(json);
        match reader.members() {
            Ok(members) if reader.end().is_ok() => members,
            _ => Vec::new(),
        }
    }

    fn tree(&self) -> Value {
        serde_json::from_str(self.as_json()).unwrap_or_default()
    }
}

impl fmt::Debug for Extra {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_json())
    }
}

impl PartialEq for Extra {
    fn eq(&self, other: &Extra) -> bool {
        self.object == other.object || self.tree() == other.tree()
    }
}

impl Eq for Extra {}

/// Of names and values that are JSON. A value that is none is taken as text.
impl<'a> FromIterator<(&'a str, &'a str)> for Extra {
    fn from_iter<I: IntoIterator<Item = (&'a str, &'a str)>>(members: I) -> Extra {
        let mut extra = Extra::default();
        for (name, json) in members {
            match serde_json::from_str::<&RawValue>(json) {
                Ok(json) => extra.push(name, json.get()),
                Err(_) => extra.push(name, &Value::from(json).to_string()),
            }
        }
        extra
    }
}

/// As a map. Numbers that no number type of Rust can hold exactly are rounded on the way, for not
/// every format has a place for them; [`Extra::as_json`] has every digit.
impl Serialize for Extra {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        self.serialize_members(&mut map)?;
        map.end()
    }
}

impl Extra {
    pub(crate) fn serialize_members<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        for (name, json) in self.iter() {
            map.serialize_entry(&name, &serde_json::from_str::<Value>(json).unwrap_or_default())?;
        }
        Ok(())
    }
}

impl<'de> Deserialize<'de> for Extra {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Extra, D::Error> {
        let mut extra = Extra::default();
        for (name, value) in &serde_json::Map::deserialize(deserializer)? {
            extra.push(name, &value.to_string());
        }
        Ok(extra)
    }
}
