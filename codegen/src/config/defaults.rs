//! `resource_defaults`, merged into each resource by dlt's rules before anything is read: a value
//! from the defaults and one of the resource's own then are the same thing.

use super::{Columns, Resource};
use crate::{
    diagnostic::{Code, Diagnostic, Diagnostics, closest},
    parse::Parse,
    yaml::{Entry, Mapping, Node, Value},
};

/// Reads the defaults by themselves, so that a mistake in them is found whatever the resources override,
/// and returns them in full form.
pub(super) fn read(node: &Node, diagnostics: &mut Diagnostics) -> Option<Mapping> {
    let node = spelled_out(node);
    Resource::parse(&node, diagnostics)?;
    let Value::Mapping(mut defaults) = node.value else { return None };
    if let Some(name) = defaults.get("name") {
        diagnostics.push(
            Diagnostic::error(
                Code::UnknownKey,
                name.key_span,
                "`resource_defaults` has no key `name`",
            )
            .help("every resource needs its own name"),
        );
        defaults.entries.retain(|entry| entry.key != "name");
    }
    Some(defaults)
}

/// A resource in full: `payments` is `{name: payments}`, `endpoint: v1/payments` is
/// `endpoint: {path: v1/payments}`, and a list of columns is a mapping.
pub(super) fn spelled_out(resource: &Node) -> Node {
    let mut resource = under_key(resource, "name");
    if let Value::Mapping(mapping) = &mut resource.value {
        for entry in &mut mapping.entries {
            // A misspelt key is read as the one that was meant.
            match closest(&entry.key, ["endpoint", "columns"]).unwrap_or_default() {
                "endpoint" => entry.value = under_key(&entry.value, "path"),
                // Mistakes in a list are reported where it is read.
                "columns" => {
                    if let Some(named) = Columns::by_name(&entry.value) {
                        entry.value = named;
                    }
                }
                _ => {}
            }
        }
    }
    resource
}

fn under_key(node: &Node, key: &str) -> Node {
    match &node.value {
        Value::Scalar(_) if !node.is_null() => {
            let entry = Entry { key: key.to_owned(), key_span: node.span, value: node.clone() };
            Node { span: node.span, value: Value::Mapping(Mapping { entries: vec![entry] }) }
        }
        _ => node.clone(),
    }
}

/// The resource's own keys over the defaults. `endpoint` and `columns` are merged key by key, in
/// them `params`, `json` and each column again; everything else is replaced, `null` resets.
pub(super) fn merge(defaults: &Mapping, own: &Mapping) -> Mapping {
    merge_with(defaults, own, |key| match key {
        "endpoint" => Some(merge_endpoint),
        "columns" => Some(merge_columns),
        _ => None,
    })
}

fn merge_endpoint(defaults: &Mapping, own: &Mapping) -> Mapping {
    merge_with(defaults, own, |key| match key {
        "params" | "json" => Some(merge_flat),
        _ => None,
    })
}

/// A resource removes a default column with `null`.
fn merge_columns(defaults: &Mapping, own: &Mapping) -> Mapping {
    let mut merged = merge_with(defaults, own, |_| Some(merge_flat));
    let is_default = |key: &str| defaults.get(key).is_some();
    merged.entries.retain(|column| !(column.value.is_null() && is_default(&column.key)));
    merged
}

fn merge_flat(defaults: &Mapping, own: &Mapping) -> Mapping {
    merge_with(defaults, own, |_| None)
}

type Merge = fn(&Mapping, &Mapping) -> Mapping;

fn merge_with(
    defaults: &Mapping,
    own: &Mapping,
    deeper: impl Fn(&str) -> Option<Merge>,
) -> Mapping {
    let mut merged = defaults.clone();
    for entry in &own.entries {
        let mut entry = entry.clone();
        // Only defaults are replaced: a resource's own keys are all different.
        let default = defaults.entries.iter().position(|default| default.key == entry.key);
        let Some(default) = default else {
            merged.entries.push(entry);
            continue;
        };
        if let Some(merge) = deeper(&entry.key)
            && let Value::Mapping(default) = &defaults.entries[default].value.value
            && let Value::Mapping(value) = &entry.value.value
        {
            entry.value.value = Value::Mapping(merge(default, value));
        }
        merged.entries[default] = entry;
    }
    merged
}
