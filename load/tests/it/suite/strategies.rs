//! What loading does to the rows that are there.

use rest_source::{
    Decimal, Extra, Wei,
    plan::{
        DataType::{self, Bigint, Bool, Text},
        DedupSort, MergeStrategy, Scd2,
        WriteDisposition::{self, Append, Merge, Replace},
    },
};

use rest_source_load::{Changes, RunReport};

use super::Place;
use crate::{
    shown::shown,
    support::{Cell, Resource, row},
};

fn payments(disposition: WriteDisposition) -> Resource {
    Resource::new("payments", disposition).column("id", Text).column("amount", Bigint)
}

fn merged(strategy: MergeStrategy) -> Resource {
    let mut payments = payments(Merge).primary_key(&["id"]);
    payments.plan.merge_strategy = strategy;
    payments
}

/// With lists, which are not declared.
fn with_items(resource: Resource, rows: &[(&str, i64, &str)]) -> Resource {
    resource.page_with_extra(rows.iter().map(|(id, amount, items)| {
        let extra = if items.is_empty() {
            Extra::default()
        } else {
            [("items", *items)].into_iter().collect()
        };
        (row![*id, *amount], extra)
    }))
}

const COLUMNS: [&str; 2] = ["id", "amount"];

pub(super) async fn append_adds_and_a_second_run_adds_again<P: Place>() {
    let place = P::new().await;
    let resource = payments(Append).page([row!["P1", 1]]).page([row!["P2", 2]]);
    let report = place.load(&resource).await.unwrap();
    assert_eq!((report.rows(), report.resources[0].pages), (2, 2));
    assert_eq!(place.rows("payments", &COLUMNS).await, ["P1|1", "P2|2"]);
    place.load(&resource).await.unwrap();
    assert_eq!(place.rows("payments", &COLUMNS).await, ["P1|1", "P1|1", "P2|2", "P2|2"]);
}

pub(super) async fn replace_puts_the_new_rows_in_the_place_of_the_old<P: Place>() {
    let place = P::new().await;
    place
        .load(&with_items(payments(Replace), &[("P1", 1, "[1,2]"), ("P2", 2, "[3]")]))
        .await
        .unwrap();
    place.load(&with_items(payments(Replace), &[("P3", 3, "[4]")])).await.unwrap();
    assert_eq!(place.rows("payments", &COLUMNS).await, ["P3|3"]);
    assert_eq!(place.rows("payments__items", &["value"]).await, ["4"]);
}

pub(super) async fn a_replace_without_records_empties_the_tables<P: Place>() {
    let place = P::new().await;
    place.load(&with_items(payments(Replace), &[("P1", 1, "[1,2]")])).await.unwrap();
    place.load(&payments(Replace).page([])).await.unwrap();
    assert!(place.rows("payments", &COLUMNS).await.is_empty());
    assert!(place.rows("payments__items", &["value"]).await.is_empty());
}

pub(super) async fn merge_updates_by_its_key_and_the_last_record_counts<P: Place>() {
    let place = P::new().await;
    let resource = |rows: [Vec<Cell>; 3]| {
        let [first, second, third] = rows;
        payments(Merge).primary_key(&["id"]).page([first, second]).page([third])
    };
    place.load(&resource([row!["P1", 1], row!["P2", 2], row!["P1", 3]])).await.unwrap();
    assert_eq!(place.rows("payments", &COLUMNS).await, ["P1|3", "P2|2"]);
    place.load(&resource([row!["P2", 4], row!["P2", 5], row!["P3", 6]])).await.unwrap();
    assert_eq!(place.rows("payments", &COLUMNS).await, ["P1|3", "P2|5", "P3|6"]);
}

pub(super) async fn merge_by_a_key_that_is_not_declared<P: Place>() {
    let place = P::new().await;
    let of = |amounts: [&'static str; 2]| {
        let resource = Resource::new("payments", Merge).primary_key(&["id"]);
        let record = |id, amount| (row![], [("id", id), ("amount", amount)].into_iter().collect());
        resource.page_with_extra([record("1", amounts[0]), record("2", amounts[1])])
    };
    place.load(&of(["10", "20"])).await.unwrap();
    place.load(&of(["11", "20"])).await.unwrap();
    assert_eq!(place.rows("payments", &COLUMNS).await, ["1|11", "2|20"]);

    let without = Resource::new("payments", Merge).primary_key(&["id"]);
    let without = without.page_with_extra([(row![], [("amount", "1")].into_iter().collect())]);
    let error = place.load(&without).await.unwrap_err();
    P::says("a_merge_without_its_key", &shown(&error.failures()[0].error));
}

