//! OAuth 2: token requests, and the refresh tokens that servers replace.

use std::{sync::Arc, time::Duration};

use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Map, Value};
use url::{Url, form_urlencoded};

use super::{
    answer::{Places, TokenAnswer},
    ask::{Asker, ask},
    state::{Fetched, NoToken, State},
};
use crate::{
    Error,
    error::Reason,
    http::{
        auth::{
            carried::basic,
            jwt::{JwtSigner, ServiceAccount},
        },
        inputs::Inputs,
        origins::is_loopback,
        token_store::Kept,
        transport::Transport,
    },
    plan::{ClientAuth, Grant, JsonTemplate, OAuth2, Part, Selector, Template},
};

/// The grant of a refresh token.
const REFRESH_TOKEN: &str = "refresh_token";
/// The grant of a JSON Web Token (RFC 7523, section 2.1).
const JWT_BEARER: &str = "urn:ietf:params:oauth:grant-type:jwt-bearer";
/// What a client authenticates itself by (RFC 7523, section 2.2).
const CLIENT_ASSERTION: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// The value of a field of a token request.
enum Field {
    Text(SecretString),
    /// A value that JSON has as a number, for example.
    Json(Value),
}

impl Field {
    fn of(text: impl Into<SecretString>) -> Field {
        Field::Text(text.into())
    }

    fn is_empty(&self) -> bool {
        matches!(self, Field::Text(text) if text.expose_secret().is_empty())
    }

    fn json(&self) -> Value {
        match self {
            Field::Text(text) => text.expose_secret().into(),
            Field::Json(value) => value.clone(),
        }
    }
}

/// The token requests of one `auth`.
pub(super) struct OAuth {
    transport: Arc<Transport>,
    url: Url,
    headers: HeaderMap,
    is_json: bool,
    /// The fields of every token request.
    fields: Vec<(String, Field)>,
    /// The fields that are signed for each request.
    signed: Vec<(&'static str, JwtSigner)>,
    /// The field that takes the refresh token, unless the description sets it.
    refresh_token_param: Option<String>,
    default_expiration: Duration,
    access_token_path: Selector,
    refresh_token_path: Selector,
    expires_in_path: Selector,
    expires_at_path: Option<Selector>,
    /// Where the next run finds the refresh token.
    kept: Option<Kept>,
}

impl OAuth {
    pub(super) fn new(
        plan: &OAuth2,
        inputs: &Arc<Inputs>,
        transport: &Arc<Transport>,
        state: &mut State,
    ) -> Result<OAuth, Reason> {
        let mask = &transport.mask;
        let url = transport.origins.moved(address(plan, inputs)?);
        let client_id = inputs.fill(&plan.client_id)?;
        let (mut kept, mut signed) = (None, Vec::new());
        let grant = match &plan.grant {
            Grant::ClientCredentials => "client_credentials",
            Grant::RefreshToken(token) => {
                let token = inputs.fill(token)?;
                mask.keep_literal(&token);
                let store = transport.token_store.as_ref();
                kept = store.map(|store| Kept::new(Arc::clone(store), &url, &client_id, &token));
                state.refresh_token = Some(token);
                REFRESH_TOKEN
            }
            Grant::JwtBearer(jwt) => {
                signed.push(("assertion", JwtSigner::new(jwt, inputs, Some(&url), mask)?));
                JWT_BEARER
            }
        };
        let mut fields = vec![("grant_type".to_owned(), Field::of(grant))];
        let mut headers = inputs.headers(&plan.request_headers)?;
        let client_secret = inputs.fill(&plan.client_secret)?;
        mask.keep_literal(&client_secret);
        let id_field = (plan.client_id_param.to_string(), Field::Text(client_id.clone()));
        match &plan.client_auth {
            ClientAuth::SecretPost => {
                fields.push(id_field);
                fields.push((plan.client_secret_param.to_string(), Field::Text(client_secret)));
            }
            ClientAuth::SecretBasic => {
                let (name, secret) = (form(&client_id), form(&client_secret));
                let (value, encoded) = basic(&name, &secret)?;
                mask.keep(&encoded);
                mask.keep_literal(&secret.into());
                headers.insert(AUTHORIZATION, value);
            }
            ClientAuth::None => fields.push(id_field),
            ClientAuth::PrivateKeyJwt(jwt) => {
                fields.push(id_field);
                let kind = Field::of(CLIENT_ASSERTION);
                fields.push(("client_assertion_type".to_owned(), kind));
                signed.push(("client_assertion", JwtSigner::new(jwt, inputs, Some(&url), mask)?));
            }
        }
        // A service account has no client, and needs none.
        fields.retain(|(name, value)| name == "grant_type" || !value.is_empty());
        let mut refresh_token_param = Some(plan.refresh_token_param.to_string());
        for (name, value) in plan.request_data.iter() {
            let value = match value {
                JsonTemplate::Text(text) if !plan.request_json || !is_setting(text) => {
                    inputs.filled(text)?.map(Field::Text)
                }
                value => inputs.json(value, &|_| None)?.map(Field::Json),
            };
            let Some(value) = value else { continue };
            let name = inputs.name(name)?.into_owned();
            fields.retain(|(set, _)| *set != name);
            if refresh_token_param.as_ref() == Some(&name) {
                // It goes over what a server has replaced, too.
                (refresh_token_param, kept) = (None, None);
            }
            fields.push((name, value));
        }
        let content_type = if plan.request_json {
            "application/json"
        } else {
            "application/x-www-form-urlencoded"
        };
        headers.entry(CONTENT_TYPE).or_insert(HeaderValue::from_static(content_type));
        headers.entry(ACCEPT).or_insert(HeaderValue::from_static("application/json"));
        Ok(OAuth {
            transport: Arc::clone(transport),
            url,
            headers,
            is_json: plan.request_json,
            fields,
            signed,
            refresh_token_param,
            default_expiration: plan.default_expiration,
            access_token_path: plan.access_token_path.clone(),
            refresh_token_path: plan.refresh_token_path.clone(),
            expires_in_path: plan.expires_in_path.clone(),
            expires_at_path: plan.expires_at_path.clone(),
            kept,
        })
    }

