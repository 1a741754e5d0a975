//! Links and page cursors that end before as much has come as the responses say that there is.

use std::fmt::Write as _;

use axum::response::{IntoResponse, Response};
use expect_test::expect;
use futures_util::TryStreamExt as _;
use rest_source::{
    AnyRecord, AnyResource, Checkpoint, Client, Fetch, Start,
    plan::{End, HeaderCursor, HeaderLink, JsonLink, Paginator, ResourcePlan, Total},
};
use serde_json::{Value, json};

use crate::{
    pagination::{cursor, keys, plan},
    shown::shown,
    support::{Log, Server, client},
};

/// Fetches pages one after the other, each of which leads to the next one by every means. The error of a
/// fetch that has to be complete, and the records and the warning of one that need not be.
async fn fetch(plan: &ResourcePlan, pages: &[Value]) -> (Result<usize, String>, usize, bool) {
    let pages = pages.to_vec();
    let answer = move |n: usize| -> Response {
        let mut page = pages[(n - 1) % pages.len()].clone();
        let is_last = n.is_multiple_of(pages.len());
        let total = page["header"].take();
        let link = format!("/events?page={n}");
        if page["data"].is_array() {
            page["next"] = if is_last { Value::Null } else { json!(format!("c{n}")) };
            page["link"] = if is_last { Value::Null } else { json!(link) };
        }
        page.as_object_mut().unwrap().remove("header");
        let mut response = page.to_string().into_response();
        if !is_last {
            let link = format!("<{link}>; rel=\"next\"");
            response.headers_mut().insert("link", link.parse().unwrap());
            response.headers_mut().insert("x-next", format!("c{n}").parse().unwrap());
        }
        if let Some(total) = total.as_str() {
            response.headers_mut().insert("x-total-count", total.parse().unwrap());
        }
        response
    };
    let server = Server::answering(move |seen| answer(seen.number)).await;
    let client = client(&server);
    let log = Log::of_all();
    let name = format!("events_{}", fastrand::u64(..));
    let plan = ResourcePlan { name: name.clone().into(), ..plan.clone() };
    let fetch = Fetch::<Value>::of_plan(&client, plan.clone());
    let records = fetch.all().await.unwrap().len();
    let text = log.text();
    let mut lines = text.lines().filter(|line| line.contains("WARN") && line.contains(&name));
    let warns = lines.any(|line| line.contains("had come") || line.contains("on the last page"));
    let strict = strict(&client, plan, None).await.map_err(|error| error.replace(&name, "events"));
    (strict, records, warns)
}

/// How many records come of a fetch that has to be complete.
pub(crate) async fn strict(
    client: &Client,
    plan: ResourcePlan,
    resume: Option<Checkpoint>,
) -> Result<usize, String> {
    let resource = AnyResource::of_fetch(Fetch::<AnyRecord>::of_plan(client, plan));
    let pages = resource.pages(Start::default().strict(true).resume(resume));
    let pages: Result<Vec<_>, _> = pages.try_collect().await;
    pages
        .map(|pages| pages.iter().map(|page| page.records.len()).sum())
        .map_err(|error| error.to_string())
}

fn all(total: &Total) -> Vec<ResourcePlan> {
    let end = || End { total: total.clone(), ..End::NONE };
    [
        cursor(end()),
        Paginator::JsonLink(JsonLink {
            next_url_path: keys("link"),
            end: end(),
            ..JsonLink::DEFAULT
        }),
        Paginator::HeaderLink(HeaderLink { rel: "next".into(), end: end(), ..HeaderLink::DEFAULT }),
        Paginator::HeaderCursor(HeaderCursor {
            header: "x-next".into(),
            cursor_param: "after".into(),
            end: end(),
            ..HeaderCursor::DEFAULT
        }),
    ]
    .map(plan)
    .into()
}

fn page(ids: &[u64], mut with: Value) -> Value {
    with["data"] = ids.iter().map(|id| json!({"id": id})).collect();
    with
}

