//! Pulls together what resources share: into `client` the paginator and headers, into `resource_defaults` the
//! rest, so that each thing is said once.

use super::{Mapping, Node};

/// Keys of an endpoint that become a default of all resources where they agree.
const OF_ENDPOINT: [&str; 2] = ["data_selector", "data_selector_required"];
/// Keys of a resource that do.
const OF_RESOURCE: [&str; 2] = ["primary_key", "write_disposition"];

/// Pulls together what resources share.
pub(super) fn tidy(description: &mut Mapping) {
    let Some(Node::List(resources)) = description.get_mut("resources") else { return };
    let mut resources = std::mem::take(resources);
    let mut defaults = match description.remove("resource_defaults") {
        Some(entry) => entry.value.map().cloned().unwrap_or_default(),
        None => Mapping::new(),
    };
    for key in OF_RESOURCE {
        pull(&mut resources, &mut defaults, |resource| Some(resource), key);
    }
    let mut endpoint = match defaults.remove("endpoint") {
        Some(entry) => entry.value.map().cloned().unwrap_or_default(),
        None => Mapping::new(),
    };
    for key in OF_ENDPOINT {
        pull(&mut resources, &mut endpoint, endpoint_of, key);
    }
    if !endpoint.is_empty() {
        defaults.set("endpoint", endpoint);
    }
    if let Some(client) = description.get_mut("client").and_then(Node::map_mut) {
        for key in ["paginator", "headers"] {
            pull(&mut resources, client, endpoint_of, key);
        }
        pull_headers(&mut resources, client);
    }
    description.remove("resources");
    if !defaults.is_empty() {
        description.set("resource_defaults", defaults);
    }
    description.set("resources", Node::List(resources));
}

/// Moves the headers that all resources send with the same values into the client.
fn pull_headers(resources: &mut [Node], client: &mut Mapping) {
    if resources.len() < 2 || client.get("headers").is_some() {
        return;
    }
    let headers = |resource: &mut Node| {
        let endpoint = resource.map_mut().and_then(endpoint_of)?;
        endpoint.get_mut("headers").and_then(Node::map_mut).map(std::mem::take)
    };
    let mut all: Vec<Mapping> =
        resources.iter_mut().map(|resource| headers(resource).unwrap_or_default()).collect();
    let mut shared = all.first().cloned().unwrap_or_default();
    shared.entries.retain(|entry| {
        let is_same =
            |of: &Mapping| of.get(&entry.key).is_some_and(|own| own.says_same(&entry.value));
        !entry.value.has_text(&is_own) && all.iter().all(is_same)
    });
    for (resource, own) in resources.iter_mut().zip(&mut all) {
        own.entries.retain(|entry| shared.get(&entry.key).is_none());
        let Some(endpoint) = resource.map_mut().and_then(endpoint_of) else { continue };
        match endpoint.get_mut("headers") {
            Some(_) if own.is_empty() => _ = endpoint.remove("headers"),
            Some(headers) => *headers = Node::Map(std::mem::take(own)),
            None => {}
        }
    }
    if !shared.is_empty() {
        client.set("headers", shared);
    }
}

/// Whether only a request of its resource has what a text mentions.
fn is_own(text: &str) -> bool {
    ["{resources.", "{incremental.", "{paginator.", "{each."].iter().any(|of| text.contains(of))
}

fn ends_in_placeholder(resource: &Node) -> bool {
    let endpoint = resource.map().and_then(|resource| resource.get("endpoint")).and_then(Node::map);
    let path = endpoint.and_then(|endpoint| endpoint.text("path")).unwrap_or_default();
    path.rsplit('/').next().is_some_and(|last| last.contains('{'))
}

fn endpoint_of(resource: &mut Mapping) -> Option<&mut Mapping> {
    resource.get_mut("endpoint").and_then(Node::map_mut)
}

/// Moves the most frequent value of a key to where it is the default of all resources, if each resource has one
/// (so that none gets what it did not have) and at least half have this one.
fn pull(
    resources: &mut [Node],
    defaults: &mut Mapping,
    within: fn(&mut Mapping) -> Option<&mut Mapping>,
    key: &str,
) {
    if resources.len() < 2 || defaults.get(key).is_some() {
        return;
    }
    let mut values: Vec<(Node, Option<String>, usize)> = Vec::new();
    let is_shared = |node: &Node| key != "headers" || !node.has_text(&is_own);
    for resource in resources.iter_mut() {
        let entry = resource.map_mut().and_then(within).and_then(|of| of.entry(key));
        let Some(entry) = entry.filter(|entry| is_shared(&entry.value)) else { return };
        match values.iter_mut().find(|(value, ..)| value.says_same(&entry.value)) {
            Some((.., count)) => *count += 1,
            None => values.push((entry.value.clone(), entry.reason.clone(), 1)),
        }
    }
    // Of equally frequent ones the first.
    values.reverse();
    let Some((value, reason, count)) = values.into_iter().max_by_key(|(.., count)| *count) else {
        return;
    };
    // A paginator or header of a single resource is that resource's, however few others there are.
    let is_of_client = ["paginator", "headers"].contains(&key);
    if count * 2 < resources.len() || (is_of_client && count < 2) {
        return;
    }
    for resource in resources.iter_mut() {
        // Of a path that ends in a placeholder the defaults of others say nothing: it leads to one record.
        if ends_in_placeholder(resource) {
            continue;
        }
        let Some(of) = resource.map_mut().and_then(within) else { continue };
        if of.get(key).is_some_and(|own| own.says_same(&value)) {
            of.remove(key);
        }
    }
    defaults.put(key, value, reason);
}
