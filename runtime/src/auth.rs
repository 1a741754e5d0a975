//! How requests are authenticated.

use reqwest::header::{AUTHORIZATION, HeaderName, HeaderValue};
use secrecy::ExposeSecret;

use crate::{builder::header, inputs::Inputs, plan::Auth};

/// What authenticates requests: one for each `auth` of a source, shared by all of its requests.
pub(crate) enum Authenticator {
    /// Nothing.
    None,
    /// A header.
    Header(HeaderName, HeaderValue),
}

impl Authenticator {
    pub(crate) fn new(plan: &Auth, inputs: &Inputs) -> Result<Authenticator, String> {
        match plan {
            Auth::None => Ok(Authenticator::None),
            Auth::Bearer { token } => {
                let value = format!("Bearer {}", inputs.fill(token)?.expose_secret());
                let mut value = header(&AUTHORIZATION, &value)?;
                value.set_sensitive(true);
                Ok(Authenticator::Header(AUTHORIZATION, value))
            }
            _ => Err("the engine does not know this authentication yet".to_owned()),
        }
    }

    /// Adds to a request what authenticates it.
    pub(crate) fn authenticate(&self, request: &mut reqwest::Request) {
        if let Authenticator::Header(name, value) = self {
            request.headers_mut().insert(name.clone(), value.clone());
        }
    }
}
