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

const PAGES: i64 = 200;
const PAGE_SIZE: i64 = 25;
/// Where the killed process writes; the test runs itself as this process.
const DATABASE: &str = "KILL_TEST_DATABASE";

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
        run_slowly(Path::new(&database), disposition).await;
        return;
    }
    let database = Database::new();
    let mut kills = 0;
    while kills < 20 {
        // On average all pages are fetched once in 20 runs, so that some kills are at the end.
        if !killed_after(fastrand::usize(1..=20), test, &database.path) {
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
        numbers_loaded(&database.path, disposition, None).await;
    }
    let rows = database.query("SELECT count(*), count(DISTINCT id), sum(amount) FROM numbers");
    let records = PAGES * PAGE_SIZE;
    assert_eq!(rows, [format!("{records}|{records}|{}", records * (records - 1) / 2)]);
    assert_eq!(database.query("PRAGMA integrity_check"), ["ok"]);
}

/// Runs the test of this name in a process of its own and kills it after some pages. False if it
/// ended before.
fn killed_after(pages: usize, test: &str, database: &Path) -> bool {
    let mut process = Command::new(env::current_exe().unwrap())
        .args(["--exact", &format!("kill::{test}"), "--nocapture"])
        .env(DATABASE, database)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
    let is_page = |line: &String| line.ends_with("page");
    let seen = lines.by_ref().map_while(Result::ok).filter(is_page).take(pages).count();
    // A moment more, so that a kill may come within a transaction.
    std::thread::sleep(Duration::from_micros(fastrand::u64(0..2_000)));
    process.kill().unwrap();
    process.wait().unwrap();
    seen == pages
}

/// Is killed. Tells each page, because a kill shall come after some progress.
async fn run_slowly(database: &Path, disposition: WriteDisposition) {
    numbers_loaded(database, disposition, Some(Duration::from_millis(1))).await;
}

async fn numbers_loaded(database: &Path, disposition: WriteDisposition, delay: Option<Duration>) {
    let numbers = Resource::new("numbers", disposition).column("id", Text).column("amount", Bigint);
    let numbers = (0..PAGES).fold(numbers.primary_key(&["id"]), |numbers, page| {
        let indices = page * PAGE_SIZE..(page + 1) * PAGE_SIZE;
        numbers.page(indices.map(|index| row![format!("N{index}").as_str(), index]))
    });
    let numbers = match delay {
        Some(delay) => numbers.delay(delay),
        None => numbers,
    };
    let pipeline = Pipeline::new("test", Sqlite::at(database)).batch_rows(50);
    let pipeline = pipeline.on_progress(move |_| {
        if delay.is_some() {
            let _ = writeln!(std::io::stdout(), "page");
        }
    });
    pipeline.run(&Shop(vec![numbers])).await.unwrap();
}
