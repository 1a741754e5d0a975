//! When a failed request is sent again. Nothing else in this crate or below it retries.

use std::time::Duration;

use tokio::time::Instant;
use url::Url;

use super::{
    request::Request,
    response_action,
    send::{Outcome, send},
    transport::Transport,
    tries::Tries,
};
use crate::{Error, error::Kind};

/// What came of a request, and what it took.
pub(crate) struct Success {
    pub(crate) outcome: Outcome,
    /// The request as its paginator completed it.
    pub(crate) request: Request,
    pub(crate) retries: u32,
    pub(crate) elapsed: Duration,
}

/// Sends a request until it succeeds, or fails in a way that lasts, or the plan's bounds on tries
/// and time are reached.
pub(crate) async fn request(
    transport: &Transport,
    base_url: &Url,
    request: Request,
) -> Result<Success, Error> {
    let url = request.address();
    if let Err(why) = transport.origins.check(base_url, &url) {
        return Err(Error::new(Kind::LeadsAway { url: url.into(), why: why.into() }));
    }
    let mut tries = Tries::new(&transport.retry);
    let mut is_renewed = false;
    let mut is_reconnected = false;
    loop {
        let waiting = Instant::now();
        let credential = request.auth.credential().await?;
        let permit = transport.permit().await;
        transport.rate_limit.pass().await?;
        let limit = tries.begin(waiting.elapsed(), transport.timeout);
        let failure = match send(transport, &request, &credential, !is_renewed, limit).await? {
            Ok(outcome) => {
                let (retries, elapsed) = (tries.sent() - 1, tries.elapsed());
                return Ok(Success { outcome, request, retries, elapsed });
            }
            Err(failure) => failure,
        };
        drop(permit);
        if failure.is_of_connection && !is_reconnected {
            is_reconnected = true;
            tries.forget();
            tracing::debug!("sending the request on another connection");
            continue;
        }
        // A token may be taken back at any time, so that one refusal means little. One that says how long
        // to wait is of a rate limit.
        if let Some(status) = failure.status()
            && (status == 401 || failure.retry_after.is_none())
        {
            if is_renewed {
                request.auth.note_vain(status).await;
            } else if request.auth.renew(&credential, status).await? {
                is_renewed = true;
                tracing::info!("trying again with a new credential");
                continue;
            } else if request.auth.renews_on(status)
                && response_action::names(&request.actions, status)
            {
                // Now it is the plan that says what the status means.
                is_renewed = true;
                continue;
            }
        }
        if let Err(failure) = tries.wait(failure).await {
            return Err(tries.error_of(failure, request.method, url.into()));
        }
    }
}
