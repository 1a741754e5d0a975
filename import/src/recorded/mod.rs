//! Requests that were sent, and a description of the source that they are of: its server, its authentication,
//! and a resource for each path. No credential is copied.

mod address;
mod credential;
mod endpoint;
mod header;
mod path;
mod query;
mod request;
mod shape;

pub(crate) use self::{
    address::{Address, decoded, form, shown},
    request::{Body, Exchange, Request, Response},
};

use self::endpoint::{Endpoint, Schemas};
pub(crate) use self::shape::Shape;
use crate::{
    api::{Document, Operation, Resources, is_next_cursor, is_version},
    base_url,
    description::{Mapping, Node},
    document::Value,
    failure::Failure,
    gap::Gap,
    selection::Selection,
    variable,
    vault::Vault,
};

/// The description of the source that requests are of. What are `secrets` by their names is copied nowhere.
pub(crate) fn describe(
    exchanges: Vec<Exchange>,
    secrets: &[(String, String)],
    selection: &Selection,
    mut gaps: Vec<Gap>,
) -> Result<(Mapping, Vec<Gap>), Failure> {
    let (origin, exchanges) = of_one_server(exchanges, &mut gaps);
    let exchanges = query::only(exchanges, selection, &mut gaps);
    let mut vault = Vault::default();
    for (name, value) in secrets {
        vault.keep(name, name, value);
    }
    let mut endpoints = endpoints(exchanges, selection, &mut vault, &mut gaps)?;
    if !endpoints.iter().any(|endpoint| endpoint.is_selected) {
        let help = "a source only reads: by GET, or by a POST that is a query";
        return Err(match gaps.first() {
            Some(gap) => Failure::of(gap, help),
            None => Failure::new("no request could be a resource", help),
        });
    }
    gaps.extend(endpoints.iter().filter(|of| of.is_selected).flat_map(Endpoint::gaps));
    // Others may be parents of those that are selected, if they are below the same base URL.
    let prefix = prefix(endpoints.iter().filter(|of| of.is_selected));
    endpoints.retain(|of| of.is_selected || of.path.starts_with(&format!("{prefix}/")));
    let auth = client_auth(&mut endpoints);
    for endpoint in &mut endpoints {
        endpoint.path = endpoint.path[prefix.len()..].to_owned();
    }

    let schemas = Schemas::new();
    let responses: Vec<(Option<Value>, Value)> = endpoints.iter().map(Endpoint::response).collect();
    let operations: Vec<Operation<'_>> = endpoints
        .iter()
        .zip(&responses)
        .map(|(endpoint, response)| endpoint.operation(response, &schemas))
        .collect();
    let mut settings = Mapping::new();
    let origin = variable::settings(&origin);
    let base_url = base_url::of(&format!("{origin}{prefix}"), None, &mut settings);
    let document = Document::of_samples();
    let mut resources = Resources::new(&document, &operations, &mut settings, &mut gaps);
    resources.restrict(&operations, |at| endpoints[at].is_selected);
    let others = operations.iter().zip(&endpoints);
    let others = others.filter(|(operation, of)| of.is_selected && !resources.has(operation));
    let others: Vec<Gap> = others.map(|(_, of)| of.without_records()).collect();
    let resources = resources.described(selection)?;
    gaps.extend(others);

    let mut client = Mapping::new();
    client.put("base_url", base_url.value, base_url.reason);
    if let Some(auth) = auth {
        client.set("auth", auth);
    }
    let mut description = Mapping::new();
    description.set("client", client);
    if !settings.is_empty() {
        description.set("config", settings);
    }
    description.set("resources", Node::List(resources));
    Ok((description, gaps))
}

/// The server that most requests were sent to, and those requests. Each other server is a gap.
fn of_one_server(exchanges: Vec<Exchange>, gaps: &mut Vec<Gap>) -> (String, Vec<Exchange>) {
    let mut servers: Vec<(String, usize, String)> = Vec::new();
    for exchange in &exchanges {
        let origin = &exchange.request.address.origin;
        match servers.iter_mut().find(|(known, ..)| host(known) == host(origin)) {
            Some((_, count, _)) => *count += 1,
            None => servers.push((origin.clone(), 1, exchange.request.place.clone())),
        }
    }
    // Of equally frequent ones the first.
    let most = servers.iter().rev().max_by_key(|(_, count, _)| *count);
    let server = most.map(|(origin, ..)| origin.clone()).unwrap_or_default();
    for (origin, _, place) in &servers {
        if host(origin) != host(&server) {
            let origin = variable::settings(origin);
            let message = format!("`{origin}` is another server, and so another source");
            gaps.push(Gap::new("another_source", place.as_str(), message));
        }
    }
    let of_server = |exchange: &Exchange| host(&exchange.request.address.origin) == host(&server);
    let exchanges = exchanges.into_iter().filter(of_server).collect();
    (server, exchanges)
}

/// The host and port of a server, which may have been reached by `http` and by `https`.
fn host(origin: &str) -> &str {
    origin.split_once("://").map_or(origin, |(_, host)| host)
}

