//! Schemas with their compositions merged: what a value is, and what may be in it.

use indexmap::{IndexMap, IndexSet};

use super::reference::Document;
use crate::document::Value;

/// How many schemas one may be composed of.
const MOST_PARTS: usize = 64;
/// How deep compositions may be within each other.
const MOST_DEPTH: usize = 12;

/// What a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    /// Text.
    Text,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// A truth value.
    Bool,
    /// A list.
    List,
    /// An object.
    Object,
}

/// A schema with what it is composed of.
#[derive(Debug, Clone, Default)]
pub(super) struct Schema<'a> {
    /// What its values may be; nothing if it does not say.
    pub(super) kinds: IndexSet<Kind>,
    /// Whether they may be `null`.
    pub(super) nullable: bool,
    /// The format of text or numbers.
    pub(super) format: Option<&'a str>,
    /// What it describes.
    pub(super) description: Option<&'a str>,
    /// The words that texts may be.
    pub(super) words: IndexSet<&'a str>,
    /// Whether there are other texts than the words.
    pub(super) has_other_words: bool,
    /// The members of objects. Several schemas are alternatives.
    pub(super) properties: IndexMap<&'a str, Vec<&'a Value>>,
    /// The members that objects always have.
    pub(super) required: IndexSet<&'a str>,
    /// The elements of lists. Several schemas are alternatives.
    pub(super) items: Vec<&'a Value>,
    /// The values of objects that are maps.
    pub(super) values: Option<&'a Value>,
    /// The names of the schemas that it is made of, as the document has them.
    pub(super) names: Vec<&'a str>,
    /// Where in the document its parts are, by which a schema within itself is known.
    pub(super) identity: Vec<*const Value>,
}

impl<'a> Schema<'a> {
    /// Reads one schema.
    pub(super) fn of(document: &Document<'a>, value: &'a Value) -> Schema<'a> {
        Schema::of_alternatives(document, &[value])
    }

    /// Reads what may be one of several schemas.
    pub(super) fn of_alternatives(document: &Document<'a>, values: &[&'a Value]) -> Schema<'a> {
        let mut parts = MOST_PARTS;
        let read = |value: &&'a Value| Schema::read(document, value, 0, &mut parts);
        let alternatives: Vec<Schema<'a>> = values.iter().map(read).collect();
        one_of(alternatives)
    }

    /// Whether all its values are of one kind.
    pub(super) fn is(&self, kind: Kind) -> bool {
        self.kinds.len() == 1 && self.kinds.contains(&kind)
    }

    /// The kind that all its values are of. Whole numbers are numbers too.
    pub(super) fn kind(&self) -> Option<Kind> {
        let mut kinds = self.kinds.iter().copied();
        match (kinds.next(), kinds.next(), kinds.next()) {
            (kind, None, _) => kind,
            (Some(a), Some(b), None)
                if [a, b].contains(&Kind::Integer) && [a, b].contains(&Kind::Number) =>
            {
                Some(Kind::Number)
            }
            _ => None,
        }
    }

    fn read(
        document: &Document<'a>,
        value: &'a Value,
        depth: usize,
        parts: &mut usize,
    ) -> Schema<'a> {
        let (resolved, name) = document.resolve_named(value);
        if depth > MOST_DEPTH || *parts == 0 {
            return Schema::default();
        }
        *parts -= 1;
        let mut schema = Schema::own(resolved);
        schema.names.extend(name);
        schema.identity.push(resolved);
        for part in resolved.list_of("allOf") {
            schema.add(Schema::read(document, part, depth + 1, parts));
        }
        for key in ["oneOf", "anyOf"] {
            let alternatives = resolved.list_of(key);
            if alternatives.is_empty() {
                continue;
            }
            let read = |part| Schema::read(document, part, depth + 1, parts);
            schema.add(one_of(alternatives.iter().map(read).collect()));
        }
        // What is beside a reference describes its use.
        if let Some(text) = value.text_of("description") {
            schema.description = Some(text);
        }
        schema.nullable |= value.is_true("nullable");
        schema
    }

    /// What the schema itself says.
    fn own(value: &'a Value) -> Schema<'a> {
        let mut schema = Schema {
            nullable: value.is_true("nullable") || value.is_true("x-nullable"),
            format: value.text_of("format"),
            description: value.text_of("description").or(value.text_of("title")),
            ..Schema::default()
        };
        let types: Vec<&str> = match value.get("type") {
            Some(Value::Text(word)) => vec![word],
            Some(Value::List(words)) => words.iter().filter_map(Value::text).collect(),
            _ => Vec::new(),
        };
        for word in types {
            schema.add_type(word);
        }
        let words = value.list_of("enum").iter().chain(value.get("const"));
        for word in words {
            match word {
                Value::Text(word) => _ = schema.words.insert(word),
                Value::Null => schema.nullable = true,
                _ => schema.has_other_words = true,
            }
        }
        for (name, property) in value.members_of("properties") {
            schema.properties.insert(name, vec![property]);
        }
        schema.required.extend(value.list_of("required").iter().filter_map(Value::text));
        schema.items.extend(value.get("items").filter(|items| items.map().is_some()));
        schema.values = value.get("additionalProperties").filter(|values| values.map().is_some());
        if schema.kinds.is_empty() {
            schema.infer_kind();
        }
        schema
    }

    fn add_type(&mut self, word: &str) {
        match word {
            "null" => self.nullable = true,
            "string" | "file" => _ = self.kinds.insert(Kind::Text),
            "integer" | "int" | "long" => _ = self.kinds.insert(Kind::Integer),
            "number" | "float" | "double" => _ = self.kinds.insert(Kind::Number),
            "boolean" | "bool" => _ = self.kinds.insert(Kind::Bool),
            "array" => _ = self.kinds.insert(Kind::List),
            "object" => _ = self.kinds.insert(Kind::Object),
            _ => {}
        }
    }

    /// The kind that follows from what else the schema says, where it has no `type`.
    fn infer_kind(&mut self) {
        if !self.properties.is_empty() || self.values.is_some() {
            self.kinds.insert(Kind::Object);
        } else if !self.items.is_empty() {
            self.kinds.insert(Kind::List);
        } else if !self.words.is_empty() && !self.has_other_words {
            self.kinds.insert(Kind::Text);
        }
    }

    /// Adds what must hold as well.
    fn add(&mut self, other: Schema<'a>) {
        if self.kinds.is_empty() {
            self.kinds = other.kinds;
        } else if !other.kinds.is_empty() {
            let both: IndexSet<Kind> = self.kinds.intersection(&other.kinds).copied().collect();
            if !both.is_empty() {
                self.kinds = both;
            }
        }
        self.nullable |= other.nullable;
        self.format = self.format.or(other.format);
        self.description = self.description.or(other.description);
        if self.words.is_empty() {
            self.words = other.words;
            self.has_other_words |= other.has_other_words;
        }
        for (name, property) in other.properties {
            // A later part says more of the same member, unless it says nothing of its kind.
            let says = property.iter().any(|value| {
                ["type", "$ref", "allOf", "oneOf", "anyOf", "properties"]
                    .iter()
                    .any(|key| value.get(key).is_some())
            });
            match self.properties.get_mut(name) {
                Some(known) if says => *known = property,
                Some(_) => {}
                None => _ = self.properties.insert(name, property),
            }
        }
        self.required.extend(other.required);
        if self.items.is_empty() {
            self.items = other.items;
        }
        self.values = self.values.or(other.values);
        self.names.extend(other.names);
        self.identity.extend(other.identity);
    }
}

