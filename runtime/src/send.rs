//! One try of a request: sent, answered and read to the last byte.

use std::time::{Duration, SystemTime};

use reqwest::{
    Response, StatusCode, Version,
    header::{CONTENT_TYPE, HeaderMap, HeaderValue, LOCATION, RETRY_AFTER, TRANSFER_ENCODING},
};
use serde::de::IgnoredAny;
use tokio::time;
use url::Url;

use crate::{
    address,
    client::Inner,
    error::Cause,
    plan::Method,
    request::{Payload, Request},
};

/// A complete answer with a status of success.
pub(crate) struct Answer {
    pub(crate) body: Vec<u8>,
    pub(crate) content_type: Option<String>,
    pub(crate) headers: HeaderMap,
    /// The address that answered, behind redirects.
    pub(crate) url: Url,
}

/// Why a try failed, and what the server says about the next one.
pub(crate) struct Failure {
    pub(crate) cause: Cause,
    pub(crate) retry_after: Option<Duration>,
    pub(crate) source: Option<reqwest::Error>,
}

/// Tries once, for at most `limit`.
pub(crate) async fn send(
    client: &Inner,
    request: &Request,
    limit: Option<Duration>,
) -> Result<Answer, Failure> {
    let exchange = exchange(client, request);
    match limit {
        None => exchange.await,
        Some(limit) => time::timeout(limit, exchange)
            .await
            .unwrap_or_else(|_| Err(Failure::new(Cause::Timeout(limit)))),
    }
}

async fn exchange(client: &Inner, request: &Request) -> Result<Answer, Failure> {
    let url = request.address();
    let response = client.http.execute(assemble(request, &url)).await?;
    let status = response.status();
    if status.is_success() {
        let content_type = text(response.headers(), &CONTENT_TYPE);
        let (headers, url) = (response.headers().clone(), response.url().clone());
        let until_close = ends_with_connection(&response);
        let body = read(response).await?;
        if until_close && is_cut(&body) {
            let why = "the connection was closed in the middle of the JSON".to_owned();
            return Err(Failure::new(Cause::Broken(why)));
        }
        return Ok(Answer { body, content_type, headers, url });
    }
    if let Some(location) = text(response.headers(), &LOCATION).filter(|_| status.is_redirection())
    {
        let target = response.url().join(&location);
        let leads_away = !target.is_ok_and(|target| address::same_origin(&target, &url));
        let status = status.as_u16();
        return Err(Failure::new(Cause::Redirect { status, location, leads_away }));
    }
    let retry_after = text(response.headers(), &RETRY_AFTER).and_then(|value| wait(&value));
    // That the explanation of a failure breaks off is no failure of its own.
    let body = read(response).await.unwrap_or_default();
    let body = String::from_utf8_lossy(&body).into_owned();
    let cause = Cause::Status { status: status.as_u16(), body };
    Err(Failure { retry_after, ..Failure::new(cause) })
}

/// The request as it goes out.
fn assemble(request: &Request, url: &Url) -> reqwest::Request {
    let method = match request.method {
        Method::Get => reqwest::Method::GET,
        Method::Post => reqwest::Method::POST,
    };
    let mut out = reqwest::Request::new(method, url.clone());
    *out.headers_mut() = request.headers.clone();
    if let Some(payload) = &request.body {
        let (content_type, text) = match payload {
            Payload::Json(value) => (Some("application/json"), value.to_string()),
            Payload::Form(fields) => {
                let form = url::form_urlencoded::Serializer::new(String::new());
                let form = { form }.extend_pairs(fields).finish();
                (Some("application/x-www-form-urlencoded"), form)
            }
            Payload::Text(text) => (None, text.clone()),
        };
        if let Some(content_type) = content_type {
            let value = HeaderValue::from_static(content_type);
            out.headers_mut().entry(CONTENT_TYPE).or_insert(value);
        }
        *out.body_mut() = Some(text.into());
    }
    request.auth.authenticate(&mut out);
    out
}

/// The whole body, in one buffer that grows to its length and can become text without a copy.
async fn read(mut response: Response) -> reqwest::Result<Vec<u8>> {
    /// A server may promise any length; only what it sends shall take memory.
    const MOST_TRUSTED: u64 = 1 << 20;
    let length = response.content_length().unwrap_or(0).min(MOST_TRUSTED);
    let mut body = Vec::with_capacity(usize::try_from(length).unwrap_or(0));
    while let Some(chunk) = response.chunk().await? {
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

/// Whether only the end of the connection says where the body ends (RFC 9112, 6.3), so that HTTP
/// itself does not notice when it is cut short.
fn ends_with_connection(response: &Response) -> bool {
    response.version() <= Version::HTTP_11
        && response.content_length().is_none()
        && !response.headers().contains_key(TRANSFER_ENCODING)
}

/// Whether there is less than a whole JSON value.
fn is_cut(body: &[u8]) -> bool {
    serde_json::from_slice::<IgnoredAny>(body).is_err_and(|error| error.is_eof())
}

fn text(headers: &HeaderMap, name: &reqwest::header::HeaderName) -> Option<String> {
    headers.get(name).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
}

/// What `Retry-After` asks for, in seconds or as a date (RFC 9110, 10.2.3). One that asks for no
/// wait at all is passed over, for obeying it would hammer a server that is already in trouble.
fn wait(value: &str) -> Option<Duration> {
    let value = value.trim();
    let wait = if let Ok(seconds) = value.parse() {
        Duration::from_secs(seconds)
    } else {
        let date = httpdate::parse_http_date(value).ok()?;
        date.duration_since(SystemTime::now()).ok()?
    };
    (!wait.is_zero()).then_some(wait)
}

impl Failure {
    fn new(cause: Cause) -> Failure {
        Failure { cause, retry_after: None, source: None }
    }

    /// Whether another try may succeed, going by the statuses of the plan.
    pub(crate) fn is_passing(&self, statuses: &[u16]) -> bool {
        match &self.cause {
            Cause::Status { status, .. } => statuses.contains(status),
            Cause::Redirect { .. } => false,
            Cause::Connect(_) | Cause::Timeout(_) | Cause::Broken(_) => true,
        }
    }
}

impl From<reqwest::Error> for Failure {
    fn from(error: reqwest::Error) -> Failure {
        let error = error.without_url();
        let mut root: &dyn std::error::Error = &error;
        while let Some(source) = root.source() {
            root = source;
        }
        let why = root.to_string();
        let cause = if error.is_connect() { Cause::Connect(why) } else { Cause::Broken(why) };
        Failure { source: Some(error), ..Failure::new(cause) }
    }
}

impl Cause {
    /// In a word or two, for a log.
    pub(crate) fn brief(&self) -> String {
        match self {
            Cause::Status { status, .. } | Cause::Redirect { status, .. } => {
                StatusCode::from_u16(*status).map_or_else(|_| status.to_string(), |s| s.to_string())
            }
            Cause::Connect(_) => "no connection".to_owned(),
            Cause::Timeout(_) => "timeout".to_owned(),
            Cause::Broken(_) => "broke off".to_owned(),
        }
    }
}
