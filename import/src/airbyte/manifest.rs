//! The manifest as Airbyte's own resolver leaves it: references replaced, `$parameters` handed down to the
//! components that lack a key of their name.

use indexmap::IndexMap;

use crate::{document::Value, failure::Failure};

/// How many references may lie within each other; more are a circle.
const MOST_DEPTH: usize = 60;

/// Keys whose values are data of requests or schemas, in which a `type` names no component.
const DATA: [&str; 8] = [
    "schema",
    "spec",
    "request_parameters",
    "request_headers",
    "request_body_json",
    "request_body_data",
    "refresh_request_body",
    "schemas",
];

/// Keys whose values are components also without a `type`.
const COMPONENTS: [&str; 26] = [
    "streams",
    "stream",
    "parent_stream_configs",
    "partition_router",
    "transformations",
    "fields",
    "error_handlers",
    "response_filters",
    "decoder",
    "login_requester",
    "retriever",
    "requester",
    "record_selector",
    "extractor",
    "record_filter",
    "paginator",
    "pagination_strategy",
    "page_token_option",
    "page_size_option",
    "authenticator",
    "error_handler",
    "incremental_sync",
    "schema_loader",
    "start_datetime",
    "end_datetime",
    "request_option",
];

/// The manifest with its references replaced and its parameters handed down.
pub(super) fn resolved(root: &Value) -> Result<Value, Failure> {
    let is_manifest = root.map().is_some_and(|members| {
        members.contains_key("streams")
            || members.contains_key("dynamic_streams")
            || root.text_of("type") == Some("DeclarativeSource")
    });
    if !is_manifest {
        return Err(Failure::new(
            "this is no Airbyte manifest: it has no `streams`",
            "a manifest is the `manifest.yaml` of a low-code connector, of the type `DeclarativeSource`",
        ));
    }
    let mut resolved = IndexMap::new();
    for (key, value) in root.map().into_iter().flatten() {
        // What other keys refer to is found in the manifest as it is written.
        if !matches!(key.as_str(), "definitions" | "schemas") {
            resolved.insert(key.clone(), replaced(root, value, 0)?);
        }
    }
    Ok(handed_down(Value::Map(resolved), &IndexMap::new(), "", true))
}

/// A value with what its references lead to, beside which other keys take precedence.
fn replaced(root: &Value, value: &Value, depth: usize) -> Result<Value, Failure> {
    if depth > MOST_DEPTH {
        let message = "the references of the manifest lead round in a circle";
        return Err(Failure::new(message, "look for a `$ref` to something that contains it"));
    }
    match value {
        Value::Text(text) if text.starts_with("#/") => match target(root, text) {
            Some(target) => replaced(root, target, depth + 1),
            None => Ok(value.clone()),
        },
        Value::List(items) => {
            let items = items.iter().map(|item| replaced(root, item, depth + 1));
            Ok(Value::List(items.collect::<Result<_, _>>()?))
        }
        Value::Map(members) => {
            let mut result = IndexMap::new();
            if let Some(reference) = members.get("$ref").and_then(Value::text) {
                let Some(target) = target(root, reference) else {
                    let message = format!("the manifest has nothing at `{reference}`");
                    return Err(Failure::new(message, "references lead to `#/definitions/…`"));
                };
                match replaced(root, target, depth + 1)? {
                    Value::Map(referred) => result = referred,
                    other if members.len() == 1 => return Ok(other),
                    _ => {}
                }
            }
            for (key, value) in members.iter().filter(|(key, _)| *key != "$ref") {
                let value = replaced(root, value, depth + 1)?;
                match (result.get_mut(key), value) {
                    // Parameters of both are there, those that are written here first.
                    (Some(Value::Map(referred)), Value::Map(own)) if key == "$parameters" => {
                        referred.extend(own);
                    }
                    (_, value) => {
                        result.insert(key.clone(), value);
                    }
                }
            }
            Ok(Value::Map(result))
        }
        other => Ok(other.clone()),
    }
}