/// The requests by their methods and paths, in the order of the input.
fn endpoints(
    mut exchanges: Vec<Exchange>,
    selection: &Selection,
    vault: &mut Vault,
    gaps: &mut Vec<Gap>,
) -> Result<Vec<Endpoint>, Failure> {
    publish_page_cursors(&exchanges, vault);
    let auth: Vec<Option<Mapping>> = exchanges
        .iter_mut()
        .map(|exchange| credential::take(&mut exchange.request, vault, gaps))
        .collect();
    // Named after parameters before they are met in paths.
    for (name, value) in exchanges.iter().flat_map(|of| &of.request.address.query) {
        vault.text(name, value);
    }
    let paths = path::all(&exchanges, vault);
    gaps.extend(selection.unmatched(paths.iter().map(|path| path.text.as_str()))?);
    let mut endpoints: Vec<(String, Endpoint)> = Vec::new();
    for ((exchange, mut path), auth) in exchanges.iter().zip(paths).zip(auth) {
        let is_selected = selection.has_path(&path.text);
        let request = &exchange.request;
        if let Some(operation) = graphql_operation(request) {
            path.text = format!("{}#{operation}", path.text);
        }
        let key = format!("{} {}", request.method, path.text);
        match endpoints.iter_mut().find(|(known, _)| *known == key) {
            Some((_, endpoint)) => {
                endpoint.auth = endpoint.auth.take().or(auth);
                endpoint.add(exchange, vault);
            }
            None => {
                let mut endpoint = Endpoint::new(&path, request, auth, vault);
                endpoint.is_selected = is_selected;
                endpoint.add(exchange, vault);
                endpoints.push((key, endpoint));
            }
        }
    }
    Ok(endpoints.into_iter().map(|(_, endpoint)| endpoint).collect())
}

/// The name of the query that a request of GraphQL has, of which one path has many.
fn graphql_operation(request: &Request) -> Option<String> {
    let Some(Body::Json(body)) = &request.body else { return None };
    let query = body.text_of("query").filter(|query| query.contains('{'))?;
    if let Some(name) = body.text_of("operationName") {
        return Some(name.to_owned());
    }
    let declared = query.trim_start().strip_prefix("query").unwrap_or_default().trim_start();
    let name = declared.split(|c: char| !c.is_alphanumeric() && c != '_').next()?;
    (!name.is_empty()).then(|| name.to_owned())
}

/// The authentication of most resources, which becomes that of the client. Others keep theirs, or have none: what
/// was sent without a credential is requested without one.
fn client_auth(endpoints: &mut [Endpoint]) -> Option<Mapping> {
    let all: Vec<Option<Mapping>> = endpoints.iter_mut().map(|of| of.auth.take()).collect();
    let count = |auth: &Option<Mapping>| all.iter().filter(|other| *other == auth).count();
    // Of equally frequent ones the first, but one rather than none.
    let auth = all.iter().rev().max_by_key(|auth| (count(auth), auth.is_some()))?.clone();
    for (endpoint, own) in endpoints.iter_mut().zip(&all).filter(|(_, own)| **own != auth) {
        let none = || Mapping::of([("type", Node::text("none"))]);
        endpoint.keys.set("auth", own.clone().unwrap_or_else(none));
    }
    auth
}

/// Page cursors look like credentials: those that a response has given are none.
fn publish_page_cursors(exchanges: &[Exchange], vault: &mut Vault) {
    for response in exchanges.iter().filter_map(|exchange| exchange.response.as_ref()) {
        let cursors = response.headers.iter().filter(|(name, _)| is_next_cursor(name));
        cursors.for_each(|(_, value)| vault.publish(value));
        let mut rest = vec![&response.body];
        while let Some(value) = rest.pop() {
            for (name, value) in value.map().into_iter().flatten() {
                match value {
                    Value::Text(text) if is_next_cursor(name) => vault.publish(text),
                    value => rest.push(value),
                }
            }
        }
    }
}

/// What all paths begin with up to a version or `api`, which belongs to the base URL.
fn prefix<'e>(endpoints: impl Iterator<Item = &'e Endpoint>) -> String {
    let segments = |endpoint: &Endpoint| -> Vec<String> {
        let path = endpoint.path.split('#').next().unwrap_or_default();
        path.split('/').skip(1).map(str::to_owned).collect()
    };
    let all: Vec<Vec<String>> = endpoints.map(segments).collect();
    let Some(first) = all.first() else { return String::new() };
    let shortest = all.iter().map(Vec::len).min().unwrap_or_default();
    let is_common = |at: &usize| all.iter().all(|path| path[*at] == first[*at]);
    let common = (0..shortest.saturating_sub(1)).take_while(is_common).count();
    let is_end = |segment: &String| {
        is_version(segment) || ["api", "rest"].contains(&segment.to_lowercase().as_str())
    };
    let length = first[..common].iter().rposition(is_end).map_or(0, |at| at + 1);
    first[..length].iter().flat_map(|segment| ["/", segment]).collect()
}