pub(super) async fn merge_by_several_columns<P: Place>() {
    let place = P::new().await;
    let of = |rows: Vec<Vec<Cell>>| {
        let days = Resource::new("days", Merge).column("day", Text).column("hour", Bigint);
        days.column("sum", Bigint).primary_key(&["day", "hour"]).page(rows)
    };
    place.load(&of(vec![row!["mon", 1, 10], row!["mon", 2, 20]])).await.unwrap();
    place.load(&of(vec![row!["mon", 2, 25], row!["tue", 2, 30]])).await.unwrap();
    let rows = place.rows("days", &["day", "hour", "sum"]).await;
    assert_eq!(rows, ["mon|1|10", "mon|2|25", "tue|2|30"]);
}

pub(super) async fn a_merge_key_removes_what_is_not_there_any_more<P: Place>() {
    let place = P::new().await;
    let of = |rows: &[(&str, i64, &str)]| {
        let resource = payments(Merge).primary_key(&["id"]).merge_key(&["amount"]);
        with_items(resource, rows)
    };
    place.load(&of(&[("P1", 1, "[1]"), ("P2", 1, "[2]"), ("P3", 2, "[3]")])).await.unwrap();
    // P1 and P2 share the merge key of P4; P3 has its own.
    place.load(&of(&[("P4", 1, "[4]"), ("P5", 3, "[5]"), ("P5", 4, "[6]")])).await.unwrap();
    assert_eq!(place.rows("payments", &COLUMNS).await, ["P3|2", "P4|1", "P5|4"]);
    assert_eq!(place.rows("payments__items", &["value"]).await, ["3", "4", "6"]);
}

pub(super) async fn insert_only_keeps_the_rows_that_are_there<P: Place>() {
    let place = P::new().await;
    let of = |rows: &[(&str, i64, &str)]| with_items(merged(MergeStrategy::InsertOnly), rows);
    place.load(&of(&[("P1", 1, "[1]"), ("P1", 2, "[2]")])).await.unwrap();
    assert_eq!(place.rows("payments", &COLUMNS).await, ["P1|1"]);
    place.load(&of(&[("P1", 3, "[3]"), ("P2", 4, "[4]")])).await.unwrap();
    assert_eq!(place.rows("payments", &COLUMNS).await, ["P1|1", "P2|4"]);
    assert_eq!(place.rows("payments__items", &["value"]).await, ["1", "4"]);
}

fn scd2(at: &str) -> Scd2 {
    Scd2 {
        validity_columns: None,
        active_record_timestamp: None,
        boundary_timestamp: Some(format!("\"{at}\"").into()),
        row_version_column: None,
        ..Scd2::DEFAULT
    }
}

const VERSIONS: [&str; 4] = ["id", "amount", "_valid_from", "_valid_to"];

pub(super) async fn scd2_keeps_the_versions_of_rows<P: Place>() {
    let place = P::new().await;
    let of = |day: &str, rows: &[(&str, i64, &str)]| {
        with_items(merged(MergeStrategy::Scd2(scd2(&format!("{day}T00:00:00+00:00")))), rows)
    };
    place.load(&of("2024-01-01", &[("P1", 1, "[1]"), ("P2", 2, ""), ("P3", 3, "")])).await.unwrap();
    // P1 stays, P2 changes, P3 goes; P1's list of the second day is another one on the third.
    place.load(&of("2024-01-02", &[("P1", 1, "[1]"), ("P2", 5, "")])).await.unwrap();
    place.load(&of("2024-01-03", &[("P1", 1, "[2]"), ("P2", 5, ""), ("P3", 3, "")])).await.unwrap();
    assert_eq!(
        place.rows("payments", &VERSIONS).await,
        [
            "P1|1|2024-01-01T00:00:00+00:00|2024-01-03T00:00:00+00:00",
            "P1|1|2024-01-03T00:00:00+00:00|NULL",
            "P2|2|2024-01-01T00:00:00+00:00|2024-01-02T00:00:00+00:00",
            "P2|5|2024-01-02T00:00:00+00:00|NULL",
            "P3|3|2024-01-01T00:00:00+00:00|2024-01-02T00:00:00+00:00",
            "P3|3|2024-01-03T00:00:00+00:00|NULL",
        ]
    );
    assert_eq!(place.rows("payments__items", &["value"]).await, ["1", "2"]);
}

