//! Addresses. The `url` crate would bring Unicode tables into every build of the macro; what has to
//! be known here is whether a request can be sent at all, and to whom.

use rest_source_plan::{Part, Template};

use super::template::has_gaps;
use crate::{
    diagnostic::{Code, Diagnostic, Diagnostics},
    source::{Span, Spanned},
};

/// The address that endpoint paths are joined to.
///
/// What fills its gaps may be all but the scheme and everything before it, and is looked at when a
/// client is built.
pub(super) fn check_base(template: &Template, span: Span, diagnostics: &mut Diagnostics) {
    let part = |part: &Part| match part {
        Part::Text(text) => text.to_string(),
        // A digit may stand in a host and in a port.
        _ => "1".to_owned(),
    };
    let text: String = template.0.iter().map(part).collect();
    if has_gaps(template) && !text.contains("://") {
        return;
    }
    let url = Spanned { value: text, span };
    let Some(parts) = checked(&url.value, url.span, diagnostics) else { return };
    if parts.rest.contains(['?', '#']) {
        let message = "the base URL ends before the query";
        diagnostics.push(
            Diagnostic::error(Code::InvalidUrl, url.span, message)
                .help("query parameters go into `params` of an endpoint"),
        );
    }
    // What is sent unencrypted can be read and changed on the way; loopback has no way.
    if parts.scheme.eq_ignore_ascii_case("http") && !is_loopback(parts.host) {
        diagnostics.push(
            Diagnostic::error(
                Code::InsecureHttp,
                url.span,
                "credentials and records would travel unencrypted",
            )
            .help(format!("write `https{}`", &url.value[parts.scheme.len()..]))
            .fixed_by(parts.scheme, "https"),
        );
    }
}

/// The servers that may see credentials, as far as the file says which they are.
pub(super) struct Home<'a> {
    /// The base URL; empty if it is not known.
    pub(super) base_url: &'a str,
    /// The `allowed_hosts`.
    pub(super) allowed: &'a [Template],
}

/// A path may be a whole address of the same API; credentials go to no other.
pub(super) fn check_path(path: &Spanned<String>, base_url: &str, diagnostics: &mut Diagnostics) {
    let home = Home { base_url, allowed: &[] };
    let help =
        "a source sends its credentials to one server: describe the other one in another file";
    check_within(path, &home, help, diagnostics);
}

/// A login is sent to the same API, or to one of the hosts that may see credentials.
pub(super) fn check_login(path: &Spanned<String>, home: &Home<'_>, diagnostics: &mut Diagnostics) {
    let host = split(&path.value).map(|parts| match parts.port {
        Some(port) => format!("{}:{port}", parts.host),
        None => parts.host.to_owned(),
    });
    let host = host.unwrap_or_default();
    let help = format!("if the login may be sent there, add `allowed_hosts: [{host}]` to `client`");
    check_within(path, home, &help, diagnostics);
}

fn check_within(
    path: &Spanned<String>,
    home: &Home<'_>,
    help: &str,
    diagnostics: &mut Diagnostics,
) {
    // What is behind a slash is part of a path: `/articles/https://example.com/1`.
    let scheme = path.value.split_once("://").map(|(scheme, _)| scheme);
    if scheme.is_none_or(|scheme| scheme.contains(['/', '{'])) {
        return;
    }
    let Some(parts) = checked(&path.value, path.span, diagnostics) else { return };
    let same_origin = split(home.base_url).is_some_and(|base| {
        base.scheme.eq_ignore_ascii_case(parts.scheme)
            && base.host.eq_ignore_ascii_case(parts.host)
            && base.port == parts.port
    });
    let server = match parts.port {
        Some(port) => format!("{}:{port}", parts.host),
        None => parts.host.to_owned(),
    };
    let is_allowed = |host: &Template| match host.as_text() {
        Some(host) => {
            let host = host.strip_suffix(":443").unwrap_or(host);
            host.eq_ignore_ascii_case(server.strip_suffix(":443").unwrap_or(&server))
        }
        // What a setting names is known when a client is built.
        None => true,
    };
    if !same_origin && !home.allowed.iter().any(is_allowed) {
        let message = "this is the address of another server than `base_url`";
        diagnostics.push(Diagnostic::error(Code::InvalidUrl, path.span, message).help(help));
    }
}

struct Parts<'a> {
    scheme: &'a str,
    user: Option<&'a str>,
    host: &'a str,
    port: Option<&'a str>,
    rest: &'a str,
}

fn split(url: &str) -> Option<Parts<'_>> {
    let (scheme, rest) = url.split_once("://")?;
    let (authority, rest) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    let (user, address) = match authority.rsplit_once('@') {
        Some((user, address)) => (Some(user), address),
        None => (None, authority),
    };
    let port_at = address.rfind(':').filter(|colon| address.rfind(']').is_none_or(|b| b < *colon));
    let (host, port) = match port_at {
        Some(colon) => (&address[..colon], Some(&address[colon + 1..])),
        None => (address, None),
    };
    Some(Parts { scheme, user, host, port, rest })
}

fn checked<'a>(url: &'a str, span: Span, diagnostics: &mut Diagnostics) -> Option<Parts<'a>> {
    let mut invalid = |message: &str, help: &str| {
        diagnostics.push(Diagnostic::error(Code::InvalidUrl, span, message).help(help));
        None
    };
    let example = "an address looks like `https://api.example.com/v1`";
    let Some(parts) = split(url) else {
        let host = url.split(['/', ':']).next().unwrap_or_default();
        let seems_host = host.contains('.') && !host.starts_with('.') || host == "localhost";
        if seems_host && host.chars().all(|c| c.is_ascii_alphanumeric() || "-.".contains(c)) {
            let scheme = if host == "localhost" { "http" } else { "https" };
            let help = format!("begin with the scheme, `{scheme}://{url}`");
            return invalid("this is not the address of a server", &help);
        }
        return invalid("this is not the address of a server", example);
    };
    if !["http", "https"].iter().any(|known| parts.scheme.eq_ignore_ascii_case(known)) {
        let message = format!("requests are sent by http or https, not by `{}`", parts.scheme);
        return invalid(&message, example);
    }
    let valid_in_host =
        |c: char| c.is_alphanumeric() || matches!(c, '-' | '.' | '_' | '[' | ']' | ':');
    if parts.host.is_empty() || !parts.host.chars().all(valid_in_host) {
        return invalid("this address names no server", example);
    }
    if parts.port.is_some_and(|port| port.parse::<u16>().is_err()) {
        return invalid("the port is a number up to 65535", example);
    }
    if url.contains(char::is_whitespace) {
        return invalid("an address contains no spaces", "write `%20` for a space");
    }
    if parts.user.is_some() {
        diagnostics.push(
            Diagnostic::error(
                Code::PlainSecret,
                span,
                "this address contains credentials, and they would be compiled into the program",
            )
            .help("leave them out here and name a secret in `auth`"),
        );
    }
    Some(parts)
}

fn is_loopback(host: &str) -> bool {
    matches!(host, "localhost" | "[::1]")
        || host.ends_with(".localhost")
        || (host.starts_with("127.") && host.bytes().all(|b| b.is_ascii_digit() || b == b'.'))
}
