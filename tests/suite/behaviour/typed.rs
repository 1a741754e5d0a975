//! Some scenarios by way of the attribute: typed records, and the same requests.

use rest_source::{Checkpoint, Fetch, Resource, rest_source};
use serde::Serialize;

use super::{expectation::Expectation, read, server::Server, stage::Run};

#[rest_source("typed/cursor_body.yaml")]
mod cursor_body {}
#[rest_source("typed/offset_server_caps_limit.yaml")]
mod offset_server_caps_limit {}
#[rest_source("typed/auth_oauth2.yaml")]
mod auth_oauth2 {}
#[rest_source("typed/child_paginated.yaml")]
mod child_paginated {}
#[rest_source("typed/grandchild.yaml")]
mod grandchild {}
#[rest_source("typed/incremental_two_runs_key.yaml")]
mod incremental_two_runs_key {}

async fn server(name: &str, run: u64) -> (Server, String) {
    let script = read(&format!("scenarios/{name}.json")).unwrap();
    let server = Server::start(&script, run).await;
    let address = format!("http://127.0.0.1:{}", server.port);
    (server, address)
}

impl Run {
    /// Fetches a resource, and gives the checkpoint of its last page.
    async fn fetch<T: Resource + Serialize>(&mut self, fetch: Fetch<T>) -> Checkpoint {
        let mut pages = fetch.pages();
        let mut last = Checkpoint::default();
        while let Some(page) = pages.try_next().await.unwrap() {
            let records = page.records.iter().map(|record| serde_json::to_value(record).unwrap());
            self.records.entry(T::PLAN.name.to_string()).or_default().extend(records);
            last = page.checkpoint;
        }
        last
    }
}

#[track_caller]
fn is_as_expected(name: &str, runs: &[Run]) {
    let wrong = Expectation::of(name).wrong(runs);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test]
async fn a_cursor_in_the_body() {
    let (server, url) = server("cursor_body", 1).await;
    let client = cursor_body::Client::builder().base_url(url).build().unwrap();
    let first = client.items().limit(1).all().await.unwrap();
    assert_eq!((first[0].id, first[0].name.as_deref()), (1, Some("item 1")));
    let before = server.requests().len();
    let mut run = Run::default();
    run.fetch(client.items()).await;
    run.requests = server.requests().split_off(before);
    is_as_expected("cursor_body", &[run]);
}

#[tokio::test]
async fn an_offset_that_moves_by_what_has_come() {
    let (server, url) = server("offset_server_caps_limit", 1).await;
    let client = offset_server_caps_limit::Client::builder().base_url(url).build().unwrap();
    let mut run = Run::default();
    run.fetch(client.items()).await;
    run.requests = server.requests();
    is_as_expected("offset_server_caps_limit", &[run]);
}

#[tokio::test]
async fn one_token_for_all_pages() {
    let (server, url) = server("auth_oauth2", 1).await;
    let builder = auth_oauth2::Client::builder().base_url(url);
    let client = builder.client_secret("my-secret").build().unwrap();
    let mut run = Run::default();
    run.fetch(client.items()).await;
    run.requests = server.requests();
    is_as_expected("auth_oauth2", &[run]);
}

/// Each resource is fetched alone, so that the parent is asked once more for each.
#[tokio::test]
async fn children_of_each_parent() {
    let (server, url) = server("child_paginated", 1).await;
    let client = child_paginated::Client::builder().base_url(url).build().unwrap();
    let mut run = Run::default();
    run.fetch(client.comments()).await;
    run.requests = server.requests();
    run.fetch(client.posts()).await;
    is_as_expected("child_paginated", &[run]);
}

#[tokio::test]
async fn children_of_children_know_their_ancestors() {
    let (server, url) = server("grandchild", 1).await;
    let client = grandchild::Client::builder().base_url(url).build().unwrap();
    let mut run = Run::default();
    run.fetch(client.issues()).await;
    run.requests = server.requests();
    run.fetch(client.repos()).await;
    run.fetch(client.orgs()).await;
    is_as_expected("grandchild", &[run]);
}

#[tokio::test]
async fn the_second_run_begins_where_the_first_has_ended() {
    let mut runs = Vec::new();
    let mut last = Checkpoint::default();
    for number in 1..=2 {
        let (server, url) = server("incremental_two_runs_key", number).await;
        let client = incremental_two_runs_key::Client::builder().base_url(url).build().unwrap();
        let fetch = match last.next_run() {
            Some(checkpoint) => client.items().resume(checkpoint),
            None => client.items(),
        };
        let mut run = Run::default();
        last = run.fetch(fetch).await;
        run.requests = server.requests();
        runs.push(run);
    }
    is_as_expected("incremental_two_runs_key", &runs);
}
