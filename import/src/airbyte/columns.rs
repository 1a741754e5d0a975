//! Columns, from the schemas that a manifest has inline: those of plain values.

use std::collections::HashSet;

use crate::{
    description::{Mapping, Node},
    document::Value,
};

/// How many columns a resource has at most.
const MOST_COLUMNS: usize = 400;

/// The columns of a stream. The cursor field is compared as what it looks like, unless it is declared as a time.
pub(super) fn columns(stream: &Value, cursor_field: Option<&str>) -> Mapping {
    let loader = match stream.get("schema_loader") {
        Some(Value::List(loaders)) => loaders.first(),
        loader => loader,
    };
    let mut columns = Mapping::new();
    let mut taken: HashSet<String> = HashSet::new();
    let Some(schema) = loader.and_then(|loader| loader.get("schema")) else { return columns };
    for (name, member) in schema.members_of("properties").take(MOST_COLUMNS) {
        let is_cursor = cursor_field == Some(name);
        let Some(data_type) = data_type(member) else { continue };
        if is_cursor && data_type != "timestamp" {
            continue;
        }
        // Two fields whose names differ only in case share no column.
        let normal: String =
            name.chars().filter(|c| c.is_ascii_alphanumeric()).collect::<String>().to_lowercase();
        if normal.is_empty() || !taken.insert(normal) {
            continue;
        }
        let mut column = Mapping::of([("data_type", Node::text(data_type))]);
        if let Some(text) = member.text_of("description").filter(|text| !text.trim().is_empty()) {
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            column.set("description", Node::Text(text));
        }
        columns.set(name, column);
    }
    columns
}

/// The type of a plain value.
fn data_type(member: &Value) -> Option<&'static str> {
    let kind = match member.get("type")? {
        Value::Text(kind) => kind.as_str(),
        Value::List(kinds) => {
            let mut kinds = kinds.iter().filter_map(Value::text).filter(|kind| *kind != "null");
            let first = kinds.next()?;
            if kinds.next().is_some() {
                return None;
            }
            first
        }
        _ => return None,
    };
    Some(match (kind, member.text_of("format")) {
        ("string", Some("date-time")) => "timestamp",
        ("string", Some("date")) => "date",
        ("string", _) => "text",
        ("integer", _) => "bigint",
        ("number", _) => "double",
        ("boolean", _) => "bool",
        _ => return None,
    })
}
