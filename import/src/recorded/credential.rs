//! How a request is authenticated, by what it was sent with.

use base64::{Engine as _, engine::general_purpose::STANDARD};

use super::{header::is_needed, request::Request};
use crate::{
    api::is_cursor,
    description::{Mapping, Node},
    gap::Gap,
    secret,
    vault::Vault,
};

/// Schemes of `Authorization` that sign or negotiate each request.
const OTHER_SCHEMES: [&str; 6] = ["digest", "ntlm", "negotiate", "hawk", "sharedkey", "aws"];
/// The options of `curl` that use the user name and password in another way.
const OTHER_USES: [&str; 5] = ["--digest", "--ntlm", "--ntlm-wb", "--negotiate", "--aws-sigv4"];

/// Takes what authenticates a request out of it. What a description does not have is a gap.
pub(super) fn take(
    request: &mut Request,
    vault: &mut Vault,
    gaps: &mut Vec<Gap>,
) -> Option<Mapping> {
    let mut user = request.address.user.take();
    let mut other = |what: String| {
        let message =
            format!("{what} is a kind of authentication that a description does not have");
        gaps.push(Gap::new("auth", request.place.as_str(), message));
    };
    if let Some(option) = request.other_auth.take() {
        if OTHER_USES.contains(&option.as_str())
            && let Some((name, password)) = user.take()
        {
            basic(&name, &password, vault);
        }
        other(format!("`{option}`"));
    }
    let signed = request.headers.iter().position(|(name, value)| is_signature(name, value));
    if let Some((name, value)) = signed.map(|at| request.headers.remove(at)) {
        vault.keep("signature", "signature", &value);
        let scheme = value.split(' ').next().filter(|_| value.contains(' ')).unwrap_or(&name);
        other(format!("`{scheme}` in the header `{name}`"));
    }
    let auth = match take_header(request, "authorization") {
        Some(value) => of_header(&value, vault),
        None => user.map(|(name, password)| basic(&name, &password, vault)),
    };
    auth.or_else(|| key_in_header(request, vault))
        .or_else(|| key_in_query(request, vault))
        .or_else(|| cookie(request, vault))
}

/// Whether a header is a signature of its request, or a part of a negotiation.
fn is_signature(name: &str, value: &str) -> bool {
    let scheme = value.split(' ').next().unwrap_or_default().to_ascii_lowercase();
    let lower = value.to_ascii_lowercase();
    let has_parts = ["signature=", "nonce=", "digest="].iter().any(|part| lower.contains(part));
    let is_other = OTHER_SCHEMES.contains(&scheme.as_str()) || scheme.contains("hmac");
    match name.to_ascii_lowercase().as_str() {
        "authorization" => is_other || has_parts,
        "x-wsse" => true,
        _ => false,
    }
}

fn take_header(request: &mut Request, name: &str) -> Option<String> {
    let at = request.headers.iter().position(|(of, _)| of.eq_ignore_ascii_case(name))?;
    Some(request.headers.remove(at).1)
}

/// What the header `Authorization` says.
fn of_header(value: &str, vault: &mut Vault) -> Option<Mapping> {
    let value = value.trim();
    let (scheme, credential) = value.split_once(' ').unwrap_or(("", value));
    let credential = credential.trim();
    if credential.is_empty() {
        return None;
    }
    match scheme.to_ascii_lowercase().as_str() {
        "bearer" => Some(Mapping::of([
            ("type", Node::text("bearer")),
            ("token", Node::Text(vault.keep("access_token", "bearer", credential))),
        ])),
        "basic" => {
            let decoded = STANDARD.decode(credential).ok();
            let decoded = decoded.and_then(|bytes| String::from_utf8(bytes).ok());
            let kept = vault.keep("credentials", "basic", credential);
            let user = decoded.as_deref().and_then(|text| text.split_once(':'));
            Some(match user {
                Some((name, password)) => basic(name, password, vault),
                // What is no name and password is sent as it is.
                None => api_key("Authorization", format!("{scheme} {kept}")),
            })
        }
        // Schemes of services: `Token abc`, `Klaviyo-API-Key abc`.
        scheme_in_lower_case => {
            let name =
                if scheme_in_lower_case.contains("token") { "access_token" } else { "api_key" };
            let key = vault.keep(name, "authorization", credential);
            let key = if scheme.is_empty() { key } else { format!("{scheme} {key}") };
            Some(Mapping::of([
                ("type", Node::text("api_key")),
                ("name", Node::text("Authorization")),
                ("api_key", Node::Text(key)),
            ]))
        }
    }
}

/// User name and password. A key beside an empty password, or a word such as `x`, is the user name.
fn basic(name: &str, password: &str, vault: &mut Vault) -> Mapping {
    let is_filler = password.is_empty() || ["x", "X", "api_token"].contains(&password);
    let (name, password) = if is_filler {
        (vault.keep("api_key", "basic key", name), password.to_owned())
    } else {
        (
            vault.keep("username", "basic user", name),
            vault.keep("password", "basic password", password),
        )
    };
    Mapping::of([
        ("type", Node::text("http_basic")),
        ("username", Node::Text(name)),
        ("password", Node::Text(password)),
    ])
}

fn api_key(name: &str, key: String) -> Mapping {
    Mapping::of([
        ("type", Node::text("api_key")),
        ("name", Node::text(name)),
        ("api_key", Node::Text(key)),
    ])
}

/// The first header that is a key.
fn key_in_header(request: &mut Request, vault: &mut Vault) -> Option<Mapping> {
    let is_key = |(name, value): &(String, String)| {
        if !is_needed(request, name, value) {
            return false;
        }
        let lower = name.to_ascii_lowercase();
        // A token against forged requests is no key, and is sent beside one.
        let is_other = ["cookie", "csrf", "xsrf"].iter().any(|other| lower.contains(other));
        !is_other && vault.is_credential(name, value)
    };
    let at = request.headers.iter().position(is_key)?;
    let (name, value) = request.headers.remove(at);
    Some(api_key(&name, vault.keep(&name, &name, &value)))
}

fn key_in_query(request: &mut Request, vault: &mut Vault) -> Option<Mapping> {
    let query = &mut request.address.query;
    let is_key = |(name, value): &(String, String)| {
        (secret::is_name(name) || !is_cursor(name)) && vault.is_credential(name, value)
    };
    let at = query.iter().position(is_key)?;
    let (name, value) = query.remove(at);
    let mut auth = api_key(&name, vault.keep(&name, &name, &value));
    auth.set("location", Node::text("query"));
    Some(auth)
}

/// A single cookie. Of several nothing says which ones are needed: they stay a header.
fn cookie(request: &mut Request, vault: &mut Vault) -> Option<Mapping> {
    let (name, value) = request.header("cookie")?.split_once('=')?;
    if value.contains(';') || name.is_empty() {
        return None;
    }
    let mut auth = api_key(name.trim(), vault.keep(name, name, value.trim()));
    auth.set("location", Node::text("cookie"));
    take_header(request, "cookie");
    Some(auth)
}
