//! Which keys of the language no case has, although a run that is interrupted might forget them.

use std::collections::BTreeSet;

use rest_source_codegen::{Key, Shape, reference::topics};
use serde_yaml::Value;

use super::{cases, play::text};

/// Blocks, or keys of blocks, that no request, record or checkpoint depends on or that another case stands for,
/// and why.
const LEFT_OUT: &[(&str, &[&str], &str)] = &[
    ("source", &["description"], "for people"),
    ("client", &["timeout", "concurrency", "rate_limit", "rate_limit_headers"], "when, not what"),
    ("client", &["auth", "paginator"], "of all endpoints, as each may have its own"),
    ("client", &["allowed_hosts"], "an error or none"),
    ("resource_defaults", &[], "merged into each resource before it is checked"),
    ("resource", &["description", "type_name", "parallelized"], "for people and Rust"),
    ("resource", &["table_name", "table_format", "file_format", "references"], "of tables"),
    (
        "resource",
        &["nested_hints", "max_table_nesting", "schema_contract", "merge_key"],
        "of tables",
    ),
    ("column", &[], "what a value becomes"),
    ("listed_column", &[], "what a value becomes"),
    ("nested_hints", &[], "of tables"),
    ("reference", &[], "of tables"),
    ("contracts", &[], "of tables"),
    ("disposition_options", &[], "of tables"),
    ("retry", &["statuses", "backoff_factor", "max_delay", "max_elapsed"], "when, not what"),
    ("rate_limit", &[], "when, not what"),
    ("rate_limit_headers", &[], "when, not what"),
    ("incremental", &["allow_external_schedulers"], "without effect"),
    ("incremental", &["convert", "transform"], "functions of Python, which are refused"),
    ("processing_step", &["map", "yield_map"], "functions of Python, which are refused"),
    ("param", &["*incremental"], "the older place of `incremental`, read as that"),
];

#[test]
fn every_key_that_bears_on_a_run_is_interrupted() {
    let topics = topics();
    let root = &topics[0].entries;
    let keys: Vec<Key> = root.iter().map(|entry| entry.key.clone()).collect();
    let mut found = BTreeSet::new();
    for case in cases::all() {
        let description: Value = serde_yaml::from_str(&text(&case)).unwrap();
        collect("source", "", &keys, &description, &mut found);
    }
    let mut lacking = Vec::new();
    for topic in &topics {
        let block = topic.name.replace('_', "");
        let left_out: Vec<&str> = LEFT_OUT
            .iter()
            .filter(|(name, ..)| *name == topic.name)
            .flat_map(|(_, keys, _)| if keys.is_empty() { &["*"][..] } else { keys })
            .copied()
            .collect();
        if left_out.contains(&"*") {
            continue;
        }
        for (word, _) in &topic.kinds {
            if !found.contains(&format!("{block}: {word}")) {
                lacking.push(format!("{}: type {word}", topic.name));
            }
        }
        for entry in &topic.entries {
            let name = entry.key.name;
            let is_found = match &entry.kinds[..] {
                [] => found.contains(&format!("{block}: .{name}")),
                kinds => {
                    kinds.iter().any(|kind| found.contains(&format!("{block}: {kind}.{name}")))
                }
            };
            let is_of_kind = |left_out: &&str| {
                left_out.strip_prefix('*').is_some_and(|kind| entry.kinds == [kind])
            };
            if !is_found && !left_out.contains(&name) && !left_out.iter().any(is_of_kind) {
                lacking.push(format!("{}.{name} {:?}", topic.name, entry.kinds));
            }
        }
    }
    assert!(lacking.is_empty(), "no case has {}", lacking.join("\n"));
}

/// The keys of a description, each as its block, its `type` and its name.
fn collect(block: &str, word: &str, keys: &[Key], value: &Value, found: &mut BTreeSet<String>) {
    let Value::Mapping(mapping) = value else { return };
    let key_of = |name: &Value| keys.iter().find(|key| Some(key.name) == name.as_str());
    // One of several shapes is meant by it.
    let mut names = mapping.keys().filter(|name| name.as_str() != Some("type"));
    if names.any(|name| key_of(name).is_none()) {
        return;
    }
    found.insert(format!("{block}: {word}"));
    for (name, value) in mapping {
        if let Some(key) = key_of(name) {
            found.insert(format!("{block}: {word}.{}", key.name));
            walk(&key.shape, value, found);
        }
    }
}

fn walk(shape: &Shape, value: &Value, found: &mut BTreeSet<String>) {
    match (shape, value) {
        (Shape::Nullable(shape), _) => walk(shape, value, found),
        (Shape::Either(shapes), _) => {
            for shape in shapes {
                walk(shape, value, found);
            }
        }
        (Shape::List(shape), Value::Sequence(items)) => {
            for item in items {
                walk(shape, item, found);
            }
        }
        (Shape::Map(shape), Value::Mapping(mapping)) => {
            for value in mapping.values() {
                walk(shape, value, found);
            }
        }
        (Shape::Mapping(of), _) => {
            collect(&of.name.to_lowercase(), "", &(of.keys)(), value, found);
        }
        (Shape::Union(of), _) => {
            let word = value.as_str().or_else(|| value.get("type")?.as_str()).or(of.default);
            if let Some(kind) = (of.kinds)().iter().find(|kind| Some(kind.word) == word) {
                let block = of.name.to_lowercase();
                found.insert(format!("{block}: {}", kind.word));
                collect(&block, kind.word, &kind.keys, value, found);
            }
        }
        _ => {}
    }
}
