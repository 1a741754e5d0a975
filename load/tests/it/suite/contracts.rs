//! What is not declared.

use rest_source::{
    Extra,
    plan::{
        Column, Contract,
        DataType::{Bigint, Bool, Date, Json, Text, Timestamp},
        Link,
        WriteDisposition::{Append, Merge, Replace},
    },
};
use rest_source_load::{Destination, OnBadRecord};

use super::Place;
use crate::{
    shown::shown,
    support::{Cell, Resource, Shop, row},
};

/// A resource with one page for each of these JSON objects, none of whose fields is declared but
/// `id`.
fn events(records: &[(&str, &[(&str, &str)])]) -> Resource {
    let events = Resource::new("events", Append).column("id", Text);
    records.iter().fold(events, |events, (id, members)| {
        events.page_with_extra([(row![*id], members.iter().copied().collect::<Extra>())])
    })
}

pub(super) async fn undeclared_fields_become_columns_as_they_show_up<P: Place>() {
    let place = P::new().await;
    let resource = events(&[
        ("E1", &[("kind", r#""a""#), ("none", "null")]),
        ("E2", &[("count", "5"), ("ok", "true")]),
        ("E3", &[("KIND", r#""c""#), ("ratio", "0.25")]),
    ]);
    place.load(&resource).await.unwrap();
    let columns = ["id", "kind", "count", "ok", "ratio"];
    assert_eq!(place.columns("events").await, columns);
    assert_eq!(
        place.rows("events", &columns).await,
        ["E1|a|NULL|NULL|NULL", "E2|NULL|5|1|NULL", "E3|c|NULL|NULL|0.25"]
    );
}

pub(super) async fn values_of_another_type_go_beside<P: Place>() {
    let place = P::new().await;
    let resource = events(&[
        ("E1", &[("x", "1")]),
        ("E2", &[("x", "2.5")]),
        ("E3", &[("x", r#""many""#)]),
        ("E4", &[("x", "3.0")]),
        ("E5", &[("x", r#"{"y": 1}"#)]),
        ("E6", &[("x", "true")]),
        ("E7", &[("x", "[7]")]),
    ]);
    place.load(&resource).await.unwrap();
    let columns = ["id", "x", "x__v_double", "x__v_text", "x__y", "x__v_bool"];
    assert_eq!(
        place.rows("events", &columns).await,
        [
            "E1|1|NULL|NULL|NULL|NULL",
            "E2|NULL|2.5|NULL|NULL|NULL",
            "E3|NULL|NULL|many|NULL|NULL",
            "E4|3|NULL|NULL|NULL|NULL",
            "E5|NULL|NULL|NULL|1|NULL",
            "E6|NULL|NULL|NULL|NULL|1",
            "E7|NULL|NULL|NULL|NULL|NULL",
        ]
    );
    assert_eq!(place.rows("events__x", &["value"]).await, ["7"]);
}

pub(super) async fn a_field_shares_no_column_with_values_of_another<P: Place>() {
    let other = ("E1", &[("amount", "1")][..]);
    let mixed = ("E2", &[("amount", r#""many""#)][..]);
    let own = ("E3", &[("amount__v_text", r#""own""#)][..]);
    let upper = ("E3", &[("AMOUNT__V_TEXT", r#""own""#)][..]);
    let both = ("E3", &[("amount__v_text", r#""own""#), ("amount", "1")][..]);
    let nested = ("E3", &[("amount", r#"{"v_text": "own"}"#)][..]);
    // What each run loads; the last one is refused.
    for runs in [
        vec![vec![other, mixed, own]],
        vec![vec![other, own]],
        vec![vec![other, upper]],
        vec![vec![other, nested]],
        vec![vec![own, other]],
        vec![vec![both]],
        vec![vec![other, mixed], vec![own]],
        vec![vec![own], vec![other]],
    ] {
        let place = P::new().await;
        let (last, earlier) = runs.split_last().unwrap();
        for run in earlier {
            place.load(&events(run)).await.unwrap();
        }
        let error = place.load(&events(last)).await.unwrap_err();
        let text = error.failures()[0].error.to_string().to_ascii_lowercase();
        let expected = "the field `amount__v_text` has the name of the column for values of `amount` \
                        that are text; declare `amount__v_text` in `columns`";
        assert!(text.contains(expected), "{runs:?}: {text}");
    }
    // Beside no `amount` it is a field like any other.
    let place = P::new().await;
    place.load(&events(&[own, own])).await.unwrap();
    assert_eq!(place.rows("events", &["id", "amount__v_text"]).await, ["E3|own", "E3|own"]);
    // Records that have both are set aside.
    let place = P::new().await;
    let pipeline = place.pipeline().on_bad_record(OnBadRecord::Quarantine);
    pipeline.run(&Shop(vec![events(&[other, mixed, own])])).await.unwrap();
    let rows = place.rows("events", &["id", "amount", "amount__v_text"]).await;
    assert_eq!(rows, ["E1|1|NULL", "E2|NULL|many"]);
    assert_eq!(place.rows("events__rejected", &["page", "record"]).await, ["3|1"]);
}

pub(super) async fn a_declared_field_has_its_column_to_itself<P: Place>() {
    let place = P::new().await;
    place.load(&events(&[("E1", &[("amount__v_text", r#""own""#)])])).await.unwrap();
    let declared = |id: &str, amount: &str| {
        let members = [("amount", amount)].into_iter().collect::<Extra>();
        let events = Resource::new("events", Append).column("id", Text);
        events.column("amount__v_text", Text).page_with_extra([(row![id, "own"], members)])
    };
    place.load(&declared("E2", "1")).await.unwrap();
    place.load(&declared("E3", "2.5")).await.unwrap();
    let error = place.load(&declared("E4", r#""many""#)).await.unwrap_err();
    let text = error.failures()[0].error.to_string();
    let expected = "page 1, record 1: `amount` is text, and the column for such values of it, \
                    `amount__v_text`, is that of another field; declare `amount` in `columns`";
    assert!(text.starts_with(expected), "{text}");
    let columns = ["id", "amount", "amount__v_double", "amount__v_text"];
    let rows = place.rows("events", &columns).await;
    assert_eq!(rows, ["E1|NULL|NULL|own", "E2|1|NULL|own", "E3|NULL|2.5|own"]);
}

pub(super) async fn numbers_keep_their_digits<P: Place>() {
    let place = P::new().await;
    let resource = events(&[(
        "E1",
        &[
            ("large", "123456789012345678901234567890"),
            ("exact", "12345678901234567890.12"),
            ("float", "0.1"),
            ("small", "1e-7"),
            ("huge", "1e400"),
            ("max", "9223372036854775807"),
        ],
    )]);
    place.load(&resource).await.unwrap();
    assert_eq!(
        place.rows("events", &["large", "exact", "float", "huge", "max"]).await,
        ["123456789012345678901234567890|12345678901234567890.12|0.1|1e400|9223372036854775807"]
    );
    let small = place.rows("events", &["small"]).await;
    assert_eq!(small[0].parse(), Ok(1e-7));
}

/// Beyond 10,000 digits, as the time for a `wei` grows with their square: with these it would be minutes.
pub(super) async fn numbers_of_a_million_digits_are_text<P: Place>() {
    let place = P::new().await;
    let long = "7".repeat(1_000_000);
    let (negative, fraction) = (format!("-{long}"), format!("0.{long}"));
    let (exponent, both) = (format!("{long}e5"), format!("{long}.{long}E-7"));
    let (most, more) = ("7".repeat(10_000), "7".repeat(10_001));
    let numbers = [&long, &negative, &fraction, &exponent, &both, &most, &more];
    let names = ["long", "negative", "fraction", "exponent", "both", "most", "more"];
    let members: Vec<_> = names.into_iter().zip(numbers.map(String::as_str)).collect();
    let resource = events(&[("E1", &members), ("E2", &[("most", &long)])]);
    place.load(&resource).await.unwrap();
    for (name, number) in names.into_iter().zip(numbers) {
        assert_eq!(place.rows("events", &[name]).await[0], *number, "{name}");
    }
    assert_eq!(place.rows("events", &["id", "most__v_text"]).await[1], format!("E2|{long}"));
}

pub(super) async fn a_key_of_another_type_is_told_so<P: Place>() {
    let mut said = String::new();
    for (value, contract) in [
        (r#""a""#, Contract::Evolve),
        ("2.5", Contract::DiscardValue),
        (r#"{"a": 1}"#, Contract::Evolve),
        ("[1]", Contract::Evolve),
        ("null", Contract::Evolve),
    ] {
        let place = P::new().await;
        let page = |id| [(row![], [("id", id)].into_iter().collect::<Extra>())];
        let mut resource = Resource::new("events", Merge).primary_key(&["id"]);
        resource.plan.schema_contract.data_type = contract;
        let resource = resource.page_with_extra(page("1")).page_with_extra(page(value));
        let error = place.load(&resource).await.unwrap_err();
        let text = error.failures()[0].error.to_string();
        said.extend([&shown(&text), "\n"]);
    }
    P::says("a_key_of_another_type", &said);
}

pub(super) async fn a_frozen_type_is_an_error<P: Place>() {
    let place = P::new().await;
    let mut resource = events(&[("E1", &[("x", "1")]), ("E2", &[("x", r#""a""#)])]);
    resource.plan.schema_contract.data_type = Contract::Freeze;
    let error = place.load(&resource).await.unwrap_err();
    let failure = &error.failures()[0].error;
    assert!(failure.is_record());
    P::says("a_frozen_type", &shown(failure));
    assert_eq!(place.rows("events", &["id"]).await, ["E1"]);
}

pub(super) async fn a_discarded_type_has_no_value<P: Place>() {
    let place = P::new().await;
    let resource = events(&[("E1", &[("x", "1")]), ("E2", &[("x", r#""a""#)])]);
    let mut values = resource.clone();
    values.plan.schema_contract.data_type = Contract::DiscardValue;
    place.load(&values).await.unwrap();
    assert_eq!(place.rows("events", &["id", "x"]).await, ["E1|1", "E2|NULL"]);

    let place = P::new().await;
    let mut rows = resource;
    rows.plan.schema_contract.data_type = Contract::DiscardRow;
    let report = place.load(&rows).await.unwrap();
    assert_eq!(report.rows(), 1);
    assert_eq!(place.rows("events", &["id", "x"]).await, ["E1|1"]);
}

pub(super) async fn frozen_tables_take_no_lists<P: Place>() {
    let with = |contract| {
        let mut resource = events(&[("E1", &[("x", "1")]), ("E2", &[("list", "[1]")])]);
        resource.plan.schema_contract.tables = contract;
        resource
    };
    let place = P::new().await;
    let error = place.load(&with(Contract::Freeze)).await.unwrap_err();
    P::says("frozen_tables", &shown(&error.failures()[0].error));

    let place = P::new().await;
    place.load(&with(Contract::DiscardValue)).await.unwrap();
    assert_eq!(place.rows("events", &["id"]).await, ["E1", "E2"]);
    assert!(place.columns("events__list").await.is_empty());

    let place = P::new().await;
    place.load(&with(Contract::DiscardRow)).await.unwrap();
    assert_eq!(place.rows("events", &["id"]).await, ["E1"]);
}

pub(super) async fn fields_that_would_be_one_column_are_an_error<P: Place>() {
    let mut said = String::new();
    for members in [
        [("a", r#"{"b": 1}"#), ("a__b", "2")],
        [("userId", "1"), ("userid", "2")],
        [("x", "1"), ("ID", r#""E2""#)],
    ] {
        let place = P::new().await;
        let error = place.load(&events(&[("E1", &members)])).await.unwrap_err();
        let text = error.failures()[0].error.to_string();
        said.extend([&shown(&text), "\n"]);
    }
    let place = P::new().await;
    let error = place.load(&events(&[("E1", &[("_row_id", "1")])])).await.unwrap_err();
    P::says("fields_that_would_be_one_column", &(said + &shown(&error)));
    // The same name twice is what JSON parsers make of it: the last one.
    let place = P::new().await;
    place.load(&events(&[("E1", &[("x", "1"), ("x", "2")])])).await.unwrap();
    assert_eq!(place.rows("events", &["x"]).await, ["2"]);
}

pub(super) async fn columns_are_known_to_the_next_run<P: Place>() {
    let place = P::new().await;
    place.load(&events(&[("E1", &[("day", "true"), ("list", "[1]")])])).await.unwrap();
    // A truth is no number, whatever the database stores it as.
    place.load(&events(&[("E2", &[("day", "1"), ("list", "[true]")])])).await.unwrap();
    let rows = place.rows("events", &["id", "day", "day__v_bigint"]).await;
    assert_eq!(rows, ["E1|1|NULL", "E2|NULL|1"]);
    let rows = place.rows("events__list", &["value", "value__v_bool"]).await;
    assert_eq!(rows, ["1|NULL", "NULL|1"]);
}

pub(super) async fn a_column_that_is_declared_later_keeps_its_values<P: Place>() {
    let place = P::new().await;
    place.load(&events(&[("E1", &[("count", "1"), ("note", r#""a""#)])])).await.unwrap();
    let declared = Resource::new("events", Append).column("count", Bigint).column("id", Text);
    place.load(&declared.page([row![2, "E2"]])).await.unwrap();
    let rows = place.rows("events", &["id", "count", "note"]).await;
    assert_eq!(rows, ["E1|1|a", "E2|2|NULL"]);
}

pub(super) async fn a_column_that_is_declared_with_another_type_is_refused<P: Place>() {
    let of = |data_type, timezone| {
        let mut resource =
            Resource::new("events", Append).column("id", Text).column("x", data_type);
        resource.plan.columns.to_mut()[1].timezone = timezone;
        resource
    };
    let mut said = String::new();
    for (before, after) in [
        ((Text, true), (Timestamp, true)),
        ((Timestamp, true), (Text, true)),
        ((Timestamp, true), (Timestamp, false)),
        ((Timestamp, true), (Date, true)),
        ((Bigint, true), (Bool, true)),
        ((Text, true), (Json, true)),
    ] {
        let place = P::new().await;
        place.load(&of(before.0, before.1).page([])).await.unwrap();
        let error = place.load(&of(after.0, after.1).page([])).await.unwrap_err();
        let error = &error.failures()[0].error;
        assert!(error.is_schema(), "{before:?} {after:?}: {error}");
        let text = error.to_string();
        said.extend([&shown(&text), "\n"]);
        place.load(&of(before.0, before.1).page([])).await.unwrap();
    }
    P::says("a_column_of_another_type", &said);
    // Also of a column that has shown up before it was declared.
    let place = P::new().await;
    place.load(&events(&[("E1", &[("x", r#""2024-01-02T03:04:05Z""#)])])).await.unwrap();
    let error = place.load(&of(Timestamp, true).page([])).await.unwrap_err();
    assert!(error.failures()[0].error.is_schema(), "{error}");
}

pub(super) async fn a_column_that_is_declared_no_longer_gets_the_field_all_the_same<P: Place>() {
    let place = P::new().await;
    let declared = Resource::new("events", Append).column("id", Text).column("note", Text);
    place.load(&declared.page([row!["E1", "a"]])).await.unwrap();
    place.load(&events(&[("E2", &[("note", r#""b""#), ("count", "1")])])).await.unwrap();
    let rows = place.rows("events", &["id", "note", "count"]).await;
    assert_eq!(rows, ["E1|a|NULL", "E2|b|1"]);
}

pub(super) async fn a_column_that_is_declared_no_longer_keeps_its_type<P: Place>() {
    let place = P::new().await;
    let declared = Resource::new("events", Append).column("id", Text).column("at", Timestamp);
    place.load(&declared.page([])).await.unwrap();
    let later = events(&[
        ("E1", &[("at", r#""2024-01-02T03:04:05+02:00""#)]),
        ("E2", &[("at", r#""soon""#)]),
        ("E3", &[("at", r#""2024-01-02T03:04:05Z""#)]),
    ]);
    for _ in 0..2 {
        place.load(&later).await.unwrap();
    }
    let mut rows = place.rows("events", &["id", "at", "at__v_text"]).await;
    rows.dedup();
    assert_eq!(
        rows,
        ["E1|2024-01-02T01:04:05+00:00|NULL", "E2|NULL|soon", "E3|2024-01-02T03:04:05+00:00|NULL",]
    );
}

pub(super) async fn a_list_that_is_declared_no_longer_goes_with_its_rows<P: Place>() {
    for disposition in [Replace, Merge] {
        let place = P::new().await;
        let of = || Resource::new("events", disposition).column("id", Text).primary_key(&["id"]);
        let mut declared = of().column("words", Json);
        let items = Link::from(Column::new("", Text));
        declared.plan.columns.to_mut()[1].items = Some(items);
        let words: Cell = Box::new(Some(vec![Some("a".to_owned())]));
        let id: Cell = Box::new(Some("E1".to_owned()));
        place.load(&declared.page([vec![id, words]])).await.unwrap();
        assert_eq!(place.rows("events__words", &["value"]).await, ["a"]);
        place.load(&of().page([row!["E1"]])).await.unwrap();
        assert_eq!(place.rows("events", &["id"]).await, ["E1"]);
        assert!(place.rows("events__words", &["value"]).await.is_empty(), "{disposition:?}");
    }
}

pub(super) async fn lists_that_would_be_one_table_are_an_error<P: Place>() {
    let mut said = String::new();
    for members in [
        [("x", r#"{"y": [1]}"#), ("x__y", "[2]")],
        [("Tags", "[1]"), ("tags", "[2]")],
        [("a", r#"[{"b": [1]}]"#), ("a__b", "[2]")],
    ] {
        let place = P::new().await;
        let error = place.load(&events(&[("E1", &members)])).await.unwrap_err();
        let text = error.failures()[0].error.to_string();
        said.extend([&shown(&text), "\n"]);
    }
    // Nor does a list become the table of another resource.
    let place = P::new().await;
    let other = Resource::new("events__x", Append).column("id", Text).page([row!["O1"]]);
    let shop = Shop(vec![events(&[("E1", &[("x", "[1]")])]), other]);
    let error = place.pipeline().run(&shop).await.unwrap_err();
    P::says("lists_that_would_be_one_table", &(said + &shown(&error)));
    assert_eq!(place.rows("events__x", &["id"]).await, ["O1"]);
}

pub(super) async fn a_record_without_any_value_is_not_lost<P: Place>() {
    let place = P::new().await;
    let empty = || Resource::new("events", Append).page_with_extra([(row![], Extra::default())]);
    let error = place.load(&empty()).await.unwrap_err();
    P::says("a_record_without_any_value", &shown(&error.failures()[0].error));
}

pub(super) async fn a_record_that_is_left_out_leaves_no_columns<P: Place>() {
    let place = P::new().await;
    let mut resource = events(&[
        ("E1", &[("x", "1")]),
        ("E2", &[("new", "1"), ("list", "[1]"), ("x", r#""a""#)]),
        ("E3", &[("other", "1")]),
    ]);
    resource.plan.schema_contract.data_type = Contract::DiscardRow;
    place.load(&resource).await.unwrap();
    assert_eq!(place.columns("events").await, ["id", "x", "other"]);
    assert!(place.columns("events__list").await.is_empty());
}

pub(super) async fn records_that_are_left_out_are_counted<P: Place>() {
    let place = P::new().await;
    let mut resource = events(&[
        ("E1", &[("x", "1")]),
        ("E2", &[("x", r#""a""#)]),
        ("E3", &[("userId", "1"), ("userid", "2")]),
        ("E4", &[("x", "4")]),
    ]);
    resource.plan.schema_contract.data_type = Contract::DiscardRow;
    resource.fail_at(4);
    let pipeline = place.pipeline().on_bad_record(OnBadRecord::Quarantine);
    let shop = Shop(vec![resource.clone()]);
    let error = pipeline.run(&shop).await.unwrap_err();
    let report = &error.report().unwrap().resources[0];
    assert_eq!((report.rows, report.rejected, report.discarded), (1, 1, 1));
    P::says("records_that_are_left_out", &shown(error.report().unwrap()));
    let state = &place.destination().state().await.unwrap()[0];
    assert_eq!((state.rows, state.records), (1, 3));

    resource.fail_at(0);
    pipeline.run(&shop).await.unwrap();
    let state = &place.destination().state().await.unwrap()[0];
    assert_eq!((state.rows, state.records), (2, 4));
    let expected = ["1|events|failed|1|1|1", "2|events|complete|1|0|0"];
    assert_eq!(place.history().await, expected);
    assert_eq!(place.rows("events__rejected", &["run", "page", "record"]).await, ["1|3|1"]);
}
