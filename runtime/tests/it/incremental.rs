//! Fetching only what is new since the last run.

use std::sync::{Arc, Mutex, atomic::Ordering};

use expect_test::expect;
use futures_util::TryStreamExt as _;
use rest_source::{
    Checkpoint, Error, Fetch, Page,
    plan::{
        DataType, Distance, Edge, Endpoint, Incremental, LastValue, OnMissing, Paginator,
        ResourcePlan, RowOrder, Selector, Unit, Window,
    },
};
use serde_json::{Value, json};

use crate::{
    children::resource,
    shown::shown,
    support::{Log, SOURCE, Seen, Server, builder},
};

pub(crate) fn incremental() -> Incremental {
    Incremental {
        cursor_path: Selector::Keys(vec!["at".into()].into()),
        data_type: None,
        initial_value: None,
        end_value: None,
        last_value: LastValue::Max,
        primary_key: Some(vec!["id".into()].into()),
        row_order: None,
        lag: None,
        on_missing: OnMissing::Raise,
        range_start: Edge::Closed,
        range_end: Edge::Open,
        start_param: Some("since".into()),
        end_param: None,
        future_tolerance: Window::DAY.into(),
        window: None,
        ..Incremental::DEFAULT
    }
}

pub(crate) fn plan(incremental: Incremental) -> ResourcePlan {
    const PATH: &[rest_source::plan::Part] =
        &[rest_source::plan::Part::Text(std::borrow::Cow::Borrowed("/events"))];
    let endpoint = Endpoint::new(PATH, Some(Selector::ROOT), Paginator::SinglePage);
    let endpoint = Endpoint { incremental: Some(incremental), ..endpoint };
    ResourcePlan::new("events", endpoint, &[])
}

#[tokio::test]
async fn ids_that_only_differ_beyond_64_bits_are_not_taken_for_the_same_record() {
    let bodies = Arc::new(Mutex::new(vec![
        r#"[{"id": 123456789012345678901234567890, "at": 1}]"#,
        r#"[{"id": 123456789012345678901234567891, "at": 1}]"#,
    ]));
    let server = Server::answering(move |_| bodies.lock().unwrap().remove(0)).await;
    let client = builder(&SOURCE).base_url(server.url()).build().unwrap();
    let fetch = Fetch::<Value>::of_plan(&client, plan(incremental()));
    let first = fetch.clone().pages().try_next().await.unwrap().unwrap();
    let next = first.checkpoint.next_run().unwrap();
    assert_eq!(fetch.resume(next).all().await.unwrap().len(), 1);
}

/// A server of records that can be changed.
pub(crate) struct Events {
    pub(crate) server: Server,
    records: Arc<Mutex<Vec<Value>>>,
}

impl Events {
    pub(crate) async fn at(values: impl IntoIterator<Item = Value>) -> Events {
        let records = Arc::new(Mutex::new(Vec::new()));
        let shown = Arc::clone(&records);
        let server =
            Server::answering(move |_| Value::from(shown.lock().unwrap().clone()).to_string())
                .await;
        let events = Events { server, records };
        events.add(values);
        events
    }

    pub(crate) fn add(&self, values: impl IntoIterator<Item = Value>) {
        let mut records = self.records.lock().unwrap();
        for at in values {
            let id = records.len() + 1;
            records.push(json!({"id": id, "at": at}));
        }
    }

    /// One run: the ids of the records, and where the next run begins.
    pub(crate) async fn run(
        &self,
        plan: &ResourcePlan,
        since: Option<Checkpoint>,
    ) -> Result<(Vec<u64>, Option<Checkpoint>), Error> {
        let client = builder(&SOURCE).base_url(self.server.url()).build().unwrap();
        let mut fetch = Fetch::<Value>::of_plan(&client, plan.clone());
        if let Some(since) = since {
            // As it would be kept between two runs.
            let kept = serde_json::to_string(&since).unwrap();
            fetch = fetch.resume(serde_json::from_str(&kept).unwrap());
        }
        let pages: Vec<Page<Value>> = fetch.pages().try_collect().await?;
        let records = pages.iter().flat_map(|page| &page.records);
        let ids = records.map(|record| record["id"].as_u64().unwrap()).collect();
        Ok((ids, pages.last().and_then(|page| page.checkpoint.next_run())))
    }