pub(super) async fn scd2_with_a_merge_key_ends_only_what_shares_it<P: Place>() {
    let place = P::new().await;
    let of = |day: &str, rows: Vec<Vec<Cell>>| {
        let strategy = MergeStrategy::Scd2(scd2(&format!("{day}T00:00:00+00:00")));
        merged(strategy).merge_key(&["id"]).page(rows)
    };
    place.load(&of("2024-01-01", vec![row!["P1", 1], row!["P2", 2]])).await.unwrap();
    place.load(&of("2024-01-02", vec![row!["P2", 3]])).await.unwrap();
    assert_eq!(
        place.rows("payments", &VERSIONS).await,
        [
            "P1|1|2024-01-01T00:00:00+00:00|NULL",
            "P2|2|2024-01-01T00:00:00+00:00|2024-01-02T00:00:00+00:00",
            "P2|3|2024-01-02T00:00:00+00:00|NULL",
        ]
    );
}

pub(super) async fn scd2_by_a_column_and_names_of_ones_own<P: Place>() {
    let place = P::new().await;
    let of = |day: &str, rows: Vec<Vec<Cell>>| {
        let mut resource = merged(MergeStrategy::Scd2(Scd2 {
            validity_columns: Some(("since".into(), "until".into())),
            active_record_timestamp: Some("\"9999-12-31T00:00:00+00:00\"".into()),
            row_version_column: Some("version".into()),
            ..scd2(&format!("{day}T00:00:00+00:00"))
        }));
        resource = resource.column("version", Text);
        resource.page(rows)
    };
    place.load(&of("2024-01-01", vec![row!["P1", 1, "a"], row!["P2", 2, "b"]])).await.unwrap();
    // The amount of P1 changes without its version.
    place.load(&of("2024-01-02", vec![row!["P1", 9, "a"], row!["P2", 2, "c"]])).await.unwrap();
    assert_eq!(
        place.rows("payments", &["id", "amount", "since", "until"]).await,
        [
            "P1|1|2024-01-01T00:00:00+00:00|9999-12-31T00:00:00+00:00",
            "P2|2|2024-01-01T00:00:00+00:00|2024-01-02T00:00:00+00:00",
            "P2|2|2024-01-02T00:00:00+00:00|9999-12-31T00:00:00+00:00",
        ]
    );
}

pub(super) async fn scd2_by_a_column_keeps_records_that_share_its_value<P: Place>() {
    let place = P::new().await;
    let strategy = MergeStrategy::Scd2(Scd2 {
        row_version_column: Some("amount".into()),
        ..scd2("2024-01-01T00:00:00+00:00")
    });
    place.load(&merged(strategy).page([row!["P1", 1], row!["P2", 1]])).await.unwrap();
    assert_eq!(place.rows("payments", &COLUMNS).await, ["P1|1", "P2|1"]);
}

pub(super) async fn hard_delete_removes_rows_and_those_of_their_lists<P: Place>() {
    for strategy in [MergeStrategy::Upsert, MergeStrategy::DeleteInsert] {
        let place = P::new().await;
        let of = |rows: &[(&str, i64, Option<bool>)]| {
            let mut resource = merged(strategy.clone()).column("deleted", Bool);
            resource.plan.columns.to_mut()[2].hard_delete = true;
            resource.page_with_extra(rows.iter().map(|(id, amount, deleted)| {
                (row![*id, *amount, *deleted], [("items", "[1,2]")].into_iter().collect())
            }))
        };
        let rows = [("P1", 1, None), ("P2", 2, Some(false)), ("P3", 3, Some(true))];
        place.load(&of(&rows)).await.unwrap();
        assert_eq!(place.rows("payments", &COLUMNS).await, ["P1|1", "P2|2"], "{strategy:?}");
        // What is deleted and comes again is there again.
        let rows = [("P1", 1, Some(true)), ("P2", 2, Some(true)), ("P2", 5, None)];
        place.load(&of(&rows)).await.unwrap();
        assert_eq!(place.rows("payments", &COLUMNS).await, ["P2|5"], "{strategy:?}");
        assert_eq!(place.rows("payments__items", &["value"]).await, ["1", "2"], "{strategy:?}");
    }
}

