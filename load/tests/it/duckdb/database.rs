//! One database, and who may have it open.

use std::time::Duration;

use expect_test::expect;
use rest_source::plan::{
    DataType::{Bigint, Decimal, Json, Text, Time, Timestamp},
    WriteDisposition::{Append, Merge},
};
use rest_source_load::{DuckDb, OnBadRecord, Pipeline};

use super::{DuckDbPlace, reader::Holder};
use crate::{
    shown::shown,
    suite::Place,
    support::{Resource, Shop, row},
};

fn payments(name: &str) -> Resource {
    let payments = Resource::new(name, Merge).column("id", Bigint).column("note", Text);
    (0..5).fold(payments.primary_key(&["id"]), |payments, page| payments.page([row![page, "a"]]))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_program_is_waited_for() {
    let place = DuckDbPlace::new().await;
    place.load(&payments("payments")).await.unwrap();
    let holder = Holder::of(&place.path);
    let load = tokio::spawn({
        let pipeline = place.pipeline();
        async move { pipeline.run(&Shop(vec![payments("payments")])).await }
    });
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert!(!load.is_finished());
    holder.end();
    load.await.unwrap().unwrap();
    assert_eq!(place.counts("payments", &["id"]).await, ["5", "5"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pipelines_of_one_process_share_a_database() {
    let place = DuckDbPlace::new().await;
    let load = |name: &'static str| {
        let pipeline = Pipeline::new(name, DuckDb::at(&place.path)).batch_rows(1);
        tokio::spawn(async move { pipeline.run(&Shop(vec![payments(name)])).await })
    };
    let loads = ["a", "b", "c"].map(load);
    for load in loads {
        load.await.unwrap().unwrap();
    }
    for table in ["a", "b", "c"] {
        assert_eq!(place.counts(table, &["id"]).await, ["5", "5"]);
    }
    assert_eq!(place.history().await.len(), 3);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_that_is_no_database_is_told() {
    let place = DuckDbPlace::new().await;
    std::fs::write(&place.path, "id,note\n1,a\n".repeat(1_000)).unwrap();
    let error = place.load(&payments("payments")).await.unwrap_err();
    let said = shown(&error).replace(place.path.to_str().unwrap(), "shop.duckdb");
    expect![[r#"the database shop.duckdb cannot be opened: IO Error: The file "shop.duckdb" exists, but it is not a valid DuckDB database file!"#]].assert_eq(&said);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_folder_that_is_not_there_is_told() {
    let place = DuckDbPlace::new().await;
    let path = place.path.join("no/such/shop.duckdb");
    let pipeline = Pipeline::new("test", DuckDb::at(&path));
    let error = pipeline.run(&Shop(vec![payments("payments")])).await.unwrap_err();
    let said = shown(&error).replace(place.path.to_str().unwrap(), "folder");
    expect!["the database folder/no/such/shop.duckdb cannot be opened: the folder folder/no/such does not exist; create it first"].assert_eq(&said);
}

/// What a column does not take is set aside, or named.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn values_that_a_column_does_not_take_are_set_aside() {
    let place = DuckDbPlace::new().await;
    let mut values = Resource::new("values", Append)
        .column("id", Bigint)
        .column("at", Timestamp)
        .column("time", Time)
        .column("json", Json)
        .column("amount", Decimal);
    values.plan.columns.to_mut()[4].scale = Some(2);
    let moment = |text: &str| text.parse::<rest_source::Timestamp>().ok();
    let json = |text: &str| text.parse::<rest_source::Json>().ok();
    let time = |text: &str| text.parse::<rest_source::Time>().ok();
    let amount = |text: &str| text.parse::<rest_source::Decimal>().ok();
    let good =
        || row![0, moment("2024-01-01T00:00:00Z"), time("01:00:00.5"), json("1"), amount("1")];
    let with = |place: usize, id: i64, cell: Vec<crate::support::Cell>| {
        let mut row = good();
        row[0] = row![id].remove(0);
        row[place] = { cell }.remove(0);
        row
    };
    let values = values.page([
        good(),
        with(1, 1, row![moment("2024-01-01T00:00:00.123456789Z")]),
        with(2, 2, row![time("01:00:00.123456789")]),
        with(3, 3, row![json(r#""\ud800""#)]),
        with(3, 4, row![json(r#"["\ud83d\ude00", "\\ud800", "\u0000"]"#)]),
        with(4, 5, row![amount("1.005")]),
    ]);
    let pipeline = place.pipeline().on_bad_record(OnBadRecord::Quarantine);
    pipeline.run(&Shop(vec![values])).await.unwrap();
    assert_eq!(place.rows("values", &["id"]).await, ["0", "4"]);
    let reasons = place.rows("values__rejected", &["record", "reason"]).await.join("\n");
    expect![[r#"
        2|`at` is 2024-01-01T00:00:00.123456789+00:00, and its column holds microseconds; declare it with `precision: 9` for the years from 1678 to 2261, or as `data_type: text`
        3|`time` is 01:00:00.123456789, and its column holds microseconds; declare it as `data_type: text`
        4|`json` has half a surrogate pair, which DuckDB does not take
        6|`amount` is 1.005, and its column holds 38 digits, 2 of them behind the point"#]].assert_eq(&reasons);
}

/// A name that is the text of a parameter, and text with a quote or a zero byte in it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn names_and_texts_are_taken_as_they_are() {
    let place = DuckDbPlace::new().await;
    let odd = Resource::new("it's $1 \"x\"", Merge).column("a\"b $2'", Text);
    let odd = odd.primary_key(&["a\"b $2'"]).page([row!["it's \0 $1"], row!["it's \0 $1"]]);
    let report = place.load(&odd).await.unwrap();
    assert_eq!(report.resources[0].changes.new, Some(1));
    let rows = place.query(r#"SELECT replace("a""b $2'", chr(0), '0') AS x FROM "it's $1 ""x""""#);
    assert_eq!(rows, ["it's 0 $1"]);
}
