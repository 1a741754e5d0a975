//! What `append`, `merge` and `replace` do to the rows that are there, also when a run stops
//! in the middle.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use rest_source::plan::{
    DataType::{Bigint, Text},
    WriteDisposition::{self, Append, Merge, Replace},
};

use crate::support::{Cell, Database, Resource, Shop, query, row};

fn payments(disposition: WriteDisposition) -> Resource {
    let payments =
        Resource::new("payments", disposition).column("id", Text).column("amount", Bigint);
    if disposition == Merge { payments.primary_key(&["id"]) } else { payments }
}

/// Five pages of two records.
fn five_pages(disposition: WriteDisposition) -> Resource {
    (0..5).fold(payments(disposition), |payments, page| {
        let row = |index: i64| row![format!("P{index}").as_str(), index];
        payments.page([row(2 * page), row(2 * page + 1)])
    })
}

const ALL: &str = "SELECT id, amount FROM payments ORDER BY id, amount";

fn ten_rows() -> Vec<String> {
    (0..10).map(|index| format!("P{index}|{index}")).collect()
}

#[tokio::test]
async fn append_adds_to_the_rows_that_are_there() {
    let database = Database::new();
    let payments = payments(Append).page([row!["P1", 1]]);
    database.load(&payments).await.unwrap();
    database.load(&payments).await.unwrap();
    assert_eq!(database.query(ALL), ["P1|1", "P1|1"]);
}

#[tokio::test]
async fn merge_updates_by_key_and_adds_what_is_new() {
    let database = Database::new();
    database.load(&payments(Merge).page([row!["P1", 1], row!["P2", 2]])).await.unwrap();
    database.load(&payments(Merge).page([row!["P2", 20], row!["P3", 30]])).await.unwrap();
    assert_eq!(database.query(ALL), ["P1|1", "P2|20", "P3|30"]);
}

#[tokio::test]
async fn the_last_of_duplicates_wins_within_a_batch_and_across_batches() {
    let database = Database::new();
    let payments = payments(Merge)
        .page([row!["P1", 1], row!["P1", 2], row!["P2", 1]])
        .page([row!["P2", 2], row!["P3", 1]])
        .page([row!["P3", None::<i64>]]);
    for batch_rows in [1, 100] {
        let pipeline = database.pipeline().batch_rows(batch_rows);
        pipeline.run(&Shop(vec![payments.clone()])).await.unwrap();
        assert_eq!(database.query(ALL), ["P1|2", "P2|2", "P3|NULL"]);
        database.execute("DROP TABLE payments");
    }
}