pub(super) async fn dedup_sort_says_which_record_counts<P: Place>() {
    for (order, expected) in
        [(DedupSort::Descending, ["P1|9", "P2|4"]), (DedupSort::Ascending, ["P1|1", "P2|3"])]
    {
        let place = P::new().await;
        let mut resource = merged(MergeStrategy::Default);
        resource.plan.columns.to_mut()[1].dedup_sort = Some(order);
        let resource = resource
            .page([row!["P1", 9], row!["P2", 3]])
            .page([row!["P1", 1], row!["P1", 5], row!["P2", 4]])
            .page([row!["P1", None::<i64>]]);
        for _ in 0..2 {
            place.load(&resource).await.unwrap();
            assert_eq!(place.rows("payments", &COLUMNS).await, expected, "{order:?}");
        }
    }
}

pub(super) async fn dedup_sort_compares_numbers_by_size<P: Place>() {
    // The smallest and the largest of each are others as text.
    let decimals = ["9", "-10.5", "-2", "123456789012345.000000001", "9.50", "0.05", "99999"];
    let whole = ["9", "-10", "-2", "123456789012345678901234567890", "99999", "10"];
    for (order, decimal, wei) in [
        (DedupSort::Descending, decimals[3], whole[3]),
        (DedupSort::Ascending, decimals[1], whole[1]),
    ] {
        let place = P::new().await;
        let of = |data_type| {
            let resource = Resource::new("payments", Merge).column("id", Text);
            let mut resource = resource.column("amount", data_type).primary_key(&["id"]);
            resource.plan.columns.to_mut()[1].dedup_sort = Some(order);
            resource
        };
        let rows = decimals.map(|number| row!["P1", number.parse::<Decimal>().ok()]);
        place.load(&of(DataType::Decimal).page(rows)).await.unwrap();
        assert_eq!(place.rows("payments", &COLUMNS).await, [format!("P1|{decimal}")]);

        let place = P::new().await;
        let rows = whole.map(|number| row!["P1", number.parse::<Wei>().ok()]);
        place.load(&of(DataType::Wei).page(rows)).await.unwrap();
        assert_eq!(place.rows("payments", &COLUMNS).await, [format!("P1|{wei}")]);
    }
}

pub(super) async fn an_upsert_removes_elements_that_are_gone<P: Place>() {
    let place = P::new().await;
    let of = |rows: &[(&str, i64, &str)]| with_items(merged(MergeStrategy::Default), rows);
    place.load(&of(&[("P1", 1, "[1,2,3]"), ("P2", 2, "[4]")])).await.unwrap();
    place.load(&of(&[("P1", 1, "[1,9]"), ("P1", 7, "[1]")])).await.unwrap();
    assert_eq!(place.rows("payments", &COLUMNS).await, ["P1|7", "P2|2"]);
    assert_eq!(place.rows("payments__items", &["value", "_list_index"]).await, ["1|0", "4|0"]);
    place.load(&of(&[("P1", 8, "")])).await.unwrap();
    assert_eq!(place.rows("payments__items", &["value"]).await, ["4"]);
    // The rows of a list say which row they belong to.
    let owners = place.rows("payments__items", &["_parent_id", "_root_id"]).await;
    let rows = place.rows("payments", &["id", "_row_id"]).await;
    let owner = owners[0].split('|').next().unwrap();
    assert!(rows.contains(&format!("P2|{owner}")), "{owners:?} {rows:?}");
}

