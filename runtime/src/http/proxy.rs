//! The proxy that requests go through, for errors to name it. reqwest finds it by the same rules.

use std::env;

use hyper_util::client::proxy::matcher::Matcher;

/// The proxy on the way to an address, `http://proxy:3128 of HTTP_PROXY`, without its credentials.
pub(crate) fn of(url: &str) -> Option<String> {
    let proxy = Matcher::from_system().intercept(&url.parse().ok()?)?;
    // Never as a whole: a password with an `@` leaves a part of itself in the authority.
    let uri = proxy.uri();
    let scheme = uri.scheme_str().map_or_else(String::new, |scheme| format!("{scheme}://"));
    let port = uri.port_u16().map_or_else(String::new, |port| format!(":{port}"));
    let address = format!("{scheme}{}{port}", uri.host()?);
    let own = if url.starts_with("https:") {
        ["HTTPS_PROXY", "https_proxy"]
    } else {
        ["HTTP_PROXY", "http_proxy"]
    };
    let is_set = |name: &&str| env::var(name).is_ok_and(|value| !value.is_empty());
    let variable = own.into_iter().chain(["ALL_PROXY", "all_proxy"]).find(is_set);
    let from =
        variable.map_or_else(|| "the system's settings".to_owned(), |name| format!("`{name}`"));
    Some(format!("{address} of {from}"))
}
