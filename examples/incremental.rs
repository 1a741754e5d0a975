//! Fetching only what is new since the last run: `cargo run --example incremental`.
//!
//! The API that it asks is played by this program.

use std::{
    error::Error,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use axum::{Json, Router, extract::Query, routing::get};
use jiff::{SignedDuration, Timestamp};
use rest_source::{Checkpoint, rest_source};
use rest_source_examples::server::serve;
use serde::Deserialize;
use serde_json::json;

#[rest_source("incremental.yaml")]
mod calendar {}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let events = Arc::new(AtomicI64::new(60));
    let address = serve(api(Arc::clone(&events))).await?;
    let client = calendar::Client::builder().base_url(address).build()?;

    let since = run(&client, None).await?;
    // Until the next run, two things happen.
    events.fetch_add(2, Ordering::Relaxed);
    let since = run(&client, since).await?;
    run(&client, since).await?;
    Ok(())
}

/// One run; gives where the next one begins. A program keeps it as JSON, a `Pipeline` in the
/// database.
async fn run(
    client: &calendar::Client,
    since: Option<Checkpoint>,
) -> Result<Option<Checkpoint>, rest_source::Error> {
    let mut fetch = client.events();
    if let Some(since) = since {
        fetch = fetch.resume(since);
    }
    let mut pages = fetch.pages();
    let (mut count, mut requests, mut next) = (0, 0, None);
    while let Some(page) = pages.try_next().await? {
        count += page.records.len();
        requests += 1;
        next = page.checkpoint.next_run();
    }
    println!("{count} events in {requests} requests");
    Ok(next)
}

#[derive(Deserialize)]
struct Range {
    since: Timestamp,
    until: Option<Timestamp>,
}

/// One event a day, and as many of them as have happened.
fn api(events: Arc<AtomicI64>) -> Router {
    let list = move |Query(Range { since, until }): Query<Range>| async move {
        let first: Timestamp = "2024-01-01T12:00:00Z".parse().unwrap_or_default();
        let days = (0..events.load(Ordering::Relaxed))
            .map(|day| (day, first + SignedDuration::from_hours(24 * day)))
            .filter(|(_, at)| since <= *at && until.is_none_or(|until| *at < until));
        let events: Vec<_> = days.map(|(id, at)| json!({"id": id, "created_at": at})).collect();
        Json(json!({"events": events}))
    };
    Router::new().route("/v1/events", get(list))
}
