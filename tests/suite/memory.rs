//! Memory is flat: it does not grow with the number of records.

use std::{
    process::Command,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use axum::{
    Json, Router,
    extract::{Path, Query, Request},
    middleware::{Next, from_fn},
    routing::get,
};
use rest_source_demo::{DemoApi, Options};
use rest_source_examples::server::serve;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::ALONE;

/// Runs a program on an API with so many records of each resource. Gives what it prints and its
/// peak memory in MiB.
async fn run(program: &str, records: u64) -> (String, f64) {
    let options = Options { records, fault_every: None, latency: Duration::ZERO };
    let api = DemoApi::start_with(options).await.unwrap();
    measured(Command::new(program).env("BASE_URL", api.base_url()).env("ACCESS_TOKEN", api.token()))
}

/// The same of a program that is ready to be run.
fn measured(program: &mut Command) -> (String, f64) {
    let folder = tempfile::tempdir().unwrap();
    let output = program.env("DATABASE", folder.path().join("payments.db")).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let printed = String::from_utf8(output.stdout).unwrap();
    let peak = printed.lines().find_map(|line| line.strip_prefix("peak: ")?.strip_suffix(" KiB"));
    let peak = peak.unwrap().parse::<f64>().unwrap() / 1024.0;
    (printed, peak)
}

/// Compares the peaks of two runs, in MiB. Each run is told by the number of records that a resource
/// has and by what it prints about them.
async fn assert_flat(program: &str, runs: [(u64, &str); 2], most: f64) {
    let _alone = ALONE.lock().await;
    let mut peaks = Vec::new();
    for (records, expected) in runs {
        let (printed, peak) = run(program, records).await;
        assert!(printed.contains(expected), "{printed}");
        peaks.push(peak);
    }
    assert!(peaks[1] < peaks[0] + most, "{peaks:.1?} MiB");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_takes_no_more_memory_for_more_records() {
    let runs = [(5_000, "5000 records"), (50_000, "50000 records")];
    assert_flat(env!("CARGO_BIN_EXE_stream_payments"), runs, 4.0).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_load_takes_no_more_memory_for_more_records() {
    // So many that SQLite's page cache of 16 MiB is full in both runs.
    let runs = [(30_000, "payments: 120,000 rows in "), (60_000, "payments: 240,000 rows in ")];
    assert_flat(env!("CARGO_BIN_EXE_load_payments"), runs, 8.0).await;
}

/// `concurrency` of `children.yaml`.
const CONCURRENCY: usize = 8;

#[tokio::test(flavor = "multi_thread")]
async fn children_take_no_more_memory_for_more_parents_and_no_more_requests_than_allowed() {
    let _alone = ALONE.lock().await;
    let mut peaks = Vec::new();
    for parents in [100, 10_000] {
        let (now, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let highest = Arc::clone(&most);
        let count = move |request: Request, next: Next| {
            let (now, most) = (Arc::clone(&now), Arc::clone(&most));
            async move {
                most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                let response = next.run(request).await;
                now.fetch_sub(1, Ordering::SeqCst);
                response
            }
        };
        let address = serve(family(parents).layer(from_fn(count))).await.unwrap();
        let program = env!("CARGO_BIN_EXE_stream_children");
        let (printed, peak) = tokio::task::block_in_place(|| {
            measured(Command::new(program).env("BASE_URL", address))
        });
        assert!(printed.contains(&format!("{} records", parents * 3)), "{printed}");
        assert_eq!(highest.load(Ordering::SeqCst), CONCURRENCY);
        peaks.push(peak);
    }
    assert!(peaks[1] < peaks[0] + 20.0, "{peaks:.1?} MiB");
}

#[derive(Deserialize)]
struct Page {
    after: Option<u64>,
}

/// An API of so many parents, of which each has three children on two pages.
fn family(parents: u64) -> Router {
    let paged = |all: u64, size: u64, Page { after }: Page| {
        let start = after.unwrap_or(0);
        let end = all.min(start + size);
        let items = (start..end).map(|id| json!({"id": id, "text": "x".repeat(500)}));
        let next = if end < all { Value::from(end) } else { Value::Null };
        Json(json!({"items": items.collect::<Vec<_>>(), "next": next}))
    };
    Router::new()
        .route("/parents", get(move |Query(page)| async move { paged(parents, 100, page) }))
        .route(
            "/parents/{id}/children",
            get(move |Path(_): Path<u64>, Query(page)| async move {
                // Long enough for requests to be under way side by side, on a busy machine too.
                tokio::time::sleep(Duration::from_millis(5)).await;
                paged(3, 2, page)
            }),
        )
}
