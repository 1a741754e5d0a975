//! The resources of a configuration, and which of them are selected.

use super::{
    describe::Describer,
    value::{Kind, Value},
};
use crate::{
    description::Node,
    failure::Failure,
    gap::Gap,
    selection::{Selection, with_parents},
    vault::Vault,
};

/// A resource of a list; `None` if its name or path is what only Python knows, as it would be another then.
pub(super) struct Described {
    node: Option<Node>,
    gaps: Vec<Gap>,
}

/// The resources of a list.
pub(super) fn all(resources: &Value, vault: &mut Vault) -> Vec<Described> {
    let Kind::List(items) = &resources.kind else {
        let mut gaps = Vec::new();
        Describer::new(&mut gaps, vault).below("resources", resources);
        return vec![Described { node: None, gaps }];
    };
    items.iter().enumerate().map(|(at, item)| described(at, item, vault)).collect()
}

fn described(at: usize, item: &Value, vault: &mut Vault) -> Described {
    let name = match item.get("name").map(|name| &name.kind) {
        Some(Kind::Text(name)) => name.clone(),
        _ => at.to_string(),
    };
    let mut gaps = Vec::new();
    let node = Describer::new(&mut gaps, vault).below(&format!("resources.{name}"), item);
    let endpoint = item.get("endpoint");
    let needed = [item.get("name"), endpoint, endpoint.and_then(|endpoint| endpoint.get("path"))];
    let is_complete = !needed.into_iter().flatten().any(Value::is_unknown);
    let node = node.filter(|_| is_complete).map(|node| match node {
        Node::Map(mut resource) => {
            // The name first, as a person would write it.
            let name = resource.entries.iter().position(|entry| entry.key == "name");
            if let Some(name) = name {
                resource.entries[..=name].rotate_right(1);
            }
            Node::Map(resource)
        }
        node => node,
    });
    Described { node, gaps }
}

/// The resources that are selected, and their parents; their gaps are added to the others.
pub(super) fn select(
    all: Vec<Described>,
    selection: &Selection,
    gaps: &mut Vec<Gap>,
) -> Result<Vec<Node>, Failure> {
    let nodes: Vec<&Node> = all.iter().filter_map(|of| of.node.as_ref()).collect();
    let names: Vec<&str> = nodes.iter().map(|node| name(node)).collect();
    let parents: Vec<Vec<usize>> = nodes.iter().map(|node| parents(node, &names)).collect();
    let by_name = selection.named(&names)?;
    let paths: Vec<String> = nodes.iter().map(|node| path(node)).collect();
    gaps.extend(selection.unmatched(paths.iter().map(String::as_str))?);
    let is_selected = |(path, is_named): (&String, bool)| is_named && selection.has_path(path);
    let mut selected: Vec<bool> = paths.iter().zip(by_name).map(is_selected).collect();
    with_parents(&mut selected, |at| parents[at].clone());
    let first = all.iter().find_map(|of| of.gaps.first()).cloned();
    let is_none = nodes.is_empty();
    let mut selected = selected.into_iter();
    let is_all = *selection == Selection::default();
    let mut kept = Vec::new();
    for of in all {
        // What was left out as a whole has no name to be selected by.
        if of.node.as_ref().map_or(is_all, |_| selected.next() == Some(true)) {
            kept.extend(of.node);
            gaps.extend(of.gaps);
        }
    }
    if kept.is_empty() {
        return Err(match first.filter(|_| is_none) {
            Some(gap) => Failure::new(
                format!("the resources are only known to Python: {}: {}", gap.place, gap.message),
                "write them as dictionaries in a list of the file",
            ),
            None if is_none => Failure::new(
                "the source has no resources in the file",
                "write them as dictionaries in a list of the file",
            ),
            None => Failure::new(
                "no resource of the file is selected",
                "`--only` selects paths of endpoints: `/v1/*`",
            ),
        });
    }
    Ok(kept)
}

fn name(resource: &Node) -> &str {
    match resource {
        Node::Text(name) => name,
        node => node.map().and_then(|resource| resource.text("name")).unwrap_or_default(),
    }
}

/// The path of a resource, with the slash that dlt does without.
fn path(resource: &Node) -> String {
    let endpoint = resource.map().and_then(|resource| resource.get("endpoint"));
    let path = match endpoint {
        Some(Node::Text(path)) => Some(path.as_str()),
        endpoint => endpoint.and_then(Node::map).and_then(|endpoint| endpoint.text("path")),
    };
    format!("/{}", path.unwrap_or(name(resource)).trim_start_matches('/'))
}

/// The resources whose records a resource needs: `{resources.posts.id}`, or `resource: posts`.
fn parents(node: &Node, names: &[&str]) -> Vec<usize> {
    let mut parents = Vec::new();
    let mut rest = vec![node];
    while let Some(node) = rest.pop() {
        match node {
            Node::Plain(_) => {}
            Node::Text(text) => {
                for mention in text.split("{resources.").skip(1) {
                    let parent = mention.split('.').next();
                    parents.extend(names.iter().position(|name| Some(*name) == parent));
                }
            }
            Node::List(items) => rest.extend(items),
            Node::Map(mapping) => {
                let of_type = mapping.text("type") == Some("resolve");
                let resource = mapping.text("resource").filter(|_| of_type);
                parents.extend(names.iter().position(|name| Some(*name) == resource));
                rest.extend(mapping.entries.iter().map(|entry| &entry.value));
            }
        }
    }
    parents
}
