//! Values of incremental cursors, bounds and windows: compared as what they are, and sent as they are
//! written.

use std::time::Instant;

use expect_test::expect;
use futures_util::TryStreamExt as _;
use rest_source::{
    Checkpoint, Fetch, Page,
    plan::{
        Configurable, DataType, Distance, Edge, Incremental, LastValue, OnMissing, Unit, Window,
    },
};
use serde_json::{Value, json};

use crate::{
    incremental::{Events, incremental, plan},
    pagination::{client_with, setting},
    shown::shown,
    support::{Log, SOURCE, Server, builder},
};

fn from(initial: &Value) -> Incremental {
    Incremental { initial_value: Some(initial.to_string().into()), ..incremental() }
}

#[tokio::test]
async fn times_compare_as_times_whatever_their_forms() {
    let later = [
        "2024-01-02T08:00:00Z",
        "2024-01-02T10:00:00.000+0200",
        "2024-01-02 08:00:00 UTC",
        "2024-01-02 08:00:00",
        "2024/01/03",
        "20240103",
        "20240102T080000Z",
        "Tue, 2 Jan 2024 08:00:00 GMT",
        "/Date(1704182400000)/",
    ];
    let bounds = ["2024-01-02T00:00:00Z", "2024-01-02", "2024/01/02", "20240102T000000Z"];
    for bound in bounds {
        for value in later {
            let events = Events::at([json!("2024-01-01T23:00:00Z"), json!(value)]).await;
            let (ids, next) = events.run(&plan(from(&json!(bound))), None).await.unwrap();
            assert_eq!(ids, [2], "{value} is behind {bound}");
            let (ids, _) = events.run(&plan(from(&json!(bound))), next).await.unwrap();
            assert!(ids.is_empty(), "{value} is known");
            assert_eq!(events.since(), [Some(bound.to_owned()), Some(value.to_owned())]);
        }
    }
}

