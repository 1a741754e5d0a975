//! How requests are authenticated, from the document's security schemes. Credentials become names of secrets.

use super::spec::Spec;
use crate::{
    base_url::Guess,
    description::{Mapping, Node},
    document::Value,
    gap::Gap,
};

/// The authentication of the client; `None` if the document names none.
pub(super) fn of_client(spec: &Spec<'_>, gaps: &mut Vec<Gap>) -> Option<Guess> {
    let schemes = schemes(spec);
    let required = required(spec, &schemes);
    let mut found: Vec<(usize, Guess)> = Vec::new();
    for (name, scheme) in &schemes {
        let is_required = required.iter().any(|required| required == name);
        if !required.is_empty() && !is_required {
            continue;
        }
        match auth(scheme) {
            Some((rank, auth)) => found.push((rank, auth)),
            None => {
                let kind = scheme.text_of("type").unwrap_or("unknown");
                let message = format!("authentication of the type `{kind}` cannot be described");
                gaps.push(Gap::new("auth", format!("securitySchemes.{name}"), message));
            }
        }
    }
    // Of equal ones the first.
    found.reverse();
    let others = found.len() - 1.min(found.len());
    let (_, mut auth) = found.into_iter().min_by_key(|(rank, _)| *rank)?;
    if others > 0 && auth.reason.is_none() {
        auth.reason = Some(format!("one of {} ways that the document names", others + 1));
    }
    Some(auth)
}

/// The security schemes by their names.
fn schemes<'a>(spec: &Spec<'a>) -> Vec<(&'a str, &'a Value)> {
    let of = if spec.is_swagger { Some(spec.root) } else { spec.root.get("components") };
    let key = if spec.is_swagger { "securityDefinitions" } else { "securitySchemes" };
    let schemes = of.into_iter().flat_map(|of| of.members_of(key));
    schemes.map(|(name, scheme)| (name, spec.document.resolve(scheme))).collect()
}

/// The names of the schemes that the document requires by default.
fn required<'a>(spec: &Spec<'a>, schemes: &[(&'a str, &'a Value)]) -> Vec<&'a str> {
    let alternatives = spec.root.list_of("security").iter().filter_map(Value::map);
    let names = alternatives.flat_map(|alternative| alternative.keys().map(String::as_str));
    names.filter(|name| schemes.iter().any(|(known, _)| known == name)).collect()
}

/// What a scheme is in a description, and how far it is from working as it is, the least first.
fn auth(scheme: &Value) -> Option<(usize, Guess)> {
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
        "oauth2" => Some(oauth2(scheme)),
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
fn oauth2(scheme: &Value) -> (usize, Guess) {
    let of_swagger = (scheme.text_of("flow") == Some("application")).then_some(scheme);
    let flow = scheme.get("flows").and_then(|flows| flows.get("clientCredentials")).or(of_swagger);
    let token_url = flow.and_then(|flow| flow.text_of("tokenUrl"));
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
