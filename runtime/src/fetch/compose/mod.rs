//! From an endpoint to its request: what fills the gaps of its templates.

mod body;
mod pairs;
mod path;

use reqwest::header::{HeaderMap, HeaderName};

use self::pairs::pairs;
use super::values::Values;
use crate::{
    client::Inner,
    error::Reason,
    http::{address, header::header, query::Query, request::Request},
    plan::{Bound, Endpoint, Part, Template},
};

/// The request of an endpoint, before its paginator has a say.
pub(crate) fn request(
    client: &Inner,
    endpoint: &Endpoint,
    values: &Values,
) -> Result<Request, Reason> {
    let path = path::fill(client, &endpoint.path, values)?;
    let url = address::join(&client.base_url, &path)?;
    client.transport.origins.check(&client.base_url, &url).map_err(|why| {
        why.with_context(format_args!("the path `{path}` leads away from {}", client.base_url))
    })?;
    let mut query = Query::of(&url);
    let params = endpoint.params.iter().map(|param| (&param.name, &param.value));
    query.set_all(&pairs(client, params, values)?);
    if let Some(incremental) = &endpoint.incremental {
        for (param, bound) in [
            (&incremental.start_param, Bound::StartValue),
            (&incremental.end_param, Bound::EndValue),
        ] {
            let template = Template(vec![Part::Incremental(bound)].into());
            if let Some(param) = param
                && let Some(value) = values.fill(client, &template)?
            {
                query.set(&client.inputs.name(param)?, &value);
            }
        }
    }
    Ok(Request {
        method: endpoint.method,
        url,
        query,
        headers: headers(client, endpoint, values)?,
        body: endpoint
            .body
            .as_ref()
            .map(|body| body::fill(client, body, values))
            .transpose()?
            .flatten(),
        actions: endpoint.response_actions.clone(),
        format: endpoint.response_format.clone(),
        auth: client.authenticator(endpoint.auth.as_ref())?,
    })
}

/// The source's headers, and the endpoint's in place of those that have their names.
fn headers(client: &Inner, endpoint: &Endpoint, values: &Values) -> Result<HeaderMap, Reason> {
    let mut headers = client.headers.clone();
    for (name, template) in endpoint.headers.iter() {
        for (name, value) in pairs(client, [(name, template)], values)? {
            let name = HeaderName::from_bytes(name.as_bytes())
                .map_err(|_| format!("`{name}` is not the name of a header"))?;
            let mut value = header(&name, &value)?;
            value.set_sensitive(template.0.iter().any(|part| matches!(part, Part::Secret(_))));
            headers.insert(name, value);
        }
    }
    Ok(headers)
}
