//! Documents whose media types have examples, or lines, and no schema of a list: the schema that these show is
//! added before the document is read.

use indexmap::IndexMap;

use crate::{document::Value, recorded::Shape};

/// How deep a document is looked at.
const MOST_DEPTH: usize = 40;

/// The document with a schema for each media type that has examples only.
pub(super) fn completed(mut document: Value) -> Value {
    visit(&mut document, 0);
    document
}

fn visit(value: &mut Value, depth: usize) {
    if depth > MOST_DEPTH {
        return;
    }
    match value {
        Value::List(items) => items.iter_mut().for_each(|item| visit(item, depth + 1)),
        Value::Map(members) => {
            if let Some(Value::Map(content)) = members.get_mut("content") {
                content.iter_mut().for_each(|(media, value)| complete(media, value));
            }
            // In Swagger 2 the examples of a response are beside its schema.
            let of_response = members.get("examples").and_then(|of| of.get("application/json"));
            if let (Some(example), true) = (of_response.cloned(), is_open(members.get("schema"))) {
                members.insert("schema".to_owned(), schema(&[&example]));
            }
            members.values_mut().for_each(|value| visit(value, depth + 1));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => {}
    }
}

/// Gives a media type the schema that its examples have.
fn complete(media: &str, value: &mut Value) {
    let Value::Map(members) = value else { return };
    if is_lines(media) {
        // Each line is a record.
        if let Some(record) = members.get("schema").cloned() {
            members.insert("schema".to_owned(), list_of(record));
        }
        return;
    }
    if !is_open(members.get("schema")) {
        return;
    }
    let mut examples: Vec<&Value> = members.get("example").into_iter().collect();
    if let Some(Value::Map(named)) = members.get("examples") {
        examples.extend(named.values().filter_map(|example| example.get("value")));
    }
    let of_schema = members.get("schema");
    examples.extend(of_schema.and_then(|schema| schema.get("example")));
    examples.extend(of_schema.map(|schema| schema.list_of("examples")).unwrap_or_default());
    let examples: Vec<Value> = examples.into_iter().map(parsed).collect();
    if !examples.is_empty() {
        let schema = schema(&examples.iter().collect::<Vec<_>>());
        members.insert("schema".to_owned(), schema);
    }
}

/// Whether a media type is one of lines of JSON.
pub(super) fn is_lines(media: &str) -> bool {
    let media = media.split(';').next().unwrap_or_default().trim();
    ["application/x-ndjson", "application/ndjson", "application/jsonl", "application/x-jsonlines"]
        .contains(&media)
        || media == "application/jsonlines"
        || media == "application/json-seq"
}

/// Whether a schema says nothing of what is in a value.
fn is_open(schema: Option<&Value>) -> bool {
    let Some(schema) = schema else { return true };
    let says = ["properties", "allOf", "oneOf", "anyOf", "additionalProperties"];
    if says.iter().any(|key| schema.get(key).is_some()) {
        return false;
    }
    match schema.text_of("$ref") {
        Some(reference) => !reference.starts_with('#'),
        None => schema.get("items").is_none_or(|items| is_open(Some(items)) && !is_plain(items)),
    }
}

/// Whether a schema is one of plain values.
fn is_plain(schema: &Value) -> bool {
    schema.text_of("type").is_some_and(|kind| !["object", "array"].contains(&kind))
}

/// An example, which may be JSON as text.
fn parsed(example: &Value) -> Value {
    match example {
        Value::Text(text) if text.trim_start().starts_with(['{', '[']) => {
            serde_json::from_str(text).unwrap_or_else(|_| example.clone())
        }
        example => example.clone(),
    }
}

fn schema(examples: &[&Value]) -> Value {
    let mut shape = Shape::default();
    for example in examples {
        shape.see(example);
    }
    shape.schema()
}

fn list_of(items: Value) -> Value {
    let kind = ("type".to_owned(), Value::Text("array".to_owned()));
    Value::Map(IndexMap::from([kind, ("items".to_owned(), items)]))
}
