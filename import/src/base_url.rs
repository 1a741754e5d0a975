//! The base URL of a description, from what an input says of its server.

use crate::description::{Mapping, Node};

/// A value and why it is a guess, if it is one.
#[derive(Clone)]
pub(crate) struct Guess {
    /// The value.
    pub(crate) value: Node,
    /// Why it was guessed.
    pub(crate) reason: Option<String>,
}

/// The base URL for an address, which may lack the server or be empty; `reason` says why it is a guess. A
/// server that is not named becomes a setting.
pub(crate) fn of(url: &str, mut reason: Option<String>, settings: &mut Mapping) -> Guess {
    let url =
        url.split(['?', '#']).next().unwrap_or_default().trim().trim_end_matches('/').to_owned();
    let url = match url.split_once("://") {
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("http") && !is_local(rest) => {
            reason = Some(
                "the document says `http`, which would send credentials unencrypted".to_owned(),
            );
            format!("https://{rest}")
        }
        Some(_) => url,
        None if url.starts_with("{config.") => url,
        None if url.starts_with("//") => {
            reason = Some("the document names no scheme".to_owned());
            format!("https:{url}")
        }
        None => {
            reason = Some("the document names no server: set `host`".to_owned());
            settings.set("host", Mapping::of([("description", Node::text("The API's host"))]));
            let path = url.trim_start_matches('/');
            format!("https://{{config.host}}/{path}").trim_end_matches('/').to_owned()
        }
    };
    Guess { value: Node::Text(url), reason }
}

/// Whether a host is this machine, which is reached by `http`.
pub(crate) fn is_local(rest: &str) -> bool {
    ["localhost", "127.0.0.1", "[::1]"].iter().any(|host| rest.starts_with(host))
}
