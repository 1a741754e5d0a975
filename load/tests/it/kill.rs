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
use rest_source_load::{Pipeline, Sqlite};

use crate::support::{Database, Resource, Shop, row};

const PAGES: i64 = 2_000;
const PAGE_SIZE: i64 = 5;
/// Where the killed process writes; the test runs itself as this process.
const DATABASE: &str = "KILL_TEST_DATABASE";
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
        load_numbers(Path::new(&database), disposition).await;
        return;
    }
    let database = Database::new();
    let mut kills = 0;
    while kills < 20 {
        // Large enough that all pages are loaded in about 20 runs, so that some kills are at the end.
        if !killed_after(fastrand::usize(1..=300), test, &database.path) {
            break;
        }
        kills += 1;
        if disposition == Replace {
            let rows = database.query("SELECT count(*) FROM numbers");
            assert!(rows == ["0"] || rows == [(PAGES * PAGE_SIZE).to_string()], "{rows:?}");
        }
    }
    assert!(kills > 5, "killed only {kills} times");
    let complete = "SELECT count(*) FROM _rest_source_state WHERE checkpoint IS NULL AND rows > 0";
    if database.query(complete) == ["0"] {
        load_numbers(&database.path, disposition).await;
    }
    let rows = database.query("SELECT count(*), count(DISTINCT id), sum(amount) FROM numbers");
    let records = PAGES * PAGE_SIZE;
    assert_eq!(rows, [format!("{records}|{records}|{}", records * (records - 1) / 2)]);
    assert_eq!(database.query("PRAGMA integrity_check"), ["ok"]);
}

/// Runs the test of this name in a process of its own and kills it after some events. False if it
/// ended before.
fn killed_after(events: usize, test: &str, database: &Path) -> bool {
    let mut process = Command::new(env::current_exe().unwrap())
        .args(["--exact", &format!("kill::{test}"), "--nocapture"])
        .env(DATABASE, database)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
    let told = |line: &String| line.ends_with(TOLD);
    let seen = lines.by_ref().map_while(Result::ok).filter(told).take(events).count();
    // A moment more, so that the kill is not tied to an event.
    std::thread::sleep(Duration::from_micros(fastrand::u64(0..2_000)));
    process.kill().unwrap();
    process.wait().unwrap();
    seen == events
}

async fn load_numbers(database: &Path, disposition: WriteDisposition) {
    let numbers = Resource::new("numbers", disposition).column("id", Text).column("amount", Bigint);
    let numbers = (0..PAGES).fold(numbers.primary_key(&["id"]), |numbers, page| {
        let indices = page * PAGE_SIZE..(page + 1) * PAGE_SIZE;
        numbers.page(indices.map(|index| row![format!("N{index}").as_str(), index]))
    });
    // A commit after each page, so that most of the time goes into what must not be torn apart.
    let pipeline = Pipeline::new("test", Sqlite::at(database)).batch_rows(1);
    let pipeline = pipeline.on_progress(|_| {
        if env::var_os(DATABASE).is_some() {
            let _ = writeln!(std::io::stdout(), "{TOLD}");
        }
    });
    pipeline.run(&Shop(vec![numbers])).await.unwrap();
}