    /// Fetches a token, by the refresh token that was kept last, while no other run uses that.
    pub(super) async fn fetch(&self, state: &mut State) -> Result<Fetched, NoToken> {
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
            None if !state.is_warned && self.refresh_token_param.is_some() => {
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

    async fn refresh(&self, state: &mut State) -> Result<Fetched, NoToken> {
        let mask = &self.transport.mask;
        let refresh_token = state.refresh_token.clone();
        let make = || self.request(refresh_token.as_ref());
        let given = ask(&self.transport, Asker::Endpoint, &make).await?;
        let places = Places {
            token: Some(&self.access_token_path),
            expires_in: Some(&self.expires_in_path),
            expires_at: self.expires_at_path.as_ref(),
            refresh_token: Some(&self.refresh_token_path),
        };
        let answer = TokenAnswer::read(&given.body, &places).map_err(|why| {
            mask.apply(&format!("no access token: the answer of {} {why}", self.url))
        })?;
        answer.others.iter().for_each(|other| mask.learn(other));
        if let Some(refresh_token) = answer.refresh_token.filter(|_| state.refresh_token.is_some())
        {
            self.keep(state, refresh_token.into()).await;
        }
        let valid = answer.valid.unwrap_or(self.default_expiration);
        tracing::info!(valid_s = valid.as_secs(), "an access token was fetched");
        Ok(Fetched { token: answer.token.into(), valid: Some(valid) })
    }

    /// One try of a token request (RFC 6749, 4.4.2 and 6). The server's own credentials stay with
    /// it: no header and no parameter of the source goes there, and redirects are not followed.
    fn request(&self, refresh_token: Option<&SecretString>) -> Result<reqwest::Request, Reason> {
        let mut request = reqwest::Request::new(reqwest::Method::POST, self.url.clone());
        request.headers_mut().clone_from(&self.headers);
        let fields = self.fields.iter().map(|(name, value)| (name.as_str(), value.json()));
        let mut fields: Vec<(&str, Value)> = fields.collect();
        for (name, signer) in &self.signed {
            if fields.iter().all(|(set, _)| set != name) {
                fields.push((*name, signer.sign()?.into()));
            }
        }
        if let (Some(name), Some(token)) = (&self.refresh_token_param, refresh_token) {
            fields.push((name, token.expose_secret().into()));
        }
        let body = if self.is_json {
            let members = fields.into_iter();
            let members = members.map(|(name, value)| (name.to_owned(), value));
            Value::Object(members.collect::<Map<_, _>>()).to_string()
        } else {
            let mut form = form_urlencoded::Serializer::new(String::new());
            for (name, value) in fields {
                form.append_pair(name, value.as_str().unwrap_or(&value.to_string()));
            }
            form.finish()
        };
        *request.body_mut() = Some(body.into());
        Ok(request)
    }
}

/// Whether a text is a setting, which JSON has as a value of its type.
fn is_setting(text: &Template) -> bool {
    matches!(&*text.0, [Part::Config(_)])
}

/// The token endpoint that the plan or a key file names.
fn address(plan: &OAuth2, inputs: &Inputs) -> Result<Url, Reason> {
    let mut text = inputs.path(&plan.access_token_url)?;
    let mut what = "`access_token_url`";
    if let (true, Grant::JwtBearer(jwt)) = (text.is_empty(), &plan.grant)
        && let Some(account) = ServiceAccount::read(jwt, inputs)?
    {
        (text, what) = (account.token_uri, "`token_uri` of the key file");
    }
    // What the file says of its own address, `check` has seen.
    let is_of_file = !plan.access_token_url.0.is_empty();
    let is_right = |url: &Url| match url.scheme() {
        "https" => true,
        "http" => is_of_file || is_loopback(url),
        _ => false,
    };
    Url::parse(&text)
        .ok()
        .filter(is_right)
        .ok_or_else(|| format!("{what} is not an address that begins with https://").into())
}

/// As forms write it (RFC 6749, section 2.3.1 and appendix B).
fn form(text: &SecretString) -> String {
    form_urlencoded::byte_serialize(text.expose_secret().as_bytes()).collect()
}
