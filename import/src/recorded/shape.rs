//! What values are, by samples of them, as a JSON schema.

use std::collections::HashSet;

use indexmap::{IndexMap, IndexSet};

use crate::{api::REPEATED, document::Value};

/// How deep values are looked at.
const MOST_DEPTH: usize = 24;

/// What the samples of a value have in common.
#[derive(Default)]
pub(crate) struct Shape {
    types: IndexSet<&'static str>,
    is_nullable: bool,
    /// The format that all texts have; `None` if they have none, or several.
    format: Option<&'static str>,
    has_texts: bool,
    /// How many whole numbers have more than 64 bits.
    huge: usize,
    /// Whether a list of records has a value twice, or a record without one.
    is_repeated: bool,
    members: IndexMap<String, Shape>,
    items: Option<Box<Shape>>,
}

impl Shape {
    /// Adds a sample.
    pub(crate) fn see(&mut self, value: &Value) {
        self.see_within(value, 0);
    }

    fn see_within(&mut self, value: &Value, depth: usize) {
        if depth > MOST_DEPTH {
            return;
        }
        match value {
            Value::Null => self.is_nullable = true,
            Value::Bool(_) => _ = self.types.insert("boolean"),
            Value::Number(number) => {
                let is_whole = number.trim_start_matches('-').chars().all(|c| c.is_ascii_digit());
                self.huge += usize::from(is_whole && number.parse::<i64>().is_err());
                self.types.insert(if is_whole { "integer" } else { "number" });
            }
            Value::Text(text) => {
                let format = format_of(text);
                self.format = if self.has_texts {
                    self.format.filter(|_| self.format == format)
                } else {
                    format
                };
                self.has_texts = true;
                self.types.insert("string");
            }
            Value::List(items) => {
                self.types.insert("array");
                let shape = self.items.get_or_insert_default();
                for item in items {
                    shape.see_within(item, depth + 1);
                }
                shape.see_repeated(items);
            }
            Value::Map(members) => {
                self.types.insert("object");
                for (name, value) in members {
                    self.members.entry(name.clone()).or_default().see_within(value, depth + 1);
                }
            }
        }
    }

    /// Finds the members that do not identify the records of a list.
    fn see_repeated(&mut self, items: &[Value]) {
        let records: Vec<_> = items.iter().filter_map(Value::map).collect();
        for (name, member) in &mut self.members {
            let mut seen = HashSet::new();
            let is_new = |value: Option<String>| value.is_some_and(|value| seen.insert(value));
            let mut values = records.iter().map(|record| record.get(name)?.scalar());
            member.is_repeated |= !values.all(is_new);
        }
    }

    /// Whether there was more than `null`, empty lists and empty objects.
    fn is_known(&self) -> bool {
        self.types.iter().any(|of| match *of {
            "array" => self.items.as_ref().is_some_and(|items| items.is_known()),
            "object" => self.members.values().any(Shape::is_known),
            _ => true,
        })
    }

    /// The samples as a schema.
    pub(crate) fn schema(&self) -> Value {
        let text = |text: &str| Value::Text(text.to_owned());
        let mut schema = IndexMap::new();
        let mut set = |key: &str, value: Value| _ = schema.insert(key.to_owned(), value);
        set("type", Value::List(self.types.iter().map(|of| text(of)).collect()));
        if self.is_nullable {
            set("nullable", Value::Bool(true));
        }
        let huge = (self.huge > 0 && !self.has_texts).then_some("wei");
        if let Some(format) = self.format.or(huge) {
            set("format", text(format));
        }
        if self.is_repeated {
            set(REPEATED, Value::Bool(true));
        }
        let members = self.members.iter().filter(|(_, shape)| shape.is_known());
        if self.members.values().any(Shape::is_known) {
            let members = members.map(|(name, shape)| (name.clone(), shape.schema())).collect();
            set("properties", Value::Map(members));
        }
        // Of empty lists nothing is known but that they are lists.
        if let Some(items) = self.items.as_ref().filter(|items| !items.types.is_empty()) {
            set("items", items.schema());
        }
        Value::Map(schema)
    }
}

/// The format of a text: a moment, a date, or an address.
fn format_of(text: &str) -> Option<&'static str> {
    if text.starts_with("https://") || text.starts_with("http://") {
        return Some("uri");
    }
    let (date, rest) = text.split_at_checked(10)?;
    let fits = |text: &str, pattern: &str| {
        text.len() == pattern.len()
            && text.chars().zip(pattern.chars()).all(|(c, of)| match of {
                '0' => c.is_ascii_digit(),
                of => c == of,
            })
    };
    if !fits(date, "0000-00-00") {
        return None;
    }
    if rest.is_empty() {
        return Some("date");
    }
    let (time, rest) = rest.split_at_checked(9)?;
    if !fits(time, "T00:00:00") && !fits(time, " 00:00:00") {
        return None;
    }
    let zone = match rest.strip_prefix('.') {
        Some(fraction) => fraction.trim_start_matches(|c: char| c.is_ascii_digit()),
        None => rest,
    };
    let is_zone = zone == "Z"
        || ["+00:00", "-00:00", "+0000", "-0000"].iter().any(|pattern| fits(zone, pattern));
    match zone {
        "" => Some("date-time-local"),
        _ => is_zone.then_some("date-time"),
    }
}

#[cfg(test)]
mod tests {
    use super::format_of;

    #[test]
    fn formats_of_texts() {
        for (text, format) in [
            ("2024-01-31", Some("date")),
            ("2024-01-31T08:00:00Z", Some("date-time")),
            ("2024-01-31T08:00:00.123+01:00", Some("date-time")),
            ("2024-01-31 08:00:00", Some("date-time-local")),
            ("2024-01-31T08:00", None),
            ("https://example.com", Some("uri")),
            ("31/01/2024", None),
            ("", None),
        ] {
            assert_eq!(format_of(text), format, "{text}");
        }
    }
}
