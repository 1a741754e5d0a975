//! Sessions: a login request and the token that its response gives.

use std::sync::Arc;

use reqwest::header::{HeaderMap, SET_COOKIE};
use secrecy::ExposeSecret;
use url::Url;

use super::{
    answer::{Places, TokenAnswer},
    ask::{Asker, Given, ask},
    state::{Fetched, NoToken},
};
use crate::{
    error::{Reason, mask::Mask},
    http::{
        address,
        auth::carried::Carried,
        inputs::Inputs,
        payload::{Payload, headers_and_body},
        query::Query,
        transport::Transport,
    },
    plan::{Body, Method, Session, Template, TokenPlace},
};

/// The login of one `auth`.
pub(super) struct Login {
    transport: Arc<Transport>,
    method: Method,
    url: Url,
    headers: HeaderMap,
    body: Option<Payload>,
    auth: Option<Carried>,
    plan: Session,
}

impl Login {
    pub(super) fn new(
        plan: &Session,
        inputs: &Inputs,
        base_url: &Url,
        transport: &Arc<Transport>,
    ) -> Result<Login, Reason> {
        let login = &plan.login;
        let path = inputs.path(&login.path)?;
        let url = transport.origins.moved(address::join(base_url, &path)?);
        transport.origins.check(base_url, &url).map_err(|why| {
            why.with_context(format_args!("the login at `{url}` leads away from {base_url}"))
        })?;
        let mut query = Query::of(&url);
        // What an optional setting without a value is in is not sent.
        let pair = |name: &Template, value: &Template| {
            let Some(value) = inputs.filled(value)? else { return Ok(None) };
            let value = value.expose_secret().to_owned();
            Ok::<_, Reason>(Some((inputs.name(name)?.into_owned(), value)))
        };
        let params = login.params.iter();
        let params = params.filter_map(|param| pair(&param.name, &param.value).transpose());
        query.set_all(&params.collect::<Result<Vec<_>, _>>()?);
        let body = match &login.body {
            None => None,
            Some(Body::Json(json)) => inputs.json(json, &|_| None)?.map(Payload::Json),
            Some(Body::Form(fields)) => {
                let fields = fields.iter();
                let fields = fields.filter_map(|(name, value)| pair(name, value).transpose());
                Some(Payload::Form(fields.collect::<Result<_, _>>()?))
            }
            Some(Body::Text(text)) => {
                inputs.filled(text)?.map(|text| Payload::Text(text.expose_secret().to_owned()))
            }
        };
        let auth = login.auth.as_ref();
        let auth = auth.map(|auth| Carried::new(auth, None, inputs, &transport.mask));
        Ok(Login {
            transport: Arc::clone(transport),
            method: login.method,
            url: query.apply(&url),
            headers: inputs.headers(&login.headers)?,
            body,
            auth: auth.transpose()?,
            plan: plan.clone(),
        })
    }

    /// Logs in.
    pub(super) async fn fetch(&self) -> Result<Fetched, NoToken> {
        let given = ask(&self.transport, Asker::Login, &|| self.request()).await?;
        let mask = &self.transport.mask;
        let read = self.read(&given, mask).map_err(|why| {
            let text = format!("no session: the response of {} {why}", self.url);
            mask.apply(&text)
        })?;
        tracing::info!(valid_s = read.valid.map(|valid| valid.as_secs()), "logged in");
        Ok(read)
    }

    fn request(&self) -> Result<reqwest::Request, Reason> {
        let method = match self.method {
            Method::Get => reqwest::Method::GET,
            Method::Post => reqwest::Method::POST,
        };
        let mut request = reqwest::Request::new(method, self.url.clone());
        let (headers, body) = headers_and_body(&self.headers, self.body.as_ref());
        *request.headers_mut() = headers;
        *request.body_mut() = body.map(Into::into);
        if let Some(auth) = &self.auth {
            auth.apply(&mut request).map_err(|error| error.to_string())?;
        }
        Ok(request)
    }

    fn read(&self, given: &Given, mask: &Mask) -> Result<Fetched, Reason> {
        let in_body = match &self.plan.token {
            TokenPlace::Body(place) => Some(place),
            TokenPlace::Header(_) | TokenPlace::Cookie(_) => None,
        };
        let answer = TokenAnswer::read(
            &given.body,
            &Places {
                token: in_body,
                expires_in: self.plan.expires_in_path.as_ref(),
                expires_at: self.plan.expires_at_path.as_ref(),
                refresh_token: None,
            },
        )?;
        answer.others.iter().for_each(|other| mask.learn(other));
        let token = match &self.plan.token {
            TokenPlace::Body(_) => answer.token,
            TokenPlace::Header(name) => given
                .headers
                .get(&**name)
                .and_then(|value| value.to_str().ok())
                .map(|value| value.trim().to_owned())
                .filter(|value| !value.is_empty())
                .ok_or_else(|| format!("has no header `{name}`"))?,
            TokenPlace::Cookie(name) => cookie(&given.headers, name)
                .ok_or_else(|| format!("does not set the cookie `{name}`"))?,
        };
        let valid = answer.valid.or(self.plan.default_expiration);
        Ok(Fetched { token: token.into(), valid })
    }
}

/// The value of a cookie that a response sets.
fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let set = headers.get_all(SET_COOKIE).iter().filter_map(|value| value.to_str().ok());
    let pairs = set.filter_map(|text| text.split(';').next()?.split_once('='));
    let mut values = pairs.filter(|(set, _)| set.trim() == name).map(|(_, value)| value.trim());
    values.rfind(|value| !value.is_empty()).map(str::to_owned)
}
