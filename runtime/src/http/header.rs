//! The headers of requests and responses.

use reqwest::header::{HeaderName, HeaderValue};

use crate::error::Reason;

/// How many header lines a response may have. Browsers bound their length alone; hyper has room for
/// 408 KiB.
pub(crate) const MAX_HEADERS: usize = 1024;

/// The error does not show the value, which may be a secret.
pub(crate) fn header(name: &HeaderName, value: &str) -> Result<HeaderValue, Reason> {
    HeaderValue::from_bytes(value.as_bytes()).map_err(|_| {
        format!(
            "the header `{name}` has a value that cannot be sent; is there a line break in a secret?"
        ).into()
    })
}

/// A value that no log shows.
pub(crate) fn secret_header(name: &HeaderName, value: &str) -> Result<HeaderValue, Reason> {
    let mut value = header(name, value)?;
    value.set_sensitive(true);
    Ok(value)
}