#[tokio::test]
async fn merge_by_several_columns_tells_records_apart_by_all_of_them() {
    let database = Database::new();
    let lines = |amount| {
        Resource::new("lines", Merge)
            .column("order", Text)
            .column("line", Bigint)
            .column("amount", Bigint)
            .primary_key(&["order", "line"])
            .page([row!["A", 1, amount], row!["A", 2, 2], row!["B", 1, 3], row!["A", 1, amount]])
    };
    database.load(&lines(1)).await.unwrap();
    database.load(&lines(10)).await.unwrap();
    let rows = database.query(r#"SELECT "order", line, amount FROM lines ORDER BY 1, 2"#);
    assert_eq!(rows, ["A|1|10", "A|2|2", "B|1|3"]);
}

#[tokio::test]
async fn a_merge_key_removes_every_old_row_that_has_it() {
    let database = Database::new();
    let days = |rows: &[(&str, i64)]| {
        let page = |row: &(&str, i64)| [row![row.0, row.1]];
        rows.iter().map(page).fold(
            Resource::new("days", Merge)
                .column("day", Text)
                .column("amount", Bigint)
                .merge_key(&["day"]),
            Resource::page,
        )
    };
    database.load(&days(&[("mon", 1), ("mon", 2), ("tue", 3)])).await.unwrap();
    // Each page is a batch: the rows of the first must survive the second, which has its key.
    database.load(&days(&[("mon", 10), ("mon", 11), ("wed", 12)])).await.unwrap();
    let rows = database.query("SELECT day, amount FROM days ORDER BY day, amount");
    assert_eq!(rows, ["mon|10", "mon|11", "tue|3", "wed|12"]);
}

#[tokio::test]
async fn with_both_keys_old_rows_go_that_match_either() {
    let database = Database::new();
    let orders = || {
        Resource::new("orders", Merge)
            .column("id", Bigint)
            .column("day", Text)
            .primary_key(&["id"])
            .merge_key(&["day"])
    };
    let old = orders().page([row![1, "mon"], row![2, "mon"], row![3, "tue"], row![4, "wed"]]);
    database.load(&old).await.unwrap();
    // 1 moves to another day, 2 goes with its day, 3 is neither, and 5 comes twice.
    let new =
        orders().page([row![1, "fri"], row![5, "mon"]]).page([row![5, "wed"], row![6, "mon"]]);
    database.load(&new).await.unwrap();
    let rows = database.query("SELECT id, day FROM orders ORDER BY id");
    assert_eq!(rows, ["1|fri", "3|tue", "5|wed", "6|mon"]);
}

#[tokio::test]
async fn replace_leaves_only_the_new_rows() {
    let database = Database::new();
    database.load(&payments(Replace).page([row!["P1", 1], row!["P2", 2]])).await.unwrap();
    database.load(&payments(Replace).page([row!["P3", 3]])).await.unwrap();
    assert_eq!(database.query(ALL), ["P3|3"]);
}

#[tokio::test]
async fn replace_by_an_empty_result_empties_the_table() {
    let database = Database::new();
    database.load(&payments(Replace).page([row!["P1", 1]])).await.unwrap();
    for nothing in [payments(Replace).page([]), payments(Replace)] {
        let report = database.load(&nothing).await.unwrap();
        assert_eq!(report.rows(), 0);
        assert!(database.query(ALL).is_empty());
    }
}

#[tokio::test]
async fn replace_keeps_the_indexes_and_views_of_the_table() {
    let database = Database::new();
    database.load(&payments(Replace).page([row!["P1", 1]])).await.unwrap();
    database.execute(
        "CREATE INDEX by_amount ON payments (amount);
         CREATE VIEW total AS SELECT sum(amount) FROM payments;",
    );
    database.load(&payments(Replace).page([row!["P2", 2], row!["P3", 3]])).await.unwrap();
    assert_eq!(database.query("SELECT * FROM total"), ["5"]);
    assert_eq!(database.query("SELECT name FROM sqlite_schema WHERE name = 'by_amount'").len(), 1);
}

#[tokio::test]
async fn a_replace_that_fails_leaves_the_old_rows() {
    let database = Database::new();
    database.load(&payments(Replace).page([row!["old", 1]])).await.unwrap();
    let payments = five_pages(Replace);
    for page in 1..=5 {
        payments.fail_at(page);
        database.load(&payments).await.unwrap_err();
        assert_eq!(database.query(ALL), ["old|1"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_sees_a_table_of_one_run_and_never_an_empty_or_mixed_one() {
    let database = Database::new();
    let run = |generation: i64| {
        (0..10).fold(payments(Replace), |payments, _| {
            payments.page((0..20).map(|_| row!["P", generation]))
        })
    };
    database.load(&run(0)).await.unwrap();

    let stop = Arc::new(AtomicBool::new(false));
    let (connection, stopped) = (database.connection(), Arc::clone(&stop));
    let reader = std::thread::spawn(move || {
        let mut seen = Vec::new();
        while !stopped.load(Ordering::Relaxed) {
            let mut rows =
                query(&connection, "SELECT count(*), min(amount), max(amount) FROM payments");
            seen.append(&mut rows);
        }
        seen
    });
    for generation in 1..=10 {
        database.load(&run(generation)).await.unwrap();
    }
    stop.store(true, Ordering::Relaxed);

    let mut seen = reader.join().unwrap();
    seen.dedup();
    assert!(seen.len() > 1, "the reader saw only {seen:?}");
    for row in seen {
        let [count, first, last] = row.split('|').collect::<Vec<_>>()[..] else { unreachable!() };
        assert_eq!((count, first), ("200", last));
    }
}

#[tokio::test]
async fn a_load_continues_after_the_page_that_failed() {
    for disposition in [Append, Merge, Replace] {
        for batch_rows in [1, 3, 100] {
            for page in 1..=5 {
                let database = Database::new();
                let payments = five_pages(disposition);
                payments.fail_at(page);
                let pipeline = || database.pipeline().batch_rows(batch_rows);
                let shop = Shop(vec![payments]);
                let error = pipeline().run(&shop).await.unwrap_err();
                assert!(error.failures()[0].error.is_source());
                assert_eq!(error.report().unwrap().resources[0].rows, 2 * (page as u64 - 1));

                shop.0[0].fail_at(0);
                let report = pipeline().run(&shop).await.unwrap();
                assert_eq!(report.resources[0].resumed, page > 1);
                assert_eq!(database.query(ALL), ten_rows(), "{disposition:?}, page {page}");
                // No page was fetched twice.
                assert_eq!(shop.0[0].fetched.load(Ordering::Relaxed), 5);
            }
        }
    }
}

#[tokio::test]
async fn a_load_that_stops_at_every_page_still_ends_with_each_record_once() {
    for disposition in [Append, Merge, Replace] {
        let database = Database::new();
        let payments = five_pages(disposition);
        for page in 1..=5 {
            payments.fail_at(page);
            database.load(&payments).await.unwrap_err();
        }
        payments.fail_at(0);
        database.load(&payments).await.unwrap();
        assert_eq!(database.query(ALL), ten_rows(), "{disposition:?}");
        let left = "SELECT name FROM sqlite_schema WHERE name LIKE '%staging%'";
        assert!(database.query(left).is_empty());
    }
}

#[tokio::test]
async fn a_complete_load_begins_anew_in_the_next_run() {
    let database = Database::new();
    let payments = five_pages(Append);
    database.load(&payments).await.unwrap();
    let report = database.load(&payments).await.unwrap();
    assert!(!report.resources[0].resumed);
    assert_eq!(database.query("SELECT count(*) FROM payments"), ["20"]);
}

/// What is the same to the last letter is not written again, whatever a column takes for the same.
#[tokio::test]
async fn merge_updates_the_rows_that_differ() {
    let database = Database::new();
    database.execute(
        "CREATE TABLE payments (id TEXT PRIMARY KEY, note TEXT COLLATE NOCASE, amount INTEGER) STRICT;
         CREATE TABLE updates (id TEXT) STRICT;
         CREATE TRIGGER updated AFTER UPDATE ON payments BEGIN INSERT INTO updates VALUES (new.id); END",
    );
    let of = |rows: Vec<Vec<Cell>>| {
        let payments = Resource::new("payments", Merge).column("id", Text).column("note", Text);
        payments.column("amount", Bigint).primary_key(&["id"]).page(rows)
    };
    let first = [row!["P1", "a", 1], row!["P2", "a", None::<i64>], row!["P3", "a", 3]];
    database.load(&of(first.into())).await.unwrap();
    let second = [row!["P1", "A", 1], row!["P2", "a", None::<i64>], row!["P3", "a", None::<i64>]];
    let report = database.load(&of(second.into())).await.unwrap();
    let changes = report.resources[0].changes;
    assert_eq!((changes.new, changes.updated, changes.unchanged), (Some(0), Some(2), Some(1)));
    assert_eq!(database.query("SELECT id FROM updates ORDER BY id"), ["P1", "P3"]);
    let rows = database.query("SELECT id, note, amount FROM payments ORDER BY id");
    assert_eq!(rows, ["P1|A|1", "P2|a|NULL", "P3|a|NULL"]);
}
