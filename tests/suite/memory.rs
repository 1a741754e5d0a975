//! Memory is flat: it does not grow with the number of records.

use std::{process::Command, time::Duration};

use rest_source_examples::demo_api::{DemoApi, Options};

use crate::ALONE;

/// Runs a program on an API with so many records of each resource. Gives what it prints and its
/// peak memory in MiB.
async fn run(program: &str, records: u64) -> (String, f64) {
    let options = Options { records, fault_every: None, latency: Duration::ZERO };
    let api = DemoApi::start_with(options).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let output = Command::new(program)
        .env("BASE_URL", api.base_url())
        .env("ACCESS_TOKEN", api.token())
        .env("DATABASE", folder.path().join("payments.db"))
        .output()
        .unwrap();
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
    let runs = [(15_000, "payments: 60,000 rows in "), (40_000, "payments: 160,000 rows in ")];
    assert_flat(env!("CARGO_BIN_EXE_load_payments"), runs, 8.0).await;
}