#[tokio::test]
async fn values_of_different_kinds_are_an_error_that_shows_both() {
    let cases = [
        (json!("2024-01-01"), json!(1_704_067_200), None),
        (json!(1_704_067_200), json!("2024-01-01T00:00:00Z"), None),
        (json!("2024-01-01"), json!("soon"), None),
        (json!("2024-01-01"), json!("31/12/2024"), None),
        (json!("2024-01-01"), json!("31/12/2024"), Some(DataType::Text)),
        (json!("2024-01-01"), json!("soon"), Some(DataType::Text)),
        (json!("abc"), json!(5), None),
        (json!(5), json!("abc"), None),
        (json!(5), json!(true), None),
    ];
    let mut said = String::new();
    for (bound, value, data_type) in cases {
        let events = Events::at([value.clone()]).await;
        let plan = plan(Incremental { data_type, ..from(&bound) });
        let error = events.run(&plan, None).await.unwrap_err();
        assert_eq!(error.field(), Some("at"));
        let text = error.to_string();
        said.extend([&shown(&text), "\n"]);
    }
    expect![[r#"
        events, page 1, record 1, field `at`: 1704067200 cannot be compared with the bound "2024-01-01": a number, and a time; if its numbers are seconds since 1970, declare `columns: {at: {data_type: timestamp}}`
        events, page 1, record 1, field `at`: "2024-01-01T00:00:00Z" cannot be compared with the bound 1704067200: a time, and a number; if its numbers are seconds since 1970, declare `columns: {at: {data_type: timestamp}}`
        events, page 1, record 1, field `at`: "soon" cannot be compared with the bound "2024-01-01": text, and a time; write the bound as the records have it
        events, page 1, record 1, field `at`: "31/12/2024" cannot be compared with the bound "2024-01-01": a time in a form that cannot be ordered, and a time; say how it is written, by `cursor_format: "%d/%m/%Y"`
        events, page 1, record 1, field `at`: "31/12/2024" cannot be compared with the bound "2024-01-01": a time in a form that cannot be ordered, and a time; say how it is written, by `cursor_format: "%d/%m/%Y"`
        events, page 1, record 1, field `at`: "soon" cannot be compared with the bound "2024-01-01": text, and a time; write the bound as the records have it
        events, page 1, record 1, field `at`: 5 cannot be compared with the bound "abc": a number, and text; declare the type of the column, as in `columns: {at: {data_type: text}}`
        events, page 1, record 1, field `at`: "abc" cannot be compared with the bound 5: text, and a number; declare the type of the column, as in `columns: {at: {data_type: text}}`
        events, page 1, record 1, field `at`: true cannot be compared with the bound 5: neither a time nor a number nor text, and a number; write the bound as the records have it
    "#]].assert_eq(&said);
    let events = Events::at([json!("31/12/2024")]).await;
    let error = events.run(&plan(incremental()), None).await.unwrap_err().to_string();
    expect![[r#"events, page 1, record 1, field `at`: "31/12/2024" is a time in a form that cannot be ordered"#]].assert_eq(&shown(&error));
}

#[tokio::test]
async fn text_compares_as_text_although_some_of_it_looks_like_numbers() {
    let values = ["507e1", "507f", "1234", "a01"];
    let events = Events::at(values.map(Value::from)).await;
    let (ids, next) = events.run(&plan(from(&json!("0"))), None).await.unwrap();
    assert_eq!(ids, [1, 2, 3, 4]);
    events.add([json!("a02"), json!("999")]);
    assert_eq!(events.run(&plan(incremental()), next).await.unwrap().0, [5]);
}

#[tokio::test]
async fn bounds_of_different_kinds_or_in_the_wrong_order_fail_before_a_request() {
    let mut said = String::new();
    for (start, end, last_value) in [
        (json!("2024-06-01"), json!("2024-01-01"), LastValue::Max),
        (json!(5), json!(3), LastValue::Max),
        (json!(3), json!(5), LastValue::Min),
        (json!("2024-06-01"), json!(3), LastValue::Max),
        (json!(1_704_067_200), json!("now"), LastValue::Max),
    ] {
        let events = Events::at([json!(1)]).await;
        let end_value = Some(end.to_string().into());
        let plan = plan(Incremental { end_value, last_value, ..from(&start) });
        let error = events.run(&plan, None).await.unwrap_err().to_string();
        // The only time with seconds is the present.
        let parts = error.split('"').map(|part| if part.ends_with('Z') { "NOW" } else { part });
        said.extend([&parts.collect::<Vec<_>>().join("\""), "\n"]);
        assert!(events.server.seen().is_empty());
    }
    expect![[r#"
        events: nothing is within the range: it would end at "2024-01-01", before it begins at "2024-06-01"
        events: nothing is within the range: it would end at 3, before it begins at 5
        events: nothing is within the range: it would end at 5, before it begins at 3
        events: "2024-06-01" cannot be compared with the bound 3: a time, and a number; if its numbers are seconds since 1970, declare `columns: {at: {data_type: timestamp}}`
        events: 1704067200 cannot be compared with the bound "NOW": a number, and a time; if its numbers are seconds since 1970, declare `columns: {at: {data_type: timestamp}}`
    "#]].assert_eq(&said);
}

#[tokio::test]
async fn milliseconds_in_a_column_of_timestamps_are_named() {
    let events = Events::at([json!(1_718_943_814_123_u64)]).await;
    let data_type = Some(DataType::Timestamp);
    let plan = plan(Incremental { data_type, ..from(&json!("2024-01-01")) });
    let error = events.run(&plan, None).await.unwrap_err().to_string();
    expect!["events, page 1, record 1, field `at`: 1718943814123 is not of the column's type, timestamp (milliseconds since 1970 are a `bigint`)"].assert_eq(&shown(&error));
}

#[tokio::test]
async fn empty_text_and_zero_dates_are_missing_values() {
    let mut said = String::new();
    for value in ["", "0000-00-00", "0000-00-00 00:00:00", "0001-01-01T00:00:00Z"] {
        for (on_missing, expected) in [
            (OnMissing::Include, Some(vec![1, 2])),
            (OnMissing::Exclude, Some(vec![2])),
            (OnMissing::Raise, None),
        ] {
            let events = Events::at([json!(value), json!("2024-01-03")]).await;
            let plan = plan(Incremental { on_missing, ..from(&json!("2024-01-02")) });
            match (events.run(&plan, None).await, expected) {
                (Ok((ids, _)), Some(expected)) => assert_eq!(ids, expected),
                (Err(error), None) => {
                    said.extend([&shown(&error), "\n"]);
                }
                (ran, _) => panic!("{value}, {on_missing:?}: {ran:?}"),
            }
        }
    }
    expect![[r#"
        events, page 1, record 1, field `at`: the incremental cursor has no value ("" is none); should such records be there, say so by `on_cursor_value_missing: include` or `exclude`
        events, page 1, record 1, field `at`: the incremental cursor has no value ("0000-00-00" is none); should such records be there, say so by `on_cursor_value_missing: include` or `exclude`
        events, page 1, record 1, field `at`: the incremental cursor has no value ("0000-00-00 00:00:00" is none); should such records be there, say so by `on_cursor_value_missing: include` or `exclude`
        events, page 1, record 1, field `at`: the incremental cursor has no value ("0001-01-01T00:00:00Z" is none); should such records be there, say so by `on_cursor_value_missing: include` or `exclude`
    "#]].assert_eq(&said);
}

#[tokio::test]
async fn a_lag_keeps_the_form_of_what_it_goes_back_from() {
    for (value, lag, expected) in [
        ("2024-10-20T14:45:00.000+0000", 600.0, "2024-10-20T14:35:00.000+0000"),
        ("2024-10-20T00:05:00-05:00", 600.0, "2024-10-19T23:55:00-05:00"),
        ("2024-10-20 00:05:00 UTC", 600.0, "2024-10-19 23:55:00 UTC"),
        ("2024-10-20T00:05:00.5Z", 0.25, "2024-10-20T00:05:00.2Z"),
        ("20241001", 1.0, "20240930"),
        ("2024/10/01", 0.5, "2024/09/30"),
        ("20241001T000000Z", 1.0, "20240930T235959Z"),
        ("Tue, 01 Oct 2024 00:00:00 GMT", 60.0, "Mon, 30 Sep 2024 23:59:00 GMT"),
        ("1000", 1.0, "999"),
    ] {
        let events = Events::at([json!(value)]).await;
        let plan = plan(Incremental { lag: Some(Distance::Number(lag).into()), ..incremental() });
        let (_, next) = events.run(&plan, None).await.unwrap();
        events.run(&plan, next).await.unwrap();
        assert_eq!(events.since()[1].as_deref(), Some(expected));
    }
    let events = Events::at([json!(10), json!(11)]).await;
    let last_value = LastValue::Min;
    let plan =
        plan(Incremental { lag: Some(Distance::Number(2.0).into()), last_value, ..incremental() });
    let (_, next) = events.run(&plan, None).await.unwrap();
    assert_eq!(events.run(&plan, next).await.unwrap().0, [1, 2], "`min` goes back upwards");
    assert_eq!(events.since()[1].as_deref(), Some("12"));
}

#[tokio::test]
async fn windows_are_sent_in_the_form_of_the_bounds() {
    for (start, end, data_type, expected) in [
        (json!("20240101"), json!("20240301"), None, ["20240101", "20240201", "20240301"]),
        (
            json!("2024-01-01T00:00:00.000Z"),
            json!("2024-03-01T00:00:00.000Z"),
            None,
            ["2024-01-01T00:00:00.000Z", "2024-02-01T00:00:00.000Z", "2024-03-01T00:00:00.000Z"],
        ),
        (
            json!("2024-01-01T00:00:00+0200"),
            json!("2024-03-01T00:00:00+0200"),
            None,
            ["2024-01-01T00:00:00+0200", "2024-02-01T00:00:00+0200", "2024-03-01T00:00:00+0200"],
        ),
        (
            json!(1_704_067_200),
            json!(1_709_251_200),
            Some(DataType::Timestamp),
            ["1704067200", "1706745600", "1709251200"],
        ),
        (
            json!("1704067200"),
            json!("1709251200"),
            Some(DataType::Timestamp),
            ["1704067200", "1706745600", "1709251200"],
        ),
    ] {
        let events = Events::at([]).await;
        let window =
            Some(Distance::Time(Window { count: 1, unit: Unit::Month, ..Window::DAY }).into());
        let (end_value, end_param) = (Some(end.to_string().into()), Some("until".into()));
        let range = Incremental { window, end_value, end_param, data_type, ..from(&start) };
        events.run(&plan(range), None).await.unwrap();
        let mut sent: Vec<_> =
            events.since().into_iter().zip(events.server.params("until")).collect();
        sent.sort();
        let expected = [(expected[0], expected[1]), (expected[1], expected[2])];
        let expected = expected.map(|(since, until)| (Some(since.into()), Some(until.into())));
        assert_eq!(sent, expected, "{start}");
    }
}

#[tokio::test]
async fn a_range_that_ends_now_sends_when_the_run_began_and_leaves_state() {
    let ahead = jiff::Timestamp::now().as_second() + 3_600;
    let ahead = jiff::Timestamp::from_second(ahead).unwrap().to_string();
    for (initial, data_type, length) in [
        (json!("2024-01-01T00:00:00.000Z"), None, 24),
        (json!("2024-01-01"), None, 10),
        (json!("20240101"), Some(DataType::Date), 8),
        (json!("now - 30 years"), None, 20),
        (json!("now - 30 years"), Some(DataType::Date), 10),
        (json!(1_704_067_200), Some(DataType::Timestamp), 10),
    ] {
        let events = Events::at([json!("2024-02-01T00:00:00Z"), json!(&*ahead)]).await;
        let (end_value, end_param) = (Some("\"now\"".into()), Some("until".into()));
        let plan = plan(Incremental { end_value, end_param, data_type, ..from(&initial) });
        let (ids, next) = events.run(&plan, None).await.unwrap();
        assert_eq!(ids, [1], "{initial}: what lies ahead belongs to the next run");
        let next = next.expect("a run that ends now leaves state");
        events.add([json!("2024-02-02T00:00:00Z")]);
        assert_eq!(events.run(&plan, Some(next)).await.unwrap().0, [3]);
        let until = events.server.params("until");
        assert!(until[0].as_ref().is_some_and(|until| until.len() == length), "{until:?}");
        assert!(until[1].is_some());
        assert_eq!(events.since()[1].as_deref(), Some("2024-02-01T00:00:00Z"));
    }
}

#[tokio::test]
async fn a_relative_bound_is_the_same_for_a_run_that_is_resumed() {
    let server = Server::answering(|seen| {
        let page: usize = seen.param("after").map_or(1, |page| page.parse().unwrap());
        let next = (page < 3).then(|| (page + 1).to_string());
        json!({"items": [{"id": page, "at": "2024-01-01T00:00:00Z"}], "next": next}).to_string()
    })
    .await;
    let client = builder(&SOURCE).base_url(server.url()).build().unwrap();
    let mut plan = crate::children::resource("events", "/events", None);
    plan.endpoint.incremental =
        Some(Incremental { end_value: Some("\"now\"".into()), ..from(&json!("now - 30 years")) });
    let fetch = Fetch::<Value>::of_plan(&client, plan);
    let page = fetch.clone().pages().try_next().await.unwrap().unwrap();
    let mut kept = serde_json::to_value(&page.checkpoint).unwrap();
    assert!(kept["now"].as_i64().is_some(), "{kept}");
    // As if the run had begun before the records that are there now.
    kept["now"] = json!(1_700_000_000);
    let resumed: Checkpoint = serde_json::from_value(kept).unwrap();
    assert!(fetch.resume(resumed).all().await.unwrap().is_empty());
}

#[tokio::test]
async fn the_last_window_of_a_range_that_ends_now_has_an_end() {
    let events = Events::at([]).await;
    let range = Incremental {
        end_value: Some("\"now\"".into()),
        end_param: Some("until".into()),
        window: Some(Distance::Time(Window { count: 10, unit: Unit::Day, ..Window::DAY }).into()),
        ..from(&json!("now - 25 days"))
    };
    events.run(&plan(range), None).await.unwrap();
    let mut sent: Vec<_> = events.since().into_iter().zip(events.server.params("until")).collect();
    sent.sort();
    assert_eq!(sent.len(), 3, "{sent:?}");
    for pair in sent.windows(2) {
        assert_eq!(pair[0].1, pair[1].0);
    }
    assert!(sent[2].1.is_some());
}

/// A range whose values are settings: `start`, `end`, `lag`, `window`, `tolerance`, `name`.
fn of_settings(data_type: Option<DataType>) -> Incremental {
    Incremental {
        data_type,
        initial_value: Some(Configurable::Template(setting("start"))),
        end_value: Some(Configurable::Template(setting("end"))),
        lag: Some(Configurable::Template(setting("lag"))),
        window: Some(Configurable::Template(setting("window"))),
        future_tolerance: Configurable::Template(setting("tolerance")),
        start_param: Some(setting("name")),
        end_param: Some("until".into()),
        ..incremental()
    }
}

#[tokio::test]
async fn settings_are_filled_in_when_a_run_begins() {
    let server = Server::answering(|_| r#"[{"id": 1, "at": "2024-01-10T00:00:00Z"}]"#).await;
    let settings = |start| {
        let rest = [("end", "2024-01-15"), ("lag", "1.5"), ("window", "7 days")];
        let rest = rest.into_iter().chain([("tolerance", "0 days"), ("name", "since")]);
        rest.chain([("start", start)]).collect::<Vec<_>>()
    };
    let client = client_with(&server, &settings("2024-01-01"));
    let fetch = Fetch::<Value>::of_plan(&client, plan(of_settings(None)));
    assert_eq!(fetch.all().await.unwrap().len(), 1);
    let mut sent: Vec<_> = server.params("since").into_iter().zip(server.params("until")).collect();
    sent.sort();
    let expected = [("2024-01-01", "2024-01-08"), ("2024-01-08", "2024-01-15")];
    assert_eq!(sent, expected.map(|(since, until)| (Some(since.into()), Some(until.into()))));

    let mut said = String::new();
    for start in ["-3 days", "2025-01-01", "5"] {
        let client = client_with(&server, &settings(start));
        let fetch = Fetch::<Value>::of_plan(&client, plan(of_settings(None)));
        let error = fetch.all().await.unwrap_err();
        assert!(error.is_config(), "{error}");
        said.extend([&shown(&error), "\n"]);
    }
    expect![[r#"
        events: `initial_value` is "-3 days", which is no time: write `now - 3 days`
        events: nothing is within the range: it would end at "2024-01-15", before it begins at "2025-01-01"
        events: "5" cannot be compared with the bound "2024-01-15": a number, and a time; if its numbers are seconds since 1970, declare `columns: {at: {data_type: timestamp}}`
    "#]].assert_eq(&said);
    let mut said = String::new();
    for (name, wrong) in [("lag", "-1"), ("lag", "soon"), ("window", "0 days"), ("name", "")] {
        let mut settings = settings("2024-01-01");
        settings.retain(|(known, _)| *known != name);
        settings.push((name, wrong));
        let client = client_with(&server, &settings);
        let fetch = Fetch::<Value>::of_plan(&client, plan(of_settings(None)));
        let error = fetch.all().await.unwrap_err();
        assert!(error.is_config(), "{error}");
        said.extend([&shown(&error), "\n"]);
    }
    expect![[r#"
        events: the setting `lag` must be a number, 0 or above, or a length of time, as in `1 day`, found `-1`
        events: the setting `lag` must be a number, 0 or above, or a length of time, as in `1 day`, found `soon`
        events: `window` is no time at all
        events: the setting `name` is empty, and the name of something
    "#]]
    .assert_eq(&said);
    assert_eq!(server.seen().len(), 2, "mistakes are found before any request");
}

#[tokio::test]
async fn a_setting_is_a_number_where_the_column_has_numbers() {
    let events = Events::at([json!(4), json!(6)]).await;
    let client = client_with(&events.server, &[("start", "5")]);
    let initial_value = Some(Configurable::Template(setting("start")));
    for data_type in [None, Some(DataType::Bigint)] {
        let plan =
            plan(Incremental { initial_value: initial_value.clone(), data_type, ..incremental() });
        let records = Fetch::<Value>::of_plan(&client, plan).all().await.unwrap();
        assert_eq!(records, [json!({"id": 2, "at": 6})]);
    }
}

#[tokio::test]
async fn what_is_nearly_a_relative_bound_says_how_to_write_it() {
    let events = Events::at([json!("2024-01-01")]).await;
    let error = events.run(&plan(from(&json!("-30 days"))), None).await.unwrap_err().to_string();
    expect![[r#"events: `initial_value` is "-30 days", which is no time: write `now - 30 days`"#]]
        .assert_eq(&shown(&error));
}

#[tokio::test]
async fn a_time_in_the_future_does_not_bound_the_next_run_and_comes_once() {
    for (never, data_type) in [
        (json!("9999-12-31T00:00:00Z"), None),
        (json!("9999-12-31"), Some(DataType::Date)),
        (json!(250_000_000_000_u64), Some(DataType::Timestamp)),
    ] {
        let events = Events::at([json!("2024-01-02"), never.clone()]).await;
        let plan = plan(Incremental { data_type, ..incremental() });
        let (ids, next) = events.run(&plan, None).await.unwrap();
        assert_eq!(ids, [1, 2], "the record itself is taken");
        events.add([json!("2024-01-03")]);
        let (ids, next) = events.run(&plan, next).await.unwrap();
        assert_eq!(ids, [3]);
        let (ids, next) = events.run(&plan, next).await.unwrap();
        assert!(ids.is_empty());
        assert_eq!(events.since()[1..], [Some("2024-01-02".into()), Some("2024-01-03".into())]);
        events.add([never]);
        assert_eq!(events.run(&plan, next).await.unwrap().0, [4], "another record");
    }
}

/// Dates of digits are numbers in their order, and dates all the same.
#[tokio::test]
async fn a_compact_date_of_the_future_does_not_bound_the_next_run() {
    for (values, later, data_type) in [
        (["20240102", "99991231"], "20240103", None),
        (["20240102", "99991231"], "20240103", Some(DataType::Text)),
        (["99991231", "20240102"], "20240103", None),
        (["20240102080000", "99991231235959"], "20240103080000", None),
        (["/Date(1704182400000)/", "/Date(253402214400000)/"], "/Date(1704182400001)/", None),
    ] {
        let events = Events::at(values.map(|value| json!(value))).await;
        let plan = plan(Incremental { data_type, ..incremental() });
        let (ids, next) = events.run(&plan, None).await.unwrap();
        assert_eq!(ids, [1, 2]);
        events.add([json!(later)]);
        let (ids, next) = events.run(&plan, next).await.unwrap();
        assert_eq!(ids, [3], "{values:?} {data_type:?}");
        assert!(events.run(&plan, next).await.unwrap().0.is_empty());
        assert_eq!(events.since()[2].as_deref(), Some(later));
    }
    // Numbers of things are no dates.
    let events = Events::at([json!("20240199"), json!("99991231")]).await;
    let (_, next) = events.run(&plan(incremental()), None).await.unwrap();
    events.run(&plan(incremental()), next).await.unwrap();
    assert_eq!(events.since()[1].as_deref(), Some("99991231"));
}

#[tokio::test]
async fn the_tolerance_says_how_far_ahead_a_bound_may_lie() {
    let ahead = |days: i64| {
        jiff::Timestamp::from_second(jiff::Timestamp::now().as_second() + days * 86_400)
            .unwrap()
            .to_string()
    };
    for (days, count, is_bound) in [(0, 1, true), (3, 1, false), (3, 5, true), (1, 0, false)] {
        let events = Events::at([json!("2024-01-02"), json!(ahead(days))]).await;
        let future_tolerance = Window { count, unit: Unit::Day, ..Window::DAY }.into();
        let plan = plan(Incremental { future_tolerance, ..incremental() });
        let (_, next) = events.run(&plan, None).await.unwrap();
        events.run(&plan, next).await.unwrap();
        let since = events.since()[1].clone().unwrap();
        assert_eq!(since != "2024-01-02", is_bound, "{days} days ahead, {count} tolerated");
    }
}

#[tokio::test]
async fn numbers_are_no_times_of_the_future() {
    let events = Events::at([json!(1), json!(99_991_231), json!("99991231")]).await;
    let (_, next) = events.run(&plan(incremental()), None).await.unwrap();
    events.run(&plan(incremental()), next).await.unwrap();
    assert_eq!(events.since()[1].as_deref(), Some("99991231"));
}

#[tokio::test]
async fn a_hundred_thousand_records_at_the_bound_take_time_and_state_in_proportion() {
    const PAGE: usize = 1_000;
    let server = Server::answering(|seen| {
        let page: usize = seen.param("after").map_or(0, |page| page.parse().unwrap());
        let items =
            (page * PAGE..(page + 1) * PAGE).map(|id| json!({"id": id, "at": "2024-06-30"}));
        let next = (page < 99).then(|| (page + 1).to_string());
        json!({"items": items.collect::<Vec<_>>(), "next": next}).to_string()
    })
    .await;
    let client = builder(&SOURCE).base_url(server.url()).build().unwrap();
    let mut plan = crate::children::resource("events", "/events", None);
    plan.endpoint.incremental = Some(incremental());
    let fetch = Fetch::<Value>::of_plan(&client, plan);
    let begun = Instant::now();
    let first: Vec<Page<Value>> = fetch.clone().pages().try_collect().await.unwrap();
    let first_run = begun.elapsed();
    let kept = serde_json::to_string(&first[99].checkpoint.next_run()).unwrap();
    assert!(kept.len() < 100_000 * 40, "each key is kept once: {}", kept.len());
    let begun = Instant::now();
    let fetch = fetch.resume(serde_json::from_str(&kept).unwrap());
    let second: Vec<Page<Value>> = fetch.pages().try_collect().await.unwrap();
    assert_eq!(second.iter().map(|page| page.records.len()).sum::<usize>(), 0);
    let kept_again = serde_json::to_string(&second[99].checkpoint.next_run()).unwrap();
    assert_eq!(kept, kept_again);
    // In proportion to the square it was some hundred times as long.
    assert!(begun.elapsed() < 10 * first_run, "{first_run:?}, then {:?}", begun.elapsed());
}

#[tokio::test]
async fn records_that_an_earlier_release_has_seen_are_known() {
    let events = Events::at([json!(5), json!(5)]).await;
    // By FNV-1a, of the record with the id 1.
    let range =
        json!({"start": 5, "before": ["088094cf03ab1be95aa07330556e6daa"], "last_value": 5});
    let mut next = serde_json::from_value(json!({"page": 0, "fresh": true, "range": range})).ok();
    for new in [&[2][..], &[]] {
        let (ids, left) = events.run(&plan(incremental()), next).await.unwrap();
        assert_eq!(ids, new);
        next = left;
    }
}

#[tokio::test]
async fn two_fetches_from_one_checkpoint_do_not_know_of_each_other() {
    let events = Events::at([json!(1)]).await;
    let client = builder(&SOURCE).base_url(events.server.url()).build().unwrap();
    let fetch = Fetch::<Value>::of_plan(&client, plan(incremental()));
    let next = fetch.clone().pages().try_next().await.unwrap().unwrap().checkpoint.next_run();
    let next = next.unwrap();
    let mut left = Vec::new();
    for _ in 0..2 {
        events.add([json!(1)]);
        let page = fetch.clone().resume(next.clone()).pages().try_next().await.unwrap().unwrap();
        left.push((page.records.len(), serde_json::to_value(page.checkpoint.next_run()).unwrap()));
    }
    let keys = |index: usize| {
        let (records, state): &(usize, Value) = &left[index];
        (*records, state["range"]["before"].as_array().unwrap().len())
    };
    assert_eq!((keys(0), keys(1)), ((1, 2), (2, 3)));
}

#[tokio::test]
async fn an_open_end_of_equal_bounds_is_no_error_of_a_run() {
    let events = Events::at([json!(5)]).await;
    let end_value = Some("5".into());
    let range_end = Edge::Closed;
    let plan = plan(Incremental { end_value, range_end, ..from(&json!(5)) });
    assert_eq!(events.run(&plan, None).await.unwrap().0, [1]);
}

#[tokio::test]
async fn records_of_the_future_alone_come_once_and_bound_nothing() {
    let events = Events::at([json!("9999-12-31")]).await;
    let plan = plan(incremental());
    let (ids, next) = events.run(&plan, None).await.unwrap();
    assert_eq!(ids, [1]);
    let (ids, next) = events.run(&plan, next).await.unwrap();
    assert!(ids.is_empty(), "it has come");
    events.add([json!("2024-01-02")]);
    let (ids, next) = events.run(&plan, next).await.unwrap();
    assert_eq!(ids, [2]);
    assert!(events.run(&plan, next).await.unwrap().0.is_empty());
    assert_eq!(events.since(), [None, None, None, Some("2024-01-02".to_owned())]);
}

#[tokio::test]
async fn a_run_that_begins_in_the_future_warns() {
    let log = Log::of_all();
    let ahead =
        jiff::Timestamp::from_second(jiff::Timestamp::now().as_second() + 5 * 86_400).unwrap();
    let ahead = ahead.to_string();
    let events = Events::at([json!(ahead)]).await;
    let future_tolerance = Window { count: 9, unit: Unit::Day, ..Window::DAY }.into();
    let tolerant = plan(Incremental { future_tolerance, ..incremental() });
    let (_, next) = events.run(&tolerant, None).await.unwrap();
    events.run(&tolerant, next.clone()).await.unwrap();
    assert_eq!(log.warnings(), "", "it is within what is tolerated");
    events.run(&plan(incremental()), next).await.unwrap();
    let warnings = log.warnings();
    expect![[r#"
        the run begins in the future, where the last one has ended: nothing before is fetched, unless its state is deleted cursor="at" start="\"AHEAD\""
    "#]].assert_eq(&warnings.replace(&ahead, "AHEAD"));
    // What the description says is meant.
    let ahead_of = plan(from(&json!("2999-01-01")));
    events.run(&ahead_of, None).await.unwrap();
    assert_eq!(log.warnings(), warnings);
}

/// The records at the bound of the last run are in the first window alone.
#[tokio::test]
async fn the_first_window_knows_what_the_last_run_has_seen_at_its_bound() {
    let events = Events::at([json!("2024-01-05"), json!("2024-01-10")]).await;
    let plan = plan(Incremental {
        window: Some(Distance::Time(Window { count: 7, unit: Unit::Day, ..Window::DAY }).into()),
        end_value: Some("\"now\"".into()),
        end_param: Some("until".into()),
        ..from(&json!("2024-01-01"))
    });
    let (ids, next) = events.run(&plan, None).await.unwrap();
    assert_eq!(ids, [1, 2]);
    events.add([json!("2024-01-10"), json!("2024-03-01"), json!("2024-03-01")]);
    let (ids, next) = events.run(&plan, next).await.unwrap();
    assert_eq!(ids, [3, 4, 5], "those at the bound that were there before do not come again");
    assert!(events.run(&plan, next).await.unwrap().0.is_empty());
}
