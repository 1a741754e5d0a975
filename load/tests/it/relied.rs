//! Rows without their state, and a state without its rows.

use expect_test::expect;
use rest_source::plan::{
    DataType::Text,
    WriteDisposition::{self, Append, Merge, Replace},
};
use rusqlite::Connection;

use crate::{
    shown::shown,
    suite::{Place, SqlitePlace, restored},
    support::{Database, Resource, Shop, row},
};

fn payments(disposition: WriteDisposition) -> Resource {
    let payments = Resource::new("payments", disposition).column("id", Text).primary_key(&["id"]);
    payments.page([row!["P1"]]).page([row!["P2"]])
}

const COUNT: &str = "SELECT count(*) FROM payments";

#[tokio::test]
async fn rows_whose_state_is_gone_are_not_appended_again() {
    let mut said = String::new();
    for gone in ["DROP TABLE _rest_source_state", "DELETE FROM _rest_source_state"] {
        let database = Database::new();
        database.load(&payments(Append)).await.unwrap();
        database.execute(gone);
        for _ in 0..2 {
            let error = database.load(&payments(Append)).await.unwrap_err();
            assert!(error.failures()[0].error.would_double(), "{error}");
            said.extend([&shown(&error), "\n"]);
            assert_eq!(database.query(COUNT), ["2"]);
        }
        // As the error says.
        database.execute("DELETE FROM _rest_source_columns WHERE table_name = 'payments'");
        database.load(&payments(Append)).await.unwrap();
        assert_eq!(database.query(COUNT), ["4"]);
    }
    expect![[r#"
        1 of 1 resource failed before this run committed anything of it
          payments: the table `payments` has rows that earlier runs have appended, but the state of those runs is gone, so that the same records may be added a second time; put the state back, delete the rows to load everything, or `DELETE FROM _rest_source_columns WHERE table_name = 'payments'` to add to them all the same
        1 of 1 resource failed before this run committed anything of it
          payments: the table `payments` has rows that earlier runs have appended, but the state of those runs is gone, so that the same records may be added a second time; put the state back, delete the rows to load everything, or `DELETE FROM _rest_source_columns WHERE table_name = 'payments'` to add to them all the same
        1 of 1 resource failed before this run committed anything of it
          payments: the table `payments` has rows that earlier runs have appended, but the state of those runs is gone, so that the same records may be added a second time; put the state back, delete the rows to load everything, or `DELETE FROM _rest_source_columns WHERE table_name = 'payments'` to add to them all the same
        1 of 1 resource failed before this run committed anything of it
          payments: the table `payments` has rows that earlier runs have appended, but the state of those runs is gone, so that the same records may be added a second time; put the state back, delete the rows to load everything, or `DELETE FROM _rest_source_columns WHERE table_name = 'payments'` to add to them all the same
    "#]].assert_eq(&said);
}

#[tokio::test]
async fn rows_whose_state_is_gone_are_merged_and_replaced_all_the_same() {
    for disposition in [Merge, Replace] {
        let database = Database::new();
        database.load(&payments(disposition)).await.unwrap();
        database.execute("DROP TABLE _rest_source_state");
        database.load(&payments(disposition)).await.unwrap();
        assert_eq!(database.query(COUNT), ["2"]);
    }
}

#[tokio::test]
async fn a_table_of_somebody_else_is_appended_to() {
    let database = Database::new();
    database.execute("CREATE TABLE payments (id TEXT) STRICT; INSERT INTO payments VALUES ('P0')");
    database.load(&payments(Append)).await.unwrap();
    assert_eq!(database.query(COUNT), ["3"]);
}

#[tokio::test]
async fn what_was_reset_is_appended_again() {
    let database = Database::new();
    database.load(&payments(Append)).await.unwrap();
    database.execute("UPDATE _rest_source_state SET checkpoint = NULL, next_run = NULL");
    database.load(&payments(Append)).await.unwrap();
    assert_eq!(database.query(COUNT), ["4"]);
}

#[tokio::test]
async fn a_merge_loads_an_emptied_table_from_the_beginning() {
    let database = Database::new();
    let payments = payments(Merge).incremental();
    database.load(&payments).await.unwrap();
    database.execute("DELETE FROM payments");
    database.load(&payments).await.unwrap();
    assert_eq!(database.query(COUNT), ["2"]);
    // Half-way too.
    let database = Database::new();
    payments.fail_at(2);
    database.load(&payments).await.unwrap_err();
    database.execute("DELETE FROM payments");
    payments.fail_at(0);
    database.load(&payments).await.unwrap();
    assert_eq!(database.query("SELECT id FROM payments ORDER BY id"), ["P1", "P2"]);
}

#[tokio::test]
async fn an_emptied_table_of_a_run_that_is_resumed_is_loaded_again() {
    for disposition in [Append, Merge, Replace] {
        let database = Database::new();
        let refunds = Resource::new("refunds", disposition).column("id", Text);
        let refunds = refunds.primary_key(&["id"]).page([row!["R1"]]);
        refunds.fail_at(1);
        let shop = Shop(vec![payments(disposition), refunds.clone()]);
        for _ in 0..2 {
            database.pipeline().run(&shop).await.unwrap_err();
            assert_eq!(database.query(COUNT), ["2"], "{disposition:?}");
            database.execute("DELETE FROM payments");
        }
        refunds.fail_at(0);
        database.pipeline().run(&shop).await.unwrap();
        assert_eq!(database.query(COUNT), ["2"], "{disposition:?}");
    }
}

#[tokio::test]
async fn an_append_goes_on_in_an_emptied_table() {
    let database = Database::new();
    let payments = payments(Append);
    payments.fail_at(2);
    database.load(&payments).await.unwrap_err();
    database.execute("DELETE FROM payments");
    payments.fail_at(0);
    database.load(&payments).await.unwrap();
    assert_eq!(database.query("SELECT id FROM payments"), ["P2"]);
}

#[tokio::test]
async fn a_state_of_another_moment_than_its_rows_is_told() {
    let execute = async |place: &SqlitePlace, sql: String| {
        Connection::open(place.name()).unwrap().execute_batch(&sql).unwrap();
    };
    restored::an_append_is_refused_behind_an_older_state(execute).await;
    restored::an_older_state_with_its_rows_is_gone_on_with(execute).await;
    restored::other_states_are_no_reason_to_stop(execute).await;
}
