//! What the demo API answers to which request.

use std::{ops::RangeInclusive, sync::Arc};

use axum::{
    Json, Router,
    extract::{Path, Query, Request, State},
    http::{HeaderMap, HeaderValue, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::get,
};
use serde::{Serialize, Serializer, ser::SerializeMap};
use serde_json::json;

use super::{
    LoggedRequest, Server, TOKEN,
    record::{Mandate, Payment, Payout, Record, Refund},
    refusal::Refusal,
};

/// Records of a page when the client does not say.
const DEFAULT_LIMIT: u64 = 50;
/// What a client may say.
const LIMITS: RangeInclusive<u64> = 1..=500;

/// The whole API.
pub(super) fn router(server: Arc<Server>) -> Router {
    Router::new()
        .merge(resource::<Payment>())
        .merge(resource::<Refund>())
        .merge(resource::<Mandate>())
        .merge(resource::<Payout>())
        .fallback(async || Refusal::not_found("such path"))
        .method_not_allowed_fallback(async || Refusal::method_not_allowed())
        .layer(middleware::from_fn_with_state(server.clone(), answer))
        .with_state(server)
}

fn resource<R: Record>() -> Router<Arc<Server>> {
    Router::new()
        .route(&format!("/v1/{}", R::NAME), get(list::<R>))
        .route(&format!("/v1/{}/{{id}}", R::NAME), get(one::<R>))
}

/// Around every request: the token, the faults, the log, and the request's id.
async fn answer(State(server): State<Arc<Server>>, request: Request, next: Next) -> Response {
    let method = request.method().to_string();
    let target = request.uri().to_string();
    tokio::time::sleep(server.options.latency).await;

    let mut answer = match admit(&server, &request) {
        Ok(()) => next.run(request).await,
        Err(refusal) => refusal.into_response(),
    };

    let status = answer.status().as_u16();
    let number = server.log(LoggedRequest { method, target, status });
    let request_id = format!("RQ{number:06}");
    if let Some(refusal) = answer.extensions_mut().remove::<Refusal>() {
        answer = refusal.into_answer(&request_id);
    }
    if let Ok(request_id) = HeaderValue::from_str(&request_id) {
        answer.headers_mut().insert("x-request-id", request_id);
    }
    answer
}

fn admit(server: &Server, request: &Request) -> Result<(), Refusal> {
    if bearer_token(request.headers()) != Some(TOKEN) {
        return Err(Refusal::unauthorized());
    }
    // Of `/v1/<resource>`.
    match request.uri().path().split('/').nth(2) {
        Some(resource) => server.faults.request(resource),
        None => Ok(()),
    }
}

/// RFC 9110, 11.1: the scheme's name is case-insensitive.
fn bearer_token(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token)
}

/// `GET /v1/<name>?limit=<n>&after=<id>`
async fn list<R: Record>(
    State(server): State<Arc<Server>>,
    Query(params): Query<Vec<(String, String)>>,
) -> Result<Json<Page<R>>, Refusal> {
    let total = server.options.records;
    let mut limit = DEFAULT_LIMIT;
    let mut newest = total;
    for (name, value) in params {
        match name.as_str() {
            "limit" => {
                limit = value.parse().ok().filter(|n| LIMITS.contains(n)).ok_or_else(|| {
                    Refusal::invalid_parameter("limit", "must be a whole number from 1 to 500")
                })?;
            }
            "after" => {
                let number = R::number(&value).filter(|n| (1..=total).contains(n));
                newest = number.ok_or_else(|| {
                    Refusal::invalid_parameter("after", "must be the id of a record of this list")
                })? - 1;
            }
            _ => return Err(Refusal::invalid_parameter(&name, "is not a parameter of this list")),
        }
    }
    let older = newest.saturating_sub(limit);
    Ok(Json(Page {
        records: (older + 1..=newest).rev().map(R::numbered).collect(),
        before: (newest < total && older < newest).then(|| R::id(newest)),
        after: (older > 0).then(|| R::id(older + 1)),
        limit,
    }))
}

/// `GET /v1/<name>/<id>`
async fn one<R: Record>(
    State(server): State<Arc<Server>>,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    match R::number(&id).filter(|number| (1..=server.options.records).contains(number)) {
        Some(number) => Ok(Json(json!({ R::NAME: R::numbered(number) })).into_response()),
        None => Err(Refusal::not_found("record with this id")),
    }
}

/// A page of a list.
struct Page<R> {
    records: Vec<R>,
    before: Option<String>,
    after: Option<String>,
    limit: u64,
}

impl<R: Record> Serialize for Page<R> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut page = serializer.serialize_map(Some(2))?;
        page.serialize_entry(R::NAME, &self.records)?;
        let cursors = json!({ "before": self.before, "after": self.after });
        page.serialize_entry("meta", &json!({ "cursors": cursors, "limit": self.limit }))?;
        page.end()
    }
}
