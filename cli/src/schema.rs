//! `schema`: the language as a JSON Schema, made from what the parser says of itself.

use std::{collections::BTreeMap, io::Write};

use clap::Args;
use rest_source_codegen::{Key, Kind, MappingShape, REST_TYPES, Shape, UnionShape};
use serde_json::{Map, Value, json};

use crate::{failure::Failure, outcome::Outcome, output};

/// Prints the JSON Schema of source descriptions
///
/// With it, editors complete keys, show their documentation and mark mistakes as you type. What a
/// schema cannot express, such as that a parent exists, is left to `check`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  cargo rest-source schema > rest-source.schema.json

Then begin a description with the line
  # yaml-language-server: $schema=rest-source.schema.json")]
pub(crate) struct Schema {}

impl Schema {
    /// Prints the schema.
    pub(crate) fn run(self) -> Result<Outcome, Failure> {
        let Schema {} = self;
        writeln!(output::standard()?, "{:#}", schema())?;
        Ok(Outcome::Success)
    }
}

/// The language as a JSON Schema (draft 2020-12): a description, or a project file that holds some.
fn schema() -> Value {
    let mut definitions = BTreeMap::new();
    let source = of(&rest_source_codegen::shape(), &mut definitions);
    let project = json!({
        "description": "dlt's project file. Its sources of `type: rest_api` are descriptions.",
        "type": "object",
        "properties": {
            "sources": {
                "type": "object",
                "additionalProperties": in_project(&source, &mut definitions),
            },
        },
    });
    definitions.insert("Project".to_owned(), project);
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "REST source description",
        "if": {
            "required": ["sources"],
            "not": {"anyOf": [{"required": ["client"]}, {"required": ["resources"]}]},
        },
        "then": {"$ref": "#/$defs/Project"},
        "else": source,
        "$defs": definitions,
    })
}

/// A source in a project file: a description with a type, or what only dlt understands.
fn in_project(source: &Value, definitions: &mut Definitions) -> Value {
    let name = source["$ref"].as_str().and_then(|path| path.rsplit('/').next());
    let mut described = name.and_then(|name| definitions.get(name)).cloned().unwrap_or_default();
    described["properties"]["type"] = json!({"enum": REST_TYPES});
    definitions.insert("SourceOfProject".to_owned(), described);
    json!({
        "if": {"properties": {"type": {"enum": REST_TYPES}}, "required": ["type"]},
        "then": {"$ref": "#/$defs/SourceOfProject"},
    })
}

/// The schemas of mappings by their names: a column may have columns.
type Definitions = BTreeMap<String, Value>;

fn of(shape: &Shape, definitions: &mut Definitions) -> Value {
    match shape {
        Shape::Any => json!({}),
        Shape::Text => json!({"type": "string"}),
        Shape::Template => json!({"type": "string", "pattern": r"\{config\."}),
        Shape::Scalar => json!({"type": ["string", "number", "boolean"]}),
        Shape::Count => json!({"type": "integer", "minimum": 0}),
        Shape::Number => json!({"type": "number"}),
        Shape::Bool => json!({"type": "boolean"}),
        Shape::Nullable(shape) => json!({"anyOf": [of(shape, definitions), {"type": "null"}]}),
        Shape::List(shape) => json!({"type": "array", "items": of(shape, definitions)}),
        Shape::Map(shape) => {
            json!({"type": "object", "additionalProperties": of(shape, definitions)})
        }
        Shape::Either(shapes) => {
            let any: Vec<Value> = shapes.iter().map(|shape| of(shape, definitions)).collect();
            json!({"anyOf": any})
        }
        Shape::Words(words) => {
            let any = words.iter().map(|(word, doc)| json!({"const": word, "description": doc}));
            json!({"anyOf": any.collect::<Vec<_>>()})
        }
        Shape::Mapping(mapping) => {
            reference(mapping.name, definitions, |definitions| of_mapping(mapping, definitions))
        }
        Shape::Union(union) => {
            reference(union.name, definitions, |definitions| of_union(union, definitions))
        }
    }
}

/// A reference to a definition, which is made when it is first needed.
fn reference(
    name: &str,
    definitions: &mut Definitions,
    define: impl FnOnce(&mut Definitions) -> Value,
) -> Value {
    if !definitions.contains_key(name) {
        // The name is taken before its definition is made, which may refer to it.
        definitions.insert(name.to_owned(), Value::Null);
        let definition = define(definitions);
        definitions.insert(name.to_owned(), definition);
    }
    json!({"$ref": format!("#/$defs/{name}")})
}

fn of_mapping(mapping: &MappingShape, definitions: &mut Definitions) -> Value {
    let mut schema = of_keys(&(mapping.keys)(), None, definitions);
    schema["description"] = mapping.doc.into();
    schema
}

/// One schema for each kind, and the words of those for which the word alone is enough.
fn of_union(union: &UnionShape, definitions: &mut Definitions) -> Value {
    let kinds = (union.kinds)();
    let mut any = Vec::new();
    for Kind { word, doc, keys } in &kinds {
        let is_default = union.default == Some(word);
        let mut schema = of_keys(keys, Some((word, is_default)), definitions);
        schema["description"] = (*doc).into();
        any.push(schema);
        if keys.iter().all(|key| !key.is_required) {
            any.push(json!({"const": word, "description": doc}));
        }
    }
    json!({"description": union.doc, "anyOf": any})
}

/// A mapping with these keys, and with a `type` if it is a kind of a union. What is not required may
/// be `null`; keys that begin with `x-` are extensions.
fn of_keys(keys: &[Key], kind: Option<(&str, bool)>, definitions: &mut Definitions) -> Value {
    let mut properties = Map::new();
    let mut required = Vec::new();
    if let Some((word, is_default)) = kind {
        let word = json!({"const": word});
        let word = if is_default { json!({"anyOf": [word, {"type": "null"}]}) } else { word };
        properties.insert("type".to_owned(), word);
        if !is_default {
            required.push("type");
        }
    }
    for key in keys {
        let value = of(&key.shape, definitions);
        let mut value =
            if key.is_required { value } else { json!({"anyOf": [value, {"type": "null"}]}) };
        value["description"] = key.doc.into();
        properties.insert(key.name.to_owned(), value);
        if key.is_required {
            required.push(key.name);
        }
    }
    let mut schema = json!({
        "type": "object",
        "properties": properties,
        "required": required,
        "patternProperties": {"^x-": {}},
        "additionalProperties": false,
    });
    let alternatives = keys.iter().filter(|key| key.is_alternative);
    let alternatives = alternatives.map(|key| {
        let given = json!({"not": {"type": "null"}});
        json!({"required": [key.name], "properties": {key.name: given}})
    });
    let alternatives: Vec<_> = alternatives.collect();
    if !alternatives.is_empty() {
        schema["anyOf"] = alternatives.into();
    }
    schema
}
