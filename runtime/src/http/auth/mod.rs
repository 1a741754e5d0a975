//! How requests are authenticated: what is added to each, and where it comes from.

mod carried;
mod custom;
mod encoding;
mod hmac;
mod jwt;
mod param;
mod token;

use std::sync::Arc;

use reqwest::Request;
use secrecy::{ExposeSecret, SecretString};
use url::Url;

pub(crate) use self::custom::AnyAuthenticate;
pub use self::custom::{Authenticate, Outgoing};
use self::{
    carried::Carried,
    hmac::Signer,
    token::{Token, Tokens},
};
use super::{inputs::Inputs, transport::Transport};
use crate::{
    Error,
    error::{
        Reason,
        mask::{CREDENTIAL, Mask},
    },
    plan::{Auth, AuthChoice, SendAs},
};

/// What authenticates requests: one for each `auth` of a source, shared by all of its requests.
pub(crate) enum Authenticator {
    None,
    Fixed(Carried),
    Tokens(Arc<Tokens>),
    Signer(Signer),
    Custom(Box<dyn AnyAuthenticate>),
}

/// What is added to one request, and to those that redirects make of it.
pub(crate) enum Credential<'a> {
    None,
    Fixed(&'a Carried),
    Token(Token),
    Signer(&'a Signer),
    Custom(&'a dyn AnyAuthenticate),
}

impl Authenticator {
    pub(crate) fn new(
        plan: &Auth,
        inputs: &Arc<Inputs>,
        base_url: &Url,
        transport: &Arc<Transport>,
    ) -> Result<Authenticator, Reason> {
        let fixed = |plan: SendAs| {
            Carried::new(&plan, None, inputs, &transport.mask).map(Authenticator::Fixed)
        };
        let tokens = |tokens: Tokens| Authenticator::Tokens(Arc::new(tokens));
        match plan {
            Auth::None => Ok(Authenticator::None),
            Auth::Bearer(plan) => fixed(SendAs::Bearer(plan.clone())),
            Auth::HttpBasic(plan) => fixed(SendAs::HttpBasic(plan.clone())),
            Auth::ApiKey(plan) => fixed(SendAs::ApiKey(plan.clone())),
            Auth::OAuth2(plan) => Tokens::of_oauth(plan, inputs, transport).map(tokens),
            Auth::Session(plan) => {
                Tokens::of_session(plan, inputs, base_url, transport).map(tokens)
            }
            Auth::Jwt(plan) => Tokens::of_jwt(plan, inputs, transport).map(tokens),
            Auth::Hmac(plan) => {
                Signer::new(plan, inputs, &transport.mask).map(Authenticator::Signer)
            }
            Auth::Choice(choice) => {
                let plan = chosen(choice, inputs)?;
                Authenticator::new(plan, inputs, base_url, transport)
            }
        }
    }

    /// What authenticates the next request. A token may have to be fetched for it.
    pub(crate) async fn credential(&self) -> Result<Credential<'_>, Error> {
        Ok(match self {
            Authenticator::None => Credential::None,
            Authenticator::Fixed(carried) => Credential::Fixed(carried),
            Authenticator::Tokens(tokens) => Credential::Token(tokens.current().await?),
            Authenticator::Signer(signer) => Credential::Signer(signer),
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
        let mut request = Request::new(reqwest::Method::POST, base_url.clone());
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

    /// After the server has refused a credential by this status, says whether there is a new one.
    pub(crate) async fn renew(&self, refused: &Credential<'_>, status: u16) -> Result<bool, Error> {
        match (self, refused) {
            (Authenticator::Tokens(tokens), Credential::Token(token)) => {
                Ok(tokens.forget(token, status).await)
            }
            (Authenticator::Custom(custom), _) if status == 401 => custom.renew().await,
            // It is signed once more, with the time of then.
            (Authenticator::Signer(signer), _) if status == 401 => Ok(signer.is_dated()),
            _ => Ok(false),
        }
    }

    /// Whether a status may say that the credential is no longer taken, and there may be a new one.
    pub(crate) fn renews_on(&self, status: u16) -> bool {
        match self {
            Authenticator::Tokens(tokens) => tokens.renews_on(status),
            Authenticator::Signer(signer) => status == 401 && signer.is_dated(),
            Authenticator::Custom(_) => status == 401,
            Authenticator::None | Authenticator::Fixed(_) => false,
        }
    }

    /// Notes that a request was refused by this status with a new credential, too.
    pub(crate) async fn note_vain(&self, status: u16) {
        if let Authenticator::Tokens(tokens) = self {
            tokens.note_vain(status).await;
        }
    }
}

/// The authentication that settings choose.
pub(crate) fn chosen<'a>(choice: &'a AuthChoice, inputs: &Inputs) -> Result<&'a Auth, Reason> {
    let name = inputs.text(&choice.choose)?;
    let option = choice.options.iter().find(|(option, _)| *option == name);
    option.map(|(_, auth)| auth).ok_or_else(|| {
        let names: Vec<String> =
            choice.options.iter().map(|(option, _)| format!("`{option}`")).collect();
        let settings = super::inputs::settings(&choice.choose);
        format!(
            "{settings} chooses the authentication: one of {}, found `{name}`",
            names.join(", ")
        )
        .into()
    })
}

impl Credential<'_> {
    /// Adds it to a request, in place of what has its name there.
    pub(crate) async fn apply(&self, request: &mut Request, mask: &Mask) -> Result<(), Error> {
        match self {
            Credential::None => Ok(()),
            Credential::Fixed(carried) => carried.apply(request),
            Credential::Token(token) => token.carried.apply(request),
            Credential::Signer(signer) => signer.apply(&mut Outgoing::new(request, mask)),
            Credential::Custom(custom) => {
                custom.authenticate(&mut Outgoing::new(request, mask)).await
            }
        }
    }
}

/// The secret that a checkpoint calls so: of a header the whole value, or one of its words.
fn named(name: &str, credential: &Credential<'_>, request: &Request) -> Option<String> {
    let header = |name: &str| request.headers().get(name)?.to_str().ok();
    let Some(rest) = name.strip_prefix(CREDENTIAL)?.strip_prefix('.') else {
        let carried = match credential {
            Credential::None | Credential::Signer(_) | Credential::Custom(_) => return None,
            Credential::Fixed(carried) => carried,
            Credential::Token(token) => &*token.carried,
        };
        return Some(carried.secret().expose_secret().to_owned());
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
