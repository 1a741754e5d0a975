//! The uniqueness of a key, which comes and goes with the write disposition.

use expect_test::expect;
use rest_source::plan::{
    DataType::{Bigint, Text},
    WriteDisposition::{Append, Merge, Replace},
};

use crate::{
    shown::shown,
    support::{Cell, Database, Resource, Shop, row},
};

/// What is done with the table `payments` in one run.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Run {
    Append,
    Replace,
    MergeById,
    MergeByAmount,
    MergeByBoth,
    /// By merge key.
    MergeDays,
}

const RUNS: [Run; 6] = [
    Run::Append,
    Run::Replace,
    Run::MergeById,
    Run::MergeByAmount,
    Run::MergeByBoth,
    Run::MergeDays,
];

impl Run {
    fn of(self, rows: Vec<Vec<Cell>>) -> Resource {
        let (disposition, primary_key, merge_key): (_, &[&str], &[&str]) = match self {
            Run::Append => (Append, &["id"], &[]),
            Run::Replace => (Replace, &["id"], &[]),
            Run::MergeById => (Merge, &["id"], &[]),
            Run::MergeByAmount => (Merge, &["amount"], &[]),
            Run::MergeByBoth => (Merge, &["amount", "id"], &[]),
            Run::MergeDays => (Merge, &[], &["day"]),
        };
        Resource::new("payments", disposition)
            .column("id", Text)
            .column("amount", Bigint)
            .column("day", Text)
            .primary_key(primary_key)
            .merge_key(merge_key)
            .page(rows)
    }

    /// What happens to a table with the records (1, 10, mon) and (2, 20, tue) when this run brings
    /// (2, 20, mon), (2, 30, wed) and (3, 20, thu).
    fn expected(self) -> &'static [&'static str] {
        match self {
            Run::Append => &["1|10|mon", "2|20|mon", "2|20|tue", "2|30|wed", "3|20|thu"],
            Run::Replace => &["2|20|mon", "2|30|wed", "3|20|thu"],
            Run::MergeById | Run::MergeByAmount => &["1|10|mon", "2|30|wed", "3|20|thu"],
            Run::MergeByBoth => &["1|10|mon", "2|20|mon", "2|30|wed", "3|20|thu"],
            Run::MergeDays => &["2|20|mon", "2|20|tue", "2|30|wed", "3|20|thu"],
        }
    }
}

#[tokio::test]
async fn each_disposition_and_key_can_follow_each_other() {
    for before in RUNS {
        for after in RUNS {
            let database = Database::new();
            let old = || vec![row!["1", 10, "mon"], row!["2", 20, "tue"]];
            database.load(&before.of(old())).await.unwrap();
            let new = vec![row!["2", 20, "mon"], row!["2", 30, "wed"], row!["3", 20, "thu"]];
            // What has not been appended before is only if somebody says so.
            let is_refused = after == Run::Append && before != Run::Append;
            let pipeline = database.pipeline();
            let pipeline = if is_refused { pipeline.full_refresh() } else { pipeline };
            let done = pipeline.run(&Shop(vec![after.of(new)])).await;
            done.unwrap_or_else(|error| panic!("{before:?} → {after:?}: {error}"));
            let rows = database.query("SELECT id, amount, day FROM payments ORDER BY 1, 2, 3");
            assert_eq!(rows, after.expected(), "{before:?} → {after:?}");
        }
    }
}

