//! From an endpoint to its request: what fills the gaps of its templates.

use std::sync::Arc;

use reqwest::header::HeaderMap;

use crate::{
    address,
    client::Inner,
    plan::{Endpoint, Part, Template},
    query::Query,
    request::Request,
};

/// The request of an endpoint, before its paginator has a say.
pub(crate) fn request(client: &Inner, endpoint: &Endpoint) -> Result<Request, String> {
    let url = address::join(&client.base_url, &fill(client, &endpoint.path)?)?;
    let mut query = Query::of(&url);
    let params = endpoint
        .params
        .iter()
        .map(|param| Ok::<_, String>((fill(client, &param.name)?, fill(client, &param.value)?)));
    query.set_all(params.collect::<Result<_, _>>()?);
    Ok(Request {
        method: endpoint.method,
        url,
        query,
        headers: HeaderMap::new(),
        body: None,
        auth: Arc::clone(&client.auth),
    })
}

/// The text of a template.
fn fill(client: &Inner, template: &Template) -> Result<String, String> {
    let mut text = String::new();
    for part in template.0.iter() {
        text.push_str(match part {
            Part::Text(text) => text,
            Part::Secret(name) => client.inputs.secret(name)?,
            Part::Config(name) => client.inputs.config(name)?,
            _ => return Err("the engine does not know this placeholder yet".to_owned()),
        });
    }
    Ok(text)
}
