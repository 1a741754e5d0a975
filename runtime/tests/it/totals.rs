//! Totals that are none, that shrink, and that a flag of the response contradicts.

use axum::{http::StatusCode, response::IntoResponse};
use expect_test::expect;
use rest_source::{
    Error, Fetch,
    plan::{End, Paginator, Param, ResourcePlan},
};
use serde_json::{Value, json};

use crate::{
    children::resource,
    pagination::{cursor, keys, offset, page_number, plan, template},
    shown::shown,
    support::{Log, Seen, Server, client},
};

/// Fetches by an offset, ten records at a time, from a server that gives no more than `most` of
/// `count`, with the total that this function makes of a page and of all. How many requests there
/// were, and the records.
async fn capped(
    count: u64,
    most: u64,
    total: fn(u64, u64) -> u64,
) -> (usize, Result<Vec<Value>, Error>) {
    let server = Server::answering(move |seen: Seen| {
        let skip: u64 = seen.param("offset").unwrap().parse().unwrap();
        let page: Vec<Value> = (skip..count.min(skip + most)).map(|id| json!({"id": id})).collect();
        let total = total(page.len() as u64, count);
        json!({"data": page, "capped_total": total}).to_string()
    })
    .await;
    let plan = plan(offset(Some(keys("capped_total")), None, End::NONE));
    let records = Fetch::<Value>::of_plan(&client(&server), plan).page_size(10).all().await;
    (server.seen().len(), records)
}

