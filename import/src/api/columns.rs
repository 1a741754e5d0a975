//! Columns from the schema of a record: types, nested fields, lists, words, and what they mean.

use std::collections::HashSet;

use heck::ToSnakeCase;

use super::{
    reference::Document,
    schema::{Kind, Schema},
};
use crate::{
    description::{Mapping, Node},
    document::Value,
    prose::prose,
};

/// How deep fields are described; what is deeper is `json`.
const MOST_DEPTH: usize = 4;
/// How many columns a resource has at most, nested ones too.
const MOST_COLUMNS: usize = 400;
/// How many words an `enum` has at most.
const MOST_WORDS: usize = 100;

/// The columns of a record; none if it is no object with known members.
pub(super) fn of<'a>(document: &Document<'a>, record: &Schema<'a>) -> Mapping {
    let mut columns = Columns { document, within: Vec::new(), depth: 0, left: MOST_COLUMNS };
    if !record.kinds.contains(&Kind::Object) {
        return Mapping::new();
    }
    columns.fields(record)
}

struct Columns<'s, 'a> {
    document: &'s Document<'a>,
    /// The schemas around the one that is read.
    within: Vec<*const Value>,
    depth: usize,
    left: usize,
}

impl<'a> Columns<'_, 'a> {
    fn fields(&mut self, schema: &Schema<'a>) -> Mapping {
        let mut columns = Mapping::new();
        let mut taken: HashSet<String> = HashSet::new();
        let outer = self.within.len();
        self.within.extend(&schema.identity);
        self.depth += 1;
        for (name, property) in &schema.properties {
            let field = name.to_snake_case();
            // Names of which no two fields, or none, can be made: the records keep them all the same.
            let is_name = field.chars().any(char::is_alphanumeric);
            if !is_name || self.left == 0 || !taken.insert(field) {
                continue;
            }
            self.left -= 1;
            let property = Schema::of_alternatives(self.document, property);
            let mut column = self.column(&property);
            if schema.required.contains(name) && !property.nullable {
                column.set("nullable", Node::truth(false));
            }
            if let Some(text) = property.description.and_then(prose) {
                column.set("description", Node::Text(text));
            }
            columns.set(name, column);
        }
        self.depth -= 1;
        self.within.truncate(outer);
        columns
    }

    /// The type of a value.
    fn column(&mut self, schema: &Schema<'a>) -> Mapping {
        let mut column = Mapping::new();
        match schema.kind() {
            Some(Kind::Text) => text(schema, &mut column),
            Some(Kind::Integer) => {
                let is_huge = schema.format == Some("wei");
                column.set("data_type", Node::text(if is_huge { "wei" } else { "bigint" }));
            }
            Some(Kind::Number) => {
                let is_decimal = matches!(schema.format, Some("decimal" | "money" | "currency"));
                column.set("data_type", Node::text(if is_decimal { "decimal" } else { "double" }));
            }
            Some(Kind::Bool) => column.set("data_type", Node::text("bool")),
            Some(Kind::Object) if self.is_described(schema) => {
                let fields = self.fields(schema);
                if fields.is_empty() {
                    column.set("data_type", Node::text("json"));
                } else {
                    column.set("fields", fields);
                }
            }
            Some(Kind::List) if !schema.items.is_empty() => {
                let items = Schema::of_alternatives(self.document, &schema.items);
                let is_open = match items.kind() {
                    Some(Kind::Object) => !self.is_described(&items),
                    // A list of lists within itself.
                    Some(Kind::List) => self.depth >= MOST_DEPTH,
                    kind => kind.is_none(),
                };
                if is_open {
                    column.set("data_type", Node::text("json"));
                } else {
                    self.depth += 1;
                    column.set("items", self.column(&items));
                    self.depth -= 1;
                }
            }
            _ => column.set("data_type", Node::text("json")),
        }
        column
    }

    /// Whether the fields of an object are described: they are known, the object is not within itself, and not
    /// too deep.
    fn is_described(&self, schema: &Schema<'a>) -> bool {
        let is_within = schema.identity.iter().any(|part| self.within.contains(part));
        !schema.properties.is_empty() && !is_within && self.depth < MOST_DEPTH && self.left > 0
    }
}

/// The type of a text.
fn text(schema: &Schema<'_>, column: &mut Mapping) {
    let data_type = match schema.format {
        Some("date-time" | "datetime" | "date-time-local") => "timestamp",
        Some("date") => "date",
        Some("byte") => "binary",
        Some("int32" | "int64") => "bigint",
        Some("decimal") => "decimal",
        _ => "text",
    };
    let words = words(schema);
    if data_type == "text" && !words.is_empty() {
        column.set("enum", Node::List(words));
    } else {
        column.set("data_type", Node::text(data_type));
    }
    if schema.format == Some("date-time-local") {
        column.set("timezone", Node::truth(false));
    }
}

/// The words of an `enum`, of those that would share a variant in Rust the first.
fn words(schema: &Schema<'_>) -> Vec<Node> {
    if schema.has_other_words || schema.words.len() > MOST_WORDS {
        return Vec::new();
    }
    let mut variants: HashSet<String> = HashSet::new();
    let mut words = Vec::new();
    for word in &schema.words {
        let variant: String = word.chars().filter(|c| c.is_alphanumeric()).collect();
        if !variant.is_empty() && variants.insert(variant.to_lowercase()) {
            words.push(Node::text(*word));
        }
    }
    words
}
