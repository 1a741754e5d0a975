//! Airbyte's low-code manifests: each stream becomes a resource.

mod auth;
mod columns;
mod condition;
mod format;
mod gaps;
mod incremental;
mod jinja;
mod legacy;
mod literal;
mod manifest;
mod naming;
mod paginator;
mod partition;
mod records;
mod request;
mod responses;
mod scope;
mod secret;
mod server;
mod settings;
mod stream;
mod time;

use crate::{
    description::{Mapping, Node},
    document,
    failure::Failure,
    gap::{self, Gap},
    selection::{Selection, with_parents},
};

use self::{
    settings::Settings,
    stream::{Resource, Streams},
};

/// Reads a manifest, and makes a description of what of it is selected.
pub(crate) fn import(text: &str, selection: &Selection) -> Result<(Mapping, Vec<Gap>), Failure> {
    let manifest = manifest::resolved(&legacy::renamed(&document::read(text)?))?;
    let mut streams = Streams::of(&manifest, Settings::of(&manifest));
    streams.build();
    let mut gaps = std::mem::take(&mut streams.gaps.all);
    if !manifest.list_of("dynamic_streams").is_empty() {
        let message = "streams that the API itself names, which are known only when it is asked";
        gaps.push(Gap::new("dynamic_streams", "dynamic_streams", message));
    }
    if streams.resources.is_empty() {
        return Err(nothing(&gaps));
    }
    let names: Vec<String> = streams.resources.iter().map(|of| of.name.clone()).collect();
    retain(&mut streams.resources, &selection.named(&names)?);
    let client = server::shared(&mut streams.resources, &mut gaps);
    let is_selected = by_path(&streams.resources, selection, &mut gaps)?;
    retain(&mut streams.resources, &is_selected);
    let is_left = |name: &String| streams.resources.iter().any(|resource| resource.name == *name);
    let left_out = names.iter().filter(|name| !is_left(name));
    let left_out: Vec<String> = left_out.map(|name| format!("streams.{name}.")).collect();
    gaps.retain(|gap| {
        gap.code == "server" && selection.resources.is_empty()
            || !left_out.iter().any(|place| gap.place.starts_with(place))
    });
    let resources: Vec<Node> =
        streams.resources.iter().map(|resource| Node::Map(resource.mapping.clone())).collect();

    let mut description = Mapping::new();
    let secrets = streams.settings.late_secrets();
    let in_secret = |node: Node| secret::named(node, &secrets);
    let client = in_secret(client.into());
    let resources = Node::List(resources.into_iter().map(in_secret).collect());
    let mut literals = secret::Literals::beside(&[&client, &resources]);
    let client = literals.replaced(client);
    let resources = literals.replaced(resources);
    literals.hide(&mut gaps);
    let config = streams.settings.described(&[&client, &resources]);
    description.set("client", client);
    if !config.is_empty() {
        description.set("config", config);
    }
    description.set("resources", resources);
    Ok((description, gap::joined(gaps)))
}

/// Why no stream became a resource.
fn nothing(gaps: &[Gap]) -> Failure {
    let help = "streams of custom code have no description";
    Failure::new("no stream of the manifest can be described", help).because(gaps)
}

/// Leaves the resources that are selected, and their parents.
fn retain(resources: &mut Vec<Resource>, is_selected: &[bool]) {
    let mut is_selected = is_selected.to_vec();
    let at = |name: &String| resources.iter().position(|resource| resource.name == *name);
    with_parents(&mut is_selected, |of| resources[of].parent.iter().filter_map(at).collect());
    let mut is_selected = is_selected.into_iter();
    resources.retain(|_| is_selected.next().unwrap_or_default());
}

/// Which resources are selected by their paths.
fn by_path(
    resources: &[Resource],
    selection: &Selection,
    gaps: &mut Vec<Gap>,
) -> Result<Vec<bool>, Failure> {
    let shown = resources.iter().filter(|resource| !resource.is_hidden);
    gaps.extend(selection.unmatched(shown.map(|resource| resource.path.as_str()))?);
    // Those that are there for their children only may be named, too.
    let is_shown = |resource: &Resource| match selection.resources.as_slice() {
        [] => !resource.is_hidden,
        names => names.contains(&resource.name),
    };
    let is_selected =
        |resource: &Resource| is_shown(resource) && selection.has_path(&resource.path);
    let is_selected: Vec<bool> = resources.iter().map(is_selected).collect();
    if !is_selected.contains(&true) {
        return Err(nothing(gaps));
    }
    Ok(is_selected)
}
