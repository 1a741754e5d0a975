//! From an endpoint to its request: what fills the gaps of its templates.

use std::sync::Arc;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::header::HeaderMap;

use crate::{
    address,
    client::Inner,
    plan::{Bound, Endpoint, Part, Template},
    query::Query,
    request::Request,
    values::Values,
};

/// The request of an endpoint, before its paginator has a say.
pub(crate) fn request(
    client: &Inner,
    endpoint: &Endpoint,
    values: &Values,
) -> Result<Request, String> {
    let url = address::join(&client.base_url, &path(client, &endpoint.path, values)?)?;
    let mut query = Query::of(&url);
    let mut params = Vec::new();
    for param in endpoint.params.iter() {
        // A parameter without a value is not sent: the lower bound of a first run, say.
        if let Some(value) = values.fill(client, &param.value)?
            && let Some(name) = values.fill(client, &param.name)?
        {
            params.push((name, value));
        }
    }
    query.set_all(&params);
    if let Some(incremental) = &endpoint.incremental {
        for (param, bound) in [
            (&incremental.start_param, Bound::StartValue),
            (&incremental.end_param, Bound::EndValue),
        ] {
            let template = Template(vec![Part::Incremental(bound)].into());
            if let Some(param) = param
                && let Some(value) = values.fill(client, &template)?
            {
                query.set(param, &value);
            }
        }
    }
    Ok(Request {
        method: endpoint.method,
        url,
        query,
        headers: HeaderMap::new(),
        body: None,
        auth: Arc::clone(&client.auth),
    })
}

/// The path, with each gap filled by one segment or a part of one: a slash, a question mark or a dot
/// in a value shall not lead elsewhere.
fn path(client: &Inner, template: &Template, values: &Values) -> Result<String, String> {
    let path = values.fill_with(client, template, |text| {
        if matches!(text.as_str(), "." | ".." | "") {
            return Err(format!("{text:?} cannot be a part of an address"));
        }
        let encoded = utf8_percent_encode(&text, SEGMENT);
        Ok(encoded.to_string())
    });
    path?.ok_or_else(|| "a value of the path is null".to_owned())
}

/// What stands for itself in a segment (RFC 3986, section 3.3).
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'!')
    .remove(b'$')
    .remove(b'&')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=')
    .remove(b':')
    .remove(b'@');