    pub(crate) fn since(&self) -> Vec<Option<String>> {
        self.server.params("since")
    }
}

#[tokio::test]
async fn a_run_begins_where_the_last_one_ended_and_gives_no_record_twice() {
    let events = Events::at([1, 2, 3].map(Value::from)).await;
    let plan = plan(incremental());
    let (ids, next) = events.run(&plan, None).await.unwrap();
    assert_eq!(ids, [1, 2, 3]);
    events.add([3, 4].map(Value::from));
    let (ids, next) = events.run(&plan, next).await.unwrap();
    assert_eq!(ids, [4, 5], "the record at the bound that was there before does not come again");
    let (ids, next) = events.run(&plan, next).await.unwrap();
    assert!(ids.is_empty());
    assert!(next.is_some());
    assert_eq!(events.since(), [None, Some("3".to_owned()), Some("4".to_owned())]);
}

#[tokio::test]
async fn values_compare_as_numbers_and_times_and_not_as_text() {
    let cases = [
        (json!("9"), json!("10"), None),
        (json!(9), json!("10"), None),
        (json!("1e1"), json!("11"), Some(DataType::Bigint)),
        (json!("2024-01-02T00:30:00+02:00"), json!("2024-01-01T23:00:00Z"), None),
        (json!("Tue, 2 Jan 2024 00:00:00 +0000"), json!("2024-01-03"), Some(DataType::Timestamp)),
        (json!(1_704_067_200), json!("2024-01-02"), Some(DataType::Timestamp)),
        (json!("10"), json!("9"), Some(DataType::Text)),
        (json!(12_345_678_901_234_567_u64), json!(12_345_678_901_234_568_u64), None),
    ];
    for (earlier, later, data_type) in cases {
        let events = Events::at([later.clone()]).await;
        let plan = plan(Incremental { data_type, ..incremental() });
        let (_, next) = events.run(&plan, None).await.unwrap();
        events.add([earlier.clone()]);
        let (ids, _) = events.run(&plan, next).await.unwrap();
        assert!(ids.is_empty(), "{earlier} is before {later}");
    }
}

#[tokio::test]
async fn bounds_belong_to_the_range_as_the_file_says() {
    let bounded = |range_start, range_end| Incremental {
        initial_value: Some("2".into()),
        end_value: Some("4".into()),
        end_param: Some("until".into()),
        range_start,
        range_end,
        ..incremental()
    };
    let cases: [(Edge, Edge, &[u64]); 4] = [
        (Edge::Closed, Edge::Open, &[2, 3]),
        (Edge::Open, Edge::Closed, &[3, 4]),
        (Edge::Closed, Edge::Closed, &[2, 3, 4]),
        (Edge::Open, Edge::Open, &[3]),
    ];
    for (start, end, expected) in cases {
        let events = Events::at([1, 2, 3, 4, 5].map(Value::from)).await;
        let (ids, next) = events.run(&plan(bounded(start, end)), None).await.unwrap();
        assert_eq!(ids, expected);
        assert!(next.is_none(), "a range with an end leaves no state");
        assert_eq!(events.server.params("until"), [Some("4".to_owned())]);
    }
}

#[tokio::test]
async fn the_smallest_value_bounds_the_next_run_with_min() {
    let events = Events::at([5, 7].map(Value::from)).await;
    let plan = plan(Incremental { last_value: LastValue::Min, ..incremental() });
    let (ids, next) = events.run(&plan, None).await.unwrap();
    assert_eq!(ids, [1, 2]);
    events.add([6, 4].map(Value::from));
    assert_eq!(events.run(&plan, next).await.unwrap().0, [4]);
}