/// What `#/definitions/streams/orders` leads to; a key may have slashes in it.
fn target<'a>(root: &'a Value, reference: &str) -> Option<&'a Value> {
    fn within<'a>(value: &'a Value, path: &str) -> Option<&'a Value> {
        if let Value::List(items) = value {
            let (first, rest) = path.split_once('/').unwrap_or((path, ""));
            let item = items.get(first.parse::<usize>().ok()?)?;
            return if rest.is_empty() { Some(item) } else { within(item, rest) };
        }
        if let Some(found) = value.get(path) {
            return Some(found);
        }
        let mut ends = path.match_indices('/').map(|(at, _)| at);
        ends.find_map(|at| within(value.get(&path[..at])?, &path[at + 1..]))
    }
    within(root, reference.strip_prefix("#/")?)
}

/// A value in which each component has the parameters of those around it.
fn handed_down(
    value: Value,
    parameters: &IndexMap<String, Value>,
    key: &str,
    is_root: bool,
) -> Value {
    let mut members = match value {
        Value::Map(members) => members,
        Value::List(items) => {
            let items = items.into_iter().map(|item| handed_down(item, parameters, key, false));
            return Value::List(items.collect());
        }
        other => return other,
    };
    let has_type = matches!(members.get("type"), Some(Value::Text(kind)) if is_kind(kind));
    let is_component = is_root || has_type || COMPONENTS.contains(&key);
    let mut current = parameters.clone();
    if let Some(Value::Map(own)) = members.shift_remove("$parameters") {
        current.extend(own);
    }
    if is_component && !is_root {
        for (key, value) in &current {
            let is_missing = members.get(key).is_none_or(|own| *own == Value::Null);
            if is_missing {
                members.insert(key.clone(), value.clone());
            }
        }
    }
    let mut result = IndexMap::new();
    for (key, value) in members {
        let value = if DATA.contains(&key.as_str()) {
            value
        } else {
            // A parameter that is this very component is not its own parameter.
            let mut inner = current.clone();
            inner.shift_remove(&key);
            handed_down(value, &inner, &key, false)
        };
        result.insert(key, value);
    }
    if is_component && !current.is_empty() {
        result.insert("$parameters".to_owned(), Value::Map(current));
    }
    Value::Map(result)
}

fn is_kind(kind: &str) -> bool {
    kind.starts_with(|c: char| c.is_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::read;

    #[test]
    fn references_and_parameters_reach_the_components() {
        let manifest = "
type: DeclarativeSource
definitions:
  a/b: {size: 1}
  stream:
    type: DeclarativeStream
    $parameters: {path: /base, key: k}
    retriever: {type: SimpleRetriever, requester: {http_method: GET, options: [{$ref: '#/definitions/a/b'}]}}
streams:
  - {$ref: '#/definitions/stream', $parameters: {path: /own}}
  - '#/definitions/stream'
";
        let resolved = resolved(&read(manifest).unwrap()).unwrap();
        let requesters: Vec<&Value> = resolved
            .list_of("streams")
            .iter()
            .map(|stream| stream.get("retriever").unwrap().get("requester").unwrap())
            .collect();
        assert_eq!(requesters[0].text_of("path"), Some("/own"));
        assert_eq!(requesters[1].text_of("path"), Some("/base"));
        assert_eq!(requesters[0].list_of("options")[0].get("size").unwrap().whole(), Some(1));
    }

    #[test]
    fn circles_and_other_documents_are_failures() {
        for text in [
            "streams: [{$ref: '#/definitions/a'}]\ndefinitions: {a: {b: {$ref: '#/definitions/a'}}}",
            "streams: [{$ref: '#/definitions/a'}]",
            "openapi: 3.0.0",
        ] {
            assert!(resolved(&read(text).unwrap()).is_err());
        }
    }
}
