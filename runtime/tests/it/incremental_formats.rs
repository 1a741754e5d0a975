//! Formats of the incremental cursor and of the bounds that requests send.

use expect_test::expect;
use rest_source::plan::{
    Bound, Configurable, DataType, Distance, Edge, Formatted, Incremental, LastValue, Param, Part,
    ResourcePlan, Template, TimeFormat, Unit, Window,
};
use serde_json::{Value, json};

use crate::{
    incremental::{Events, incremental, plan},
    shown::shown,
    support::Server,
};

fn format(text: &str) -> TimeFormat {
    TimeFormat::read(text).unwrap()
}

fn of(cursor_format: &str) -> Incremental {
    Incremental { cursor_format: Some(format(cursor_format)), ..incremental() }
}

fn sent(server: &Server, name: &str) -> Vec<String> {
    server.params(name).into_iter().flatten().collect()
}

fn days(count: u32) -> Configurable<Distance> {
    Distance::Time(Window { count, ..Window::DAY }).into()
}

#[tokio::test]
async fn values_of_each_format_compare_as_moments_and_are_sent_as_they_are() {
    for (cursor_format, first, second, third) in [
        ("%d/%m/%Y", json!("28/12/2023"), json!("03/01/2024"), json!("02/02/2024")),
        ("%Y%m%d", json!(20_231_228), json!("20240103"), json!(20_240_202)),
        ("epoch", json!(999_999_999), json!("1704240000.5"), json!(1_706_832_000)),
        (
            "epoch_ms",
            json!(999_999_999_999_i64),
            json!(1_704_240_000_000_i64),
            json!("1706832000000"),
        ),
        (
            "rfc2822",
            json!("Thu, 28 Dec 2023 08:00:00 +0000"),
            json!("Wed, 03 Jan 2024 00:00:00 +0200"),
            json!("Fri, 02 Feb 2024 00:00:00 GMT"),
        ),
        (
            "microsoft_json",
            json!("/Date(999999999999)/"),
            json!("/Date(1704240000000+0000)/"),
            json!("/Date(1706832000000-0500)/"),
        ),
        (
            "iso",
            json!("2023-12-28"),
            json!("2024-01-03T00:00:00.5+01:00"),
            json!("20240202T000000Z"),
        ),
        (
            "%b %d, %Y %I:%M %p",
            json!("Dec 28, 2023 11:00 PM"),
            json!("Jan 3, 2024 12:10 AM"),
            json!("FEB 02, 2024 01:00 am"),
        ),
    ] {
        let plan = plan(of(cursor_format));
        let events = Events::at([third.clone(), first, second.clone()]).await;
        let (ids, next) = events.run(&plan, None).await.unwrap();
        assert_eq!(ids, [1, 2, 3]);
        events.add([second, third.clone()]);
        let (ids, next) = events.run(&plan, next).await.unwrap();
        assert_eq!(ids, [5], "{cursor_format}");
        let text = third.as_str().map_or_else(|| third.to_string(), str::to_owned);
        assert_eq!(sent(&events.server, "since"), [text]);
        assert!(events.run(&plan, next).await.unwrap().0.is_empty());
    }
}

#[tokio::test]
async fn a_bound_may_be_a_time_in_another_form_and_is_sent_like_the_records() {
    for (cursor_format, initial, expected) in [
        ("%d/%m/%Y", "2024-01-03", "03/01/2024"),
        ("%d/%m/%Y", "03/01/2024", "03/01/2024"),
        ("epoch", "2024-01-03", "1704240000"),
        ("epoch_ms", "2024-01-03T00:00:00Z", "1704240000000"),
        ("epoch_us", "1704240000000000", "1704240000000000"),
        ("microsoft_json", "2024-01-03", "/Date(1704240000000)/"),
        ("rfc2822", "2024-01-03", "Wed, 03 Jan 2024 00:00:00 +0000"),
    ] {
        let initial_value = Some(json!(initial).to_string().into());
        let events = Events::at([]).await;
        events.run(&plan(Incremental { initial_value, ..of(cursor_format) }), None).await.unwrap();
        assert_eq!(sent(&events.server, "since"), [expected], "{cursor_format}");
    }
    let events = Events::at([json!("03/01/2024"), json!("04/01/2024")]).await;
    let range = Incremental {
        initial_value: Some(json!("2024-01-02T12:00:00Z").to_string().into()),
        end_value: Some(json!("2024-01-03T12:00:00Z").to_string().into()),
        end_param: Some("until".into()),
        ..of("%d/%m/%Y")
    };
    assert_eq!(events.run(&plan(range), None).await.unwrap().0, [1]);
    assert_eq!(sent(&events.server, "since"), ["02/01/2024"]);
    assert_eq!(sent(&events.server, "until"), ["04/01/2024"], "an end is rounded up");
}