#[tokio::test]
async fn a_total_of_the_page_loses_nothing_where_the_server_caps_its_pages() {
    let log = Log::of_all();
    let (requests, records) = capped(8, 3, |of_page, _| of_page).await;
    assert_eq!((requests, records.unwrap().len()), (4, 8));
    expect![[r#"
        `capped_total` says that there are 3 records, and 6 have come: it is no total, and the fetch ends where no more records come; say `total_path: null`, or say where the total is resource="events"
    "#]].assert_eq(&log.warnings());
    // A true total costs one request more, where the first page has all, and none elsewhere.
    let (requests, records) = capped(3, 5, |_, of_all| of_all).await;
    assert_eq!((requests, records.unwrap().len()), (2, 3));
    let (requests, records) = capped(8, 5, |_, of_all| of_all).await;
    assert_eq!((requests, records.unwrap().len()), (2, 8));
    let (requests, records) = capped(1, 5, |_, of_all| of_all).await;
    assert_eq!((requests, records.unwrap().len()), (1, 1));
}

/// Posts with so many comments, and the total of a page as `total` makes it of the page and of all.
async fn comments(
    counts: &'static [u64],
    most: u64,
    total: fn(u64, u64) -> u64,
) -> (usize, Result<usize, Error>) {
    let server = Server::answering(move |seen: Seen| {
        let Some(post) = seen.path.strip_prefix("/posts/") else {
            let posts: Vec<_> = (0..counts.len()).map(|id| json!({"id": id})).collect();
            return json!({"items": posts}).to_string();
        };
        let count = counts[post.split('/').next().unwrap().parse::<usize>().unwrap()];
        let skip: u64 = seen.param("offset").unwrap().parse().unwrap();
        let page: Vec<Value> = (skip..count.min(skip + most)).map(|id| json!({"id": id})).collect();
        json!({"total": total(page.len() as u64, count), "items": page}).to_string()
    })
    .await;
    let posts = resource("posts", "/posts", None);
    let mut plan = resource("comments", "/posts/{}/comments", Some((&posts, &["id"])));
    plan.endpoint.paginator = offset(Some(keys("total")), None, End::NONE);
    let fetch = Fetch::<Value>::of_plan(&client(&server), plan).page_size(100);
    let records = fetch.limit(1_000).all().await;
    (server.seen().len() - 1, records.map(|records| records.len()))
}

#[tokio::test]
async fn totals_of_many_parents_are_not_verified_for_each() {
    let (requests, records) = comments(&[3; 12], 100, |_, of_all| of_all).await;
    assert_eq!((records.unwrap(), requests), (36, 12 + 1 + 4));
    let (requests, records) = comments(&[2, 7, 1, 3, 6, 2, 9, 4], 100, |_, of_all| of_all).await;
    assert_eq!((records.unwrap(), requests), (34, 8 + 3));
    // A total beyond a page is none of that page.
    let (requests, records) = comments(&[8, 3, 3, 3], 7, |_, of_all| of_all).await;
    assert_eq!((records.unwrap(), requests), (17, 4 + 1));
    // Where it counts the page, what is shorter than a page that was verified is complete.
    let (_, records) = comments(&[2, 3, 1, 9, 2, 7], 4, |of_page, _| of_page).await;
    assert_eq!(records.unwrap(), 24);
    let (_, records) = comments(&[3, 3, 9], 3, |of_page, _| of_page).await;
    assert_eq!(records.unwrap(), 15);
    // What was taken for complete before is not, if such a page is followed by more.
    let (_, records) = comments(&[3, 3, 3, 9, 9], 3, |of_page, _| of_page).await;
    let error = records.unwrap_err();
    assert!(error.is_stuck(), "{error}");
    expect!["comments, page 2: 6 have come, although `total` said that the first page was the last one, which was believed of other parents, so that records of those may be missing; say `total_path: null`"].assert_eq(&shown(&error));
}

#[tokio::test]
async fn a_resource_that_is_not_paged_comes_once() {
    let log = Log::of_all();
    for moves in [false, true] {
        let server = Server::answering(move |seen: Seen| {
            let load = if moves { seen.number } else { 0 };
            let hosts = ["a", "b"].map(|host| json!({"host": host, "load": load}));
            json!({"data": hosts, "total": 2, "pages": 1}).to_string()
        })
        .await;
        let by_offset = plan(offset(Some(keys("total")), None, End::NONE));
        let by_page = page_number(Some(keys("pages")), None, End::NONE);
        let mut by_page = plan(by_page);
        per_page(&mut by_page, "2");
        for (plan, size) in [(by_offset, Some(50)), (by_page, None)] {
            let fetch = Fetch::<Value>::of_plan(&client(&server), plan);
            let fetch = size.map_or(fetch.clone(), |size| fetch.page_size(size));
            assert_eq!(fetch.all().await.unwrap().len(), 2);
        }
        assert_eq!(server.seen().len(), 4);
    }
    expect![[r#"
        the server gave the same records for `offset=2` as for the first page, which has as many as the total says: the fetch ends there; if all records come on one page, say `paginator: single_page` resource="events"
        the server gave the same records for `page=2` as for the first page, which has as many as the total says: the fetch ends there; if all records come on one page, say `paginator: single_page` resource="events"
        the server gave the same records for `offset=2` as for the first page, which has as many as the total says: the fetch ends there; if all records come on one page, say `paginator: single_page` resource="events"
        the server gave the same records for `page=2` as for the first page, which has as many as the total says: the fetch ends there; if all records come on one page, say `paginator: single_page` resource="events"
    "#]].assert_eq(&log.warnings());
}

fn per_page(plan: &mut ResourcePlan, size: &'static str) {
    let param = Param { name: "per_page".into(), value: template(size), ..Param::DEFAULT };
    plan.endpoint.params = vec![param].into();
}

/// `total_path` that leads to the number of the page.
#[tokio::test]
async fn a_number_of_pages_that_is_the_number_of_the_page_is_tried() {
    let server = |last: u64| {
        Server::answering(move |seen: Seen| {
            let page: u64 = seen.param("page").unwrap().parse().unwrap();
            let ids: &[u64] = match page {
                page if page < last => &[1, 2],
                page if page == last => &[3],
                _ => &[],
            };
            let records: Vec<Value> = ids.iter().map(|id| json!({"id": page * 10 + id})).collect();
            json!({"data": records, "page": page}).to_string()
        })
    };
    let mut plan = plan(page_number(Some(keys("page")), None, End::NONE));
    per_page(&mut plan, "2");
    let three = server(3).await;
    let records = Fetch::<Value>::of_plan(&client(&three), plan.clone()).all().await.unwrap();
    assert_eq!((records.len(), three.seen().len()), (5, 4));
    // A page that is not full needs no second one.
    let one = server(1).await;
    let records = Fetch::<Value>::of_plan(&client(&one), plan).all().await.unwrap();
    assert_eq!((records.len(), one.seen().len()), (1, 1));
}

/// Pages, and then 404.
async fn until_missing(paginator: Paginator, pages: &[Value]) -> Option<usize> {
    let pages = pages.to_vec();
    let server = Server::answering(move |seen: Seen| {
        let number = |name| seen.param(name).map(|number| number.parse::<usize>().unwrap());
        let skip = number("offset");
        let place = number("page").map(|page| page - 1).or_else(|| {
            let mut before = 0;
            pages.iter().position(|page| {
                let is_here = Some(before) == skip;
                before += page["data"].as_array().unwrap().len();
                is_here
            })
        });
        match place.and_then(|place| pages.get(place)) {
            Some(page) => page.to_string().into_response(),
            None => StatusCode::NOT_FOUND.into_response(),
        }
    })
    .await;
    let records = Fetch::<Value>::of_plan(&client(&server), plan(paginator)).all().await;
    records.ok().map(|records| records.len())
}

fn page(ids: &[u64], total: u64) -> Value {
    let records: Vec<Value> = ids.iter().map(|id| json!({"id": id})).collect();
    json!({"data": records, "gone": total})
}

#[tokio::test]
async fn a_missing_page_that_a_smaller_total_or_short_pages_explain_is_the_end() {
    let log = Log::of_all();
    let by_offset = || offset(Some(keys("gone")), None, End::NONE);
    let by_page = || page_number(Some(keys("gone")), None, End::NONE);
    // The total shrank.
    let shrunk = [page(&[1, 2], 5), page(&[3, 4], 4)];
    assert_eq!(until_missing(by_offset(), &shrunk).await, Some(4));
    let shrunk = [page(&[1, 2], 3), page(&[3, 4], 2)];
    assert_eq!(until_missing(by_page(), &shrunk).await, Some(4));
    // It counts records that the pages leave out.
    let short = [page(&[1, 2], 5), page(&[3], 5), page(&[4], 5)];
    assert_eq!(until_missing(by_offset(), &short).await, Some(4));
    let short = [page(&[1, 2], 3), page(&[3], 3)];
    assert_eq!(until_missing(by_page(), &short).await, Some(3));
    expect![[r#"
        the total at `gone` was 5 and is 4 now: records have come or gone while pages were counted, so that some may be missing or come twice
        `gone` said that there are 5 records, but the server has no page for `offset=4`, where the fetch ends: the total has shrunk, or the pages before were short resource="events"
        the total at `gone` was 3 and is 2 now: records have come or gone while pages were counted, so that some may be missing or come twice
        `gone` said that there are 3 pages, but the server has no page for `page=3`, where the fetch ends: the total has shrunk, or the pages before were short resource="events"
        `gone` said that there are 5 records, but the server has no page for `offset=4`, where the fetch ends: the total has shrunk, or the pages before were short resource="events"
        `gone` said that there are 3 pages, but the server has no page for `page=3`, where the fetch ends: the total has shrunk, or the pages before were short resource="events"
    "#]].assert_eq(&log.warnings());
    // Nothing explains it.
    assert_eq!(until_missing(by_offset(), &[page(&[1, 2], 5), page(&[3, 4], 5)]).await, None);
    assert_eq!(until_missing(by_offset(), &[page(&[1, 2], 9), page(&[3], 9)]).await, None);
    assert_eq!(until_missing(by_page(), &[page(&[1, 2], 3), page(&[3, 4], 3)]).await, None);
    assert_eq!(until_missing(by_page(), &[page(&[1, 2], 5), page(&[3], 5)]).await, None);
}

#[tokio::test]
async fn a_flag_that_ends_before_the_total_warns() {
    let log = Log::of_all();
    let ends = |flag: &str| End { has_more_path: Some(keys(flag)), ..End::NONE };
    let cases = [
        (offset(Some(keys("total")), None, ends("more_of_offset")), "more_of_offset", json!(9)),
        (
            page_number(Some(keys("total_pages")), None, ends("more_of_page")),
            "more_of_page",
            json!(9),
        ),
        (cursor(ends("more_of_cursor")), "more_of_cursor", json!(9)),
        (offset(Some(keys("total")), None, ends("more_is_right")), "more_is_right", json!(2)),
        (cursor(ends("more_is_fine")), "more_is_fine", json!(2)),
    ];
    for (paginator, flag, total) in cases {
        let body = json!({"data": [{"id": 1}, {"id": 2}], flag: false, "total": total, "next": "a",
            "total_pages": total});
        let server = Server::answering(move |seen: Seen| match seen.number {
            1 => body.to_string().into_response(),
            _ => StatusCode::NOT_FOUND.into_response(),
        })
        .await;
        let records = Fetch::<Value>::of_plan(&client(&server), plan(paginator)).all().await;
        assert_eq!(records.unwrap().len(), 2, "{flag}");
    }
    expect![[r#"
        `more_of_offset` says that this is the last page, although `total` says that there are 9 records resource="events"
        `more_of_page` says that this is the last page, although `total_pages` says that there are 9 pages resource="events"
        `more_of_cursor` says that this is the last page, although `total` is 9 and 2 came resource="events"
    "#]].assert_eq(&log.warnings());
}
