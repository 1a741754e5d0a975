//! Rows that a `merge` finds in the table as it would write them.

use rest_source::{
    Decimal,
    plan::{
        DataType::{self, Bigint, Json, Text},
        DedupSort,
        WriteDisposition::Merge,
    },
};

use rest_source_load::Changes;

use super::PostgresPlace;
use crate::{
    suite::Place,
    support::{Resource, json, row},
};

/// Two pages with a row each.
fn payments(first: (&str, &str, &str), second: (&str, &str, &str)) -> Resource {
    let resource = Resource::new("payments", Merge)
        .column("id", Text)
        .column("amount", DataType::Decimal)
        .column("note", Text)
        .column("none", Bigint)
        .column("data", Json)
        .primary_key(&["id"]);
    let data = || Some(json!({ "a": [1, 2.50] }));
    let row = |(id, of, note): (&str, &str, &str)| {
        row![id, of.parse::<Decimal>().ok(), note, None::<i64>, data()]
    };
    resource.page([row(first)]).page([row(second)])
}

/// The transactions that have written the rows.
async fn written_by(place: &PostgresPlace) -> Vec<String> {
    place.query("SELECT ctid, xmin FROM payments ORDER BY id").await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_there_is_not_written_again() {
    // Also where the rows wait for the end of the load.
    for dedup_sort in [None, Some(DedupSort::Ascending)] {
        let place = PostgresPlace::new().await;
        place.execute(&format!("CREATE SCHEMA \"{}\"", place.dataset)).await;
        // A column of another type that takes what is declared, to which upper and lower case are one.
        place
            .execute(
                "CREATE COLLATION any_case
                   (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
                 CREATE TABLE payments
                   (id text, amount numeric, note character varying COLLATE any_case)",
            )
            .await;
        let load = async |first, second| {
            let mut resource = payments(first, second);
            resource.plan.columns.to_mut()[3].dedup_sort = dedup_sort;
            place.load(&resource).await.unwrap();
            written_by(&place).await
        };
        let first = load(("P1", "1.0", "a"), ("P2", "2.0", "b")).await;
        assert_eq!(load(("P1", "1.0", "a"), ("P2", "2.0", "b")).await, first);
        let scale = load(("P1", "1.00", "a"), ("P2", "2.0", "b")).await;
        assert_ne!(scale[0], first[0]);
        assert_eq!(scale[1], first[1]);
        let case = load(("P1", "1.00", "a"), ("P2", "2.0", "B")).await;
        assert_eq!(case[0], scale[0]);
        assert_ne!(case[1], scale[1]);
        let rows = place.rows("payments", &["id", "amount", "note"]).await;
        assert_eq!(rows, ["P1|1.00|a", "P2|2.0|B"]);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn lists_of_what_is_there_are_neither_lost_nor_doubled() {
    let place = PostgresPlace::new().await;
    let of = |lists: [&'static str; 2]| {
        let payments = Resource::new("payments", Merge).column("id", Text).column("note", Text);
        let rows = ["P1", "P2"].into_iter().zip(lists);
        payments.primary_key(&["id"]).page_with_extra(
            rows.map(|(id, list)| (row![id, "a"], [("list", list)].into_iter().collect())),
        )
    };
    place.load(&of(["[1, 2]", "[3]"])).await.unwrap();
    let first = written_by(&place).await;
    for (lists, expected) in [
        (["[1, 2]", "[3]"], &["1", "2", "3"][..]),
        (["[1, 4]", "[3]"], &["1", "3", "4"]),
        (["[]", "[3]"], &["3"]),
    ] {
        place.load(&of(lists)).await.unwrap();
        assert_eq!(place.rows("payments__list", &["value"]).await, expected);
        assert_eq!(written_by(&place).await, first);
    }
}

/// PostgreSQL does not say there which rows of an upsert are new.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rows_of_a_partitioned_table_are_not_counted() {
    let place = PostgresPlace::new().await;
    place.execute(&format!("CREATE SCHEMA \"{}\"", place.dataset)).await;
    place
        .execute(
            "CREATE TABLE payments (note text, id text PRIMARY KEY) PARTITION BY LIST (id);
             CREATE TABLE one PARTITION OF payments FOR VALUES IN ('P1');
             CREATE TABLE others (id text NOT NULL, note text);
             ALTER TABLE payments ATTACH PARTITION others DEFAULT",
        )
        .await;
    for note in ["a", "c"] {
        let payments = Resource::new("payments", Merge).column("id", Text).column("note", Text);
        let payments = payments.primary_key(&["id"]).page([row!["P1", note], row!["P2", "b"]]);
        let report = place.load(&payments).await.unwrap();
        assert_eq!(report.resources[0].changes, Changes::default());
        let rows = place.rows("payments", &["id", "note"]).await;
        assert_eq!(rows, [format!("P1|{note}"), "P2|b".to_owned()]);
    }
}
