//! A token that is fetched, shared and renewed: `cargo run --example oauth2`.
//!
//! The API that it asks is played by this program, and its tokens are good for one request only.

use std::{
    error::Error,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};

use axum::{
    Form, Json, Router,
    http::{HeaderMap, StatusCode},
    routing::{get, post},
};
use rest_source::rest_source;
use rest_source_examples::server::serve;
use serde::Deserialize;
use serde_json::{Value, json};

#[rest_source("oauth2.yaml")]
mod bank {}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let address = serve(api()).await?;
    let client = bank::Client::builder()
        .base_url(&address)
        .token_url(format!("{address}/oauth/token"))
        .client_id("example")
        .client_secret("not so secret")
        .build()?;

    println!("{} accounts", client.accounts().all().await?.len());
    println!("{} transfers", client.transfers().all().await?.len());
    Ok(())
}

#[derive(Deserialize)]
struct Credentials {
    client_id: String,
    client_secret: String,
}

fn api() -> Router {
    // Token number n is good for the n-th request.
    let (given, used) = (Arc::new(AtomicU32::new(0)), Arc::new(AtomicU32::new(1)));
    let token = move |Form(shown): Form<Credentials>| async move {
        if shown.client_id != "example" || shown.client_secret != "not so secret" {
            return (StatusCode::UNAUTHORIZED, Json(json!({"error": "invalid_client"})));
        }
        let number = given.fetch_add(1, Ordering::Relaxed) + 1;
        println!("token {number} was fetched");
        let answer = json!({"access_token": format!("token-{number}"), "expires_in": 3600});
        (StatusCode::OK, Json(answer))
    };
    let list = move |headers: HeaderMap| async move {
        let expected = format!("Bearer token-{}", used.load(Ordering::Relaxed));
        if headers.get("authorization").is_none_or(|shown| *shown != *expected) {
            return (StatusCode::UNAUTHORIZED, Json(Value::Null));
        }
        used.fetch_add(1, Ordering::Relaxed);
        (StatusCode::OK, Json(json!([{"id": "1"}, {"id": "2"}])))
    };
    Router::new()
        .route("/oauth/token", post(token))
        .route("/v1/accounts", get(list.clone()))
        .route("/v1/transfers", get(list))
}