pub(super) async fn records_that_share_a_key_are_told<P: Place>() {
    let mut said = String::new();
    for (strategy, sorted, repeated) in [
        (MergeStrategy::Upsert, false, 2),
        (MergeStrategy::DeleteInsert, false, 2),
        (MergeStrategy::InsertOnly, false, 2),
        (MergeStrategy::Upsert, true, 0),
    ] {
        let place = P::new().await;
        let mut visits = Resource::new("visits", Merge).column("user", Text).primary_key(&["user"]);
        visits.plan.merge_strategy = strategy.clone();
        visits.plan.columns.to_mut()[0].dedup_sort = sorted.then_some(DedupSort::Ascending);
        let visits = visits.page([row!["a"], row!["b"], row!["a"]]).page([row!["b"]]);
        let report = place.load(&visits).await.unwrap();
        assert_eq!(report.resources[0].repeated, repeated, "{strategy:?}");
        said.extend([&shown(&report), "\n"]);
        assert_eq!(place.rows("visits", &["user"]).await, ["a", "b"]);
    }
    P::says("records_that_share_a_key", &said);
}

const COUNTS: [&str; 5] = ["run", "records", "new", "updated", "unchanged"];

fn counts(report: &RunReport) -> [Option<u64>; 3] {
    let Changes { new, updated, unchanged, .. } = report.resources[0].changes;
    [new, updated, unchanged]
}

/// What a destination can tell of an upsert: Parquet files do not say which rows differ.
fn of_upsert<P: Place>(new: u64, updated: u64, unchanged: u64) -> [Option<u64>; 3] {
    match P::CALLED {
        "Parquet" | "Delta" => [Some(new), Some(updated + unchanged), None],
        _ => [new, updated, unchanged].map(Some),
    }
}

#[expect(clippy::large_stack_arrays, reason = "the plans of a few resources")]
pub(super) async fn rows_are_counted_by_what_becomes_of_them<P: Place>() {
    let sorted = || {
        let mut sorted = merged(MergeStrategy::Upsert);
        sorted.plan.columns.to_mut()[1].dedup_sort = Some(DedupSort::Descending);
        sorted
    };
    let first = |of: [Option<u64>; 3]| [Some(2), of[1].map(|_| 0), of[2].map(|_| 0)];
    let [all, each, none] = [[3, 0, 0].map(Some), of_upsert::<P>(1, 1, 1), [None; 3]];
    for (what, resource, expected) in [
        ("append", payments(Append), all),
        ("replace", payments(Replace), all),
        ("upsert", merged(MergeStrategy::Upsert), each),
        ("upsert by order", sorted(), each),
        ("insert-only", merged(MergeStrategy::InsertOnly), [1, 0, 2].map(Some)),
        ("delete-insert", merged(MergeStrategy::DeleteInsert), none),
        (
            "scd2",
            merged(MergeStrategy::Scd2(scd2("2024-01-01T00:00:00+00:00"))),
            [2, 1, 1].map(Some),
        ),
    ] {
        let place = P::new().await;
        let resource = || resource.clone();
        let report = place.load(&resource().page([row!["P1", 1]]).page([row!["P2", 2]])).await;
        let expected_first = if expected == none { none } else { first(expected) };
        assert_eq!(counts(&report.unwrap()), expected_first, "{what}");
        let again = resource().page([row!["P1", 1], row!["P2", 3]]).page([row!["P3", 4]]);
        let report = place.load(&again).await.unwrap();
        assert_eq!(counts(&report), expected, "{what}");
        assert_eq!((report.resources[0].records, report.rows()), (3, 3), "{what}");
        let cell = |count: Option<u64>| count.map_or("NULL".to_owned(), |count| count.to_string());
        let cells = |counts: [Option<u64>; 3]| counts.map(cell).join("|");
        let history =
            [format!("1|2|{}", cells(expected_first)), format!("2|3|{}", cells(expected))];
        assert_eq!(place.runs(&COUNTS).await, history, "{what}");
    }
}

pub(super) async fn a_load_that_is_resumed_counts_what_it_changes<P: Place>() {
    for (resource, expected) in [
        (payments(Append), [[1, 0, 0], [1, 0, 0]]),
        // Its rows are in the table when it is complete.
        (payments(Replace), [[0, 0, 0], [2, 0, 0]]),
        (merged(MergeStrategy::Scd2(scd2("2024-01-01T00:00:00+00:00"))), [[0, 0, 0], [2, 0, 0]]),
    ] {
        let place = P::new().await;
        let resource = resource.page([row!["P1", 1]]).page([row!["P2", 2]]);
        resource.fail_at(2);
        let error = place.load(&resource).await.unwrap_err();
        assert_eq!(counts(error.report().unwrap()), expected[0].map(Some));
        resource.fail_at(0);
        assert_eq!(counts(&place.load(&resource).await.unwrap()), expected[1].map(Some));
    }
}

