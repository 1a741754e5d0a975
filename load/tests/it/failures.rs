//! What a failure takes with it, and what it leaves.

use std::{fs, sync::atomic::Ordering, thread, time::Duration};

use expect_test::expect;
use rest_source::plan::{
    DataType::{Bigint, Text},
    WriteDisposition::{self, Append, Merge, Replace},
};
use rest_source_load::{ErrorKind, Outcome, Pipeline, Sqlite};

use crate::{
    shown::shown,
    support::{Database, Resource, Shop, row},
};

fn ids(name: &str, disposition: WriteDisposition) -> Resource {
    Resource::new(name, disposition).column("id", Text).primary_key(&["id"])
}

#[tokio::test]
async fn a_resource_that_fails_leaves_the_others_alone() {
    let database = Database::new();
    let bad = ids("refunds", Merge).page([row!["R1"]]).page([row!["R2"]]);
    bad.fail_at(2);
    let shop = Shop(vec![
        ids("payments", Merge).page([row!["P1"]]).page([row!["P2"]]),
        bad,
        ids("payouts", Replace).page([row!["O1"]]),
    ]);
    let mut said = String::new();
    for concurrency in [1, 4] {
        let pipeline = database.pipeline().concurrency(concurrency);
        let error = pipeline.run(&shop).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Incomplete);
        assert!(error.failures()[0].error.source_error().is_some());
        said.extend([&shown(&error), "\n"]);
        let outcomes = error.report().unwrap().resources.iter().map(|one| one.outcome.clone());
        let broke = Outcome::Failed { error: error.failures()[0].error.to_string() };
        assert!(outcomes.eq([Outcome::Complete, broke, Outcome::Complete]));
    }
    expect![[r#"
        1 of 3 resources failed; complete pages are committed and running again continues after them
          refunds: page 2 broke
        1 of 3 resources failed; complete pages are committed and running again continues after them
          refunds: page 2 broke
          help: the load resumed at this page, where an earlier run had stopped; if the server does not accept that position any more, run the pipeline once with `full_refresh`, or start over by `UPDATE _rest_source_state SET checkpoint = NULL WHERE id = 2`
    "#]].assert_eq(&said);
    assert_eq!(database.query("SELECT id FROM payments"), ["P1", "P2"]);
    assert_eq!(database.query("SELECT id FROM refunds"), ["R1"]);
    assert_eq!(database.query("SELECT id FROM payouts"), ["O1"]);
}

#[tokio::test]
async fn a_run_that_failed_tells_whether_it_left_anything() {
    let database = Database::new();
    let payments = ids("payments", Merge).page([row!["P1"]]).page([row!["P2"]]);
    // The third run adds nothing to what the second one has left.
    let mut said = String::new();
    for page in [1, 2, 2] {
        payments.fail_at(page);
        let error = database.load(&payments).await.unwrap_err();
        said.extend([&shown(&error), "\n"]);
    }
    expect![[r#"
        1 of 1 resource failed before this run committed anything of it
          payments: page 1 broke
        1 of 1 resource failed; complete pages are committed and running again continues after them
          payments: page 2 broke
        1 of 1 resource failed; complete pages are committed and running again continues after them
          payments: page 2 broke
          help: the load resumed at this page, where an earlier run had stopped; if the server does not accept that position any more, run the pipeline once with `full_refresh`, or start over by `UPDATE _rest_source_state SET checkpoint = NULL WHERE id = 1`
    "#]].assert_eq(&said);
    let shop = ["refunds", "payouts"].map(|name| {
        let none = ids(name, Merge).page([row!["1"]]);
        none.fail_at(1);
        none
    });
    let error = database.pipeline().run(&Shop(shop.into())).await.unwrap_err().to_string();
    expect![[r#"
        2 of 2 resources failed before this run committed anything of them
          refunds: page 1 broke
          payouts: page 1 broke"#]]
    .assert_eq(&shown(&error));
}

#[tokio::test]
async fn what_running_again_does_not_mend_is_to_be_put_right_first() {
    let database = Database::new();
    let refunds = ids("refunds", Append).page([row!["R1"]]).page([row![None::<String>]]);
    let mut refunds = refunds.page([row!["R3"]]);
    refunds.plan.columns.to_mut()[0].nullable = false;
    let payments = ids("payments", Append).page([row!["P1"]]);
    payments.fail_at(1);
    let error = database.pipeline().run(&Shop(vec![payments.clone()])).await.unwrap_err();
    assert!(error.is_transient());
    let error = database.pipeline().run(&Shop(vec![payments, refunds])).await.unwrap_err();
    assert!(!error.is_transient());
    let transient: Vec<_> = error.failures().iter().map(|one| one.error.is_transient()).collect();
    assert_eq!(transient, [true, false]);
    expect![[r#"
        2 of 2 resources failed; complete pages are committed and running again continues after them, once what failed is put right
          payments: page 1 broke
          refunds: page 2, record 1: `id` is null, but a column of the primary key must have a value"#]].assert_eq(&shown(&error));
}

#[tokio::test]
async fn a_null_in_a_key_names_the_record() {
    let database = Database::new();
    let lines = |primary: &[&str], merge: &[&str]| {
        Resource::new("lines", Merge)
            .column("order", Text)
            .column("line", Bigint)
            .primary_key(primary)
            .merge_key(merge)
            .page([row!["A", 1]])
            .page([row!["A", 2], row!["A", None::<i64>]])
    };
    let mut said = String::new();
    for (primary, merge) in [(&["order", "line"][..], &[][..]), (&[], &["line"])] {
        let error = database.load(&lines(primary, merge)).await.unwrap_err();
        let error = &error.failures()[0].error;
        assert!(error.is_record());
        let text = error.to_string();
        said.extend([&shown(&text), "\n"]);
        let written = database.query("SELECT count(*) FROM lines WHERE line = 2");
        assert_eq!(written, ["0"], "nothing of the page is there");
        database.execute("DROP TABLE lines");
    }
    expect![[r#"
        page 2, record 2: `line` is null, but the primary key must have a value to merge by
        page 2, record 2: `line` is null, but the merge key must have a value to merge by
    "#]]
    .assert_eq(&said);
}

#[tokio::test]
async fn a_row_that_the_table_refuses_names_the_record_and_nothing_of_its_batch_is_committed() {
    let database = Database::new();
    database.execute("CREATE TABLE payments (id TEXT CHECK (id <> 'bad')) STRICT");
    let payments = ids("payments", Append).page([row!["P1"]]).page([row!["P2"], row!["bad"]]);
    let pipeline = Pipeline::new("test", Sqlite::at(&database.path));
    let error = pipeline.run(&Shop(vec![payments])).await.unwrap_err();
    let error = &error.failures()[0].error;
    assert!(error.is_destination());
    let text = error.to_string();
    expect!["page 2, record 2: CHECK constraint failed: id <> 'bad'"].assert_eq(&shown(&text));
    assert!(database.query("SELECT * FROM payments").is_empty());
}

#[tokio::test]
async fn a_table_that_was_deleted_is_loaded_from_the_beginning() {
    for disposition in [Append, Merge, Replace] {
        let database = Database::new();
        let payments = ids("payments", disposition).page([row!["P1"]]).page([row!["P2"]]);
        payments.fail_at(2);
        database.load(&payments).await.unwrap_err();
        database.execute("DROP TABLE payments");
        payments.fail_at(0);
        database.load(&payments).await.unwrap();
        assert_eq!(database.query("SELECT id FROM payments ORDER BY id"), ["P1", "P2"]);
    }
}

#[tokio::test]
async fn pipelines_on_one_database_have_a_state_each() {
    let database = Database::new();
    let payments = ids("payments", Replace).page([row!["P1"]]).page([row!["P2"]]);
    payments.fail_at(2);
    let shop = Shop(vec![payments]);
    let pipeline = |name: &str| Pipeline::new(name, Sqlite::at(&database.path)).batch_rows(1);
    pipeline("first").run(&shop).await.unwrap_err();
    pipeline("second").run(&shop).await.unwrap_err();
    shop.0[0].fail_at(0);
    shop.0[0].fetched.store(0, Ordering::Relaxed);
    for (name, pages) in [("first", 1), ("second", 2)] {
        assert!(pipeline(name).run(&shop).await.unwrap().resources[0].resumed);
        assert_eq!(shop.0[0].fetched.load(Ordering::Relaxed), pages);
        assert_eq!(database.query("SELECT id FROM payments"), ["P1", "P2"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pipelines_can_load_into_a_new_database_at_the_same_time() {
    let database = Database::new();
    let runs = (0..8).map(|index| {
        let payments = ids("payments", Append).page([row!["P"]]).page([row!["P"]]);
        let pipeline = Pipeline::new(index.to_string(), Sqlite::at(&database.path)).batch_rows(1);
        tokio::spawn(async move { pipeline.run(&Shop(vec![payments])).await })
    });
    for run in runs.collect::<Vec<_>>() {
        run.await.unwrap().unwrap();
    }
    assert_eq!(database.query("SELECT count(*) FROM payments"), ["16"]);
}

#[tokio::test]
async fn a_run_waits_for_another_connection_that_writes_to_a_new_database() {
    let database = Database::new();
    let other = rusqlite::Connection::open(&database.path).unwrap();
    other.execute_batch("CREATE TABLE notes (text TEXT); BEGIN IMMEDIATE").unwrap();
    let ends = thread::spawn(move || {
        thread::sleep(Duration::from_millis(300));
        other.execute_batch("INSERT INTO notes VALUES ('N'); COMMIT").unwrap();
    });
    let shop = Shop(vec![ids("payments", Append).page([row!["P"]])]);
    database.pipeline().run(&shop).await.unwrap();
    ends.join().unwrap();
    assert_eq!(
        database.query("SELECT text FROM notes UNION ALL SELECT id FROM payments"),
        ["N", "P"]
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pipelines_with_long_names_are_told_apart() {
    let database = Database::new();
    let long = |last: &str| format!("{}{last}", "é".repeat(300));
    let slow = Shop(vec![ids("payments", Merge).page([row!["P1"]]).delay(Duration::from_secs(1))]);
    let named = |name: String| Pipeline::new(name, Sqlite::at(&database.path));
    let (first, same, other) = (named(long("a")), named(long("a")), named(long("b")));
    let later = async {
        tokio::time::sleep(Duration::from_millis(500)).await;
        (same.run(&slow).await, other.run(&Shop(vec![])).await)
    };
    let (first, (same, other)) = tokio::join!(first.run(&slow), later);
    first.unwrap();
    assert!(same.unwrap_err().is_busy());
    other.unwrap();
}

#[tokio::test]
async fn a_pipeline_without_a_name_is_refused() {
    let database = Database::new();
    let pipeline = Pipeline::new("", Sqlite::at(&database.path));
    let error = pipeline.run(&Shop(vec![])).await.unwrap_err();
    expect!["the pipeline has no name, by which its state is found again"]
        .assert_eq(&shown(&error));
    assert!(!database.path.exists());
}

#[tokio::test(start_paused = true)]
async fn a_second_run_of_a_pipeline_is_refused_while_the_first_goes_on() {
    let database = Database::new();
    let slow = ids("payments", Append).page([row!["P1"]]).delay(Duration::from_secs(60));
    let shop = Shop(vec![slow]);
    let pipeline = database.pipeline();
    let mut first = Box::pin(pipeline.run(&shop));
    let started = tokio::time::timeout(Duration::from_secs(1), &mut first).await;
    assert!(started.is_err(), "the first run waits for its page");

    let error = database.pipeline().run(&shop).await.unwrap_err();
    assert!(error.is_busy());
    expect!["pipeline `test` is being run on FOLDER/shop.db already; wait until that run has ended, or stop it: the next one continues after it"].assert_eq(&shown(&error));
    // Another pipeline has nothing to wait for.
    let other = Pipeline::new("other/pipeline", Sqlite::at(&database.path));
    other.run(&Shop(vec![ids("payouts", Append).page([row!["O1"]])])).await.unwrap();

    first.await.unwrap();
    database.pipeline().run(&shop).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_run_that_is_dropped_can_be_continued() {
    let database = Database::new();
    let slow = ids("payments", Append).delay(Duration::from_secs(60));
    let shop = Shop(vec![slow.page([row!["P1"]]).page([row!["P2"]]).page([row!["P3"]])]);
    let pipeline = database.pipeline();
    let stopped = tokio::time::timeout(Duration::from_secs(150), pipeline.run(&shop)).await;
    assert!(stopped.is_err());
    let report = pipeline.run(&shop).await.unwrap();
    assert!(report.resources[0].resumed);
    assert_eq!(database.query("SELECT id FROM payments"), ["P1", "P2", "P3"]);
}

#[tokio::test]
async fn a_database_that_cannot_be_opened_is_named_once_with_the_reason() {
    let folder = tempfile::TempDir::new().unwrap();
    let base = folder.path();
    fs::write(base.join("file"), "no database, to be sure, however one looks at it").unwrap();
    let long = "x".repeat(300);
    let mut said = String::new();
    for name in ["missing/shop.db", "", "file/shop.db", "file", &long] {
        let path = base.join(name);
        let error = Pipeline::new("test", Sqlite::at(&path)).run(&Shop(vec![])).await.unwrap_err();
        assert!(error.is_destination());
        said.extend([&shown(&error).replace(&long, "LONG"), "\n"]);
    }
    expect![[r#"
        the database FOLDER/missing/shop.db cannot be opened: the folder FOLDER/missing does not exist; create it first
        the database FOLDER/ cannot be opened: it is a folder; name a file in it
        the database FOLDER/file/shop.db cannot be opened: FOLDER/file is not a folder
        the database FOLDER/file cannot be opened: file is not a database
        the database FOLDER/LONG cannot be opened: no file of this name can be created in FOLDER: File name too long (os error 36)
    "#]].assert_eq(&said);
    assert_eq!(fs::read_dir(base).unwrap().count(), 2, "the file and its lock");
}

#[tokio::test]
async fn a_lock_file_that_cannot_be_used_is_named() {
    let database = Database::new();
    let lock = format!("{}-test.lock", database.path.display());
    fs::create_dir(&lock).unwrap();
    let error = database.pipeline().run(&Shop(vec![])).await.unwrap_err().to_string();
    expect!["the lock file FOLDER/shop.db-test.lock cannot be used: Is a directory (os error 21)"]
        .assert_eq(&shown(&error));
}

#[tokio::test]
async fn a_database_without_a_path_is_refused() {
    let error = Pipeline::new("test", Sqlite::at("")).run(&Shop(vec![])).await.unwrap_err();
    assert!(error.is_destination());
    expect!["the path of the database is empty; name a file, such as `payments.db`"]
        .assert_eq(&shown(&error));
}