#[tokio::test]
async fn a_key_that_several_rows_have_is_refused_until_they_are_gone() {
    let mut said = String::new();
    for (before, after, (id, amount)) in [
        (Run::Append, Run::MergeById, ("1", 20)),
        (Run::Append, Run::MergeByAmount, ("2", 10)),
        (Run::Replace, Run::MergeById, ("1", 10)),
        (Run::MergeById, Run::MergeByAmount, ("2", 10)),
        (Run::MergeByAmount, Run::MergeById, ("1", 20)),
    ] {
        let database = Database::new();
        let old = vec![row!["1", 10, "mon"], row![id, amount, "tue"]];
        database.load(&before.of(old)).await.unwrap();

        let new = || after.of(vec![row!["9", 90, "sun"]]);
        let error = database.load(&new()).await.unwrap_err();
        assert!(error.failures()[0].error.is_schema(), "{error}");
        said.extend([&shown(&error), "\n"]);
        assert_eq!(database.query("SELECT count(*) FROM payments"), ["2"]);

        // The way out that the message names, word for word.
        let text = error.to_string();
        let sql = text.split('`').find(|part| part.starts_with("DELETE")).unwrap();
        database.execute(sql);
        database.load(&new()).await.unwrap();
        assert_eq!(database.query("SELECT day FROM payments ORDER BY 1"), ["sun", "tue"]);
    }
    expect![[r#"
        1 of 1 resource failed before this run committed anything of it
          payments: the table cannot be merged into, because several of its rows have the same primary key ("id"); declare another one, or keep only the last row of each: `DELETE FROM "payments" WHERE "id" IS NOT NULL AND _rowid_ NOT IN (SELECT max(_rowid_) FROM "payments" GROUP BY "id")`
        1 of 1 resource failed before this run committed anything of it
          payments: the table cannot be merged into, because several of its rows have the same primary key ("amount"); declare another one, or keep only the last row of each: `DELETE FROM "payments" WHERE "amount" IS NOT NULL AND _rowid_ NOT IN (SELECT max(_rowid_) FROM "payments" GROUP BY "amount")`
        1 of 1 resource failed before this run committed anything of it
          payments: the table cannot be merged into, because several of its rows have the same primary key ("id"); declare another one, or keep only the last row of each: `DELETE FROM "payments" WHERE "id" IS NOT NULL AND _rowid_ NOT IN (SELECT max(_rowid_) FROM "payments" GROUP BY "id")`
        1 of 1 resource failed before this run committed anything of it
          payments: the table cannot be merged into, because several of its rows have the same primary key ("amount"); declare another one, or keep only the last row of each: `DELETE FROM "payments" WHERE "amount" IS NOT NULL AND _rowid_ NOT IN (SELECT max(_rowid_) FROM "payments" GROUP BY "amount")`
        1 of 1 resource failed before this run committed anything of it
          payments: the table cannot be merged into, because several of its rows have the same primary key ("id"); declare another one, or keep only the last row of each: `DELETE FROM "payments" WHERE "id" IS NOT NULL AND _rowid_ NOT IN (SELECT max(_rowid_) FROM "payments" GROUP BY "id")`
    "#]].assert_eq(&said);
}

#[tokio::test]
async fn what_is_said_to_delete_of_several_rows_is_also_what_is_in_their_lists() {
    let database = Database::new();
    let of = |disposition, list: &'static str| {
        let payments = Resource::new("payments", disposition).column("id", Text);
        let row = |list| (row!["1"], [("list", list)].into_iter().collect());
        payments.primary_key(&["id"]).page_with_extra([row("[1, 2]"), row(list)])
    };
    database.load(&of(Append, "[3]")).await.unwrap();
    let text = database.load(&of(Merge, "[4]")).await.unwrap_err().to_string();
    database.execute(text.split('`').find(|part| part.starts_with("DELETE")).unwrap());
    assert_eq!(database.query("SELECT value FROM payments__list"), ["3"]);
    database.load(&of(Merge, "[4]")).await.unwrap();
    assert_eq!(database.query("SELECT value FROM payments__list"), ["4"]);
}

#[tokio::test]
async fn a_column_that_is_a_key_no_longer_may_be_null() {
    let database = Database::new();
    database.load(&Run::MergeByBoth.of(vec![row!["1", 10, "mon"]])).await.unwrap();
    database.load(&Run::MergeDays.of(vec![row!["2", 20, "tue"]])).await.unwrap();
    let empty = row![None::<String>, None::<i64>, None::<String>];
    let mut keyless = Run::Append.of(vec![empty]);
    keyless.plan.primary_key = std::borrow::Cow::default();
    database.pipeline().full_refresh().run(&Shop(vec![keyless])).await.unwrap();
    assert_eq!(database.query("SELECT id FROM payments ORDER BY id"), ["NULL", "1", "2"]);
}

#[tokio::test]
async fn a_renamed_table_does_not_keep_its_old_name_from_being_used_again() {
    let database = Database::new();
    let row = || vec![row!["1", 10, "mon"]];
    database.load(&Run::MergeById.of(row())).await.unwrap();
    database.execute("ALTER TABLE payments RENAME TO old");
    let mut old = Run::Append.of(row());
    old.plan.name = "old".into();
    old.plan.table_name = "old".into();
    for _ in 0..2 {
        let shop = Shop(vec![old.clone(), Run::MergeById.of(row())]);
        database.pipeline().run(&shop).await.unwrap();
    }
    assert_eq!(database.query("SELECT count(*) FROM old"), ["3"]);
    assert_eq!(database.query("SELECT count(*) FROM payments"), ["1"]);
}

#[tokio::test]
async fn keys_whose_names_run_together_are_told_apart() {
    let database = Database::new();
    let of = |name: &str, key: &str, disposition| {
        let table = Resource::new(name, disposition).column(key, Text).primary_key(&[key]);
        table.page([row!["1"]])
    };
    for disposition in [Append, Merge] {
        let shop = Shop(vec![of("a", "b_id", disposition), of("a_b", "id", disposition)]);
        database.pipeline().run(&shop).await.unwrap();
    }
    assert_eq!(database.query("SELECT b_id FROM a UNION ALL SELECT id FROM a_b"), ["1", "1"]);
}

#[tokio::test]
async fn a_primary_key_made_by_hand_is_used_or_refused() {
    let mut said = String::new();
    for (made, is_used) in [
        ("id TEXT PRIMARY KEY, amount INTEGER, day TEXT", true),
        ("number INTEGER PRIMARY KEY, id TEXT, amount INTEGER, day TEXT", true),
        ("id TEXT, amount INTEGER PRIMARY KEY, day TEXT", false),
    ] {
        let database = Database::new();
        database.execute(&format!("CREATE TABLE payments ({made})"));
        let rows = vec![row!["1", 10, "mon"], row!["1", 20, "tue"]];
        let done = database.load(&Run::MergeById.of(rows)).await;
        if is_used {
            assert_eq!(database.query("SELECT day FROM payments"), ["tue"], "{done:?}");
        } else {
            let error = done.unwrap_err();
            assert!(error.failures()[0].error.is_schema());
            said.extend([&shown(&error), "\n"]);
        }
    }
    expect![[r#"
        1 of 1 resource failed before this run committed anything of it
          payments: the table's primary key is ("amount"), and the source declares ("id"); rename the table so that a new one is created, or declare that key
    "#]].assert_eq(&said);
}

#[tokio::test]
async fn indexes_of_others_are_left_alone() {
    let database = Database::new();
    let row = || vec![row!["1", 10, "mon"]];
    database.load(&Run::MergeById.of(row())).await.unwrap();
    database.execute("CREATE UNIQUE INDEX mine ON payments (day)");
    database.load(&Run::Replace.of(row())).await.unwrap();
    let sql = "SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'payments'";
    assert_eq!(database.query(sql), ["mine"]);
}
