//! The address of a database, as the command line says it.

use std::{borrow::Cow, convert::Infallible, env, fmt, str::FromStr};

use rest_source_dynamic::Failure;

/// The text of an address. It may hold a password, so it is shown nowhere, not even as a wrong argument.
#[derive(Clone)]
pub(crate) struct Address(pub(crate) String);

impl FromStr for Address {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Address, Infallible> {
        Ok(Address(text.to_owned()))
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

/// The address that a text is, or that the environment variable of a text `env:VARIABLE` holds. `help` says
/// what to set it to.
///
/// # Errors
///
/// When the variable is not set.
pub(crate) fn resolved<'a>(text: &'a str, help: &str) -> Result<Cow<'a, str>, Failure> {
    let Some(variable) = text.strip_prefix("env:") else { return Ok(Cow::Borrowed(text)) };
    let value = env::var(variable).ok().filter(|value| !value.is_empty());
    value.map(Cow::Owned).ok_or_else(|| Failure::Refused {
        message: format!("the environment variable `{variable}` is not set"),
        help: help.to_owned(),
    })
}
