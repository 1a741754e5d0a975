//! What the resources share: one server and one authentication.

use super::stream::Resource;
use crate::{
    description::{Mapping, Node},
    gap::Gap,
};

/// The block `client`. Paths of resources are then below its base URL, and resources with another authentication
/// have their own; those of another server are left out.
pub(super) fn shared(resources: &mut Vec<Resource>, gaps: &mut Vec<Gap>) -> Mapping {
    let origins = |is_known: bool| {
        let voting = resources.iter().filter(move |of| of.is_base_known || !is_known);
        most_frequent(voting.map(|resource| origin(&resource.base).to_owned()))
    };
    // A server that is not known is none of several.
    let origin = origins(true).or_else(|| origins(false)).unwrap_or_default();
    // Children of what is left out are left out as well; parents stand before them.
    let mut left_out: Vec<String> = Vec::new();
    resources.retain(|resource| {
        let is_child = resource.parent.as_ref().is_some_and(|parent| left_out.contains(parent));
        let is_here = self::origin(&resource.base) == origin && !is_child;
        if !is_here {
            let message = format!("a second server, `{}`: import it by itself", resource.base);
            gaps.push(Gap::new("server", format!("streams.{}.url_base", resource.name), message));
            left_out.push(resource.name.clone());
        }
        is_here
    });
    let base = shared_base(resources);
    let auth = most_frequent(resources.iter().map(|resource| resource.auth.clone())).flatten();
    for resource in resources {
        let path = format!("{}{}", &resource.base[base.len()..], resource.path);
        resource.path.clone_from(&path);
        let Some(endpoint) = resource.mapping.get_mut("endpoint").and_then(Node::map_mut) else {
            continue;
        };
        endpoint.set("path", Node::Text(path));
        if resource.auth != auth {
            let own = resource.auth.clone();
            endpoint.set("auth", own.unwrap_or_else(|| Node::text("none")));
        }
    }
    let mut client = Mapping::of([("base_url", Node::Text(base))]);
    if let Some(auth) = auth {
        if let Some(host) = login_host(&auth).filter(|host| *host != host_of(&origin)) {
            client.set("allowed_hosts", Node::List(vec![Node::text(host)]));
        }
        client.set("auth", auth);
    }
    client
}

/// The host of a login that has a whole address.
fn login_host(auth: &Node) -> Option<&str> {
    let login = auth.map()?.get("login")?.map()?;
    let path = login.text("path").filter(|path| path.starts_with("https://"))?;
    Some(host_of(path))
}

fn host_of(address: &str) -> &str {
    let origin = origin(address);
    origin.split_once("://").map_or(origin, |(_, host)| host)
}

/// The scheme and host of an address.
fn origin(base: &str) -> &str {
    let host = base.find("://").map_or(0, |at| at + 3);
    let end = base[host..].find('/').map_or(base.len(), |at| host + at);
    &base[..end]
}

/// The longest part, in whole segments, with which all base URLs begin.
fn shared_base(resources: &[Resource]) -> String {
    let Some(first) = resources.first() else { return String::new() };
    let mut base = first.base.as_str();
    let is_below = |of: &str, base: &str| {
        of.strip_prefix(base).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    while !resources.iter().all(|resource| is_below(&resource.base, base)) {
        match base.rfind('/') {
            Some(at) => base = &base[..at],
            None => return String::new(),
        }
    }
    base.to_owned()
}

/// Of equally frequent ones the first.
fn most_frequent<T: PartialEq>(values: impl Iterator<Item = T>) -> Option<T> {
    let mut counted: Vec<(T, usize)> = Vec::new();
    for value in values {
        match counted.iter_mut().find(|(known, _)| *known == value) {
            Some((_, count)) => *count += 1,
            None => counted.push((value, 1)),
        }
    }
    counted.reverse();
    counted.into_iter().max_by_key(|(_, count)| *count).map(|(value, _)| value)
}
