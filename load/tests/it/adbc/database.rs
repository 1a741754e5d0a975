//! Runs by a driver beside runs by the destination of the database itself.

use expect_test::expect;
use rest_source::plan::{
    DataType::{Bigint, Decimal, Json, Text, Time, Timestamp},
    DedupSort,
    WriteDisposition::{Append, Merge, Replace},
};
use rest_source_load::{ErrorKind, OnBadRecord, Pipeline};

use super::{AdbcPostgresPlace, AdbcSqlitePlace};
use crate::{
    numbers::{assert_exactly_once, numbers},
    postgres::{Cut, PostgresPlace, Proxy},
    shown::shown,
    suite::Place,
    support::{Resource, Shop, row},
};

fn payments() -> Resource {
    let payments = Resource::new("payments", Append).column("id", Text).primary_key(&["id"]);
    payments.page([row!["P1"]]).page([row!["P2"]]).page([row!["P3"]])
}

/// What one of them has left, the other continues.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn both_destinations_of_postgresql_continue_each_other() {
    let place = AdbcPostgresPlace::new().await;
    let payments = payments();
    payments.fail_at(2);
    place.load(&payments).await.unwrap_err();
    payments.fail_at(3);
    place.0.load(&payments).await.unwrap_err();
    payments.fail_at(0);
    let report = place.load(&payments).await.unwrap();
    assert!(report.resources[0].resumed);
    assert_eq!(place.rows("payments", &["id"]).await, ["P1", "P2", "P3"]);
}

/// They have one lock.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn both_destinations_of_postgresql_notice_each_other() {
    let place = AdbcPostgresPlace::new().await;
    let (resource, other) = (payments(), place.0.destination());
    let pipeline = place.pipeline().on_progress(move |_| {
        let run = Pipeline::new("test", other.clone());
        let error = std::thread::scope(|scope| {
            let run = scope.spawn(|| {
                let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
                runtime.unwrap().block_on(run.run(&Shop(vec![payments()]))).unwrap_err()
            });
            run.join().unwrap()
        });
        assert_eq!(error.kind(), ErrorKind::Busy, "{error}");
    });
    pipeline.run(&Shop(vec![resource])).await.unwrap();
}

/// Also what only the server knows of, of one record alone.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_postgresql_does_not_take_is_set_aside_or_told() {
    let place = AdbcPostgresPlace::new().await;
    let values = Resource::new("values", Append).column("id", Bigint).column("json", Json);
    let json = |text: &str| text.parse::<rest_source::Json>().ok();
    let values = values.page([
        row![1, json("1")],
        row![2, json(r#""\ud800""#)],
        row![3, json(r#""\u0000""#)],
    ]);
    let pipeline = place.pipeline().on_bad_record(OnBadRecord::Quarantine);
    pipeline.run(&Shop(vec![values.clone()])).await.unwrap();
    assert_eq!(place.rows("values", &["id"]).await, ["1"]);
    let reasons = place.rows("values__rejected", &["record", "reason"]).await.join("\n");
    expect![[r#"
        2|`json` has half a surrogate pair, which PostgreSQL does not take
        3|`json` has the character U+0000, which PostgreSQL does not take"#]]
    .assert_eq(&reasons);

    place.0.execute("ALTER TABLE \"values\" ADD CONSTRAINT small CHECK (id <= 4)").await;
    let values = Resource::new("values", Append).column("id", Bigint).column("json", Json);
    let values = values.page([3, 4, 5, 6].map(|id| row![id, json("1")]));
    let error = place.pipeline().run(&Shop(vec![values.clone()])).await.unwrap_err();
    expect![[r#"page 1, record 3: the rows cannot be written into the table: new row for relation "values" violates check constraint "small" (Failing row contains (5, 1))"#]].assert_eq(&shown(&error.failures()[0].error));
    let pipeline = place.pipeline().on_bad_record(OnBadRecord::Quarantine);
    pipeline.run(&Shop(vec![values])).await.unwrap();
    assert_eq!(place.rows("values", &["id"]).await, ["1", "3", "4"]);
    assert_eq!(place.counts("values__rejected", &["reason"]).await, ["4", "4"]);
}

/// Times are cut as the other destination does, towards the past.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn times_before_the_epoch_are_cut_towards_the_past() {
    let place = AdbcPostgresPlace::new().await;
    let moment = |text: &str| text.parse::<rest_source::Timestamp>().ok();
    let time = |text: &str| text.parse::<rest_source::Time>().ok();
    let times = Resource::new("times", Append).column("at", Timestamp).column("time", Time);
    let times = times.page([
        row![moment("1969-12-31T23:59:59.999999999Z"), time("23:59:59.999999999")],
        row![moment("0001-01-01T00:00:00Z"), time("00:00:00")],
    ]);
    place.load(&times).await.unwrap();
    assert_eq!(
        place.rows("times", &["at", "time"]).await,
        ["0001-01-01T00:00:00+00:00|00:00:00", "1969-12-31T23:59:59.999999+00:00|23:59:59.999999"],
    );
}

/// Whatever is cut of a connection, also a commit or its answer.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lost_connection_ends_the_run_and_the_next_one_continues() {
    for (disposition, cut) in [
        (Append, Cut::AtCommits(3)),
        (Replace, Cut::AtCommits(3)),
        (Merge, Cut::AtCommits(3)),
        (Merge, Cut::Randomly(400)),
    ] {
        let proxy = Proxy::start(cut).await;
        let place = AdbcPostgresPlace(PostgresPlace::at(proxy.url()));
        let shop = Shop(vec![numbers(disposition, 20, 0)]);
        while let Err(error) = place.pipeline().run(&shop).await {
            assert!(error.is_transient(), "{error}");
        }
        assert!(proxy.cuts() > 0, "{disposition:?}");
        assert_exactly_once(&place, 20).await;
    }
}

/// SQLite has no numbers of so many digits.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn numbers_that_are_stored_as_text_are_sorted_by_size() {
    let place = AdbcSqlitePlace::new().await;
    let numbers =
        ["-10.5", "-9.75", "-9.7", "-9.70", "-0.1", "0", "0.05", "0.5", "9", "9.01", "10", "100.1"];
    for (one, other) in numbers.iter().zip(&numbers[1..]) {
        for order in [[one, other], [other, one]] {
            let mut resource = Resource::new("numbers", Merge)
                .column("id", Bigint)
                .column("number", Decimal)
                .primary_key(&["id"]);
            resource.plan.columns.to_mut()[1].dedup_sort = Some(DedupSort::Descending);
            let number = |text: &str| text.parse::<rest_source::Decimal>().ok();
            let resource = resource.page(order.map(|text| row![1, number(text)]));
            place.load(&resource).await.unwrap();
            let kept = place.rows("numbers", &["number"]).await;
            let are_equal = one.starts_with("-9.7") && *other == "-9.70";
            assert!(kept == [(*other).to_owned()] || are_equal, "{one} {other}: {kept:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_in_memory_is_refused() {
    let library = super::library("ADBC_SQLITE_LIBRARY");
    let memory = rest_source_load::Adbc::driver(&library).option("uri", ":memory:");
    let error = Pipeline::new("test", memory).run(&Shop(vec![payments()])).await.unwrap_err();
    let said = shown(&error).replace(&library, "sqlite.so");
    expect!["the database of the ADBC driver `sqlite.so` cannot be used: it is not in a file; name one by the option `uri`"].assert_eq(&said);
}
