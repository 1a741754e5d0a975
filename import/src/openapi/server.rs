//! The base URL, from the document's servers, with their variables as settings.

use super::spec::Spec;
use crate::{
    api::{Operation, setting_name},
    base_url::{self, Guess},
    description::{Mapping, Node},
    document::Value,
    gap::Gap,
    prose::prose,
};

/// The base URL. Settings that it has are added.
pub(super) fn base_url(spec: &Spec<'_>, settings: &mut Mapping) -> Guess {
    let (url, reason) = if spec.is_swagger { of_swagger(spec) } else { of_servers(spec, settings) };
    base_url::of(&url, reason, settings)
}

fn of_swagger(spec: &Spec<'_>) -> (String, Option<String>) {
    let schemes = spec.root.list_of("schemes");
    let is_http = !schemes.is_empty() && schemes.iter().all(|scheme| scheme.text() == Some("http"));
    let path = spec.root.text_of("basePath").unwrap_or_default();
    match spec.root.text_of("host").filter(|host| !host.is_empty()) {
        Some(host) => {
            let scheme = if is_http { "http" } else { "https" };
            (format!("{scheme}://{host}/{}", path.trim_start_matches('/')), None)
        }
        None => (path.to_owned(), None),
    }
}

fn of_servers(spec: &Spec<'_>, settings: &mut Mapping) -> (String, Option<String>) {
    let mut servers = spec.root.list_of("servers");
    if servers.is_empty() {
        // A document that has servers for its paths only.
        let items = spec.root.members_of("paths");
        let gets = items.filter_map(|(path, item)| Some((path, item.get("get")?)));
        let mut of_paths = gets.map(|(path, get)| own(spec, get, path));
        servers = of_paths.find(|servers| !servers.is_empty()).unwrap_or_default();
    }
    let Some(server) = preferred(servers) else {
        return (String::new(), None);
    };
    let mut address = server.text_of("url").unwrap_or_default().to_owned();
    for (name, variable) in server.members_of("variables") {
        let placeholder = format!("{{{name}}}");
        if !address.contains(&placeholder) {
            continue;
        }
        let default = variable.get("default").and_then(Value::scalar).unwrap_or_default();
        // What is before the host cannot be a setting.
        if address.starts_with(&placeholder) {
            address = address.replace(&placeholder, &default);
            continue;
        }
        let setting = setting_name(name);
        let mut described = Mapping::new();
        if !default.is_empty() {
            described.set("default", Node::Text(default));
        }
        if let Some(text) = variable.text_of("description").and_then(prose) {
            described.set("description", Node::Text(text));
        }
        address = address.replace(&placeholder, &format!("{{config.{setting}}}"));
        settings.set(&setting, described);
    }
    let reason = (servers.len() > 1).then(|| format!("the first of {} servers", servers.len()));
    (address, reason)
}

/// The first server by `https`, or else the first.
fn preferred(servers: &[Value]) -> Option<&Value> {
    let is_https =
        |server: &&Value| server.text_of("url").is_some_and(|url| url.starts_with("https://"));
    servers.iter().find(is_https).or(servers.first())
}

/// The servers of an operation or its path.
fn own<'a>(spec: &Spec<'a>, operation: &'a Value, path: &str) -> &'a [Value] {
    let item = spec.root.get("paths").and_then(|paths| paths.get(path));
    let of_path = item.map(|item| spec.document.resolve(item).list_of("servers"));
    match operation.list_of("servers") {
        [] => of_path.unwrap_or_default(),
        own => own,
    }
}

/// Has operations of another base URL of the same server be requested there, by whole addresses. Those of other
/// servers are left out.
pub(super) fn of_operations(
    spec: &Spec<'_>,
    base_url: &Node,
    operations: &mut Vec<Operation<'_>>,
    gaps: &mut Vec<Gap>,
) {
    let base_url = match base_url {
        Node::Text(url) => url.as_str(),
        _ => "",
    };
    let mut ignored = Mapping::new();
    operations.retain_mut(|operation| {
        let path = operation.path.split('#').next().unwrap_or_default();
        let own = own(spec, operation.value, operation.path);
        let Some(address) = preferred(own).and_then(|server| server.text_of("url")) else {
            return true;
        };
        // Below the shared server where it does not name one.
        let address = resolved(address, base_url);
        let Guess { value, .. } = base_url::of(&address, None, &mut ignored);
        if value == Node::text(base_url) {
            return true;
        }
        if !address.contains('{') && origin(&address) == origin(base_url) {
            operation.endpoint.set("path", Node::text(address.trim_end_matches('/')));
            return true;
        }
        let message = format!("a second server, `{address}`: import `{path}` by itself");
        gaps.push(Gap::new("server", operation.place.as_str(), message));
        false
    });
}

/// The scheme and host of an address.
pub(super) fn origin(address: &str) -> &str {
    let host = address.find("://").map_or(0, |at| at + 3);
    address[host..].find('/').map_or(address, |at| &address[..host + at])
}

/// An address as it is, or below the base URL.
pub(super) fn resolved(url: &str, base_url: &str) -> String {
    match url.trim() {
        "" => String::new(),
        url if url.contains("://") => url.to_owned(),
        url if url.starts_with("//") => format!("https:{url}"),
        url if url.starts_with('/') => format!("{}{url}", origin(base_url)),
        url => format!("{base_url}/{}", url.trim_start_matches("./")),
    }
}