async fn is_short(pages: &[Value], texts: &mut String) {
    let mut plans = all(&Total::Detected);
    // What is detected comes to the same.
    let mut detected = plans[0].clone();
    detected.endpoint.paginator = Paginator::Auto;
    plans.push(detected);
    for plan in plans {
        let (strict, records, warns) = fetch(&plan, pages).await;
        assert!(strict.is_err(), "{:?} {pages:?}", plan.endpoint.paginator);
        let text = strict.unwrap_err();
        // The same for every paginator.
        if !texts.trim_end().ends_with(&text) {
            writeln!(texts, "{text}").unwrap();
        }
        assert!(warns && records > 0, "{:?}", plan.endpoint.paginator);
    }
    for plan in all(&Total::None) {
        let (strict, records, warns) = fetch(&plan, pages).await;
        assert_eq!((strict, warns), (Ok(records), false), "{pages:?}");
    }
}

async fn is_whole(pages: &[Value]) {
    for plan in all(&Total::Detected) {
        let (strict, records, warns) = fetch(&plan, pages).await;
        assert_eq!((strict, warns), (Ok(records), false), "{pages:?}");
    }
}

#[tokio::test]
async fn an_end_before_the_total_is_told() {
    let mut texts = String::new();
    for with in [
        json!({"total": 5}),
        json!({"meta": {"total_count": "5"}}),
        json!({"total_results": 5, "limit": 2}),
        json!({"count": 5}),
        json!({"pagination": {"total": 5, "count": 2}}),
    ] {
        let pages = [page(&[1, 2], with.clone()), page(&[3, 4], with)];
        is_short(&pages, &mut texts).await;
    }
    let of_pages = |ids: &[u64]| page(ids, json!({"total_pages": 3}));
    is_short(&[of_pages(&[1, 2]), of_pages(&[3, 4])], &mut texts).await;
    let header = |ids: &[u64]| page(ids, json!({"header": "3"}));
    is_short(&[header(&[1]), header(&[2])], &mut texts).await;
    // On the first page alone.
    let pages = [page(&[1, 2], json!({"total": 5})), page(&[3, 4], json!({}))];
    is_short(&pages, &mut texts).await;
    expect![[r#"
        events, page 2: `total` says that there are 5 records, but 4 had come when nothing led to another page, so that some may be missing; if it counts something else, say `total_path: null` in the paginator
        events, page 2: `meta.total_count` says that there are 5 records, but 4 had come when nothing led to another page, so that some may be missing; if it counts something else, say `total_path: null` in the paginator
        events, page 2: `total_results` says that there are 5 records, but 4 had come when nothing led to another page, so that some may be missing; if it counts something else, say `total_path: null` in the paginator
        events, page 2: `count` says that there are 5 records, but 4 had come when nothing led to another page, so that some may be missing; if it counts something else, say `total_path: null` in the paginator
        events, page 2: `pagination.total` says that there are 5 records, but 4 had come when nothing led to another page, so that some may be missing; if it counts something else, say `total_path: null` in the paginator
        events, page 2: `total_pages` says that there are 3 pages, but 2 had come when nothing led to another page, so that some may be missing; if it counts something else, say `total_path: null` in the paginator
        events, page 2: `x-total-count` says that there are 3 records, but 2 had come when nothing led to another page, so that some may be missing; if it counts something else, say `total_path: null` in the paginator
        events, page 2: `total` says that there are 5 records, but 4 had come when nothing led to another page, so that some may be missing; if it counts something else, say `total_path: null` in the paginator
    "#]].assert_eq(&texts);
}

#[tokio::test]
async fn an_only_page_below_its_total_is_told() {
    let mut texts = String::new();
    for plan in all(&Total::Detected).into_iter().take(2) {
        let (strict, _, warns) = fetch(&plan, &[page(&[1, 2], json!({"total": 5}))]).await;
        assert!(warns);
        writeln!(texts, "{}", shown(&strict.unwrap_err())).unwrap();
    }
    expect![[r#"
        events, page 1: `total` says that there are 5 records, but 2 had come when nothing led to another page, so that some may be missing; if it counts something else, say `total_path: null` in the paginator
        events, page 1: `total` says that there are 5 records, but 2 had come when nothing led to another page, so that some may be missing; if it counts something else, say `total_path: null` in the paginator
    "#]].assert_eq(&texts);
}

#[tokio::test]
async fn an_end_that_agrees_with_what_is_said_is_one() {
    for (first, last) in [
        (json!({"total": 4}), json!({"total": 4})),
        // Of the page, of both ways of counting.
        (json!({"total": 2}), json!({"total": 2})),
        (json!({"result_count": 2, "count": 2}), json!({"result_count": 2, "count": 2})),
        // Records are gone or have come meanwhile.
        (json!({"total": 5}), json!({"total": 4})),
        (json!({"total": 4}), json!({"total": 9})),
        // Bounded from below, estimated, or something else.
        (json!({"total": 3}), json!({"total": 3})),
        (json!({"estimatedTotalHits": 90}), json!({"estimatedTotalHits": 90})),
        (json!({"summary": {"total": 900}}), json!({"summary": {"total": 900}})),
        (json!({"total_amount": 900}), json!({"total_amount": 900})),
        (json!({"count": 100, "limit": 100}), json!({"count": 100, "limit": 100})),
        (json!({"total_pages": 2}), json!({"total_pages": 2})),
        (json!({"total": 12.5}), json!({"total": 12.5})),
    ] {
        is_whole(&[page(&[1, 2], first), page(&[3, 4], last)]).await;
    }
    for plan in all(&Total::Detected).into_iter().take(2) {
        assert_eq!(fetch(&plan, &[page(&[1, 2], json!({"count": 50}))]).await, (Ok(2), 2, false));
    }
}

#[tokio::test]
async fn a_total_that_the_file_names_is_reached_or_missed() {
    let total = || Total::At(keys("summary.size"));
    let mut texts = String::new();
    for plan in all(&total()) {
        let pages = |size| {
            let with = json!({"summary": {"size": size}, "total": 99});
            [page(&[1, 2], with.clone()), page(&[3, 4], with)]
        };
        let (strict, _, warns) = fetch(&plan, &pages(5)).await;
        assert!(warns);
        writeln!(texts, "{}", shown(&strict.unwrap_err())).unwrap();
        assert_eq!(fetch(&plan, &pages(4)).await, (Ok(4), 4, false));
    }
    expect![[r#"
        events, page 2: `summary.size` says that there are 5 records, but 4 had come when nothing led to another page, so that some may be missing; if it counts something else, say `total_path: null` in the paginator
        events, page 2: `summary.size` says that there are 5 records, but 4 had come when nothing led to another page, so that some may be missing; if it counts something else, say `total_path: null` in the paginator
        events, page 2: `summary.size` says that there are 5 records, but 4 had come when nothing led to another page, so that some may be missing; if it counts something else, say `total_path: null` in the paginator
        events, page 2: `summary.size` says that there are 5 records, but 4 had come when nothing led to another page, so that some may be missing; if it counts something else, say `total_path: null` in the paginator
    "#]].assert_eq(&texts);
}

/// A fetch that is resumed has not seen all that has come, and one that is limited ends where it is to.
#[tokio::test]
async fn what_is_resumed_or_limited_is_not_compared() {
    let server = Server::answering(|seen| match seen.param("after").as_deref() {
        None => page(&[1, 2], json!({"total": 4, "next": "a"})).to_string(),
        Some("a") => page(&[3], json!({"total": 4, "next": "b"})).to_string(),
        _ => page(&[4], json!({"total": 4, "next": null})).to_string(),
    })
    .await;
    let client = client(&server);
    let plan = plan(cursor(End::NONE));
    let fetch = Fetch::<Value>::of_plan(&client, plan.clone());
    assert_eq!(fetch.clone().limit(3).all().await.unwrap().len(), 3);
    let first = fetch.pages().try_next().await.unwrap().unwrap();
    assert_eq!(strict(&client, plan, Some(first.checkpoint)).await, Ok(2));
}

/// An empty object or text in place of the records may be an empty list, or a failure.
#[tokio::test]
async fn who_needs_all_does_not_take_nothing_for_no_records() {
    let mut texts = String::new();
    for body in [r#"{"data":{}}"#, r#"{"data":""}"#] {
        let server = Server::answering(move |_| body).await;
        let mut plan = plan(Paginator::SinglePage);
        let error = strict(&client(&server), plan.clone(), None).await.unwrap_err();
        writeln!(texts, "{}", shown(&error)).unwrap();
        plan.endpoint.paginator = cursor(End::NONE);
        assert!(strict(&client(&server), plan, None).await.is_err());
    }
    expect![[r#"
        events, page 1: `{}` stands where records are expected, so that some may be missing; if that is how the API says that there are no more, say `response_actions: [{where: "!@.data[*]", action: ignore}]`
        events, page 1: `""` stands where records are expected, so that some may be missing; if that is how the API says that there are no more, say `response_actions: [{where: '@.data == ""', action: ignore}]`
    "#]].assert_eq(&texts);
}
