//! OAuth 2 access tokens: fetched once, shared by all requests of a client, renewed in time.

mod answer;

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use reqwest::header::{ACCEPT, CONTENT_TYPE, HeaderValue};
use secrecy::{ExposeSecret, SecretString};
use tokio::{
    sync::Mutex,
    time::{self, Instant},
};
use url::{Url, form_urlencoded};

use self::answer::TokenAnswer;
use crate::{
    Error,
    error::{Cause, Kind},
    http::{
        body, failure::Failure, header::secret_header, inputs::Inputs, rate_limit::headers,
        token_store::Kept, transport::Transport, tries::Tries,
    },
    plan::{Grant, Method, OAuth2},
};

/// How long before its end a token is renewed, at most: long enough for a request to arrive.
const LEEWAY: Duration = Duration::from_secs(60);
/// And at most this part of the time that it is valid.
const LEEWAY_PART: u32 = 10;
/// The grant, and the field of a token request.
const REFRESH_TOKEN: &str = "refresh_token";
/// No token needs more, in bytes.
const LARGEST_ANSWER: u64 = 1 << 20;

/// The access tokens of one `auth`.
pub(crate) struct Tokens {
    transport: Arc<Transport>,
    url: Url,
    /// The fields of every token request.
    form: Vec<(String, SecretString)>,
    default_expiration: Duration,
    /// Where the next run finds the refresh token.
    kept: Option<Kept>,
    /// Held while a token is fetched, so that all others wait for that one.
    state: Arc<Mutex<State>>,
    /// How many times a token was asked for, with or without success.
    rounds: AtomicU64,
}

#[derive(Default)]
struct State {
    token: Option<Token>,
    /// How many tokens there were.
    count: u64,
    /// As some servers change it each time, the newest.
    refresh_token: Option<SecretString>,
    /// Whether it was said that nothing keeps one that the server has changed.
    is_warned: bool,
    /// What happened to the last round, if it failed.
    failed: Option<NoToken>,
}

/// Why there is no token.
#[derive(Clone)]
struct NoToken {
    what: String,
    /// Whether the token endpoint does not take the credentials.
    is_refused: bool,
}

impl From<String> for NoToken {
    fn from(what: String) -> NoToken {
        NoToken { what, is_refused: false }
    }
}

impl From<NoToken> for Error {
    fn from(NoToken { what, is_refused }: NoToken) -> Error {
        Error::new(if is_refused { Kind::TokenRefused(what) } else { Kind::Auth(what) })
    }
}

/// An access token.
#[derive(Clone)]
pub(crate) struct Token {
    header: HeaderValue,
    number: u64,
    /// `None` for one whose lifetime is unknown.
    renew_at: Option<Instant>,
}

impl Token {
    pub(crate) fn header(&self) -> HeaderValue {
        self.header.clone()
    }
}

