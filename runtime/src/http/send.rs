//! One try of a request: sent, redirected, answered and read to the last byte.

use std::time::Duration;

use reqwest::{
    Response, StatusCode,
    header::{
        CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, HeaderMap, LOCATION, PROXY_AUTHENTICATE,
        WWW_AUTHENTICATE,
    },
};
use tokio::time;
use url::Url;

use super::{
    attempt_error::AttemptError,
    auth::Credential,
    body,
    rate_limit::headers::{self, Wait, refuses},
    request::Request,
    response_action,
    transport::Transport,
};
use crate::{Error, decode::format::File, error::Cause, plan::Action};

/// As many redirects as browsers of old followed.
const MAX_REDIRECTS: usize = 10;

/// What a server gave, without failing.
pub(crate) enum Outcome {
    /// A complete answer with a status of success.
    Answer(Box<Answer>),
    /// No records, and no page after it: a response of this status that the plan ignores.
    NoRecords(StatusCode),
}

/// A complete answer with a status of success.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) body: Vec<u8>,
    /// Those of the archive that the body was.
    pub(crate) files: Vec<File>,
    pub(crate) content_type: Option<String>,
    pub(crate) headers: HeaderMap,
    /// The address that answered, behind redirects.
    pub(crate) url: Url,
    /// Whether the plan says that it is a page, whatever it looks like.
    pub(crate) is_accepted: bool,
}

/// Tries once, for at most `limit`. With `may_renew` a status by which servers refuse the credential is a failure,
/// whatever the plan does with that status. The outer error is one of authenticating.
pub(crate) async fn send(
    transport: &Transport,
    request: &Request,
    credential: &Credential<'_>,
    may_renew: bool,
    limit: Option<Duration>,
) -> Result<Result<Outcome, AttemptError>, Error> {
    let exchange = exchange(transport, request, credential, may_renew);
    match limit {
        None => exchange.await,
        Some(limit) => time::timeout(limit, exchange)
            .await
            .unwrap_or_else(|_| Ok(Err(AttemptError::new(Cause::Timeout(limit))))),
    }
}

async fn exchange(
    transport: &Transport,
    request: &Request,
    credential: &Credential<'_>,
    may_renew: bool,
) -> Result<Result<Outcome, AttemptError>, Error> {
    let mut hop = Hop::first(request);
    let mut redirects = 0;
    loop {
        let mut out = hop.assemble();
        credential.apply(&mut out, &transport.mask).await?;
        transport.cookies.add(&mut out);
        let response = match transport.execute(out).await {
            Ok(response) => response,
            Err(failure) => return Ok(Err(failure)),
        };
        transport.cookies.keep(&hop.url, response.headers(), &transport.mask);
        let status = response.status().as_u16();
        let location = location(&response);
        let Some(location) = location.filter(|_| !response_action::names(&request.actions, status))
        else {
            let retry_after = slow_down(transport, response.status(), response.headers()).await?;
            return Ok(conclude(transport, request, response, retry_after, may_renew).await);
        };
        redirects += 1;
        match hop.next(transport, &response, &location, redirects) {
            Ok(next) => hop = next,
            Err(cause) => return Ok(Err(AttemptError::new(cause))),
        }
        transport.rate_limit.count().await?;
    }
}

/// One of the requests that a redirected request becomes.
struct Hop {
    method: reqwest::Method,
    url: Url,
    /// Without those of the credential.
    headers: HeaderMap,
    body: Option<String>,
}

impl Hop {
    fn first(request: &Request) -> Hop {
        let (headers, body) = request.headers_and_body();
        Hop { method: request.method(), url: request.address(), headers, body }
    }

    fn assemble(&self) -> reqwest::Request {
        let mut out = reqwest::Request::new(self.method.clone(), self.url.clone());
        out.headers_mut().clone_from(&self.headers);
        *out.body_mut() = self.body.clone().map(Into::into);
        out
    }

    /// The request that a redirect asks for: after 301, 302 and 303 a GET, as everyone does it.
    fn next(
        &self,
        transport: &Transport,
        response: &Response,
        location: &str,
        redirects: usize,
    ) -> Result<Hop, Cause> {
        let status = response.status();
        let refuse = |why: String, leads_away: bool| Cause::Redirect {
            status: status.as_u16(),
            location: location.to_owned(),
            why,
            leads_away,
        };
        let url = self.url.join(location);
        let url = url.map_err(|error| refuse(format!("it is no address: {error}"), false))?;
        transport.origins.check(&self.url, &url).map_err(|why| refuse(why.into(), true))?;
        if redirects > MAX_REDIRECTS {
            return Err(refuse("there were too many before".to_owned(), false));
        }
        let (headers, method) = (self.headers.clone(), self.method.clone());
        let mut next = Hop { method, url, headers, body: self.body.clone() };
        if !matches!(status, StatusCode::TEMPORARY_REDIRECT | StatusCode::PERMANENT_REDIRECT) {
            next.method = reqwest::Method::GET;
            next.body = None;
            for name in [CONTENT_TYPE, CONTENT_LENGTH, CONTENT_ENCODING] {
                next.headers.remove(name);
            }
        }
        Ok(next)
    }
}

