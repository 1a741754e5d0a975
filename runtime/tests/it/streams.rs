//! Resources that are read as streams: part by part of their incremental range, each of which can be fetched again.

use std::time::Duration;

use expect_test::expect;
use futures_util::TryStreamExt as _;
use rest_source::{
    AnyPage, AnyRecord, AnyResource, Error, Fetch, Start, Timestamp,
    plan::{
        Configurable, DataType, Distance, Incremental, LastValue, NextRun, OnMissing, ResourcePlan,
        Str, TimeFormat, Unit, Window,
    },
};
use serde_json::{Value, json};

use crate::{
    incremental::{Events, incremental, plan},
    support::{SOURCE, builder},
};

fn times() -> Incremental {
    Incremental {
        data_type: Some(DataType::Timestamp),
        start_param: Some("since".into()),
        end_param: Some("until".into()),
        ..incremental()
    }
}

fn resource(url: &str, plan: ResourcePlan) -> AnyResource {
    let client = builder(&SOURCE).base_url(url).build().unwrap();
    AnyResource::of_fetch(Fetch::<AnyRecord>::of_plan(&client, plan))
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// The ids of the records of a part.
async fn part(
    resource: &AnyResource,
    from: Option<&str>,
    until: &str,
) -> Result<Vec<String>, Error> {
    let part = resource.between(from.map(at), at(until))?;
    let pages: Vec<AnyPage> = part.pages(Start::default()).try_collect().await?;
    assert!(pages.iter().all(|page| page.checkpoint.next_run().is_none()));
    let of_page = |page: &AnyPage| -> Vec<String> {
        (0..page.records.len()).map(|at| id(page, at)).collect()
    };
    Ok(pages.iter().flat_map(of_page).collect())
}

fn id(page: &AnyPage, index: usize) -> String {
    page.records.get(index).extra().get("id").unwrap().to_string()
}

#[tokio::test]
async fn parts_have_each_record_once_and_the_same_range_again() {
    let days = (1..=9).map(|day| json!(format!("2024-01-0{day}T12:00:00Z")));
    let events = Events::at(days).await;
    let resource = resource(&events.server.url(), plan(times()));
    let bounds = ["2024-01-03T12:00:00Z", "2024-01-06T00:00:00Z", "2025-01-01T00:00:00Z"];
    let first = part(&resource, None, bounds[0]).await.unwrap();
    let second = part(&resource, Some(bounds[0]), bounds[1]).await.unwrap();
    let third = part(&resource, Some(bounds[1]), bounds[2]).await.unwrap();
    let shown = [&first, &second, &third].map(|part| part.join(" "));
    assert_eq!(shown, ["1 2", "3 4 5", "6 7 8 9"]);
    // What comes later is in the parts behind.
    events.add([json!("2024-01-06T00:00:00Z"), json!("2025-01-01T00:00:00Z")]);
    assert_eq!(part(&resource, Some(bounds[0]), bounds[1]).await.unwrap(), second);
    assert_eq!(part(&resource, Some(bounds[1]), bounds[2]).await.unwrap().len(), 5);
    // The server is told of both bounds.
    let asked = events.server.params("since").into_iter().zip(events.server.params("until"));
    let asked: Vec<_> = asked.take(2).collect();
    let sent = |text: &str| Some(text.to_owned());
    assert_eq!(asked, [(None, sent(bounds[0])), (sent(bounds[0]), sent(bounds[1]))]);
}

#[tokio::test]
async fn bounds_are_sent_as_the_runs_of_the_description_send_them() {
    let events = Events::at([]).await;
    let url = events.server.url();
    let format = Incremental {
        cursor_format: Some(TimeFormat::read("%d/%m/%Y").unwrap()),
        data_type: Some(DataType::Text),
        ..times()
    };
    let seconds = Incremental { initial_value: Some(bound(&json!(1_704_067_200))), ..times() };
    let day = Incremental { initial_value: Some(bound(&json!("2024-01-01"))), ..times() };
    let date = Incremental { data_type: Some(DataType::Date), ..day.clone() };
    for range in [format, seconds, day, date] {
        let resource = resource(&url, plan(range));
        part(&resource, Some("2024-01-03T00:00:00Z"), "2024-01-05T00:00:00Z").await.unwrap();
    }
    let asked = events.server.params("since").into_iter().zip(events.server.params("until"));
    let asked: Vec<_> =
        asked.map(|(since, until)| format!("{} {}", since.unwrap(), until.unwrap())).collect();
    expect![[r#"
        03/01/2024 05/01/2024
        1704240000 1704412800
        2024-01-03T00:00:00Z 2024-01-05T00:00:00Z
        2024-01-03 2024-01-05"#]]
    .assert_eq(&asked.join("\n"));
}

fn bound(value: &Value) -> Configurable<Str> {
    Configurable::Known(value.to_string().into())
}

#[tokio::test]
async fn a_stream_reaches_as_far_as_its_records_are_there() {
    let url = "http://127.0.0.1:9";
    let now = || jiff::Timestamp::now().as_second();
    let seconds = |at: Timestamp| at.as_nanosecond() / 1_000_000_000;
    let initial = Some(bound(&json!("2024-01-01T08:00:00.5Z")));

    let all = resource(url, plan(Incremental { initial_value: initial, ..times() }));
    let (start, end) = all.reach(None).unwrap();
    assert_eq!(start, Some(at("2024-01-01T08:00:00.5Z")));
    assert_eq!(end.subsec_nanosecond(), 0);
    assert!((59..=62).contains(&(i128::from(now()) - seconds(end))), "{end}");

    let (start, end) = resource(url, plan(times())).reach(Some(Duration::ZERO)).unwrap();
    assert_eq!(start, None);
    assert!((0..=2).contains(&(i128::from(now()) - seconds(end))), "{end}");

    // A day has records until its end.
    let date = Incremental { data_type: Some(DataType::Date), ..times() };
    let (_, end) = resource(url, plan(date)).reach(None).unwrap();
    assert_eq!(seconds(end) % 86_400, 0);

    // Of a range that ends before now.
    let ends = Incremental { end_value: Some(bound(&json!("now - 1 day"))), ..times() };
    let (_, end) = resource(url, plan(ends)).reach(None).unwrap();
    assert!((86_399..=86_402).contains(&(i128::from(now()) - seconds(end))), "{end}");
}

#[tokio::test]
async fn what_cannot_be_a_stream_says_why() {
    let day = Distance::Time(Window { unit: Unit::Day, ..Window::DAY });
    let ranges = [
        Incremental { data_type: Some(DataType::Bigint), ..times() },
        Incremental { data_type: None, ..times() },
        Incremental { next_run: NextRun::RunTime, ..times() },
        Incremental { next_run: NextRun::Page, ..times() },
        Incremental { last_value: LastValue::Min, ..times() },
        Incremental { on_missing: OnMissing::Include, ..times() },
        Incremental { end_value: Some(bound(&json!("2024-02-01T00:00:00Z"))), ..times() },
        Incremental { lag: Some(day.into()), ..times() },
    ];
    let plans = ranges.map(plan).into_iter();
    let without = ResourcePlan::new(
        "events",
        rest_source::plan::Endpoint::new(&[], None, rest_source::plan::Paginator::SinglePage),
        &[],
    );
    let texts = plans
        .chain([without])
        .map(|plan| resource("http://127.0.0.1:9", plan).reach(None).unwrap_err().to_string());
    expect![[r#"
        events: it cannot be read as a stream: its incremental cursor is not known to be a time, and where other values end is known to the server alone; if it is one, declare its column as `timestamp` or `date`, or say its `cursor_format`
        events: it cannot be read as a stream: its incremental cursor is not known to be a time, and where other values end is known to the server alone; if it is one, declare its column as `timestamp` or `date`, or say its `cursor_format`
        events: it cannot be read as a stream: the time of the run is its incremental cursor, and no field of its records tells in which part of the range they are
        events: it cannot be read as a stream: its next run begins with what the last page leaves, which is not known before that page
        events: it cannot be read as a stream: its runs go back in time (`last_value_func: min`)
        events: it cannot be read as a stream: records without a value of the incremental cursor are in every part of the range; write `on_cursor_value_missing: exclude` or `raise`
        events: it cannot be read as a stream: its range has an end (`end_value`), behind which nothing comes: read it as a batch
        events: it cannot be read as a stream: its `lag` has each run fetch records once more, as they may change, and a stream would have them twice; say by `delay` after which time they do not change any more, as in `2 days`
        events: it cannot be read as a stream: it has no `incremental` range, so that each part of a stream would have all of its records; read it as a batch"#]].assert_eq(&texts.collect::<Vec<_>>().join("\n"));
}
