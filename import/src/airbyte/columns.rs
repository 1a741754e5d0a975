//! Columns, from the schemas that a manifest has inline: those of plain values.

use std::collections::HashSet;

use crate::{
    description::{Mapping, Node},
    document::Value,
};

/// How many columns a resource has at most.
const MOST_COLUMNS: usize = 400;

/// The columns of a stream; none if the schema lacks a field of the key. The cursor field is compared as what it
/// looks like, unless it is declared as a time or has the type that is given. What `without` names is a column of
/// another kind.
pub(super) fn columns(
    stream: &Value,
    cursor: Option<(&str, Option<&'static str>)>,
    key: &[String],
    without: &Mapping,
) -> Mapping {
    let loader = match stream.get("schema_loader") {
        Some(Value::List(loaders)) => loaders.first(),
        loader => loader,
    };
    let mut columns = Mapping::new();
    let mut taken: HashSet<String> = HashSet::new();
    let Some(schema) = loader.and_then(|loader| loader.get("schema")) else { return columns };
    for (name, member) in schema.members_of("properties").take(MOST_COLUMNS) {
        let Some(mut data_type) = data_type(member) else { continue };
        if without.get(name).is_some() {
            continue;
        }
        if let Some((_, time)) = cursor.filter(|(field, _)| *field == name) {
            match (data_type, time) {
                ("text", Some(time)) => data_type = time,
                ("timestamp", _) => {}
                (_, None) if key.iter().any(|field| field == name) => {}
                _ => continue,
            }
        }
        // Two fields whose names differ only in case share no column.
        let normal: String =
            name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase();
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
    // A key is one of the columns where there are any.
    let is_column = |field: &String| columns.get(field).or(without.get(field)).is_some();
    if key.iter().all(is_column) { columns } else { Mapping::new() }
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
