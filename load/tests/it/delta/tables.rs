//! What other programs see of the tables, and what they may do to them.

use std::{
    fs,
    path::{Path, PathBuf},
};

use expect_test::expect;
use rest_source::{
    Decimal, Timestamp,
    plan::{
        DataType::{self, Bigint, Date, Double, Json, Text},
        WriteDisposition::{self, Append, Merge, Replace},
    },
};
use rest_source_load::Parquet;

use super::{place::DeltaPlace, reader::ask};
use crate::{
    shown::shown,
    suite::Place,
    support::{Resource, row},
};

fn numbers(disposition: WriteDisposition, ids: &[i64]) -> Resource {
    let numbers = Resource::new("numbers", disposition).column("id", Bigint).primary_key(&["id"]);
    ids.iter().fold(numbers, |numbers, id| {
        let list = format!("[{id}]");
        let extra = [("list", &*list)].into_iter().collect();
        numbers.page_with_extra([(row![*id], extra)])
    })
}

/// The names of the commits in the log of a table.
fn commits(table: &str) -> Vec<String> {
    let files = fs::read_dir(Path::new(table).join("_delta_log")).unwrap();
    let paths = files.map(|file| file.unwrap().path());
    let commits = paths.filter(|path| path.extension().is_some_and(|end| end == "json"));
    let name = |path: PathBuf| path.file_name().unwrap().to_str().unwrap().to_owned();
    let mut commits: Vec<_> = commits.map(name).collect();
    commits.sort();
    commits
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_table_that_gets_columns_is_read_by_others() {
    let place = DeltaPlace::new().await;
    let payments = || Resource::new("payments", Append).column("id", Text);
    place.load(&payments().page([row!["p1"]])).await.unwrap();
    let mut wider = payments()
        .column("amount", DataType::Decimal)
        .column("created_at", DataType::Timestamp)
        .column("links", Json)
        .column("rate", Double)
        .column("day", Date);
    wider.plan.columns.to_mut()[1].scale = Some(2);
    let wider = wider.page([
        row![
            "p2",
            "12.50".parse::<Decimal>().ok(),
            "2024-02-29T23:59:59.5Z".parse::<Timestamp>().ok(),
            Some(crate::support::json!({ "self": { "href": "/p2" }, "tags": [1, null] })),
            Some(0.1),
            Some(rest_source::Date::constant(2024, 2, 29)),
        ],
        row![
            "p3",
            None::<Decimal>,
            None::<Timestamp>,
            None::<rest_source::Json>,
            None::<f64>,
            None::<rest_source::Date>,
        ],
    ]);
    place.load(&wider).await.unwrap();
    let columns = ["id", "amount", "created_at", "links", "rate", "day"];
    expect![[r#"
        p1|NULL|NULL|NULL|NULL|NULL
        p2|12.50|2024-02-29T23:59:59.5+00:00|{"self":{"href":"/p2"},"tags":[1,null]}|0.1|2024-02-29
        p3|NULL|NULL|NULL|NULL|NULL"#]]
    .assert_eq(&place.rows("payments", &columns).await.join("\n"));
    let types = ask(&serde_json::json!(["columns", place.table("payments")]));
    expect![[r#"
        id|string
        amount|decimal(38,2)
        created_at|timestamp
        links|string
        rate|double
        day|date"#]]
    .assert_eq(&types.join("\n"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_others_make_of_the_files_stays() {
    for disposition in [Append, Merge] {
        let place = DeltaPlace::new().await;
        place.load(&numbers(disposition, &[1, 2, 3])).await.unwrap();
        let list = place.table("numbers__list");
        ask(&serde_json::json!(["compact", list]));
        ask(&serde_json::json!(["delete", list, "value = 2"]));
        place.load(&numbers(disposition, &[3, 4])).await.unwrap();
        let (ids, elements): (&[_], &[_]) = match disposition {
            Append => (&["1", "2", "3", "3", "4"], &["1", "3", "3", "4"]),
            _ => (&["1", "2", "3", "4"], &["1", "3", "4"]),
        };
        assert_eq!(place.rows("numbers", &["id"]).await, ids);
        assert_eq!(place.rows("numbers__list", &["value"]).await, elements);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_killed_run_left_pending_is_done_by_the_next_one() {
    for disposition in [Append, Merge, Replace] {
        let place = DeltaPlace::new().await;
        let numbers = numbers(disposition, &[1, 2, 3]);
        numbers.fail_at(if disposition == Append { 3 } else { 0 });
        let failed = place.load(&numbers).await.is_err();
        assert_eq!(failed, disposition == Append);
        let list = place.table("numbers__list");
        let rows = place.rows("numbers__list", &["value"]).await;
        assert!(!rows.is_empty());
        // As if the process had ended before it could commit to the second table, and to the first one that the
        // run has ended.
        for table in [&list, &place.table("numbers")] {
            let commit = commits(table).pop().unwrap();
            fs::remove_file(Path::new(table).join("_delta_log").join(commit)).unwrap();
        }
        assert_ne!(place.rows("numbers__list", &["value"]).await, rows);
        numbers.fail_at(0);
        place.load(&numbers).await.unwrap();
        for (table, column) in [("numbers", "id"), ("numbers__list", "value")] {
            let rows = place.rows(table, &[column]).await;
            assert_eq!(rows, ["1", "2", "3"], "{table} {disposition:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_append_adds_files_and_removes_none() {
    let place = DeltaPlace::new().await;
    let ids: Vec<_> = (0..120).collect();
    place.load(&numbers(Append, &ids)).await.unwrap();
    let table = place.table("numbers");
    let history = ask(&serde_json::json!(["history", table]));
    assert_eq!(history[0], "CREATE TABLE");
    assert!(history[1..].iter().all(|operation| operation == "WRITE"), "{history:?}");
    let log = Path::new(&table).join("_delta_log");
    let has = |name: &str| commits(&table).iter().any(|commit| commit == name);
    assert!(has("00000000000000000120.json"));
    // Readers begin at the last checkpoint.
    assert!(log.join("_last_checkpoint").exists());
    for name in commits(&table) {
        assert!(!fs::read_to_string(log.join(name)).unwrap().contains("\"remove\""));
    }
    assert_eq!(place.counts("numbers", &["id"]).await, ["120", "120"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_table_of_others_is_refused() {
    let [place, other] = [DeltaPlace::new().await, DeltaPlace::new().await];
    other.load(&numbers(Append, &[1])).await.unwrap();
    // Somebody else's has none of our transactions.
    let folder = Path::new(&place.table("numbers")).join("_delta_log");
    fs::create_dir_all(&folder).unwrap();
    let commit = Path::new(&other.table("numbers")).join("_delta_log/00000000000000000000.json");
    let commit = fs::read_to_string(commit).unwrap();
    let is_foreign =
        |line: &&str| !line.contains("\"txn\"") && !line.contains("\"domainMetadata\":");
    let lines: Vec<_> = commit.lines().filter(is_foreign).collect();
    fs::write(folder.join("00000000000000000000.json"), lines.join("\n")).unwrap();
    let error = place.load(&numbers(Append, &[1])).await.unwrap_err();
    let said = shown(&error).replace(&place.name(), "FOLDER");
    expect![[r#"
        1 of 1 resource failed before this run committed anything of it
          numbers: the Delta table `numbers` in FOLDER/shop cannot be loaded into: it was written by another program; give the resource another `table_name`, or load into another folder"#]].assert_eq(&said);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_folder_holds_delta_tables_or_parquet_files() {
    let place = DeltaPlace::new().await;
    place.load(&numbers(Append, &[1])).await.unwrap();
    let pipeline = rest_source_load::Pipeline::new("test", Parquet::at(&place.path));
    let shop = crate::support::Shop(vec![numbers(Append, &[1])]);
    let error = pipeline.run(&shop).await.unwrap_err();
    expect!["FOLDER/shop holds Delta tables; load into it as `delta:`, or into another folder"]
        .assert_eq(&shown(&error).replace(&place.name(), "FOLDER"));
    assert_eq!(place.rows("numbers", &["id"]).await, ["1"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_name_that_delta_lake_does_not_take_is_refused() {
    let place = DeltaPlace::new().await;
    let error = place.load(&Resource::new("numbers", Append).column("a b", Bigint)).await;
    expect![[r#"
        1 of 1 resource failed before this run committed anything of it
          numbers: the field `a b` cannot be a column of a Delta table, whose names have no ' '; load it into another destination, or leave it out by `schema_contract`"#]].assert_eq(&shown(&error.unwrap_err()));
}
