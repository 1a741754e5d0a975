//! Airbyte's low-code manifests: each stream becomes a resource.

mod auth;
mod columns;
mod condition;
mod format;
mod gaps;
mod incremental;
mod jinja;
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
    gap::Gap,
    selection::{Selection, with_parents},
};

use self::{settings::Settings, stream::Streams};

/// Reads a manifest, and makes a description of what of it is selected.
pub(crate) fn import(text: &str, selection: &Selection) -> Result<(Mapping, Vec<Gap>), Failure> {
    let manifest = manifest::resolved(&document::read(text)?)?;
    let mut streams = Streams::of(&manifest, Settings::of(&manifest));
    streams.build();
    let mut gaps = std::mem::take(&mut streams.gaps.all);
    if !manifest.list_of("dynamic_streams").is_empty() {
        let message = "streams that the API itself names, which are known only when it is asked";
        gaps.push(Gap::new("dynamic_streams", "dynamic_streams", message));
    }
    let client = server::shared(&mut streams.resources, &mut gaps);
    let resources = selected(&streams.resources, selection, &mut gaps)?;

    let mut description = Mapping::new();
    let secrets = streams.settings.late_secrets();
    let in_secret = |node: Node| secret::named(node, &secrets);
    let client = in_secret(client.into());
    let resources = Node::List(resources.into_iter().map(in_secret).collect());
    let config = streams.settings.described(&[&client, &resources]);
    description.set("client", client);
    if !config.is_empty() {
        description.set("config", config);
    }
    description.set("resources", resources);
    Ok((description, gaps))
}

/// The resources that are selected, with their parents; gaps of others are left out.
fn selected(
    resources: &[stream::Resource],
    selection: &Selection,
    gaps: &mut Vec<Gap>,
) -> Result<Vec<Node>, Failure> {
    let has_path =
        |resource: &&stream::Resource| !resource.is_hidden && selection.has_path(&resource.path);
    if !resources.iter().any(|resource| has_path(&resource)) {
        return Err(Failure::new(
            "no stream of the manifest can be described",
            "`--only` selects paths, and streams of custom code have no description",
        ));
    }
    let names: Vec<&str> = resources.iter().map(|resource| resource.name.as_str()).collect();
    let mut is_selected = selection.named(&names)?;
    if selection.resources.is_empty() {
        is_selected = resources.iter().map(|resource| has_path(&resource)).collect();
    }
    with_parents(&mut is_selected, |at| {
        let parent = resources[at].parent.iter();
        parent.filter_map(|parent| names.iter().position(|name| name == parent)).collect()
    });
    let of_other = |gap: &Gap| {
        let left_out = names.iter().zip(&is_selected).filter(|(_, is_selected)| !**is_selected);
        left_out
            .map(|(name, _)| format!("streams.{name}."))
            .any(|place| gap.place.starts_with(&place))
    };
    gaps.retain(|gap| !of_other(gap));
    let selected = resources.iter().zip(is_selected).filter(|(_, is_selected)| *is_selected);
    Ok(selected.map(|(resource, _)| Node::Map(resource.mapping.clone())).collect())
}
