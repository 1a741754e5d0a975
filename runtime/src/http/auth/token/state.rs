//! What is known of the tokens of one `auth`.

use std::{sync::Arc, time::Duration};

use secrecy::SecretString;
use tokio::time::Instant;

use crate::{
    Error,
    error::{Kind, Reason},
    http::auth::carried::Carried,
};

#[derive(Default)]
pub(super) struct State {
    pub(super) token: Option<Token>,
    /// How many tokens there were.
    pub(super) count: u64,
    /// As some servers change it each time, the newest.
    pub(super) refresh_token: Option<SecretString>,
    /// Whether it was said that nothing keeps one that the server has changed.
    pub(super) is_warned: bool,
    /// What happened to the last round, if it failed.
    pub(super) failed: Option<NoToken>,
    /// The status by which the server has refused a new token as well.
    pub(super) vain: Option<u16>,
}

/// Why there is no token.
#[derive(Clone)]
pub(super) struct NoToken {
    pub(super) what: String,
    /// Whether the token endpoint does not take the credentials.
    pub(super) is_refused: bool,
}

impl From<String> for NoToken {
    fn from(what: String) -> NoToken {
        NoToken { what, is_refused: false }
    }
}

impl From<Reason> for NoToken {
    fn from(why: Reason) -> NoToken {
        String::from(why).into()
    }
}

impl From<NoToken> for Error {
    fn from(NoToken { what, is_refused }: NoToken) -> Error {
        Error::new(if is_refused { Kind::TokenRefused(what) } else { Kind::Auth(what) })
    }
}

/// What was fetched.
pub(super) struct Fetched {
    pub(super) token: SecretString,
    /// How long it is valid, if that is known.
    pub(super) valid: Option<Duration>,
}

/// A token in the place where requests carry it.
#[derive(Clone)]
pub(crate) struct Token {
    pub(in crate::http::auth) carried: Arc<Carried>,
    pub(super) number: u64,
    pub(super) fetched_at: Instant,
    /// `None` for one whose lifetime is unknown.
    pub(super) renew_at: Option<Instant>,
}

impl State {
    pub(super) fn valid(&self) -> Option<Token> {
        let token = self.token.clone()?;
        token.renew_at.is_none_or(|at| Instant::now() < at).then_some(token)
    }
}