impl Tokens {
    pub(crate) fn new(
        plan: &OAuth2,
        inputs: &Inputs,
        transport: &Arc<Transport>,
    ) -> Result<Tokens, String> {
        let url = inputs.fill(&plan.access_token_url)?;
        let url = Url::parse(url.expose_secret())
            .ok()
            .filter(|url| matches!(url.scheme(), "http" | "https"))
            .ok_or("`access_token_url` is not an address that begins with https://")?;
        let url = transport.origins.moved(url);
        let mut state = State::default();
        let client_id = inputs.fill(&plan.client_id)?;
        let mut kept = None;
        let grant = match &plan.grant {
            Grant::ClientCredentials => "client_credentials",
            Grant::RefreshToken(token) => {
                let token = inputs.fill(token)?;
                transport.mask.keep_literal(&token);
                kept = transport
                    .token_store
                    .as_ref()
                    .map(|store| Kept::new(Arc::clone(store), &url, &client_id, &token));
                state.refresh_token = Some(token);
                REFRESH_TOKEN
            }
        };
        let client_secret = inputs.fill(&plan.client_secret)?;
        transport.mask.keep_literal(&client_secret);
        let mut form = vec![
            ("grant_type".to_owned(), grant.into()),
            ("client_id".to_owned(), client_id),
            ("client_secret".to_owned(), client_secret),
        ];
        for (name, value) in plan.request_data.iter() {
            let Some(value) = inputs.filled(value)? else { continue };
            let name = inputs.name(name)?.into_owned();
            form.retain(|(set, _)| *set != name);
            // It goes over what a server has replaced, too.
            kept = kept.filter(|_| name != REFRESH_TOKEN);
            form.push((name, value));
        }
        if let Some(token) = &plan.access_token {
            let token = inputs.fill(token)?;
            transport.mask.keep_credential(&token);
            state.set(token.expose_secret(), None)?;
        }
        Ok(Tokens {
            transport: Arc::clone(transport),
            url,
            form,
            default_expiration: plan.default_expiration,
            kept,
            state: Arc::new(Mutex::new(state)),
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

    /// Uses a token no longer that the server has refused. It may have been renewed meanwhile.
    pub(crate) async fn forget(&self, refused: &Token) {
        let mut state = self.state.lock().await;
        state.token.take_if(|token| token.number == refused.number);
    }

    /// Fetches a token, by the refresh token that was kept last, while no other run uses that.
    async fn fetch(&self, state: &mut State) -> Result<Token, NoToken> {
        let Some(kept) = &self.kept else { return self.refresh(state).await };
        let failed = |error: Error| format!("no access token: {error}");
        let lock = kept.lock().await.map_err(failed)?;
        let is_kept = self.take(state, kept.load().await.map_err(failed)?) || state.count > 0;
        let outcome = match self.refresh(state).await {
            // Another run may have replaced it, where nothing holds that off.
            Err(refused) if refused.is_refused => {
                if self.take(state, kept.load().await.map_err(failed)?) {
                    self.refresh(state).await
                } else if is_kept {
                    let what = format!(
                        "{}; the refresh token was the newest that earlier runs have kept: authorize \
                         the client again, and give it the new one",
                        refused.what
                    );
                    Err(NoToken { what, ..refused })
                } else {
                    Err(refused)
                }
            }
            outcome => outcome,
        };
        drop(lock);
        outcome
    }

    /// Uses a refresh token that was kept. Says whether it is another one.
    fn take(&self, state: &mut State, kept: Option<SecretString>) -> bool {
        let Some(kept) = kept else { return false };
        let exposed = |token: &SecretString| token.expose_secret().to_owned();
        let is_new = state.refresh_token.as_ref().map(exposed) != Some(exposed(&kept));
        self.transport.mask.learn(kept.expose_secret());
        state.refresh_token = Some(kept);
        is_new
    }

    /// Keeps a refresh token that the server has given for the next run.
    async fn keep(&self, state: &mut State, token: SecretString) {
        self.transport.mask.learn(token.expose_secret());
        if !self.take(state, Some(token.clone())) {
            return;
        }
        match &self.kept {
            Some(kept) => {
                if let Err(error) = kept.keep(&token).await {
                    let error = self.transport.mask.apply(&error.to_string());
                    tracing::warn!(
                        url = self.transport.mask.apply(self.url.as_str()),
                        error,
                        "the server has replaced the refresh token, and the new one cannot be \
                         kept: the next run needs another one"
                    );
                }
            }
            None if !state.is_warned && self.form.iter().all(|(name, _)| name != REFRESH_TOKEN) => {
                state.is_warned = true;
                tracing::warn!(
                    url = self.transport.mask.apply(self.url.as_str()),
                    "the server has replaced the refresh token, and nothing keeps the new one for \
                     the next run: `token_store` of the builder does, and `--token-file`"
                );
            }
            None => {}
        }
    }

    /// Fetches a token. The error is as masked as its other texts are.
    async fn refresh(&self, state: &mut State) -> Result<Token, NoToken> {
        let transport = &self.transport;
        let mut tries = Tries::new(&transport.retry);
        let answer = loop {
            let waiting = Instant::now();
            let permit = transport.permit().await;
            let limit = tries.begin(waiting.elapsed(), transport.timeout);
            let exchange = self.exchange(state.refresh_token.as_ref());
            let outcome = match limit {
                None => exchange.await,
                Some(limit) => time::timeout(limit, exchange)
                    .await
                    .unwrap_or_else(|_| Err(Failure::new(Cause::Timeout(limit)))),
            };
            drop(permit);
            let failure = match outcome {
                Ok(answer) => break answer,
                Err(failure) => failure,
            };
            if let Err(failure) = tries.wait(failure).await {
                let error = tries.error_of(failure, Method::Post, self.url.to_string());
                let is_refused = matches!(error.status(), Some(400 | 401 | 403));
                let what = format!("no access token: {}", error.masked(&transport.mask));
                return Err(NoToken { what, is_refused });
            }
        };
        let answer = TokenAnswer::read(&answer).map_err(|why| {
            let text = format!("no access token: the answer of {} {why}", self.url);
            transport.mask.apply(&text)
        })?;
        transport.mask.learn_credential(&answer.access_token);
        answer.others.iter().for_each(|other| transport.mask.learn(other));
        if let Some(refresh_token) = answer.refresh_token.filter(|_| state.refresh_token.is_some())
        {
            self.keep(state, refresh_token.into()).await;
        }
        let valid = answer.expires_in.unwrap_or(self.default_expiration);
        tracing::info!(valid_s = valid.as_secs(), "an access token was fetched");
        Ok(state.set(&answer.access_token, Some(valid))?)
    }

    /// One try of a token request (RFC 6749, 4.4.2 and 6). The server's own credentials stay with
    /// it: no header and no parameter of the source goes there, and redirects are not followed.
    async fn exchange(&self, refresh_token: Option<&SecretString>) -> Result<Vec<u8>, Failure> {
        let mut request = reqwest::Request::new(reqwest::Method::POST, self.url.clone());
        let form_type = HeaderValue::from_static("application/x-www-form-urlencoded");
        request.headers_mut().insert(CONTENT_TYPE, form_type);
        request.headers_mut().insert(ACCEPT, HeaderValue::from_static("application/json"));
        *request.body_mut() = Some(self.fields(refresh_token).into());
        let response = self.transport.execute_once(request).await?;
        let status = response.status();
        if status.is_success() {
            return body::whole(response, LARGEST_ANSWER, Vec::new()).await;
        }
        let retry_after = headers::wait(status, response.headers(), None).asked;
        let body = answer::refusal(&body::explanation(response, LARGEST_ANSWER).await);
        let cause = Cause::Status { status: status.as_u16(), body };
        Err(Failure { retry_after, ..Failure::new(cause) })
    }

    fn fields(&self, refresh_token: Option<&SecretString>) -> String {
        let mut form = form_urlencoded::Serializer::new(String::new());
        form.extend_pairs(self.form.iter().map(|(name, value)| (name, value.expose_secret())));
        let is_set = self.form.iter().any(|(name, _)| name == REFRESH_TOKEN);
        if let Some(token) = refresh_token.filter(|_| !is_set) {
            form.append_pair(REFRESH_TOKEN, token.expose_secret());
        }
        form.finish()
    }
}

impl State {
    fn valid(&self) -> Option<Token> {
        let token = self.token.clone()?;
        token.renew_at.is_none_or(|at| Instant::now() < at).then_some(token)
    }

    fn set(&mut self, token: &str, valid: Option<Duration>) -> Result<Token, String> {
        let header = secret_header(&reqwest::header::AUTHORIZATION, &format!("Bearer {token}"))
            .map_err(|_| "the access token has characters that no header can have".to_owned())?;
        self.count += 1;
        let renew_at = valid.and_then(|valid| {
            Instant::now().checked_add(valid.saturating_sub(LEEWAY.min(valid / LEEWAY_PART)))
        });
        Ok(self.token.insert(Token { header, number: self.count, renew_at }).clone())
    }
}
