//! A process that is killed at any moment loses nothing and doubles nothing.

use std::{
    env,
    io::{BufRead, BufReader, Write},
    process::{Command, Stdio},
    time::Duration,
};

use rest_source::plan::WriteDisposition::{self, Append, Merge, Replace};

use crate::{
    numbers::{Reader, assert_exactly_once, is_complete, numbers},
    suite::Place,
    support::Shop,
};

/// Where the killed process writes; the test runs itself as this process.
const PLACE: &str = "KILL_TEST_PLACE";
/// How many processes are killed on each destination, if not 60.
const KILLS: &str = "KILL_TEST_KILLS";
/// What a process says after each event.
const TOLD: &str = "told";

macro_rules! on_destination {
    ($name:ident $place:ident) => {
        mod $name {
            use super::*;

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn an_append_that_is_killed_has_each_record_once() {
                let test =
                    concat!(stringify!($name), "::an_append_that_is_killed_has_each_record_once");
                killed_and_continued::<crate::suite::$place>(test, Append).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn a_merge_that_is_killed_has_each_record_once() {
                let test =
                    concat!(stringify!($name), "::a_merge_that_is_killed_has_each_record_once");
                killed_and_continued::<crate::suite::$place>(test, Merge).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn a_replace_that_is_killed_has_each_record_once() {
                let test =
                    concat!(stringify!($name), "::a_replace_that_is_killed_has_each_record_once");
                killed_and_continued::<crate::suite::$place>(test, Replace).await;
            }
        }
    };
}

on_destination!(sqlite SqlitePlace);
on_destination!(parquet ParquetPlace);
#[cfg(feature = "adbc-tests")]
on_destination!(adbc_postgres AdbcPostgresPlace);
#[cfg(feature = "adbc-tests")]
on_destination!(adbc_sqlite AdbcSqlitePlace);
#[cfg(feature = "delta-tests")]
on_destination!(delta DeltaPlace);
#[cfg(feature = "duckdb-tests")]
on_destination!(duckdb DuckDbPlace);
#[cfg(feature = "postgres-tests")]
on_destination!(postgres PostgresPlace);

async fn killed_and_continued<P: Place>(test: &str, disposition: WriteDisposition) {
    if let Ok(name) = env::var(PLACE) {
        load::<P>(&P::named(&name), disposition, 1).await;
        return;
    }
    let kills = env::var(KILLS).ok().and_then(|kills| kills.parse().ok()).unwrap_or(60_usize);
    let kills = kills.div_ceil(3);
    let mut killed = 0;
    while killed < kills {
        let place = P::new().await;
        if disposition == Replace {
            load::<P>(&place, disposition, 0).await;
        }
        let reader = Reader::of::<P>(place.name(), disposition, P::PAGES);
        // So large that a load is complete after about 20 kills, and some are at its end.
        let events = usize::try_from(P::PAGES * 3 / 20).unwrap();
        let mut is_done = false;
        while killed < kills && !is_done {
            let (test, name) = (test.to_owned(), place.name());
            let after = fastrand::usize(1..=events);
            let kill = tokio::task::spawn_blocking(move || killed_after(after, &test, &name));
            let was_killed = kill.await.unwrap();
            killed += usize::from(was_killed);
            // A run that was not killed has completed the load, and so may have one that was.
            is_done = !was_killed || (disposition != Replace && is_complete(&place).await);
        }
        if !is_done {
            load::<P>(&place, disposition, 1).await;
        }
        reader.end();
        assert_exactly_once(&place, P::PAGES).await;
        place.check().await;
    }
}

/// Runs the test of this name in a process of its own and kills it after some events.
/// False if it ended before.
fn killed_after(events: usize, test: &str, place: &str) -> bool {
    let mut process = Command::new(env::current_exe().unwrap())
        .args(["--exact", &format!("kill::{test}"), "--nocapture"])
        .env(PLACE, place)
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

async fn load<P: Place>(place: &P, disposition: WriteDisposition, generation: i64) {
    // A commit after each page, so that most of the time goes into what must not be torn apart.
    let pipeline = place.pipeline().on_progress(|_| {
        if env::var_os(PLACE).is_some() {
            let _ = writeln!(std::io::stdout(), "{TOLD}");
        }
    });
    pipeline.run(&Shop(vec![numbers(disposition, P::PAGES, generation)])).await.unwrap();
}