/// Where a response redirects to, as it says it (RFC 9110, 15.4).
fn location(response: &Response) -> Option<String> {
    let is_redirect = matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308);
    text(response, &LOCATION).filter(|_| is_redirect)
}

/// What happens to the last response, going by its status and by what the plan says of it.
async fn conclude(
    transport: &Transport,
    request: &Request,
    response: Response,
    retry_after: Option<Duration>,
    may_renew: bool,
) -> Result<Outcome, AttemptError> {
    let received = response.status();
    let (headers, url) = (response.headers().clone(), response.url().clone());
    let help: Vec<String> = challenge(received, &headers).into_iter().collect();
    let content_type = text(&response, &CONTENT_TYPE);
    let most = transport.max_body_bytes;
    let has_no_content = matches!(received, StatusCode::NO_CONTENT | StatusCode::RESET_CONTENT);
    let status = received.as_u16();
    let is_read = received.is_success() || response_action::may_accept(&request.actions, status);
    let (body, files) = if has_no_content {
        (Vec::new(), Vec::new())
    } else if is_read {
        let buffer = transport.buffers.take();
        let body::Content { text, files } =
            body::of_page(response, most, buffer, &request.format).await?;
        (text, files)
    } else {
        (body::explanation(response, most).await, Vec::new())
    };
    let excerpt = |body: &[u8]| String::from_utf8_lossy(body).into_owned();
    let action = response_action::of(request, status, &body, &files, most)
        .filter(|_| !(may_renew && request.auth.renews_on(status)));
    let is_accepted = action == Some(Action::Accept);
    let cause = match action {
        Some(Action::Ignore) => {
            tracing::info!(status, "the response is ignored");
            return Ok(Outcome::NoRecords(received));
        }
        Some(action @ (Action::Retry | Action::Raise | Action::Restart)) => {
            Cause::Action { status, body: excerpt(&body), action }
        }
        Some(Action::Accept) | None if is_accepted || received.is_success() => {
            let answer =
                Answer { status: received, body, files, content_type, headers, url, is_accepted };
            return Ok(Outcome::Answer(Box::new(answer)));
        }
        Some(Action::Accept) | None => Cause::Status { status, body: excerpt(&body) },
    };
    Err(AttemptError { retry_after, help, ..AttemptError::new(cause) })
}

/// What a server that refuses a credential, or a proxy, asks for (RFC 9110, 11.6.1 and 11.7.1).
fn challenge(status: StatusCode, headers: &HeaderMap) -> Option<String> {
    let (who, name, header) = match status.as_u16() {
        401 | 403 => ("server", WWW_AUTHENTICATE, "WWW-Authenticate"),
        407 => ("proxy", PROXY_AUTHENTICATE, "Proxy-Authenticate"),
        _ => return None,
    };
    let challenges = headers.get_all(&name).iter();
    let challenges: Vec<_> =
        challenges.map(|value| String::from_utf8_lossy(value.as_bytes())).collect();
    (!challenges.is_empty())
        .then(|| format!("the {who} asks for `{}` (`{header}`)", challenges.join(", ")))
}

/// Lets the client's other requests wait, too, when the server wants no more for now. Gives what
/// the server asks of this request.
async fn slow_down(
    transport: &Transport,
    status: StatusCode,
    headers: &HeaderMap,
) -> Result<Option<Duration>, Error> {
    let longest = transport.retry.max_delay;
    let Wait { exhausted, asked } =
        headers::wait(status, headers, transport.rate_limit_headers.as_ref());
    // Who is refused for longer fails at once, and so do the others when they ask.
    let allowed = longest.min(transport.retry.max_elapsed);
    let is_refused_for_long = !status.is_success() && asked.is_some_and(|wait| wait > allowed);
    if let Some(wait) = exhausted.max(asked.filter(|_| refuses(status)))
        && !is_refused_for_long
    {
        let wait = wait.min(longest);
        tracing::info!(wait_ms = wait.as_millis(), "the server wants no more requests for now");
        transport.rate_limit.pause(wait).await?;
    }
    Ok(asked)
}

fn text(response: &Response, name: &reqwest::header::HeaderName) -> Option<String> {
    let value = response.headers().get(name)?;
    Some(String::from_utf8_lossy(value.as_bytes()).into_owned())
}
