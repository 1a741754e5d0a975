//! How requests are authenticated: what is added to each, and where it comes from.

mod custom;
mod param;
mod token;

use std::sync::Arc;

use base64::{Engine as _, prelude::BASE64_STANDARD};
use reqwest::{
    Request,
    header::{AUTHORIZATION, COOKIE, HeaderName, HeaderValue},
};
use secrecy::{ExposeSecret, SecretString};
use url::Url;

pub(crate) use self::custom::AnyAuthenticate;
pub use self::custom::{Authenticate, Outgoing};
use self::{
    param::set_param,
    token::{Token, Tokens},
};
use super::{cookies, header::secret_header, inputs::Inputs, transport::Transport};
use crate::{
    Error,
    error::mask::{CREDENTIAL, Mask},
    plan::{ApiKey, Auth, Bearer, HttpBasic, KeyLocation, Template},
};

/// What authenticates requests: one for each `auth` of a source, shared by all of its requests.
pub(crate) enum Authenticator {
    None,
    Header(HeaderName, HeaderValue),
    /// A query parameter.
    Param(String, SecretString),
    /// `name=value`.
    Cookie(HeaderValue),
    Tokens(Arc<Tokens>),
    Custom(Box<dyn AnyAuthenticate>),
}

/// What is added to one request, and to those that redirects make of it.
pub(crate) enum Credential<'a> {
    None,
    Header(&'a HeaderName, &'a HeaderValue),
    Param(&'a str, &'a SecretString),
    Cookie(&'a HeaderValue),
    Token(Token),
    Custom(&'a dyn AnyAuthenticate),
}

impl Authenticator {
    pub(crate) fn new(
        plan: &Auth,
        inputs: &Inputs,
        transport: &Arc<Transport>,
    ) -> Result<Authenticator, String> {
        Ok(match plan {
            Auth::None => Authenticator::None,
            Auth::Bearer(Bearer { token, .. }) => {
                let token = inputs.fill(token)?;
                transport.mask.keep_credential(&token);
                let value = format!("Bearer {}", token.expose_secret());
                Authenticator::Header(AUTHORIZATION, secret_header(&AUTHORIZATION, &value)?)
            }
            Auth::HttpBasic(HttpBasic { username, password, .. }) => {
                Authenticator::Header(AUTHORIZATION, basic(username, password, inputs, transport)?)
            }
            Auth::ApiKey(ApiKey { name, key, location, .. }) => {
                let (name, key) = (inputs.name(name)?, inputs.fill(key)?);
                transport.mask.keep_credential(&key);
                match location {
                    KeyLocation::Query => Authenticator::Param(name.into_owned(), key),
                    KeyLocation::Cookie => Authenticator::Cookie(cookie(&name, &key)?),
                    KeyLocation::Header => {
                        let name = HeaderName::from_bytes(name.as_bytes())
                            .map_err(|_| format!("`{name}` is not the name of a header"))?;
                        let value = secret_header(&name, key.expose_secret())?;
                        Authenticator::Header(name, value)
                    }
                }
            }
            Auth::OAuth2(plan) => {
                Authenticator::Tokens(Arc::new(Tokens::new(plan, inputs, transport)?))
            }
        })
    }

    /// What authenticates the next request. A token may have to be fetched for it.
    pub(crate) async fn credential(&self) -> Result<Credential<'_>, Error> {
        Ok(match self {
            Authenticator::None => Credential::None,
            Authenticator::Header(name, value) => Credential::Header(name, value),
            Authenticator::Param(name, key) => Credential::Param(name, key),
            Authenticator::Cookie(cookie) => Credential::Cookie(cookie),
            Authenticator::Tokens(tokens) => Credential::Token(tokens.current().await?),
            Authenticator::Custom(custom) => Credential::Custom(&**custom),
        })
    }

    /// What the secrets of these names are now, which checkpoints name in place of what
    /// authenticates requests. A token may have to be fetched for it.
    pub(crate) async fn named(
        &self,
        names: &[String],
        base_url: &Url,
        mask: &Mask,
    ) -> Result<Vec<(String, SecretString)>, Error> {
        let credential = self.credential().await?;
        let mut request = Request::new(reqwest::Method::GET, base_url.clone());
        credential.apply(&mut request, mask).await?;
        let find = |name: &String| {
            let secret = named(name, &credential, &request).ok_or_else(|| {
                Error::config(
                    "the checkpoint repeats what requests were authenticated by, and they are \
                     authenticated in another way now; begin again without it",
                )
            });
            Ok((name.clone(), secret?.into()))
        };
        names.iter().map(find).collect()
    }

    /// After the server has refused a credential, says whether there is a new one.
    pub(crate) async fn renew(&self, refused: &Credential<'_>) -> Result<bool, Error> {
        match (self, refused) {
            (Authenticator::Tokens(tokens), Credential::Token(token)) => {
                tokens.forget(token).await;
                Ok(true)
            }
            (Authenticator::Custom(custom), _) => custom.renew().await,
            _ => Ok(false),
        }
    }
}

