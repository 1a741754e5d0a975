//! What a run tells while it lasts, and at its end.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use expect_test::expect;
use rest_source::plan::{DataType::Text, WriteDisposition::Append};
use rest_source_load::{Event, Outcome, Pipeline, Sqlite};
use tokio::time::Instant;

use crate::{
    shown::shown,
    support::{Database, Resource, Shop, row},
};

fn ids(name: &str, pages: usize) -> Resource {
    let ids = Resource::new(name, Append).column("id", Text);
    (0..pages).fold(ids, |ids, _| ids.page([row!["1"], row!["2"]]))
}

#[tokio::test]
async fn progress_tells_pages_commits_and_the_end() {
    let database = Database::new();
    let told = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&told);
    let pipeline = Pipeline::new("test", Sqlite::at(&database.path)).batch_rows(4).on_progress(
        move |progress| {
            let rows = (progress.fetched, progress.report.rows);
            log.lock().unwrap().push((progress.event, rows));
        },
    );
    pipeline.run(&Shop(vec![ids("payments", 2)])).await.unwrap();
    let expected = [
        (Event::Started, (0, 0)),
        (Event::Fetched, (2, 0)),
        (Event::Fetched, (4, 0)),
        (Event::Committed, (4, 4)),
        (Event::Ended, (4, 4)),
    ];
    assert_eq!(*told.lock().unwrap(), expected);
}

#[tokio::test(start_paused = true)]
async fn a_run_that_is_dropped_tells_its_end() {
    let database = Database::new();
    let ended = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&ended);
    let pipeline = database.pipeline().on_progress(move |progress| {
        if progress.event == Event::Ended {
            let outcome = progress.report.outcome.clone();
            log.lock().unwrap().push((progress.report.rows, outcome));
        }
    });
    let shop = Shop(vec![ids("payments", 5).delay(Duration::from_secs(6))]);
    let stopped = tokio::time::timeout(Duration::from_secs(15), pipeline.run(&shop)).await;
    assert!(stopped.is_err());
    assert_eq!(*ended.lock().unwrap(), [(4, Outcome::Stopped)]);
}

#[tokio::test]
async fn batches_are_bounded_in_rows_and_in_bytes() {
    for (rows, bytes, commits) in [(1, 1 << 20, 6), (3, 1 << 20, 3), (1_000, 4_500, 2)] {
        let database = Database::new();
        let count = Arc::new(Mutex::new(0));
        let counter = Arc::clone(&count);
        let pipeline =
            database.pipeline().batch_rows(rows).batch_bytes(bytes).on_progress(move |progress| {
                if progress.event == Event::Committed {
                    *counter.lock().unwrap() += 1;
                }
            });
        pipeline.run(&Shop(vec![ids("payments", 6)])).await.unwrap();
        assert_eq!(*count.lock().unwrap(), commits, "{rows} rows, {bytes} bytes");
    }
}

#[tokio::test(start_paused = true)]
async fn a_slow_source_is_committed_every_ten_seconds() {
    let database = Database::new();
    let slow = ids("payments", 5).delay(Duration::from_secs(6));
    let commits = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&commits);
    let pipeline = database.pipeline().batch_rows(1_000).on_progress(move |progress| {
        if progress.event == Event::Committed {
            log.lock().unwrap().push(progress.report.rows);
        }
    });
    pipeline.run(&Shop(vec![slow])).await.unwrap();
    assert_eq!(*commits.lock().unwrap(), [4, 8, 10]);
}

#[tokio::test(start_paused = true)]
async fn a_page_is_committed_while_the_next_one_is_awaited() {
    let database = Database::new();
    let shop = Shop(vec![ids("payments", 3).delay(Duration::from_secs(60))]);
    let pipeline = Pipeline::new("test", Sqlite::at(&database.path));
    let begin = Instant::now();
    let mut run = Box::pin(pipeline.run(&shop));
    for (seconds, rows) in [(69, "0"), (71, "2"), (129, "2"), (131, "4")] {
        let until = begin + Duration::from_secs(seconds);
        assert!(tokio::time::timeout_at(until, &mut run).await.is_err());
        assert_eq!(database.query("SELECT count(*) FROM payments"), [rows], "{seconds} s");
    }
    // What had been waited for was not asked for again.
    assert_eq!(run.await.unwrap().rows(), 6);
    assert_eq!(begin.elapsed().as_secs(), 180);
}

#[tokio::test]
async fn the_report_is_a_table() {
    let database = Database::new();
    let shop = Shop(vec![ids("payments", 800), ids("créé", 1)]);
    let pipeline = Pipeline::new("test", Sqlite::at(&database.path));
    let report = pipeline.run(&shop).await.unwrap();
    assert_eq!(report.rows(), 1_602);

    expect![[r#"
        test: 1,602 rows in … s
        resource  records   rows    new  updated  unchanged  pages  retries   bytes   time  outcome
        payments    1,600  1,600  1,600        0          0    800      800  1.2 MB  … s  complete
        créé            2      2      2        0          0      1        1  1.5 kB  … s  complete"#]].assert_eq(&shown(&report));
}

#[tokio::test]
async fn the_report_can_be_serialised() {
    let database = Database::new();
    let payments = ids("payments", 2);
    payments.fail_at(2);
    let error = database.load(&payments).await.unwrap_err();
    let json = serde_json::to_value(error.report().unwrap()).unwrap();
    assert_eq!(json["pipeline"], "test");
    let count = |name: &str| json["resources"][0][name].as_u64();
    let counts = ["records", "rows", "new", "updated", "unchanged"].map(count);
    assert_eq!(counts, [2, 2, 2, 0, 0].map(Some));
    assert_eq!(json["resources"][0]["bytes"], 1_500);
    assert_eq!(json["resources"][0]["outcome"]["failed"]["error"], "page 2 broke");
    assert!(json["elapsed_seconds"].is_f64());
    assert_ne!(error.report().unwrap().resources[0].outcome, Outcome::Complete);
}

#[tokio::test]
async fn the_state_can_be_read_by_a_person() {
    let database = Database::new();
    let payments = ids("payments", 2);
    payments.fail_at(2);
    database.load(&payments).await.unwrap_err();
    let sql = "SELECT pipeline, source, resource, checkpoint, rows FROM _rest_source_state";
    let expected = r#"test|shop|payments|{"page":1,"page_cursor":"1"}|2"#;
    assert_eq!(database.query(sql), [expected]);
    payments.fail_at(0);
    database.load(&payments).await.unwrap();
    assert_eq!(database.query(sql), ["test|shop|payments|NULL|4"]);
}
