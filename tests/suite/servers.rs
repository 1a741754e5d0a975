//! What a load makes of the server that it goes on at: another one, one that refuses.

use std::{sync::Arc, time::Duration};

use expect_test::expect;
use rest_source::{AnyResource, Source};
use rest_source_demo::{DemoApi, Options};
use rest_source_load::{Error, Event, Pipeline, Sqlite};
use rest_source_tests::payments_api::Client;
use rusqlite::Connection;
use tempfile::TempDir;
use tokio::sync::Notify;

use crate::shown::shown;

async fn server(records: u64, latency: Duration) -> DemoApi {
    let options = Options { records, fault_every: None, latency };
    DemoApi::start_with(options).await.unwrap()
}

fn client(api: &DemoApi, token: &str) -> Client {
    Client::builder().base_url(api.base_url()).access_token(token).build().unwrap()
}

/// A folder with a database that holds half a load of `api`, and the pipeline that goes on with it.
async fn half_way(api: &DemoApi) -> (TempDir, Pipeline<Sqlite>) {
    let folder = tempfile::tempdir().unwrap();
    let committed = Arc::new(Notify::new());
    let tell = Arc::clone(&committed);
    let pipeline = Pipeline::new("payments", Sqlite::at(folder.path().join("payments.db")))
        .batch_rows(1)
        .concurrency(1)
        .on_progress(move |progress| {
            if progress.event == Event::Committed {
                tell.notify_one();
            }
        });
    let client = client(api, api.token());
    tokio::select! {
        _ = pipeline.run(&client) => panic!("it was to be stopped in the middle"),
        () = committed.notified() => {}
    }
    // Until then the commit that may have begun is being made.
    while pipeline.run(&Nothing).await.is_err_and(|error| error.is_busy()) {
        tokio::task::yield_now().await;
    }
    (folder, pipeline)
}

/// A source without resources.
struct Nothing;

impl Source for Nothing {
    fn name(&self) -> &'static str {
        "nothing"
    }

    fn resources(&self) -> Vec<AnyResource> {
        Vec::new()
    }
}

/// The failure of the resource `payments`.
fn told(error: &Error) -> String {
    let failure = error.failures().iter().find(|failure| failure.resource == "payments");
    // How many pages were committed before depends on the machine.
    let numbered = [", page ", "after=PM", "\"RQ"];
    numbered.iter().fold(shown(failure.unwrap()), |text, before| without_number(&text, before))
}

/// The text with `…` in place of the first number behind `before`.
fn without_number(text: &str, before: &str) -> String {
    let Some((start, rest)) = text.split_once(before) else { return text.to_owned() };
    format!("{start}{before}…{}", rest.trim_start_matches(|c: char| c.is_ascii_digit()))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_load_that_stopped_at_one_server_begins_again_at_another() {
    let first = server(4_000, Duration::from_millis(100)).await;
    let (_folder, pipeline) = half_way(&first).await;

    let second = server(10, Duration::ZERO).await;
    let report = pipeline.run(&client(&second, second.token())).await.unwrap();
    assert!(report.resources.iter().all(|resource| !resource.resumed && resource.rows == 10));
    assert!(second.requests().iter().all(|request| !request.target.contains("after=")));
}

#[tokio::test(flavor = "multi_thread")]
async fn credentials_that_are_refused_are_what_is_to_be_changed() {
    let api = server(2_000, Duration::from_millis(50)).await;
    let (_folder, pipeline) = half_way(&api).await;
    let error = pipeline.run(&client(&api, "wrong")).await.unwrap_err();
    assert!(!error.is_transient());
    // The checkpoint is not to blame.
    expect![[r#"
        payments, page …: GET URL/v1/payments?limit=500&after=PM… answered 401 Unauthorized (1 try in … s): {"error":{"code":401,"errors":[{"message":"The access token is missing or is not valid","reason":"access_token_not_valid"}],"message":"The access token is missing or is not valid","request_id":"RQ…","type":"invalid_api_usage"}}
          help: the secret `access_token` is from `.access_token(…)` of the builder
          help: give the client credentials that the server accepts"#]].assert_eq(&told(&error));

    let report = pipeline.run(&client(&api, api.token())).await.unwrap();
    assert!(report.resources[0].resumed);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_checkpoint_that_the_server_accepts_no_longer_does_not_block_the_pipeline() {
    let api = server(2_000, Duration::from_millis(50)).await;
    let (folder, pipeline) = half_way(&api).await;
    let state = Connection::open(folder.path().join("payments.db")).unwrap();
    let expire = r#"UPDATE _rest_source_state SET checkpoint = '{"page":1,"page_cursor":"gone"}'
                    WHERE resource = 'payments'"#;
    assert_eq!(state.execute(expire, []).unwrap(), 1);

    let client = client(&api, api.token());
    let error = pipeline.run(&client).await.unwrap_err();
    assert!(!error.is_transient());
    expect![[r#"
        payments, page …: GET URL/v1/payments?limit=500&after=gone answered 422 Unprocessable Entity (1 try in … s): {"error":{"code":422,"errors":[{"field":"after","message":"after must be the id of a record of this list","reason":"invalid_parameter"}],"message":"after must be the id of a record of this list","request_id":"RQ…","type":"validation_failed"}}
          help: the load resumed at this page, where an earlier run had stopped; if the server does not accept that position any more, run the pipeline once with `full_refresh`, or start over by `UPDATE _rest_source_state SET checkpoint = NULL WHERE id = 1`"#]].assert_eq(&told(&error));

    let report = pipeline.full_refresh().run(&client).await.unwrap();
    assert!(report.resources.iter().all(|resource| resource.rows == 2_000));
    let rows: i64 = state.query_row("SELECT count(*) FROM payments", [], |row| row.get(0)).unwrap();
    assert_eq!(rows, 2_000);
}
