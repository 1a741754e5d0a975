//! How requests are authenticated, from the document's security schemes. Credentials become names of secrets.

use super::{server::resolved, spec::Spec};
use crate::{
    api::Operation,
    base_url::Guess,
    description::{Mapping, Node},
    document::Value,
    gap::Gap,
    secret,
};

/// The authentication of most operations, for the client; the others have their own. Further credentials of a
/// request are parameters and headers of its endpoint.
pub(super) fn shared(
    spec: &Spec<'_>,
    base_url: &Node,
    operations: &mut [Operation<'_>],
    gaps: &mut Vec<Gap>,
) -> Option<Guess> {
    let schemes = Schemes::of(spec, base_url);
    // A document that does not say which of its schemes is needed needs any of them.
    let any: Vec<Vec<&str>> = schemes.all.iter().map(|(name, _)| vec![*name]).collect();
    let by_default = match spec.root.get("security") {
        Some(_) => required(spec.root),
        None => any,
    };
    let by_default = schemes.first(&by_default, gaps);
    let own: Vec<Option<Option<Chosen>>> = operations
        .iter()
        .map(|operation| {
            operation.value.get("security")?;
            let mut found = Vec::new();
            let chosen = schemes.first(&required(operation.value), &mut found);
            gaps.extend(found.into_iter().filter(|gap| !gaps.contains(gap)).collect::<Vec<_>>());
            Some(chosen)
        })
        .collect();
    let client = match spec.root.get("security") {
        Some(_) => by_default,
        None => own.iter().flatten().flatten().next().cloned().or(by_default),
    };
    for (operation, own) in operations.iter_mut().zip(own) {
        let chosen = match own {
            Some(own) => own,
            None => client.clone(),
        };
        let is_same =
            chosen.as_ref().map(|of| &of.auth.value) == client.as_ref().map(|of| &of.auth.value);
        match chosen {
            Some(chosen) => {
                if !is_same {
                    let Guess { value, reason } = chosen.auth;
                    operation.endpoint.put("auth", value, reason);
                }
                for (place, name, value) in chosen.others {
                    let mut of = operation
                        .endpoint
                        .remove(place)
                        .and_then(|of| of.value.map().cloned())
                        .unwrap_or_default();
                    of.set(&name, Node::Text(value));
                    operation.endpoint.set(place, of);
                }
            }
            None if client.is_some() => operation.endpoint.set("auth", Node::text("none")),
            None => {}
        }
    }
    client.map(|client| client.auth)
}

/// How a request is authenticated.
#[derive(Clone)]
struct Chosen {
    auth: Guess,
    /// Where other credentials are sent, by what name, and the placeholders of their secrets.
    others: Vec<(&'static str, String, String)>,
}

/// The schemes of a document.
struct Schemes<'a> {
    all: Vec<(&'a str, &'a Value)>,
    base_url: String,
}

impl<'a> Schemes<'a> {
    fn of(spec: &Spec<'a>, base_url: &Node) -> Schemes<'a> {
        let base_url = match base_url {
            Node::Text(url) => url.clone(),
            _ => String::new(),
        };
        Schemes { all: schemes(spec), base_url }
    }

    /// Of alternatives, of which each needs all its schemes, the one that is nearest to working as it is.
    fn first(&self, alternatives: &[Vec<&str>], gaps: &mut Vec<Gap>) -> Option<Chosen> {
        let mut found: Vec<(usize, Chosen)> = Vec::new();
        for alternative in alternatives {
            let mut auths: Vec<(usize, Guess, &Value)> = Vec::new();
            let mut is_whole = true;
            for name in alternative {
                let Some((_, scheme)) = self.all.iter().find(|(known, _)| known == name) else {
                    continue;
                };
                match auth(scheme, &self.base_url) {
                    Some((rank, auth)) => auths.push((rank, auth, scheme)),
                    None => {
                        let kind = scheme.text_of("type").unwrap_or("unknown");
                        let message =
                            format!("authentication of the type `{kind}` cannot be described");
                        let gap = Gap::new("auth", format!("securitySchemes.{name}"), message);
                        if !gaps.contains(&gap) {
                            gaps.push(gap);
                        }
                        is_whole = false;
                    }
                }
            }
            found.extend(chosen(auths).filter(|_| is_whole || alternatives.len() == 1));
        }
        let others = found.len().saturating_sub(1);
        // Of equal ones the first.
        found.reverse();
        let (_, mut chosen) = found.into_iter().min_by_key(|(rank, _)| *rank)?;
        if others > 0 && chosen.auth.reason.is_none() {
            let reason = format!("one of {} ways that the document names", others + 1);
            chosen.auth.reason = Some(reason);
        }
        Some(chosen)
    }
}

/// The authentication of several schemes that are all needed: one as such, keys as parameters and headers.
fn chosen(mut auths: Vec<(usize, Guess, &Value)>) -> Option<(usize, Chosen)> {
    // What is no key can only be the authentication itself.
    let is_key = |scheme: &Value| {
        scheme.text_of("type") == Some("apiKey") && scheme.text_of("in") != Some("cookie")
    };
    let at = auths.iter().position(|(.., scheme)| !is_key(scheme)).unwrap_or(0);
    if auths.is_empty() {
        return None;
    }
    let (rank, auth, _) = auths.remove(at);
    let mut others = Vec::new();
    for (.., scheme) in &auths {
        let name = scheme.text_of("name").filter(|_| is_key(scheme))?;
        let place = if scheme.text_of("in") == Some("query") { "params" } else { "headers" };
        let secret = match secret::named(name) {
            name if name == "api_key" => "second_api_key".to_owned(),
            name => name,
        };
        others.push((place, name.to_owned(), format!("{{secrets.{secret}}}")));
    }
    Some((rank, Chosen { auth, others }))
}

/// The security schemes by their names.
fn schemes<'a>(spec: &Spec<'a>) -> Vec<(&'a str, &'a Value)> {
    let of = if spec.is_swagger { Some(spec.root) } else { spec.root.get("components") };
    let key = if spec.is_swagger { "securityDefinitions" } else { "securitySchemes" };
    let schemes = of.into_iter().flat_map(|of| of.members_of(key));
    schemes.map(|(name, scheme)| (name, spec.document.resolve(scheme))).collect()
}

/// The alternatives of what is needed, each the names of schemes that are needed together.
fn required(of: &Value) -> Vec<Vec<&str>> {
    let alternatives = of.list_of("security").iter().filter_map(Value::map);
    alternatives.map(|names| names.keys().map(String::as_str).collect()).collect()
}

/// What a scheme is in a description, and how far it is from working as it is, the least first.
fn auth(scheme: &Value, base_url: &str) -> Option<(usize, Guess)> {
    let certain =
        |rank: usize, auth: Mapping| Some((rank, Guess { value: auth.into(), reason: None }));
    match scheme.text_of("type")? {
        "http" => match scheme.text_of("scheme")?.to_ascii_lowercase().as_str() {
            "basic" => certain(2, basic()),
            "bearer" => certain(0, bearer()),
            _ => None,
        },
        "basic" => certain(2, basic()),
        "apiKey" => certain(1, api_key(scheme)?),
        "oauth2" => Some(oauth2(scheme, base_url)),
        "openIdConnect" => {
            let reason = "a token of OpenID Connect, which has to be fetched by another program";
            Some((4, Guess { value: bearer().into(), reason: Some(reason.to_owned()) }))
        }
        _ => None,
    }
}

fn bearer() -> Mapping {
    Mapping::of([("type", Node::text("bearer")), ("token", Node::text("{secrets.access_token}"))])
}

fn basic() -> Mapping {
    Mapping::of([
        ("type", Node::text("http_basic")),
        ("username", Node::text("{secrets.username}")),
        ("password", Node::text("{secrets.password}")),
    ])
}

fn api_key(scheme: &Value) -> Option<Mapping> {
    let name = scheme.text_of("name")?;
    let location = scheme.text_of("in")?;
    let mut auth = Mapping::of([
        ("type", Node::text("api_key")),
        ("name", Node::text(name)),
        ("api_key", Node::text("{secrets.api_key}")),
    ]);
    match location {
        "header" => {}
        "query" | "cookie" => auth.set("location", Node::text(location)),
        _ => return None,
    }
    Some(auth)
}

/// OAuth 2: tokens are fetched by client credentials where the document has that flow.
fn oauth2(scheme: &Value, base_url: &str) -> (usize, Guess) {
    let of_swagger = (scheme.text_of("flow") == Some("application")).then_some(scheme);
    let flow = scheme.get("flows").and_then(|flows| flows.get("clientCredentials")).or(of_swagger);
    let token_url = flow.and_then(|flow| flow.text_of("tokenUrl"));
    let token_url = token_url.map(|url| resolved(url, base_url));
    match token_url.filter(|url| url.starts_with("https://")) {
        Some(url) => {
            let mut auth = Mapping::of([
                ("type", Node::text("oauth2_client_credentials")),
                ("access_token_url", Node::text(url)),
                ("client_id", Node::text("{secrets.client_id}")),
                ("client_secret", Node::text("{secrets.client_secret}")),
            ]);
            let scopes =
                flow.map(|flow| flow.members_of("scopes").map(|(scope, _)| Node::text(scope)));
            let scopes: Vec<Node> = scopes.into_iter().flatten().collect();
            if (1..=20).contains(&scopes.len()) {
                auth.guess("scopes", Node::List(scopes), "all scopes that the document names");
            }
            (3, Guess { value: auth.into(), reason: None })
        }
        None => {
            let reason = "a token of OAuth 2, which a user has to grant to another program";
            (4, Guess { value: bearer().into(), reason: Some(reason.to_owned()) })
        }
    }
}
