//! What a run leaves for the next one to begin with.

use rest_source::plan::{
    DataType::Text,
    Template,
    WriteDisposition::{Append, Merge},
};

use crate::support::{Database, Resource, row};

fn payments() -> Resource {
    Resource::new("payments", Append).column("id", Text).incremental().page([row!["P1"]])
}

#[tokio::test]
async fn a_run_begins_behind_what_the_last_one_has_loaded() {
    let database = Database::new();
    let payments = payments();
    database.load(&payments).await.unwrap();
    let payments = payments.page([row!["P2"]]);
    let report = database.load(&payments).await.unwrap();
    assert!(!report.resources[0].resumed, "it is a run of its own");
    // Also when a run finds nothing new.
    database.load(&payments).await.unwrap();
    database.load(&payments.page([row!["P3"]])).await.unwrap();
    assert_eq!(database.query("SELECT id FROM payments"), ["P1", "P2", "P3"]);
}

#[tokio::test]
async fn a_run_that_stops_half_way_leaves_where_runs_begin_as_it_was() {
    let database = Database::new();
    let payments = payments();
    database.load(&payments).await.unwrap();
    let payments = payments.page([row!["P2"]]).page([row!["P3"]]);
    payments.fail_at(3);
    database.load(&payments).await.unwrap_err();
    let state = "SELECT json_extract(next_run, '$.range.start') FROM _rest_source_state";
    assert_eq!(database.query(state), ["1"]);
    payments.fail_at(0);
    assert!(database.load(&payments).await.unwrap().resources[0].resumed);
    assert_eq!(database.query(state), ["3"]);
    assert_eq!(database.query("SELECT id FROM payments"), ["P1", "P2", "P3"]);
}

#[tokio::test]
async fn a_run_begins_at_the_beginning_for_another_server_or_table_or_by_full_refresh() {
    let merged = |address| {
        let mut payments = Resource::new("payments", Merge).column("id", Text).incremental();
        payments.address = Some(address);
        payments.primary_key(&["id"]).page([row!["P1"]])
    };
    let database = Database::new();
    database.load(&merged("https://one.example.com")).await.unwrap();
    assert_eq!(database.load(&merged("https://one.example.com")).await.unwrap().rows(), 0);
    // That a column is declared changes nothing.
    let mut declared = merged("https://one.example.com");
    declared.plan.columns.to_mut()[0].description = Some("new".into());
    assert_eq!(database.load(&declared).await.unwrap().rows(), 0);

    assert_eq!(database.load(&merged("https://two.example.com")).await.unwrap().rows(), 1);
    let mut elsewhere = merged("https://two.example.com");
    elsewhere.plan.endpoint.path = Template::text("/v2/payments");
    assert_eq!(database.load(&elsewhere).await.unwrap().rows(), 1);
    database.execute("DROP TABLE payments");
    assert_eq!(database.load(&elsewhere).await.unwrap().rows(), 1);
    let shop = crate::support::Shop(vec![elsewhere.clone()]);
    let report = database.pipeline().full_refresh().run(&shop).await.unwrap();
    assert_eq!(report.rows(), 1);
    assert_eq!(database.load(&elsewhere).await.unwrap().rows(), 0);
}

#[tokio::test]
async fn a_deleted_table_is_loaded_from_the_beginning_also_after_a_run_that_loaded_nothing() {
    let database = Database::new();
    let payments = payments();
    database.load(&payments).await.unwrap();
    database.execute("DROP TABLE payments");
    payments.fail_at(1);
    database.load(&payments).await.unwrap_err();
    payments.fail_at(0);
    assert_eq!(database.load(&payments).await.unwrap().rows(), 1);
    assert_eq!(database.query("SELECT id FROM payments"), ["P1"]);
}
