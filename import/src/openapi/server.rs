//! The base URL, from the document's servers, with their variables as settings.

use super::spec::Spec;
use crate::{
    api::setting_name,
    base_url::{self, Guess},
    description::{Mapping, Node},
    document::Value,
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
    let url = |server: &Value| server.text_of("url").map(str::to_owned);
    let is_https = |server: &&Value| url(server).is_some_and(|url| url.starts_with("https://"));
    let Some(server) = servers.iter().find(is_https).or(servers.first()) else {
        return (String::new(), None);
    };
    let mut address = url(server).unwrap_or_default();
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