/// What is one of several: whatever any of them may be, with the members that any may have.
fn one_of(mut alternatives: Vec<Schema<'_>>) -> Schema<'_> {
    let is_null = |schema: &Schema<'_>| {
        schema.nullable && schema.kinds.is_empty() && schema.properties.is_empty()
    };
    let nullable = alternatives.iter().any(is_null);
    if alternatives.len() > 1 {
        alternatives.retain(|schema| !is_null(schema));
    }
    let mut alternatives = alternatives.into_iter();
    let Some(mut first) = alternatives.next() else { return Schema::default() };
    first.nullable |= nullable;
    for other in alternatives {
        first.or(other);
    }
    first
}

impl<'a> Schema<'a> {
    /// Adds an alternative.
    fn or(&mut self, other: Schema<'a>) {
        // Nothing is said of the values of one of them.
        if self.kinds.is_empty() || other.kinds.is_empty() {
            self.kinds = [Kind::Text, Kind::Object].into_iter().collect();
        }
        if self.format != other.format {
            self.format = None;
        }
        self.has_other_words |= other.has_other_words
            || (self.words.is_empty() != other.words.is_empty()
                && self.kinds.contains(&Kind::Text)
                && other.kinds.contains(&Kind::Text));
        self.kinds.extend(other.kinds);
        self.nullable |= other.nullable;
        self.description = self.description.or(other.description);
        self.words.extend(other.words);
        for (name, property) in other.properties {
            let known = self.properties.entry(name).or_default();
            for value in property {
                if known.len() < 8 && !known.contains(&value) {
                    known.push(value);
                }
            }
        }
        self.required.retain(|name| other.required.contains(name));
        self.items.extend(other.items);
        self.values = self.values.or(other.values);
        self.names.extend(other.names);
        self.identity.extend(other.identity);
    }
}
