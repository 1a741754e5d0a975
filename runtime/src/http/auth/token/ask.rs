//! The requests by which tokens are fetched, and their retries.

use reqwest::{
    StatusCode,
    header::{HeaderMap, SET_COOKIE},
};
use tokio::time::{self, Instant};

use super::{answer, state::NoToken};
use crate::{
    error::{Cause, Reason},
    http::{
        attempt_error::AttemptError, body, rate_limit::headers, transport::Transport, tries::Tries,
    },
    plan::Method,
};

/// No token needs more, in bytes.
const LARGEST_ANSWER: u64 = 1 << 20;

/// What asks for a token.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Asker {
    /// A token request, which is for its endpoint alone.
    Endpoint,
    /// A login, which is a request of the API: within its rate limit, and its cookies count. What it
    /// redirects to is for a browser.
    Login,
}

/// What a server gave.
pub(super) struct Given {
    pub(super) headers: HeaderMap,
    pub(super) body: Vec<u8>,
}

/// Sends what `make` makes until it succeeds, or fails in a way that lasts. Redirects are not followed.
/// The error is as masked as its other texts are.
pub(super) async fn ask(
    transport: &Transport,
    asker: Asker,
    make: &(dyn Fn() -> Result<reqwest::Request, Reason> + Sync),
) -> Result<Given, NoToken> {
    let mut tries = Tries::new(&transport.retry);
    let nothing = match asker {
        Asker::Endpoint => "no access token",
        Asker::Login => "no session",
    };
    loop {
        let waiting = Instant::now();
        let permit = transport.permit().await;
        if asker == Asker::Login {
            let passed = transport.rate_limit.pass().await;
            passed.map_err(|error| format!("{nothing}: {}", error.masked(&transport.mask)))?;
        }
        let limit = tries.begin(waiting.elapsed(), transport.timeout);
        let request =
            make().map_err(|why| transport.mask.apply(&why.with_context(nothing).to_string()))?;
        let (url, is_post) =
            (request.url().to_string(), *request.method() == reqwest::Method::POST);
        let exchange = exchange(transport, asker, request);
        let outcome = match limit {
            None => exchange.await,
            Some(limit) => time::timeout(limit, exchange)
                .await
                .unwrap_or_else(|_| Err(AttemptError::new(Cause::Timeout(limit)))),
        };
        drop(permit);
        let failure = match outcome {
            Ok(given) => return Ok(given),
            Err(failure) => failure,
        };
        if let Err(failure) = tries.wait(failure).await {
            let method = if is_post { Method::Post } else { Method::Get };
            let error = tries.error_of(failure, method, url);
            let is_refused = matches!(error.status(), Some(400 | 401 | 403));
            let what = format!("{nothing}: {}", error.masked(&transport.mask));
            return Err(NoToken { what, is_refused });
        }
    }
}

async fn exchange(
    transport: &Transport,
    asker: Asker,
    request: reqwest::Request,
) -> Result<Given, AttemptError> {
    let response = transport.execute_once(request).await?;
    let (status, headers) = (response.status(), response.headers().clone());
    if asker == Asker::Login {
        transport.cookies.keep(response.url(), &headers, &transport.mask);
    }
    if status.is_success() {
        let body = body::whole(response, LARGEST_ANSWER, Vec::new()).await?;
        return Ok(Given { headers, body });
    }
    if asker == Asker::Login && is_redirect(status) && headers.contains_key(SET_COOKIE) {
        return Ok(Given { headers, body: Vec::new() });
    }
    let retry_after = headers::wait(status, &headers, None).asked;
    let body = answer::refusal(&body::explanation(response, LARGEST_ANSWER).await);
    let cause = Cause::Status { status: status.as_u16(), body };
    Err(AttemptError { retry_after, ..AttemptError::new(cause) })
}

/// As after the login of a form.
fn is_redirect(status: StatusCode) -> bool {
    matches!(status.as_u16(), 302 | 303)
}
