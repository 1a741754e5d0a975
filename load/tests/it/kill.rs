//! A process that is killed at any moment loses nothing and doubles nothing.

use std::{
    env,
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Command, Stdio},
    time::Duration,
};

use rest_source::plan::{
    DataType::{Bigint, Text},
    WriteDisposition::{self, Append, Merge, Replace},
};
use rest_source_load::{Destination, Pipeline, Sqlite};

use crate::support::{Database, Resource, Shop, row};

const PAGES: i64 = 2_000;
pub(crate) const PAGE_SIZE: i64 = 5;
const RECORDS: i64 = PAGES * PAGE_SIZE;
/// Where the killed process writes; the test runs itself as this process.
pub(crate) const DATABASE: &str = "KILL_TEST_DATABASE";
/// What it says after each event.
const TOLD: &str = "told";

#[tokio::test]
async fn an_append_that_is_killed_has_each_record_once() {
    killed_and_continued("an_append_that_is_killed_has_each_record_once", Append).await;
}

#[tokio::test]
async fn a_merge_that_is_killed_has_each_record_once() {
    killed_and_continued("a_merge_that_is_killed_has_each_record_once", Merge).await;
}

#[tokio::test]
async fn a_replace_that_is_killed_has_each_record_once() {
    killed_and_continued("a_replace_that_is_killed_has_each_record_once", Replace).await;
}

async fn killed_and_continued(test: &str, disposition: WriteDisposition) {
    if let Ok(database) = env::var(DATABASE) {
        load_numbers(Sqlite::at(database), disposition, PAGES).await;
        return;
    }
    let mut kills = 0;
    while kills < 20 {
        let database = Database::new();
        while kills < 20 && !is_complete(&database) {
            // So large that a load is complete after about 20 kills, and some are at its end.
            let test = format!("kill::{test}");
            kills += usize::from(killed_after(fastrand::usize(1..=300), &test, &database.path));
            if disposition == Replace {
                let rows = database.query("SELECT count(*) FROM numbers");
                assert!(rows == ["0"] || rows == [RECORDS.to_string()], "{rows:?}");
            }
        }
        if !is_complete(&database) {
            load_numbers(Sqlite::at(&database.path), disposition, PAGES).await;
        }
        let rows = database.query("SELECT count(*), count(DISTINCT id), sum(amount) FROM numbers");
        assert_eq!(rows, [format!("{RECORDS}|{RECORDS}|{}", RECORDS * (RECORDS - 1) / 2)]);
        assert_eq!(database.query("PRAGMA integrity_check"), ["ok"]);
    }
}

/// Whether the load is complete: one more run would begin anew.
fn is_complete(database: &Database) -> bool {
    let complete = "SELECT 1 FROM _rest_source_state WHERE checkpoint IS NULL AND rows > 0";
    database.path.exists() && !database.query(complete).is_empty()
}

/// Runs the test of this path in a process of its own and kills it after some events.
/// False if it ended before.
pub(crate) fn killed_after(events: usize, test: &str, database: &Path) -> bool {
    let mut process = Command::new(env::current_exe().unwrap())
        .args(["--exact", test, "--nocapture"])
        .env(DATABASE, database)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
    let told = |line: &String| line.ends_with(TOLD);
    lines.by_ref().map_while(Result::ok).filter(told).take(events).for_each(drop);
    // A moment more, so that the kill is not tied to an event.
    std::thread::sleep(Duration::from_micros(fastrand::u64(0..2_000)));
    process.kill().unwrap();
    let status = process.wait().unwrap();
    assert_ne!(status.code(), Some(101), "the run failed by itself");
    !status.success()
}

pub(crate) async fn load_numbers(
    destination: impl Destination,
    disposition: WriteDisposition,
    pages: i64,
) {
    let numbers = Resource::new("numbers", disposition).column("id", Text).column("amount", Bigint);
    let numbers = (0..pages).fold(numbers.primary_key(&["id"]), |numbers, page| {
        let indices = page * PAGE_SIZE..(page + 1) * PAGE_SIZE;
        numbers.page(indices.map(|index| row![format!("N{index}").as_str(), index]))
    });
    // A commit after each page, so that most of the time goes into what must not be torn apart.
    let pipeline = Pipeline::new("test", destination).batch_rows(1);
    let pipeline = pipeline.on_progress(|_| {
        if env::var_os(DATABASE).is_some() {
            let _ = writeln!(std::io::stdout(), "{TOLD}");
        }
    });
    pipeline.run(&Shop(vec![numbers])).await.unwrap();
}
