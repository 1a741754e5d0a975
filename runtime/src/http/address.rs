//! Addresses: the base URL, what is joined to it, and what counts as home.

use url::Url;

use crate::error::Reason;

/// The base URL that a client has from its plan or its builder.
pub(crate) fn base(text: &str) -> Result<Url, Reason> {
    // What stands before an `@` may be a password, which not even this error may show.
    if text.contains('@') {
        return Err("the base URL holds an `@`; name a secret rather than a password".into());
    }
    let url = Url::parse(text).map_err(|error| format!("the base URL `{text}` is bad: {error}"))?;
    let fault = if !matches!(url.scheme(), "http" | "https") {
        "does not begin with http:// or https://"
    } else if url.query().is_some() || url.fragment().is_some() {
        "has a query or fragment; parameters belong to the endpoint"
    } else {
        return Ok(url);
    };
    Err(format!("the base URL `{text}` {fault}").into())
}

/// The address of an endpoint, its path joined to the base URL by exactly one slash, unless the path
/// is itself an address.
pub(crate) fn join(base: &Url, path: &str) -> Result<Url, Reason> {
    if path.bytes().all(stands_for_itself) && !path.is_empty() {
        let below = base.path().trim_end_matches('/');
        let mut url = base.clone();
        url.set_path(&format!("{below}/{}", path.trim_start_matches('/')));
        return Ok(url);
    }
    let is_absolute = path.starts_with("http://") || path.starts_with("https://");
    let text = if is_absolute {
        path.to_owned()
    } else if path.is_empty() {
        base.as_str().to_owned()
    } else {
        format!("{}/{}", base.as_str().trim_end_matches('/'), path.trim_start_matches('/'))
    };
    Url::parse(&text).map_err(|error| format!("the path `{path}` is bad: {error}").into())
}

/// Whether a byte is only a part of a path, so that nothing but the path is to be parsed.
fn stands_for_itself(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"/-._~%".contains(&byte)
}

/// Whether scheme, host and port are the same.
pub(crate) fn same_origin(a: &Url, b: &Url) -> bool {
    a.origin() == b.origin()
}
