//! A run that is killed loses nothing and doubles nothing.

use std::{
    path::Path,
    process::{Child, Command, Stdio},
    time::Duration,
};

use rest_source_demo::{DemoApi, Options};
use rusqlite::Connection;

use crate::ALONE;

const RECORDS: u64 = 2_000;
const TABLES: [&str; 4] = ["payments", "refunds", "mandates", "payouts"];

fn load(api: &DemoApi, database: &Path) -> Child {
    Command::new(env!("CARGO_BIN_EXE_load_payments"))
        .env("BASE_URL", api.base_url())
        .env("ACCESS_TOKEN", api.token())
        .env("DATABASE", database)
        .stdout(Stdio::null())
        .spawn()
        .unwrap()
}

/// The ids in a table, sorted; none before there is one.
fn ids(database: &Path, table: &str) -> Vec<String> {
    let connection = Connection::open(database).unwrap();
    let Ok(mut query) = connection.prepare(&format!("SELECT id FROM {table} ORDER BY id")) else {
        return Vec::new();
    };
    query.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

/// The ids that the server has, asked of it directly.
async fn ids_of_server(api: &DemoApi) -> Vec<Vec<String>> {
    let client = rest_source_tests::payments_api::Client::builder()
        .base_url(api.base_url())
        .access_token(api.token())
        .build()
        .unwrap();
    let mut all = vec![
        client.payments().all().await.unwrap().into_iter().map(|r| r.id).collect::<Vec<_>>(),
        client.refunds().all().await.unwrap().into_iter().map(|r| r.id).collect(),
        client.mandates().all().await.unwrap().into_iter().map(|r| r.id).collect(),
        client.payouts().all().await.unwrap().into_iter().map(|r| r.id).collect(),
    ];
    for ids in &mut all {
        ids.sort();
    }
    all.into_iter().map(|ids| ids.into_iter().map(Option::unwrap).collect()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_at_twenty_moments_the_tables_hold_the_servers_records() {
    let _alone = ALONE.lock().await;
    let latency = Duration::from_millis(5);
    let options = Options { records: RECORDS, fault_every: None, latency };
    let api = DemoApi::start_with(options).await.unwrap();
    let expected = ids_of_server(&api).await;
    assert!(expected.iter().all(|ids| ids.len() == usize::try_from(RECORDS).unwrap()));

    let folder = tempfile::tempdir().unwrap();
    let before = api.requests().len();
    assert!(load(&api, &folder.path().join("whole.db")).wait().unwrap().success());
    let requests = api.requests().len() - before;

    let mut interrupted = 0;
    for run in 0..20 {
        let database = folder.path().join(format!("{run}.db"));
        // A moment that the run says, whatever else the machine does.
        let last = api.requests().len() + fastrand::usize(..requests);
        let mut killed = load(&api, &database);
        while api.requests().len() < last && killed.try_wait().unwrap().is_none() {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        tokio::time::sleep(latency.mul_f64(fastrand::f64())).await;
        killed.kill().unwrap();
        if !killed.wait().unwrap().success() {
            interrupted += 1;
        }
        assert!(load(&api, &database).wait().unwrap().success());
        for (table, expected) in TABLES.iter().zip(&expected) {
            assert_eq!(&ids(&database, table), expected, "{table} after run {run}");
        }
    }
    assert!(interrupted >= 10, "only {interrupted} of 20 runs were interrupted");
}
