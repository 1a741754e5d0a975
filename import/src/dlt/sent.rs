//! Credentials that a file has in it: in its constants, in what is sent, and in its addresses. None is copied.

use tree_sitter::Node;

use super::{
    python::{File, children},
    text::unescaped,
};
use crate::{secret, vault::Vault};

/// Keys of `auth` that are credentials.
const CREDENTIALS: [&str; 6] =
    ["token", "api_key", "password", "client_secret", "access_token", "refresh_token"];
/// What holds texts that are sent.
const SENT: [&str; 4] = ["headers", "params", "json", "data"];
/// Keys whose texts are addresses.
const ADDRESSES: [&str; 4] = ["base_url", "path", "endpoint", "access_token_url"];

/// The credentials of the constants of a file, by the names of these.
pub(super) fn constants(file: &File<'_>) -> Vault {
    let mut vault = Vault::default();
    for assignment in file.assignments.iter().filter(|of| secret::is_name(of.name)) {
        if let Some(text) = literal(file, assignment.value)
            && text.len() > 2
        {
            vault.keep(assignment.name, &text, &text);
        }
    }
    vault
}

/// The text of a literal.
fn literal(file: &File<'_>, node: Node<'_>) -> Option<String> {
    let parts = (node.kind() == "string").then(|| children(node))?;
    match parts[..] {
        [start, content, _] if content.kind() == "string_content" => {
            Some(unescaped(file.text_of(content), file.text_of(start)))
        }
        _ => None,
    }
}

/// A text of a configuration without credentials, by the keys that lead to it.
pub(super) fn without_credentials(vault: &mut Vault, place: &[String], text: &str) -> String {
    let is_within = |names: &[&str]| place.iter().any(|of| names.contains(&of.as_str()));
    let is_number = |key: &&String| key.parse::<usize>().is_err();
    let key = place.iter().rev().find(is_number).map_or("", String::as_str);
    if ADDRESSES.contains(&key) {
        return address(vault, text);
    }
    let is_auth = is_within(&["auth"]);
    if !is_auth && !is_within(&SENT) {
        return text.to_owned();
    }
    let is_credential = if is_auth {
        CREDENTIALS.contains(&key) || secret::is_value(text)
    } else {
        vault.is_credential(key, text)
    };
    // A setting in place of a credential is one.
    let setting = text.strip_prefix("{config.").and_then(|name| name.strip_suffix('}'));
    match setting.filter(|name| is_credential && !name.contains('{')) {
        Some(name) => return format!("{{secrets.{name}}}"),
        None if text.is_empty() || !is_credential || text.contains('{') => {}
        None => {
            return match text.split_once(' ') {
                Some((scheme, credential)) if key.eq_ignore_ascii_case("authorization") => {
                    format!("{scheme} {}", vault.keep("access_token", credential, credential))
                }
                _ => vault.keep(key, text, text),
            };
        }
    }
    vault.hide(text)
}

/// An address without its user, and without credentials in its path and query.
fn address(vault: &mut Vault, text: &str) -> String {
    let (base, query) = text.split_once('?').map_or((text, None), |(base, of)| (base, Some(of)));
    let (scheme, rest) = base.split_once("://").map_or(("", base), |(of, rest)| (of, rest));
    let end = rest.find('/').unwrap_or(rest.len());
    let rest = match rest[..end].rfind('@').filter(|_| !scheme.is_empty()) {
        Some(at) => &rest[at + 1..],
        None => rest,
    };
    let segment = |vault: &mut Vault, segment: &str| {
        if secret::is_value(segment) {
            vault.keep("path_token", segment, segment)
        } else {
            segment.to_owned()
        }
    };
    let segments: Vec<String> = rest.split('/').map(|of| segment(vault, of)).collect();
    let mut address = segments.join("/");
    if !scheme.is_empty() {
        address = format!("{scheme}://{address}");
    }
    if let Some(query) = query {
        let field = |field: &str| match field.split_once('=') {
            Some((name, value)) if !value.contains('{') && vault.is_credential(name, value) => {
                format!("{name}={}", vault.keep(name, value, value))
            }
            _ => field.to_owned(),
        };
        let fields: Vec<String> = query.split('&').map(field).collect();
        address = format!("{address}?{}", fields.join("&"));
    }
    vault.hide(&address)
}