#[tokio::test]
async fn a_lag_goes_back_behind_the_bound_and_never_behind_the_beginning() {
    let cases = [
        (json!(10), 2.0, "1", "8"),
        (json!(10), 20.0, "1", "1"),
        (json!("2024-01-05"), 1.0, r#""2024-01-01""#, "2024-01-04"),
        (json!("2024-01-05T00:00:00Z"), 86400.0, r#""2024-01-01""#, "2024-01-04T00:00:00Z"),
        (json!("2024-01-05 00:00:00"), 60.0, r#""2024-01-01""#, "2024-01-04 23:59:00"),
    ];
    for (value, lag, initial, expected) in cases {
        let events = Events::at([value]).await;
        let initial_value = Some(initial.into());
        let plan = plan(Incremental {
            lag: Some(Distance::Number(lag).into()),
            initial_value,
            ..incremental()
        });
        let (ids, next) = events.run(&plan, None).await.unwrap();
        assert_eq!(ids, [1]);
        let (ids, _) = events.run(&plan, next).await.unwrap();
        assert_eq!(ids, [1], "within a lag records come again");
        assert_eq!(events.since()[1].as_deref(), Some(expected));
    }
}

#[tokio::test]
async fn a_record_without_the_value_is_an_error_unless_the_file_says_otherwise() {
    let mut said = String::new();
    for (on_missing, expected) in [
        (OnMissing::Include, Some(vec![1, 2])),
        (OnMissing::Exclude, Some(vec![2])),
        (OnMissing::Raise, None),
    ] {
        let events = Events::at([Value::Null, json!(1)]).await;
        let plan = plan(Incremental { on_missing, ..incremental() });
        match (events.run(&plan, None).await, expected) {
            (Ok((ids, _)), Some(expected)) => assert_eq!(ids, expected),
            (Err(error), None) => {
                assert_eq!((error.record(), error.field()), (Some(1), Some("at")));
                said.extend([&shown(&error), "\n"]);
            }
            (ran, _) => panic!("{on_missing:?}: {ran:?}"),
        }
    }
    expect![[r#"
        events, page 1, record 1, field `at`: the incremental cursor has no value; should such records be there, say so by `on_cursor_value_missing: include` or `exclude`
    "#]].assert_eq(&said);
}

#[tokio::test]
async fn what_is_no_record_is_not_left_out_as_one_without_the_value() {
    let server = Server::answering(|_| r#"[{"id":1,"at":1},5]"#).await;
    let plan = plan(Incremental { on_missing: OnMissing::Exclude, ..incremental() });
    let client = builder(&SOURCE).base_url(server.url()).build().unwrap();
    let records = Fetch::<Value>::of_plan(&client, plan).all().await.unwrap();
    assert_eq!(records, [json!({"id": 1, "at": 1}), json!(5)]);
}

#[tokio::test]
async fn values_that_do_not_compare_are_an_error() {
    let events = Events::at([json!("b")]).await;
    let plan = plan(Incremental { initial_value: Some("1".into()), ..incremental() });
    let error = events.run(&plan, None).await.unwrap_err();
    expect![[r#"events, page 1, record 1, field `at`: "b" cannot be compared with the bound 1: text, and a number; declare the type of the column, as in `columns: {at: {data_type: text}}`"#]].assert_eq(&shown(&error));
}

#[tokio::test]
async fn pages_end_where_the_order_of_the_records_says() {
    let answer = |seen: crate::support::Seen| {
        let start: i64 = seen.param("after").map_or(9, |after| after.parse().unwrap());
        let items: Vec<Value> = [start, start - 1].map(|at| json!({"id": at, "at": at})).into();
        json!({"items": items, "next": (start > 1).then(|| (start - 2).to_string())}).to_string()
    };
    let server = Server::answering(answer).await;
    let client = builder(&SOURCE).base_url(server.url()).build().unwrap();
    let mut plan = resource("events", "/events", None);
    let row_order = Some(RowOrder::Descending);
    plan.endpoint.incremental =
        Some(Incremental { initial_value: Some("6".into()), row_order, ..incremental() });
    let events = Fetch::<Value>::of_plan(&client, plan).all().await.unwrap();
    assert_eq!(events.len(), 4);
    assert_eq!(server.seen().len(), 3, "the page with 5 is the last that is asked for");
}

#[tokio::test]
async fn each_parents_children_have_a_range_of_their_own() {
    let posts = resource("posts", "/posts", None);
    let mut comments = resource("comments", "/posts/{}/comments", Some((&posts, &["id"])));
    comments.endpoint.incremental = Some(incremental());
    let events = Arc::new(Mutex::new(vec![vec![1, 9], vec![1, 2], vec![3]]));
    let shown = Arc::clone(&events);
    let server = Server::answering(move |seen| {
        let shown = shown.lock().unwrap();
        let items: Vec<Value> = match seen.path.split('/').nth(2) {
            None => (0..shown.len()).map(|id| json!({"id": id})).collect(),
            Some(post) => {
                let of = post.parse::<usize>().unwrap();
                shown[of].iter().map(|at| json!({"id": format!("{post}.{at}"), "at": at})).collect()
            }
        };
        json!({"items": items, "next": null}).to_string()
    })
    .await;
    let client = builder(&SOURCE).base_url(server.url()).build().unwrap();
    let fetch = Fetch::<Value>::of_plan(&client, comments);
    let run = async |since: Option<Checkpoint>| {
        let fetch = match since {
            Some(since) => fetch.clone().resume(since),
            None => fetch.clone(),
        };
        let pages: Vec<Page<Value>> = fetch.pages().try_collect().await.unwrap();
        let records = pages.iter().flat_map(|page| &page.records);
        let ids: Vec<String> =
            records.map(|record| record["id"].as_str().unwrap().to_owned()).collect();
        let kept = serde_json::to_string(&pages.last().unwrap().checkpoint.next_run()).unwrap();
        (ids, serde_json::from_str::<Checkpoint>(&kept).unwrap())
    };
    let (ids, next) = run(None).await;
    assert_eq!(ids, ["0.1", "0.9", "1.1", "1.2", "2.3"]);
    // What is new of one post is older than the newest of another.
    events.lock().unwrap()[1].push(5);
    events.lock().unwrap().push(vec![4]);
    let before = server.seen().len();
    let (ids, next) = run(Some(next)).await;
    assert_eq!(ids, ["1.5", "3.4"]);
    let since: Vec<Option<String>> =
        server.seen()[before..].iter().skip(1).map(|seen| seen.param("since")).collect();
    let mut since: Vec<_> = since.into_iter().map(Option::unwrap_or_default).collect();
    since.sort();
    assert_eq!(since, ["", "2", "3", "9"]);
    assert!(run(Some(next)).await.0.is_empty());
}

/// Events of every day of January, of which the server gives those from `since` to `until`.
async fn january() -> Server {
    Server::answering(|seen| days_of_january(&seen)).await
}

fn days_of_january(seen: &Seen) -> String {
    let since = seen.param("since").unwrap();
    let until = seen.param("until").unwrap_or("9".to_owned());
    let days = (1..=31).map(|day| format!("2024-01-{day:02}T12:00:00Z"));
    let days: Vec<String> = days.filter(|at| since <= *at && *at < until).collect();
    let start: usize = seen.param("after").map_or(0, |after| after.parse().unwrap());
    let end = days.len().min(start + 2);
    let items: Vec<Value> = days[start..end].iter().map(|at| json!({"id": at, "at": at})).collect();
    json!({"items": items, "next": (end < days.len()).then_some(end)}).to_string()
}

#[tokio::test]
async fn windows_are_fetched_at_the_same_time_and_come_in_order() {
    let (server, highest) = Server::counting(|seen| days_of_january(&seen)).await;
    let client = builder(&SOURCE).base_url(server.url()).build().unwrap();
    let mut plan = windowed(Some(r#""2024-02-01T00:00:00Z""#));
    if let Some(incremental) = &mut plan.endpoint.incremental {
        incremental.window =
            Some(Distance::Time(Window { count: 1, unit: Unit::Day, ..Window::DAY }).into());
    }
    let records = Fetch::<Value>::of_plan(&client, plan).all().await.unwrap();
    let days: Vec<&str> = records.iter().map(|record| record["at"].as_str().unwrap()).collect();
    assert!(days.len() == 31 && days.is_sorted(), "{days:?}");
    assert_eq!(highest.load(Ordering::SeqCst), 4, "`concurrency` is 4");
}

fn windowed(end_value: Option<&'static str>) -> ResourcePlan {
    let mut plan = resource("events", "/events", None);
    plan.endpoint.incremental = Some(Incremental {
        initial_value: Some(r#""2024-01-01T00:00:00Z""#.into()),
        end_value: end_value.map(Into::into),
        end_param: Some("until".into()),
        window: Some(Distance::Time(Window { count: 1, unit: Unit::Week, ..Window::DAY }).into()),
        ..incremental()
    });
    plan
}

#[tokio::test]
async fn a_window_splits_a_range_into_parts_that_are_resumed_one_by_one() {
    let server = january().await;
    let client = builder(&SOURCE).base_url(server.url()).build().unwrap();
    let plan = windowed(Some(r#""2024-01-20T00:00:00Z""#));
    let fetch = Fetch::<Value>::of_plan(&client, plan);
    let pages: Vec<Page<Value>> = fetch.clone().pages().try_collect().await.unwrap();
    let days = |pages: &[Page<Value>]| -> Vec<String> {
        let records = pages.iter().flat_map(|page| &page.records);
        records.map(|record| record["at"].as_str().unwrap()[8..10].to_owned()).collect()
    };
    let all: Vec<String> = (1..20).map(|day| format!("{day:02}")).collect();
    assert_eq!(days(&pages), all);
    let mut windows: Vec<(String, String)> = server
        .seen()
        .iter()
        .map(|seen| (seen.param("since").unwrap(), seen.param("until").unwrap()))
        .map(|(since, until)| (since[8..10].to_owned(), until[8..10].to_owned()))
        .collect();
    windows.sort();
    windows.dedup();
    let expected = [("01", "08"), ("08", "15"), ("15", "20")];
    assert_eq!(windows, expected.map(|(since, until)| (since.to_owned(), until.to_owned())));
    for (index, page) in pages.iter().enumerate() {
        let kept = serde_json::to_string(&page.checkpoint).unwrap();
        let rest = fetch.clone().resume(serde_json::from_str(&kept).unwrap()).pages();
        let rest: Vec<Page<Value>> = rest.try_collect().await.unwrap();
        assert_eq!(days(&rest), days(&pages[index + 1..]), "after {kept}");
    }
    assert!(pages.last().unwrap().checkpoint.next_run().is_none());
}

#[tokio::test]
async fn the_last_window_has_no_end_and_the_next_run_begins_where_it_ended() {
    let server = january().await;
    let client = builder(&SOURCE).base_url(server.url()).build().unwrap();
    let fetch = Fetch::<Value>::of_plan(&client, windowed(None));
    let pages: Vec<Page<Value>> = fetch.clone().pages().try_collect().await.unwrap();
    let records = pages.iter().flat_map(|page| &page.records);
    assert_eq!(records.count(), 31);
    let next = pages.last().unwrap().checkpoint.next_run().unwrap();
    let before = server.seen().len();
    assert!(fetch.resume(next).all().await.unwrap().is_empty());
    let since = server.seen()[before].param("since").unwrap();
    assert_eq!(since, "2024-01-31T12:00:00Z");
}

#[tokio::test]
async fn an_initial_value_that_goes_back_behind_the_first_run_is_told() {
    let events = Events::at([7005, 7006, 7007].map(Value::from)).await;
    let from = |initial_value: &'static str| {
        plan(Incremental { initial_value: Some(initial_value.into()), ..incremental() })
    };
    let (ids, next) = events.run(&from("7006"), None).await.unwrap();
    assert_eq!(ids, [2, 3]);
    // Also after a run that has kept it.
    let (_, next) = events.run(&from("7007"), next).await.unwrap();
    let log = Log::of_all();
    let (ids, _) = events.run(&from("7005"), next).await.unwrap();
    assert!(ids.is_empty());
    let told = "`initial_value` 7005 is before 7006, with which the first run began";
    assert_eq!(log.text().matches(told).count(), 1, "{}", log.text());
    assert!(!log.text().contains("`initial_value` 7007 is before"));
}