#[tokio::test]
async fn a_value_that_does_not_fit_the_format_is_an_error() {
    let mut said = String::new();
    for (cursor_format, value) in [
        ("%d/%m/%Y", json!("2024-01-03")),
        ("%d/%m/%Y", json!("31/12/24")),
        ("%d/%m/%Y", json!("12/31/2024")),
        ("%Y-%m-%d", json!("03/04/2024")),
        ("epoch", json!(1_704_240_000_000_i64)),
        ("epoch", json!("soon")),
        ("iso", json!("03.01.2024")),
        ("iso", json!(1_704_240_000)),
        ("rfc2822", json!(true)),
    ] {
        let events = Events::at([value]).await;
        let error = events.run(&plan(of(cursor_format)), None).await.unwrap_err();
        assert_eq!(error.field(), Some("at"));
        said += &shown(&error.to_string());
        said.push('\n');
    }
    for (cursor_format, initial) in [("%d/%m/%Y", "12/31/2024"), ("epoch", "20240103")] {
        let initial_value = Some(json!(initial).to_string().into());
        let plan = plan(Incremental { initial_value, ..of(cursor_format) });
        let events = Events::at([]).await;
        said += &shown(&events.run(&plan, None).await.unwrap_err().to_string());
        said.push('\n');
        assert!(events.server.seen().is_empty());
    }
    let events = Events::at([json!("2024-01-03")]).await;
    let (_, next) = events.run(&plan(of("iso")), None).await.unwrap();
    said += &shown(&events.run(&plan(of("epoch")), next).await.unwrap_err().to_string());
    expect![[r#"
        events, page 1, record 1, field `at`: "2024-01-03" does not fit `cursor_format: "%d/%m/%Y"`; it fits `cursor_format: iso`
        events, page 1, record 1, field `at`: "31/12/24" does not fit `cursor_format: "%d/%m/%Y"`; write the format that the records have
        events, page 1, record 1, field `at`: "12/31/2024" does not fit `cursor_format: "%d/%m/%Y"`; it fits `cursor_format: "%m/%d/%Y"`
        events, page 1, record 1, field `at`: "03/04/2024" does not fit `cursor_format: "%Y-%m-%d"`; it fits `%d/%m/%Y` or `%m/%d/%Y`
        events, page 1, record 1, field `at`: 1704240000000 does not fit `cursor_format: epoch`; it fits `cursor_format: epoch_ms`
        events, page 1, record 1, field `at`: "soon" does not fit `cursor_format: epoch`; write the format that the records have
        events, page 1, record 1, field `at`: "03.01.2024" does not fit `cursor_format: iso`; it fits `cursor_format: "%d.%m.%Y"`
        events, page 1, record 1, field `at`: 1704240000 does not fit `cursor_format: iso`; it fits `cursor_format: epoch`
        events, page 1, record 1, field `at`: true does not fit `cursor_format: rfc2822`; write the format that the records have
        events: `initial_value`: "12/31/2024" does not fit `cursor_format: "%d/%m/%Y"`; it fits `cursor_format: "%m/%d/%Y"`
        events: `initial_value` is "20240103", which may be a date as well as a number since 1970: write the date with dashes, as in `2024-01-31`
        events: the last run has left "2024-01-03", which does not fit `cursor_format: epoch`: write the format that the state was made with, or reset the state of the resource"#]].assert_eq(&said);
}

#[tokio::test]
async fn bounds_are_sent_in_the_format_of_the_parameters() {
    let values = ["Wed, 03 Jan 2024 08:30:00 +0000", "Wed, 03 Jan 2024 09:30:00 +0000"];
    for (param_format, first, second) in [
        ("%Y-%m-%d", "2024-01-03", "2024-01-03"),
        ("%Y-%m-%d %H:%M", "2024-01-03 07:00", "2024-01-03 08:30"),
        ("epoch", "1704265200", "1704270600"),
        ("epoch_ms", "1704265200000", "1704270600000"),
        ("iso", "2024-01-03T07:00:00Z", "2024-01-03T08:30:00Z"),
        ("/Date(…)/", "/Date(1704265200000)/", "/Date(1704270600000)/"),
    ] {
        let events = Events::at([json!("Wed, 03 Jan 2024 06:59:00 +0000"), json!(values[0])]).await;
        let initial_value = Some(json!("2024-01-03T07:00:00Z").to_string().into());
        let param_format = Some(format(param_format));
        let plan = plan(Incremental { initial_value, param_format, ..of("rfc2822") });
        let (ids, next) = events.run(&plan, None).await.unwrap();
        assert_eq!(ids, [2], "what is before the bound is left out here");
        events.add([json!(values[0]), json!(values[1])]);
        let (ids, _) = events.run(&plan, next).await.unwrap();
        assert_eq!(
            ids,
            [3, 4],
            "the known record does not come again, a new one at the bound does"
        );
        assert_eq!(sent(&events.server, "since"), [first, second]);
    }
}

/// A request that has these texts in its query.
fn with_texts(incremental: Incremental, texts: &[&[Part]]) -> ResourcePlan {
    let mut plan = plan(incremental);
    let params = texts.iter().enumerate().map(|(index, parts)| Param {
        name: Template::text(format!("q{index}")),
        value: Template(parts.to_vec().into()),
        ..Param::DEFAULT
    });
    plan.endpoint.params = params.collect();
    plan
}

fn bound(bound: Bound, text: &str) -> Part {
    let format = TimeFormat::read(text).unwrap();
    Part::Formatted(Formatted { bound, format, ..Formatted::DEFAULT })
}

#[tokio::test]
async fn a_start_is_rounded_down_and_an_end_up_so_that_nothing_is_lost() {
    let texts: [&[Part]; 6] = [
        &["at >= ".to_owned().into_part(), bound(Bound::StartValue, "%Y-%m-%d")],
        &[bound(Bound::EndValue, "%Y-%m-%d")],
        &[bound(Bound::EndValue, "%Y-%m")],
        &[bound(Bound::EndValue, "%Y"), bound(Bound::EndValue, "%m"), bound(Bound::EndValue, "%d")],
        &[bound(Bound::EndValue, "epoch")],
        &[bound(Bound::StartValue, "epoch_ms"), bound(Bound::LastValue, "%H")],
    ];
    let range = |start: &str, end: &str, last_value| Incremental {
        initial_value: Some(json!(start).to_string().into()),
        end_value: Some(json!(end).to_string().into()),
        last_value,
        ..incremental()
    };
    let events = Events::at([]).await;
    let (start, end) = ("2023-12-30T08:00:00Z", "2023-12-31T08:00:00.5Z");
    for (start, end, last_value) in [(start, end, LastValue::Max), (end, start, LastValue::Min)] {
        events.run(&with_texts(range(start, end, last_value), &texts), None).await.unwrap();
    }
    let all = |name| sent(&events.server, name);
    assert_eq!(all("q0"), ["at >= 2023-12-30", "at >= 2024-01-01"]);
    assert_eq!(all("q1"), ["2024-01-01", "2023-12-30"]);
    assert_eq!(all("q2"), ["2024-01", "2023-12"]);
    assert_eq!(all("q3"), ["20240101", "20231230"]);
    assert_eq!(all("q4"), ["1704009601", "1703923200"]);
    assert_eq!(all("q5"), ["170392320000008", "170400960050009"]);
}

trait IntoPart {
    fn into_part(self) -> Part;
}

impl IntoPart for String {
    fn into_part(self) -> Part {
        Part::Text(self.into())
    }
}

#[tokio::test]
async fn windows_over_numbers_since_1970_and_compact_dates() {
    for (cursor_format, initial, end, expected) in [
        (
            "epoch",
            json!(1_704_067_200),
            json!("2024-01-03"),
            ["1704067200", "1704153600", "1704240000"],
        ),
        (
            "epoch_ms",
            json!("2024-01-01"),
            json!(1_704_240_000_000_i64),
            ["1704067200000", "1704153600000", "1704240000000"],
        ),
        ("%Y%m%d", json!(20_240_101), json!("2024-01-03"), ["20240101", "20240102", "20240103"]),
        (
            "%d/%m/%Y",
            json!("01/01/2024"),
            json!("03/01/2024"),
            ["01/01/2024", "02/01/2024", "03/01/2024"],
        ),
        (
            "/Date(…)/",
            json!("/Date(1704067200000+0000)/"),
            json!("2024-01-03"),
            [
                "/Date(1704067200000+0000)/",
                "/Date(1704153600000+0000)/",
                "/Date(1704240000000+0000)/",
            ],
        ),
    ] {
        let events = Events::at([]).await;
        let plan = plan(Incremental {
            initial_value: Some(initial.to_string().into()),
            end_value: Some(end.to_string().into()),
            end_param: Some("until".into()),
            window: Some(days(1)),
            ..of(cursor_format)
        });
        events.run(&plan, None).await.unwrap();
        assert_eq!(sent(&events.server, "since"), expected[..2]);
        assert_eq!(sent(&events.server, "until"), expected[1..]);
    }
}

#[tokio::test]
async fn windows_whose_bounds_are_sent_as_days_begin_with_days() {
    let values = [
        "2024-01-01T11:00:00Z",
        "2024-01-01T13:00:00Z",
        "2024-01-02T11:59:59Z",
        "2024-01-02T12:00:00Z",
        "2024-01-03T12:00:00Z",
    ];
    let events = Events::at(values.map(Value::from)).await;
    let plan = plan(Incremental {
        initial_value: Some(json!("2024-01-01T12:00:00Z").to_string().into()),
        end_value: Some(json!("2024-01-03T12:00:00Z").to_string().into()),
        end_param: Some("until".into()),
        param_format: Some(format("%Y-%m-%d")),
        range_end: Edge::Closed,
        window: Some(days(1)),
        ..incremental()
    });
    let (ids, next) = events.run(&plan, None).await.unwrap();
    assert_eq!(ids, [2, 3, 4, 5]);
    assert!(next.is_none());
    assert_eq!(sent(&events.server, "since"), ["2024-01-01", "2024-01-02", "2024-01-03"]);
    assert_eq!(sent(&events.server, "until"), ["2024-01-02", "2024-01-03", "2024-01-04"]);
}

#[tokio::test]
async fn a_lag_is_in_the_unit_of_the_cursor() {
    for (cursor_format, value, lag, expected) in [
        ("epoch", json!(1_704_240_000), 60.0, "1704239940"),
        ("epoch_ms", json!(1_704_240_000_000_i64), 1500.0, "1704239998500"),
        ("epoch_ms", json!("1704240000000"), 1500.0, "1704239998500"),
        ("%d/%m/%Y", json!("03/01/2024"), 3.0, "31/12/2023"),
        ("%Y%m%d", json!(20_240_103), 3.0, "20231231"),
        ("%d/%m/%Y %H:%M", json!("03/01/2024 00:00"), 60.0, "02/01/2024 23:59"),
        ("/Date(…)/", json!("/Date(1704240000000+0000)/"), 60.0, "/Date(1704239940000+0000)/"),
    ] {
        let events = Events::at([value]).await;
        let plan =
            plan(Incremental { lag: Some(Distance::Number(lag).into()), ..of(cursor_format) });
        let (_, next) = events.run(&plan, None).await.unwrap();
        assert_eq!(events.run(&plan, next).await.unwrap().0, [1], "it comes again");
        assert_eq!(sent(&events.server, "since"), [expected], "{cursor_format}");
    }
}

#[tokio::test]
async fn times_that_cannot_be_written_in_a_format_fail_before_a_request() {
    let events = Events::at([json!(5)]).await;
    let initial_value = Some(json!(5).to_string().into());
    let number = Incremental { initial_value, param_format: Some(format("iso")), ..incremental() };
    let mut said = shown(&events.run(&plan(number.clone()), None).await.unwrap_err().to_string());
    let texts: [&[Part]; 1] = [&[bound(Bound::StartValue, "%Y")]];
    let number = Incremental { param_format: None, ..number };
    let plan = with_texts(number, &texts);
    said += "\n";
    said += &shown(&events.run(&plan, None).await.unwrap_err().to_string());
    assert!(events.server.seen().is_empty());
    let seconds = Incremental {
        data_type: Some(DataType::Timestamp),
        initial_value: Some("1704240000".into()),
        param_format: Some(format("iso")),
        window: Some(Distance::Time(Window { unit: Unit::Hour, ..Window::DAY }).into()),
        end_value: Some("1704243600".into()),
        ..incremental()
    };
    let events = Events::at([]).await;
    events.run(&crate::incremental::plan(seconds), None).await.unwrap();
    assert_eq!(sent(&events.server, "since"), ["2024-01-03T00:00:00Z"]);
    expect![[r#"
        events: `param_format`: 5 is no time that could be written as `iso`: `cursor_format` says how records write theirs, such as `cursor_format: epoch`
        events: 5 is no time that could be written as `%Y`: `cursor_format` says how records write theirs, such as `cursor_format: epoch`"#]].assert_eq(&said);
}
