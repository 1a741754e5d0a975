//! A load belongs to the server where it began.

use std::{sync::Arc, time::Duration};

use rest_source_examples::demo_api::{DemoApi, Options};
use rest_source_load::{Event, Pipeline, Sqlite};
use rest_source_tests::payments_api::Client;
use tokio::sync::Notify;

async fn server(records: u64, latency: Duration) -> (DemoApi, Client) {
    let options = Options { records, fault_every: None, latency };
    let api = DemoApi::start_with(options).await.unwrap();
    let client = Client::builder().base_url(api.base_url()).access_token(api.token());
    let client = client.build().unwrap();
    (api, client)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_load_that_stopped_at_one_server_begins_again_at_another() {
    let folder = tempfile::tempdir().unwrap();
    let committed = Arc::new(Notify::new());
    let tell = Arc::clone(&committed);
    let pipeline = Pipeline::new("payments", Sqlite::at(folder.path().join("payments.db")))
        .batch_rows(1)
        .on_progress(move |progress| {
            if progress.event == Event::Committed {
                tell.notify_one();
            }
        });
    let (_first, client) = server(4_000, Duration::from_millis(200)).await;
    tokio::select! {
        _ = pipeline.run(&client) => panic!("it was to be stopped half-way"),
        () = committed.notified() => {}
    }

    let (second, client) = server(10, Duration::ZERO).await;
    let report = loop {
        match pipeline.run(&client).await {
            // A commit that had begun is being made.
            Err(error) if error.is_busy() => tokio::task::yield_now().await,
            done => break done.unwrap(),
        }
    };
    assert!(report.resources.iter().all(|resource| !resource.resumed && resource.rows == 10));
    assert!(second.requests().iter().all(|request| !request.target.contains("after=")));
}
