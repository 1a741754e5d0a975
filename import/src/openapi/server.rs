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
    let servers = spec.root.list_of("servers");
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

/// Has operations with servers of their own be sent there: before their paths is the whole address. Returns the
/// hosts of these servers.
pub(super) fn of_operations(
    spec: &Spec<'_>,
    operations: &mut [Operation<'_>],
    gaps: &mut Vec<Gap>,
) -> Vec<Node> {
    let mut hosts: Vec<Node> = Vec::new();
    let shared = preferred(spec.root.list_of("servers")).and_then(|server| server.text_of("url"));
    for operation in operations {
        let path = operation.path.split('#').next().unwrap_or_default();
        let item = spec.root.get("paths").and_then(|paths| paths.get(operation.path));
        let item = item.map(|item| spec.document.resolve(item));
        let of_path = item.and_then(|item| preferred(item.list_of("servers")));
        let own = preferred(operation.value.list_of("servers")).or(of_path);
        let Some(own) = own.and_then(|server| server.text_of("url")) else { continue };
        if Some(own) == shared {
            continue;
        }
        let server = own.trim_end_matches('/');
        let host = server.strip_prefix("https://").and_then(|rest| rest.split('/').next());
        let Some(host) = host.filter(|_| !server.contains('{')) else {
            let message =
                format!("its own server `{own}`: `{path}` is requested from the shared one");
            gaps.push(Gap::new("server", operation.place.as_str(), message));
            continue;
        };
        operation.endpoint.set("path", Node::text(server));
        let host = Node::text(host);
        if !hosts.contains(&host) {
            hosts.push(host);
        }
    }
    hosts
}
