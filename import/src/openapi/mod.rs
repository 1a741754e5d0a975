//! OpenAPI 3.0, OpenAPI 3.1 and Swagger 2: each endpoint that gives a list becomes a resource.

mod auth;
mod examples;
mod operation;
mod server;
mod spec;

use crate::{
    api::Resources,
    description::{Mapping, Node},
    document,
    failure::Failure,
    gap::Gap,
    selection::Selection,
};

use self::spec::Spec;

/// Reads a document, and makes a description of what of it is selected.
pub(crate) fn import(text: &str, selection: &Selection) -> Result<(Mapping, Vec<Gap>), Failure> {
    let document = examples::completed(document::read(text)?);
    let spec = Spec::of(&document)?;
    let mut gaps = Vec::new();
    let mut settings = Mapping::new();
    let base_url = server::base_url(&spec, &mut settings);
    gaps.extend(selection.unmatched(operation::paths(&spec))?);
    let mut operations = operation::all(&spec, selection, &mut gaps);
    server::of_operations(&spec, &base_url.value, &mut operations, &mut gaps);
    let auth = auth::shared(&spec, &base_url.value, &mut operations, &mut gaps);
    let mut found = Vec::new();
    let mut resources = Resources::new(&spec.document, &operations, &mut settings, &mut found);
    let resources = resources.described(selection).map_err(|failure| failure.because(&gaps))?;
    gaps.extend(found);

    let mut client = Mapping::new();
    client.put("base_url", base_url.value, base_url.reason);
    if let Some(auth) = auth {
        client.put("auth", auth.value, auth.reason);
    }
    let mut description = Mapping::new();
    if let Some(text) = spec.description() {
        description.set("description", Node::Text(text));
    }
    description.set("client", client);
    if !settings.is_empty() {
        description.set("config", settings);
    }
    description.set("resources", Node::List(resources));
    Ok((description, gaps))
}
