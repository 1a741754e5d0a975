//! Columns of keys: dlt knows those that are not among the columns from the data, and a description that has
//! columns declares them.

use crate::description::{Mapping, Node};

/// Why the column of a key is a guess.
const REASON: &str = "the key is not among the columns of the file: `bigint` if it is a number";

/// Declares the keys of resources that have columns. Keys that a resource does not have are the defaults.
pub(super) fn declare(resources: &mut [Node], defaults: Option<&Mapping>) {
    for resource in resources.iter_mut().filter_map(Node::map_mut) {
        let mut missing: Vec<String> = Vec::new();
        for key in ["primary_key", "merge_key"] {
            let names = resource.get(key).or_else(|| defaults.and_then(|of| of.get(key)));
            missing.extend(names.into_iter().flat_map(texts));
        }
        let known = resource.get("columns").map(declared).unwrap_or_default();
        // A dot leads into another column.
        missing.retain(|name| !known.contains(name) && !name.contains('.'));
        missing.dedup();
        match resource.get_mut("columns") {
            Some(Node::Map(columns)) => {
                let mut all = Mapping::new();
                for name in missing {
                    all.guess(&name, column(), REASON);
                }
                all.entries.append(&mut columns.entries);
                *columns = all;
            }
            Some(Node::List(columns)) => {
                let column = |name: String| {
                    let mut named = Mapping::new();
                    named.guess("name", Node::Text(name), REASON);
                    named.entries.append(&mut column().entries);
                    Node::Map(named)
                };
                columns.splice(0..0, missing.into_iter().map(column));
            }
            _ => {}
        }
    }
}

fn column() -> Mapping {
    Mapping::of([("data_type", Node::text("text"))])
}

fn texts(node: &Node) -> Vec<String> {
    match node {
        Node::Text(text) => vec![text.clone()],
        Node::List(items) => items.iter().flat_map(texts).collect(),
        Node::Plain(_) | Node::Map(_) => Vec::new(),
    }
}

fn declared(columns: &Node) -> Vec<String> {
    match columns {
        Node::Map(columns) => columns.entries.iter().map(|entry| entry.key.clone()).collect(),
        Node::List(columns) => {
            let names = columns.iter().filter_map(|column| column.map()?.text("name"));
            names.map(str::to_owned).collect()
        }
        Node::Plain(_) | Node::Text(_) => Vec::new(),
    }
}