impl Credential<'_> {
    /// Adds it to a request, in place of what has its name there.
    pub(crate) async fn apply(&self, request: &mut Request, mask: &Mask) -> Result<(), Error> {
        match self {
            Credential::None => {}
            Credential::Header(name, value) => {
                request.headers_mut().insert(*name, (*value).clone());
            }
            Credential::Token(token) => {
                request.headers_mut().insert(AUTHORIZATION, token.header());
            }
            Credential::Param(name, key) => set_param(request, name, key.expose_secret()),
            Credential::Cookie(cookie) => {
                if !cookies::append(request.headers_mut(), cookie.as_bytes()) {
                    return Err(Error::config("the cookies cannot be sent together"));
                }
            }
            Credential::Custom(custom) => {
                custom.authenticate(&mut Outgoing::new(request, mask)).await?;
            }
        }
        Ok(())
    }
}

/// The secret that a checkpoint calls so: of a header the whole value, or one of its words.
fn named(name: &str, credential: &Credential<'_>, request: &Request) -> Option<String> {
    let header = |name: &str| request.headers().get(name)?.to_str().ok();
    let Some(rest) = name.strip_prefix(CREDENTIAL)?.strip_prefix('.') else {
        return match credential {
            Credential::None | Credential::Custom(_) => None,
            Credential::Header(_, value) => secret_of(value.to_str().ok()?),
            Credential::Token(token) => secret_of(token.header().to_str().ok()?),
            Credential::Param(_, key) => Some(key.expose_secret().to_owned()),
            Credential::Cookie(cookie) => {
                cookie.to_str().ok()?.split_once('=').map(|(_, key)| key.to_owned())
            }
        };
    };
    let (place, name) = rest.split_once('.')?;
    match place.strip_prefix("word") {
        Some(index) => header(name)?.split_whitespace().nth(index.parse().ok()?).map(str::to_owned),
        None if place == "header" => header(name).map(str::to_owned),
        None => {
            let mut params = request.url().query_pairs();
            params.find(|(named, _)| named == name).map(|(_, value)| value.into_owned())
        }
    }
}

/// The token of `Bearer …`, the password of `Basic …`, the key of anything else.
fn secret_of(header: &str) -> Option<String> {
    if let Some(token) = header.strip_prefix("Bearer ") {
        return Some(token.to_owned());
    }
    let Some(encoded) = header.strip_prefix("Basic ") else { return Some(header.to_owned()) };
    let decoded = String::from_utf8(BASE64_STANDARD.decode(encoded).ok()?).ok()?;
    decoded.split_once(':').map(|(_, password)| password.to_owned())
}

/// RFC 7617, in UTF-8 as its section 2.1 has it.
fn basic(
    username: &Template,
    password: &Template,
    inputs: &Inputs,
    transport: &Transport,
) -> Result<HeaderValue, String> {
    let (username, password) = (inputs.fill(username)?, inputs.fill(password)?);
    transport.mask.keep_credential(&password);
    let (username, password) = (username.expose_secret(), password.expose_secret());
    if username.contains(':') {
        return Err("a user name of `http_basic` cannot contain a colon (RFC 7617)".to_owned());
    }
    let encoded = BASE64_STANDARD.encode(format!("{username}:{password}"));
    transport.mask.keep(&encoded);
    secret_header(&AUTHORIZATION, &format!("Basic {encoded}"))
}

/// RFC 6265, section 4.1.1.
fn cookie(name: &str, key: &SecretString) -> Result<HeaderValue, String> {
    let is_token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    if name.is_empty() || !name.chars().all(is_token) {
        return Err(format!("`{name}` is not the name of a cookie"));
    }
    let key = key.expose_secret();
    if !key.chars().all(|c| c.is_ascii_graphic() && !"\",;\\".contains(c)) {
        return Err(format!(
            "the cookie `{name}` has a value that cannot be sent: a cookie has no spaces, quotes, \
             commas, semicolons or backslashes, and no letters beyond ASCII"
        ));
    }
    secret_header(&COOKIE, &format!("{name}={key}"))
}
