//! Tokens: fetched once, shared by all requests of a client, renewed in time. How one is fetched is in
//! the files below.

mod answer;
mod ask;
mod login;
mod oauth;
mod state;

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use secrecy::ExposeSecret as _;
use tokio::{sync::Mutex, time::Instant};
use url::Url;

pub(crate) use self::state::Token;
use self::{
    login::Login,
    oauth::OAuth,
    state::{Fetched, NoToken, State},
};
use super::{carried::Carried, jwt::JwtSigner};
use crate::{
    Error,
    error::{Kind, Reason, mask::Mask},
    http::{inputs::Inputs, transport::Transport},
    plan::{JwtAuth, List, OAuth2, SendAs, Session},
};

/// How long before its end a token is renewed, at most: long enough for a request to arrive.
const LEEWAY: Duration = Duration::from_secs(60);
/// And at most this part of the time that it is valid.
const LEEWAY_PART: u32 = 10;
/// How long a token is not renewed again after a status by which a new one was refused, too. What 403
/// forbids, no token may do.
const PAUSE: Duration = Duration::from_secs(60);
/// The statuses by which servers refuse a token, unless the plan says otherwise.
const RENEW_ON: List<u16> = List::Borrowed(&[401]);

/// The tokens of one `auth`.
pub(crate) struct Tokens {
    mask: Arc<Mask>,
    inputs: Arc<Inputs>,
    origin: Origin,
    send: SendAs,
    renew_on: List<u16>,
    /// Held while a token is fetched, so that all others wait for that one.
    state: Arc<Mutex<State>>,
    /// How many times a token was asked for, with or without success.
    rounds: AtomicU64,
}

/// Where tokens are from.
enum Origin {
    OAuth(OAuth),
    Login(Box<Login>),
    /// The client signs them itself.
    Jwt(JwtSigner),
}

impl Tokens {
    pub(crate) fn of_oauth(
        plan: &OAuth2,
        inputs: &Arc<Inputs>,
        transport: &Arc<Transport>,
    ) -> Result<Tokens, Reason> {
        let mut state = State::default();
        let oauth = OAuth::new(plan, inputs, transport, &mut state)?;
        let origin = Origin::OAuth(oauth);
        let mut tokens = Tokens::new(origin, &plan.send, RENEW_ON, inputs, &transport.mask)?;
        if let Some(token) = &plan.access_token {
            let token = inputs.fill(token)?;
            transport.mask.keep_credential(&token);
            tokens.set(&mut state, Fetched { token, valid: None })?;
        }
        tokens.state = Arc::new(Mutex::new(state));
        Ok(tokens)
    }

    pub(crate) fn of_session(
        plan: &Session,
        inputs: &Arc<Inputs>,
        base_url: &Url,
        transport: &Arc<Transport>,
    ) -> Result<Tokens, Reason> {
        let origin = Origin::Login(Box::new(Login::new(plan, inputs, base_url, transport)?));
        Tokens::new(origin, &plan.send, plan.renew_on.clone(), inputs, &transport.mask)
    }

    pub(crate) fn of_jwt(
        plan: &JwtAuth,
        inputs: &Arc<Inputs>,
        transport: &Arc<Transport>,
    ) -> Result<Tokens, Reason> {
        let origin = Origin::Jwt(JwtSigner::new(&plan.jwt, inputs, None, &transport.mask)?);
        Tokens::new(origin, &plan.send, RENEW_ON, inputs, &transport.mask)
    }

    fn new(
        origin: Origin,
        send: &SendAs,
        renew_on: List<u16>,
        inputs: &Arc<Inputs>,
        mask: &Arc<Mask>,
    ) -> Result<Tokens, Reason> {
        // What cannot be sent, whatever the token is, is an error now.
        Carried::new(send, Some(&"token".into()), inputs, &Mask::new([]))?;
        Ok(Tokens {
            mask: Arc::clone(mask),
            inputs: Arc::clone(inputs),
            origin,
            send: send.clone(),
            renew_on,
            state: Arc::default(),
            rounds: AtomicU64::new(0),
        })
    }

    /// A token that is valid, fetched if need be.
    pub(crate) async fn current(self: &Arc<Self>) -> Result<Token, Error> {
        let begun = self.rounds.load(Ordering::SeqCst);
        let mut state = Arc::clone(&self.state).lock_owned().await;
        if let Some(token) = state.valid() {
            return Ok(token);
        }
        // A task that waited for a round that failed has its outcome, and does not begin another.
        if self.rounds.load(Ordering::SeqCst) != begun
            && let Some(failed) = &state.failed
        {
            return Err(failed.clone().into());
        }
        // In a task of its own, as a request that is given up would take with it a refresh token
        // that the server has changed.
        let tokens = Arc::clone(self);
        let round = tokio::spawn(async move {
            let outcome = tokens.fetch(&mut state).await;
            state.failed = outcome.as_ref().err().cloned();
            tokens.rounds.fetch_add(1, Ordering::SeqCst);
            outcome
        });
        match round.await {
            Ok(outcome) => outcome.map_err(Error::from),
            Err(error) => {
                Err(Error::new(Kind::Auth("no token was fetched".to_owned())).with_source(error))
            }
        }
    }

    /// Uses a token no longer that the server has refused by this status. It may have been renewed
    /// meanwhile. Says whether another one is worth a try.
    pub(crate) async fn forget(&self, refused: &Token, status: u16) -> bool {
        if !self.renew_on.contains(&status) {
            return false;
        }
        let mut state = self.state.lock().await;
        let is_young = |token: &Token| token.fetched_at.elapsed() < PAUSE;
        if let Some(token) = state.token.as_ref().filter(|token| token.number == refused.number) {
            if state.vain == Some(status) && is_young(token) {
                return false;
            }
            state.token = None;
        }
        true
    }

    /// Whether a status may say that the token is no longer taken.
    pub(crate) fn renews_on(&self, status: u16) -> bool {
        self.renew_on.contains(&status)
    }

    /// Notes that a request was refused by this status with a new token, too. A token that is no longer
    /// taken is one thing, and what no token may do another, which only statuses other than 401 mean.
    pub(crate) async fn note_vain(&self, status: u16) {
        if status != 401 && self.renew_on.contains(&status) {
            self.state.lock().await.vain = Some(status);
        }
    }

    async fn fetch(&self, state: &mut State) -> Result<Token, NoToken> {
        let fetched = match &self.origin {
            Origin::OAuth(oauth) => oauth.fetch(state).await?,
            Origin::Login(login) => login.fetch().await?,
            Origin::Jwt(signer) => {
                Fetched { token: signer.sign()?.into(), valid: Some(signer.valid()) }
            }
        };
        self.mask.learn_credential(fetched.token.expose_secret());
        Ok(self.set(state, fetched)?)
    }

    fn set(&self, state: &mut State, fetched: Fetched) -> Result<Token, Reason> {
        let Fetched { token, valid } = fetched;
        let carried = Carried::new(&self.send, Some(&token), &self.inputs, &self.mask)
            .map_err(|_| "the access token has characters that no header can have".to_owned())?;
        state.count += 1;
        let fetched_at = Instant::now();
        let renew_at = valid.and_then(|valid| {
            fetched_at.checked_add(valid.saturating_sub(LEEWAY.min(valid / LEEWAY_PART)))
        });
        let token = Token { carried: Arc::new(carried), number: state.count, fetched_at, renew_at };
        Ok(state.token.insert(token).clone())
    }
}
