//! Addresses of requests in their parts.

use percent_encoding::percent_decode_str;

use crate::{
    base_url::is_local,
    secret,
    variable::{self, is_mark},
};

/// The address of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Address {
    /// Scheme, host and port: `https://api.example.com`.
    pub(crate) origin: String,
    /// The path, with its first slash and as it was sent.
    pub(crate) path: String,
    /// The parameters, decoded.
    pub(crate) query: Vec<(String, String)>,
    /// User name and password.
    pub(crate) user: Option<(String, String)>,
}

impl Address {
    /// Reads an address, `https://` if it has no scheme and is not this machine. `None` if it has no host, or is of another protocol.
    pub(crate) fn read(text: &str) -> Option<Address> {
        let text = text.trim().split('#').next()?;
        // `$BASE_URL/orders`: what the server is, only the variable says.
        if let Some(base) = variable::first(text)
            && let rest = &text[base.len()..]
            && (rest.is_empty() || rest.starts_with(['/', '?']))
        {
            let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
            let path = if path.is_empty() { "/" } else { path }.to_owned();
            return Some(Address { origin: base.to_owned(), path, query: form(query), user: None });
        }
        let usual = if is_local(text) { "http" } else { "https" };
        let (scheme, rest) = text.split_once("://").unwrap_or((usual, text));
        let scheme = scheme.to_ascii_lowercase();
        if scheme != "https" && scheme != "http" {
            return None;
        }
        let end = rest.find(['/', '?']).unwrap_or(rest.len());
        let (authority, rest) = rest.split_at(end);
        let (user, host) = match authority.rsplit_once('@') {
            Some((user, host)) => (Some(user), host),
            None => (None, authority),
        };
        let is_host = |c: char| {
            c.is_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']' | '_') || is_mark(c)
        };
        let port = host.rsplit_once(':').map_or("", |(_, port)| port);
        let has_port = host.ends_with(']') || port.chars().all(|c| c.is_ascii_digit());
        if host.is_empty() || !host.chars().all(is_host) || !has_port {
            return None;
        }
        let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
        let user = user.map(|user| {
            let (name, password) = user.split_once(':').unwrap_or((user, ""));
            (decoded(name), decoded(password))
        });
        let path = if path.is_empty() { "/" } else { path };
        let is_variable = host.contains(is_mark);
        let host = if is_variable { host.to_owned() } else { host.to_ascii_lowercase() };
        let origin = format!("{scheme}://{host}");
        Some(Address { origin, path: path.to_owned(), query: form(query), user })
    }
}

/// An address as a message may show it: without its user, its parameters, and what may be a credential.
pub(crate) fn shown(text: &str) -> String {
    let text = text.split(['?', '#']).next().unwrap_or_default();
    let (scheme, rest) = text.split_once("://").map_or(("", text), |(scheme, rest)| (scheme, rest));
    let rest = rest.rsplit('@').next().unwrap_or_default();
    let segments = rest.split('/').map(|of| if secret::is_value(of) { "…" } else { of });
    let rest = variable::settings(&segments.collect::<Vec<_>>().join("/"));
    if scheme.is_empty() { rest } else { format!("{scheme}://{rest}") }
}

/// The fields of a form or query.
pub(crate) fn form(text: &str) -> Vec<(String, String)> {
    let fields = text.split('&').filter(|field| !field.is_empty());
    let field = |field: &str| {
        let (name, value) = field.split_once('=').unwrap_or((field, ""));
        (decoded(&name.replace('+', " ")), decoded(&value.replace('+', " ")))
    };
    fields.map(field).collect()
}

/// The text without its percent signs.
pub(crate) fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::{Address, shown};

    #[test]
    fn addresses_have_parts() {
        let address =
            Address::read("HTTPS://u%40x:p@API.example.com:8443/v1/a%20b?q=a+b%26&x#f").unwrap();
        assert_eq!(address.origin, "https://api.example.com:8443");
        assert_eq!(address.path, "/v1/a%20b");
        let fields: Vec<(&str, &str)> =
            address.query.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(fields, [("q", "a b&"), ("x", "")]);
        assert_eq!(address.user, Some(("u@x".to_owned(), "p".to_owned())));
        assert_eq!(Address::read("api.example.com?a=1").unwrap().path, "/");
        assert_eq!(Address::read("localhost:9200/a").unwrap().origin, "http://localhost:9200");
        assert_eq!(Address::read("ftp://example.com/"), None);
        assert_eq!(Address::read("https:///path"), None);
        assert_eq!(Address::read("data:image/png;base64,AAAA"), None);
        assert_eq!(shown("ftp://u:p@x.example/a?k=v"), "ftp://x.example/a");
    }
}