pub(super) async fn rows_with_nothing_but_a_key_are_counted<P: Place>() {
    for sorted in [None, Some(DedupSort::Ascending)] {
        let place = P::new().await;
        let mut users = Resource::new("users", Merge).column("user", Text).primary_key(&["user"]);
        users.plan.columns.to_mut()[0].dedup_sort = sorted;
        place.load(&users.clone().page([row!["a"], row!["b"]])).await.unwrap();
        let report = place.load(&users.page([row!["a"], row!["c"]])).await.unwrap();
        assert_eq!(counts(&report), of_upsert::<P>(1, 0, 1), "{sorted:?}");
    }
}

pub(super) async fn rows_of_lists_and_deletions_are_not_counted<P: Place>() {
    let place = P::new().await;
    let of = |rows: &[(&str, i64, &str)]| with_items(merged(MergeStrategy::Upsert), rows);
    let first = of(&[("P1", 1, "[1,2]"), ("P2", 2, "[3]")]);
    assert_eq!(counts(&place.load(&first).await.unwrap()), of_upsert::<P>(2, 0, 0));
    // Its list alone is another one.
    let report = place.load(&of(&[("P1", 1, "[9]"), ("P3", 2, "[3,4]")])).await.unwrap();
    assert_eq!(counts(&report), of_upsert::<P>(1, 0, 1));
    assert_eq!(place.rows("payments__items", &["value"]).await, ["3", "3", "4", "9"]);

    let place = P::new().await;
    let of = |deleted: bool| {
        let mut resource = merged(MergeStrategy::Upsert).column("gone", Bool);
        resource.plan.columns.to_mut()[2].hard_delete = true;
        resource.page([row!["P1", 1, Some(false)], row!["P2", 2, Some(deleted)]])
    };
    assert_eq!(counts(&place.load(&of(false)).await.unwrap()), of_upsert::<P>(2, 0, 0));
    assert_eq!(counts(&place.load(&of(true)).await.unwrap()), of_upsert::<P>(0, 0, 1));
    assert_eq!(place.rows("payments", &COLUMNS).await, ["P1|1"]);
}

pub(super) async fn every_strategy_again_changes_nothing<P: Place>() {
    let at = "2024-01-01T00:00:00+00:00";
    for strategy in [
        MergeStrategy::Default,
        MergeStrategy::Upsert,
        MergeStrategy::DeleteInsert,
        MergeStrategy::InsertOnly,
        MergeStrategy::Scd2(scd2(at)),
    ] {
        let place = P::new().await;
        let resource = with_items(merged(strategy.clone()), &[("P1", 1, "[1,2]"), ("P2", 2, "")]);
        for _ in 0..3 {
            place.load(&resource).await.unwrap();
            assert_eq!(place.rows("payments", &COLUMNS).await, ["P1|1", "P2|2"], "{strategy:?}");
            let items = place.rows("payments__items", &["value"]).await;
            assert_eq!(items, ["1", "2"], "{strategy:?}");
        }
    }
}

pub(super) async fn what_needs_everything_does_not_begin_behind_the_last_run<P: Place>() {
    let scd2 = merged(MergeStrategy::Scd2(scd2("2024-01-01T00:00:00+00:00")));
    for resource in [payments(Replace), scd2] {
        let place = P::new().await;
        let resource = resource.page([row!["P1", 1]]).page([row!["P2", 2]]).incremental();
        for _ in 0..2 {
            let report = place.load(&resource).await.unwrap();
            assert_eq!(report.rows(), 2);
            assert_eq!(place.rows("payments", &COLUMNS).await, ["P1|1", "P2|2"]);
        }
    }
    // An append does.
    let place = P::new().await;
    let resource = payments(Append).page([row!["P1", 1]]).incremental();
    place.load(&resource).await.unwrap();
    assert_eq!(place.load(&resource).await.unwrap().rows(), 0);
}
