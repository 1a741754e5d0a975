//! What ends the pages, and what is noticed where the pages do not end or do not move.

use std::{slice, time::Duration};

use axum::{
    http::{HeaderValue, StatusCode},
    response::{IntoResponse, Response},
};
use expect_test::expect;
use rest_source::{
    Checkpoint, Error, Fetch,
    plan::{
        Body, Cursor, End, HeaderLink, JsonLink, JsonTemplate, Method, PageSize, Paginator, Place,
        ResourcePlan,
    },
};
use serde_json::{Value, json};
use tokio::time::timeout;

use crate::{
    children::resource,
    pagination::{cursor, keys, offset, page_number, param, plan, run, run_plan},
    shown::shown,
    support::{Log, Seen, Server, client},
};

/// What comes of a fetch: how many requests there were, and the records or the error's text.
async fn outcome(paginator: Paginator, responses: &[Value]) -> (usize, Result<Vec<Value>, String>) {
    let (seen, records) = run(paginator, responses).await;
    (seen.len(), records.map_err(|error| error.to_string()))
}

async fn gives(paginator: Paginator, responses: &[Value], expected: &[u64]) {
    let (seen, records) = outcome(paginator, responses).await;
    assert_eq!(seen, responses.len(), "{responses:?}");
    let expected = expected.iter().map(|id| json!({"id": id})).collect();
    assert_eq!(records, Ok(expected), "{responses:?}");
}

/// The error of a fetch that ends with the last of these responses.
async fn refused(paginator: Paginator, responses: &[Value]) -> String {
    let (seen, records) = outcome(paginator, responses).await;
    let error = records.unwrap_err();
    assert_eq!(seen, responses.len(), "{error}");
    shown(&error)
}

/// A page of records with these ids, with other members.
fn page(ids: &[u64], mut with: Value) -> Value {
    with["data"] = ids.iter().map(|id| json!({"id": id})).collect();
    with
}

fn json_link(end: End) -> Paginator {
    Paginator::JsonLink(JsonLink { next_url_path: keys("next"), end, ..JsonLink::DEFAULT })
}

#[tokio::test]
async fn flags_end_pages_in_both_directions_on_every_paginator() {
    let has_more = || End { has_more_path: Some(keys("flag")), ..End::NONE };
    let is_end = || End { end_path: Some(keys("flag")), ..End::NONE };
    let more = [json!(true), json!(1), json!("yes"), json!(12), json!("/x?after=2"), json!([7])];
    let none = [json!(false), json!(0), json!("off"), json!(""), json!(null), json!([])];
    for (more, none) in more.into_iter().zip(none) {
        for (end, first, last) in [(has_more(), &more, &none), (is_end(), &none, &more)] {
            for (paginator, next) in [
                (cursor(end.clone()), json!(["a", "b"])),
                (json_link(end.clone()), json!(["?after=a", "?after=b"])),
                (offset(None, None, end.clone()), json!([null, null])),
                (page_number(None, None, end.clone()), json!([null, null])),
            ] {
                let pages = [
                    page(&[1, 2], json!({"next": next[0], "flag": first})),
                    page(&[3], json!({"next": next[1], "flag": last})),
                ];
                gives(paginator, &pages, &[1, 2, 3]).await;
            }
        }
    }
    let odd = page(&[1], json!({"next": "a", "flag": "perhaps"}));
    expect![[r#"events, page 1: `flag` must say whether there are more pages: true or false, found "perhaps""#]].assert_eq(&refused(cursor(has_more()), &[odd]).await);
}

/// Many APIs leave out what is false.
#[tokio::test]
async fn a_flag_that_is_left_out_is_false() {
    let has_more = End { has_more_path: Some(keys("more")), ..End::NONE };
    let pages = [page(&[1], json!({"more": true})), page(&[2], json!({}))];
    gives(page_number(None, None, has_more), &pages, &[1, 2]).await;
    let is_end = End { end_path: Some(keys("done")), ..End::NONE };
    let pages = [page(&[1], json!({})), page(&[2], json!({"done": true}))];
    gives(page_number(None, None, is_end), &pages, &[1, 2]).await;
}

#[tokio::test]
async fn a_flag_without_a_way_on_is_an_error() {
    let has_more = || End { has_more_path: Some(keys("more")), ..End::NONE };
    let typo = page(&[1], json!({"more": true, "after": "a"}));
    expect!["events, page 1: `more` says that there are more pages, but the response has no page cursor (`cursor_path: next`)"].assert_eq(&refused(cursor(has_more()), slice::from_ref(&typo)).await);
    expect!["events, page 1: `more` says that there are more pages, but the response has no next link (`next_url_path: next`)"].assert_eq(&refused(json_link(has_more()), &[typo]).await);
    let null = page(&[1], json!({"more": true, "next": null}));
    expect![
        "events, page 1: `more` says that there are more pages, but nothing leads to the next one"
    ]
    .assert_eq(&refused(cursor(has_more()), &[null]).await);
}

#[tokio::test]
async fn a_total_that_is_known_holds() {
    let first = |ids: &[u64]| page(ids, json!({"total": 3, "total_pages": 2}));
    for last in [json!({}), json!({"total": null, "total_pages": null})] {
        let pages = [first(&[1, 2]), page(&[3], last)];
        gives(offset(Some(keys("total")), None, End::NONE), &pages, &[1, 2, 3]).await;
        gives(page_number(Some(keys("total_pages")), None, End::NONE), &pages, &[1, 2, 3]).await;
    }
}

#[tokio::test]
async fn an_empty_page_before_the_total_is_no_end() {
    let total = |ids: &[u64]| page(ids, json!({"total": 3, "total_pages": 3}));
    let by_offset = || offset(Some(keys("total")), None, End::NONE);
    expect!["events, page 2: `total` says that there are 3 records, but no records came for `offset=2`; if it counts something else, say `total_path: null`; if a page without records is the last one all the same, say `stop_after_empty_page: true`"].assert_eq(&refused(by_offset(), &[total(&[1, 2]), total(&[])]).await);
    let null = json!({"data": null, "total": 3});
    expect!["events, page 2: `total` says that there are 3 records, but no records came for `offset=2`; if it counts something else, say `total_path: null`; if a page without records is the last one all the same, say `stop_after_empty_page: true`"].assert_eq(&refused(by_offset(), &[total(&[1, 2]), null]).await);
    let pages = [total(&[1]), total(&[]), total(&[2])];
    gives(page_number(Some(keys("total_pages")), None, End::NONE), &pages, &[1, 2]).await;
    // Unless the file says so.
    let end = End { stop_after_empty_page: Some(true), ..End::NONE };
    gives(offset(Some(keys("total")), None, end), &[total(&[1, 2]), total(&[])], &[1, 2]).await;
}

#[tokio::test]
async fn no_content_is_an_empty_page() {
    let mut said = String::new();
    for (paginator, expected) in [
        (page_number(Some(keys("total_pages")), None, End::NONE), Some(4)),
        (offset(Some(keys("total")), None, End::NONE), None),
        (page_number(None, None, End::NONE), Some(2)),
    ] {
        let server = Server::answering(|seen| match seen.number {
            2 => StatusCode::NO_CONTENT.into_response(),
            n => page(&[n as u64, 10 + n as u64], json!({"total": 6, "total_pages": 3}))
                .to_string()
                .into_response(),
        })
        .await;
        let records = Fetch::<Value>::of_plan(&client(&server), plan(paginator)).all().await;
        match expected {
            Some(count) => assert_eq!(records.unwrap().len(), count),
            None => said += &shown(&records.unwrap_err()),
        }
    }
    expect!["events, page 2: `total` says that there are 6 records, but no records came for `offset=2`; if it counts something else, say `total_path: null`; if a page without records is the last one all the same, say `stop_after_empty_page: true`"].assert_eq(&said);
}

/// `total` may be the number of the page's records: then it equals a first page that is full.
#[tokio::test]
async fn a_total_that_equals_a_full_first_page_is_tried() {
    let by_offset = || offset(Some(keys("total")), None, End::NONE);
    let counts = |ids: &[u64]| page(ids, json!({"total": ids.len()}));
    gives(by_offset(), &[counts(&[1, 2]), counts(&[3, 4]), counts(&[])], &[1, 2, 3, 4]).await;
    gives(by_offset(), &[counts(&[1, 2]), counts(&[])], &[1, 2]).await;
    gives(by_offset(), &[counts(&[1])], &[1]).await;
    // The server has no page behind the last one.
    let (seen, records) = outcome(by_offset(), &[counts(&[1, 2])]).await;
    assert_eq!((seen, records.map(|records| records.len())), (2, Ok(2)));
}

#[tokio::test]
async fn nothing_is_lost_where_a_total_shrinks() {
    let log = Log::of_all();
    let pages = [
        page(&[1, 2], json!({"total": 5})),
        page(&[3, 4], json!({"total": 3})),
        page(&[5], json!({"total": 1})),
    ];
    gives(offset(Some(keys("total")), None, End::NONE), &pages, &[1, 2, 3, 4, 5]).await;
    expect![[r#"
        the total at `total` was 5 and is 3 now: records have come or gone while pages were counted, so that some may be missing or come twice
    "#]].assert_eq(&log.warnings());
}

#[tokio::test]
async fn a_missing_page_behind_a_short_one_is_the_end() {
    let until = || page_number(None, None, End::NONE);
    let (seen, records) =
        outcome(until(), &[page(&[1, 2], json!({})), page(&[3], json!({}))]).await;
    assert_eq!((seen, records.map(|records| records.len())), (3, Ok(3)));
    let by_offset = offset(None, None, End::NONE);
    let (seen, records) = outcome(by_offset, &[page(&[1], json!({}))]).await;
    assert_eq!((seen, records.map(|records| records.len())), (2, Ok(1)));
    // Behind a full page it may be anything.
    let full = [page(&[1, 2], json!({})), page(&[3, 4], json!({}))];
    let (_, records) = outcome(until(), &full).await;
    let error = records.unwrap_err();
    expect![[r#"
        events, page 3: GET URL/events?page=3 answered 404 Not Found (1 try in … s)
          help: if that says that there are no more pages, say `response_actions: [{status_code: 404, action: ignore}]`"#]].assert_eq(&shown(&error));
    // Nor is it the end where the short page says that there are more.
    let has_more = End { has_more_path: Some(keys("more")), ..End::NONE };
    let pages = [page(&[1, 2], json!({"more": true})), page(&[3], json!({"more": true}))];
    let (_, records) = outcome(page_number(None, None, has_more), &pages).await;
    expect![[r#"
        events, page 3: GET URL/events?page=3 answered 404 Not Found (1 try in … s)
          help: if that says that there are no more pages, say `response_actions: [{status_code: 404, action: ignore}]`"#]].assert_eq(&shown(&records.unwrap_err()));
    // The first page is none that lies behind another.
    let error = outcome(until(), &[]).await.1.unwrap_err();
    expect!["events, page 1: GET URL/events?page=1 answered 404 Not Found (1 try in … s)"]
        .assert_eq(&shown(&error));
}

#[tokio::test]
async fn a_short_page_ends_the_pages_where_the_file_says_so() {
    let stops = End { stop_after_short_page: Some(true), ..End::NONE };
    let pages = [page(&[1, 2], json!({})), page(&[3], json!({}))];
    gives(page_number(None, None, stops.clone()), &pages, &[1, 2, 3]).await;
    gives(offset(None, None, stops), &pages, &[1, 2, 3]).await;
}

/// Posts with so many comments, of which the server gives no more than `most` on a page.
async fn comments(counts: &'static [u64], most: u64) -> (usize, Result<usize, Error>) {
    let server = Server::answering(move |seen: Seen| {
        let Some(post) = seen.path.strip_prefix("/posts/") else {
            let posts: Vec<_> = (0..counts.len()).map(|id| json!({"id": id})).collect();
            return json!({"items": posts}).to_string();
        };
        let post: usize = post.split('/').next().unwrap().parse().unwrap();
        let skip = seen.param("offset").unwrap().parse().unwrap();
        let all: Vec<u64> = (0..counts[post]).map(|n| post as u64 * 100 + n).collect();
        let page: Vec<u64> =
            all.into_iter().skip(skip).take(usize::try_from(most).unwrap()).collect();
        json!({"items": page.iter().map(|id| json!({"id": id})).collect::<Vec<_>>()}).to_string()
    })
    .await;
    let posts = resource("posts", "/posts", None);
    let mut plan = resource("comments", "/posts/{}/comments", Some((&posts, &["id"])));
    plan.endpoint.paginator = offset(None, None, End::NONE);
    let fetch = Fetch::<Value>::of_plan(&client(&server), plan).page_size(10);
    let records = fetch.limit(1_000).all().await;
    (server.seen().len() - 1, records.map(|records| records.len()))
}

#[tokio::test]
async fn children_with_short_pages_do_not_cost_twice_the_requests() {
    let (requests, records) = comments(&[3; 12], 10).await;
    // The first two show what a short page means; then the 1st, 2nd, 4th and 8th are verified.
    assert_eq!((records.unwrap(), requests), (36, 12 + 2 + 4));
    let (requests, records) = comments(&[2, 7, 1, 3, 6, 2, 10, 5, 4], 10).await;
    // Those longer than all before, and the full one; then the 1st, 2nd and 4th of the others.
    assert_eq!((records.unwrap(), requests), (40, 9 + 3 + 3));
}

/// A page size that the paginator does not send is known by the parameter that does.
#[tokio::test]
async fn a_missing_page_behind_the_short_one_of_a_parent_is_the_end() {
    let server = Server::answering(|seen: Seen| -> Response {
        if seen.path == "/posts" {
            return json!({"items": [{"id": 1}, {"id": 2}]}).to_string().into_response();
        }
        match seen.param("page").as_deref() {
            Some("1") => json!({"items": [{"id": 3}, {"id": 4}]}).to_string().into_response(),
            _ => StatusCode::NOT_FOUND.into_response(),
        }
    })
    .await;
    let posts = resource("posts", "/posts", None);
    let mut children = resource("comments", "/posts/{}/comments", Some((&posts, &["id"])));
    children.endpoint.paginator = page_number(None, None, End::NONE);
    let mut alone = resource("comments", "/comments", None);
    alone.endpoint.paginator = page_number(None, None, End::NONE);
    for (plan, expected) in [(children, 4), (alone, 2)] {
        let fetch = |size: &'static str| {
            Fetch::<Value>::of_plan(&client(&server), plan.clone()).param("per_page", size).all()
        };
        assert_eq!(fetch("5").await.unwrap().len(), expected);
        // Behind a full one it may be anything.
        assert_eq!(fetch("2").await.unwrap_err().status(), Some(404));
    }
}

#[tokio::test]
async fn servers_that_cap_or_thin_out_their_pages_lose_nothing() {
    let (_, records) = comments(&[3, 7, 3, 2, 9], 3).await;
    assert_eq!(records.unwrap(), 24);
    // Where most have just as many as a page may have.
    let (_, records) = comments(&[10, 10, 10, 10, 10, 10, 14], 10).await;
    assert_eq!(records.unwrap(), 74);
    let (_, records) = comments(&[1, 2, 5], 2).await;
    assert_eq!(records.unwrap(), 8);
}

#[tokio::test]
async fn empty_pages_with_ever_new_cursors_end_in_an_error() {
    let server = Server::answering(|seen: Seen| {
        json!({"data": [], "next": format!("c{}", seen.number)}).to_string()
    })
    .await;
    let fetch = |end| Fetch::<Value>::of_plan(&client(&server), plan(cursor(end))).all();
    let error = timeout(Duration::from_secs(60), fetch(End::NONE)).await.unwrap().unwrap_err();
    assert!(error.is_stuck());
    expect!["events, page 201: 201 pages one after the other had no records, and each says that there is a next one; if a page without records is the last one, say `stop_after_empty_page: true`; if more of them may come, raise `maximum_empty_pages`"].assert_eq(&shown(&error));
    assert_eq!(server.seen().len(), 201);
    let few = End { maximum_empty_pages: Some(3.into()), ..End::NONE };
    assert!(fetch(few).await.unwrap_err().is_stuck());
    assert_eq!(server.seen().len(), 205);
}

/// Some APIs always name a next page, for whoever asks again later.
#[tokio::test]
async fn an_empty_page_that_leads_to_itself_is_the_last_one() {
    let pages = [page(&[1], json!({"next": "?after=a"})), page(&[], json!({"next": "?after=a"}))];
    gives(json_link(End::NONE), &pages, &[1]).await;
    let pages = [page(&[1], json!({"next": "a"})), page(&[], json!({"next": "a"}))];
    gives(cursor(End::NONE), &pages, &[1]).await;
    let pages = [page(&[1], json!({"next": "a"})), page(&[2], json!({"next": "a"}))];
    expect![[r#"events, page 2: the page cursor came a second time, and following it would fetch the same pages for ever: the server seems not to know the parameter `after`, which sends it (`cursor_param`), found "a""#]].assert_eq(&refused(cursor(End::NONE), &pages).await);
}

#[tokio::test]
async fn a_link_without_results_is_the_end() {
    let server = Server::answering(|seen: Seen| -> Response {
        let more = if seen.number < 2 { "true" } else { "false" };
        let link = format!("<?after={}>; rel=\"next\"; results=\"{more}\"", seen.number);
        let mut response = page(&[seen.number as u64], json!({})).to_string().into_response();
        response.headers_mut().append("link", HeaderValue::from_str(&link).unwrap());
        response
    })
    .await;
    let paginator = Paginator::HeaderLink(HeaderLink { rel: "next".into(), ..HeaderLink::DEFAULT });
    let records = Fetch::<Value>::of_plan(&client(&server), plan(paginator)).all().await.unwrap();
    assert_eq!(records.len(), 2);
}

#[tokio::test]
async fn a_page_that_comes_again_is_noticed_although_its_records_change() {
    let age = |ids: &[u64], age: u64, with: Value| {
        let mut page = page(ids, with);
        for record in page["data"].as_array_mut().unwrap() {
            record["age"] = json!(age);
        }
        page
    };
    let keyed =
        |paginator| ResourcePlan { primary_key: vec!["id".into()].into(), ..plan(paginator) };
    // By the primary key, whatever the paginator.
    let mut said = String::new();
    for paginator in [page_number(None, None, End::NONE), cursor(End::NONE)] {
        let pages = [age(&[1, 2], 1, json!({"next": "a"})), age(&[2, 1], 2, json!({"next": "b"}))];
        let (_, records) = run_plan(keyed(paginator), &pages).await;
        let error = records.unwrap_err();
        assert!(error.is_stuck(), "{error}");
        said.extend([&shown(&error), "\n"]);
    }
    expect![[r#"
        events, page 2: the server gave records with the same `id` for `page=2` as for the page before; it seems not to know that parameter, or to have no such page
        events, page 2: the server gave records with the same `id` for the page cursor as for the page before; the server seems not to know the parameter `after`, which sends it (`cursor_param`)
    "#]].assert_eq(&said);
    // By the page that the response says it is.
    let meta = json!({"meta": {"page": 1, "offset": 0}});
    let pages = [age(&[1, 2], 1, meta.clone()), age(&[1, 2], 2, meta)];
    expect!["events, page 2: the response for `page=2` says that it is `meta.page: 1`, as the one before did; it seems not to know that parameter, or to have no such page; if it is another page all the same, say what identifies the records by `primary_key`"].assert_eq(&refused(page_number(None, None, End::NONE), &pages).await);
    expect!["events, page 2: the response for `offset=2` says that it is `meta.offset: 0`, as the one before did; it seems not to know that parameter, or to have no such page; if it is another page all the same, say what identifies the records by `primary_key`"].assert_eq(&refused(offset(None, None, End::NONE), &pages).await);
    // Measurements have the id of what is measured on every page.
    let pages = [age(&[1, 2], 1, json!({})), age(&[1, 2], 2, json!({})), page(&[], json!({}))];
    let (_, records) = outcome(page_number(None, None, End::NONE), &pages).await;
    assert_eq!(records.unwrap().len(), 4);
}

#[tokio::test]
async fn pages_that_are_rightly_equal_are_no_error() {
    let values = |with: Value| {
        let mut page = with;
        page["data"] = json!([{"v": 0}, {"v": 1}]);
        page
    };
    let total = values(json!({"total": 4, "total_pages": 2}));
    let by_offset = offset(Some(keys("total")), None, End::NONE);
    let by_page = page_number(Some(keys("total_pages")), None, End::NONE);
    for paginator in [by_offset, by_page] {
        let (_, records) = outcome(paginator, &[total.clone(), total.clone()]).await;
        assert_eq!(records.unwrap().len(), 4);
    }
    // Counted from 0 where requests count from 1.
    let pages =
        [values(json!({"page": 0})), values(json!({"page": 1})), json!({"data": [], "page": 2})];
    let (_, records) = outcome(page_number(None, None, End::NONE), &pages).await;
    assert_eq!(records.unwrap().len(), 4);
}

#[tokio::test]
async fn keys_with_dots_are_found_without_quotes() {
    let paginator = Paginator::JsonLink(JsonLink {
        next_url_path: keys("@odata.nextLink"),
        ..JsonLink::DEFAULT
    });
    let pages = [page(&[1], json!({"@odata.nextLink": "?after=a"})), page(&[2], json!({}))];
    gives(paginator, &pages, &[1, 2]).await;
    let pages = [page(&[1, 2], json!({"a": {"b.c": 3}})), page(&[3], json!({"a": {"b.c": 3}}))];
    gives(offset(Some(keys("a.b.c")), None, End::NONE), &pages, &[1, 2, 3]).await;
}

/// A page cursor of any form goes into a JSON body as it came, also after the fetch was resumed.
#[tokio::test]
async fn page_cursors_that_are_objects_go_into_the_body() {
    let server = Server::answering(|seen: Seen| {
        let body: Value = serde_json::from_str(&seen.body).unwrap();
        let start = body["start"]["key"]["N"].as_str().map_or(0, |start| start.parse().unwrap());
        let next =
            if start < 4 { json!({"key": {"N": format!("{}", start + 2)}}) } else { json!({}) };
        page(&[start + 1, start + 2], json!({"next": next})).to_string()
    })
    .await;
    let paginator = Paginator::Cursor(Cursor {
        cursor_path: keys("next"),
        place: Place::Body(vec!["start".into()].into()),
        initial_cursor: None,
        page_size: None,
        ..Cursor::DEFAULT
    });
    let mut plan = plan(paginator);
    plan.endpoint.method = Method::Post;
    plan.endpoint.body = Some(Body::Json(JsonTemplate::Literal("{}".into())));
    let mut pages = Fetch::<Value>::of_plan(&client(&server), plan.clone()).pages();
    let first = pages.try_next().await.unwrap().unwrap();
    let checkpoint: Checkpoint =
        serde_json::from_str(&serde_json::to_string(&first.checkpoint).unwrap()).unwrap();
    let rest = Fetch::<Value>::of_plan(&client(&server), plan).resume(checkpoint).all().await;
    assert_eq!(rest.unwrap().len(), 4);
}

#[tokio::test]
async fn the_only_page_that_is_a_part_warns() {
    let log = Log::of_all();
    let server = Server::answering(|_| {
        let mut response = page(&[1], json!({})).to_string().into_response();
        *response.status_mut() = StatusCode::PARTIAL_CONTENT;
        response.headers_mut().append("content-range", HeaderValue::from_static("items 0-0/9"));
        response
    })
    .await;
    Fetch::<Value>::of_plan(&client(&server), plan(Paginator::SinglePage)).all().await.unwrap();
    expect![[r#"
        there are more records than `single_page` fetches (the status is 206, and `content-range` is items 0-0/9); `paginator: {type: offset, limit: 1, offset_param: offset, total_path: null}` resource="events"
    "#]].assert_eq(&shown(&log.warnings()));
}

#[tokio::test]
async fn a_selector_that_matches_nothing_is_noticed_on_the_first_page() {
    let server = Server::answering(|seen: Seen| {
        json!({"records": [], "next": format!("c{}", seen.number)}).to_string()
    })
    .await;
    let error =
        Fetch::<Value>::of_plan(&client(&server), plan(cursor(End::NONE))).all().await.unwrap_err();
    assert_eq!(error.page(), Some(1), "{error}");
    assert_eq!(server.seen().len(), 1);
}

/// A path that leads to nothing ends the pages like a page cursor that is missing.
#[tokio::test]
async fn a_slip_of_the_pen_on_the_first_page_is_noticed() {
    let elsewhere = page(&[1, 2], json!({"meta": {"cursors": {"after": "a"}}}));
    expect![[r#"events, page 1: the response has no page cursor (`cursor_path: next`), but there are more records: `meta.cursors.after` is "a"; the response shows `paginator: {type: cursor, cursor_path: meta.cursors.after, cursor_param: after}`"#]].assert_eq(&refused(cursor(End::NONE), slice::from_ref(&elsewhere)).await);
    expect![[r#"events, page 1: the response has no next link (`next_url_path: next`), but there are more records: `meta.cursors.after` is "a"; the response shows `paginator: {type: cursor, cursor_path: meta.cursors.after, cursor_param: after}`"#]].assert_eq(&refused(json_link(End::NONE), &[elsewhere]).await);
    let counted = page(&[1, 2], json!({"total": 12}));
    expect!["events, page 1: the response has no page cursor (`cursor_path: next`), but there are more records: `total` is 12 and 2 came"].assert_eq(&refused(cursor(End::NONE), &[counted]).await);
    let flag = page(&[1, 2], json!({"has_more": true}));
    expect!["events, page 1: the response has no page cursor (`cursor_path: next`), but there are more records: `has_more` is true"].assert_eq(&refused(cursor(End::NONE), &[flag]).await);
    // Nothing of all that.
    gives(cursor(End::NONE), &[page(&[1, 2], json!({"took": 3}))], &[1, 2]).await;
    gives(cursor(End::NONE), &[page(&[1, 2], json!({"next": null, "total": 12}))], &[1, 2]).await;
}

/// As full as was asked for, and nothing at the path: that may be all.
#[tokio::test]
async fn a_full_page_without_a_page_cursor_warns() {
    let log = Log::of_all();
    let Paginator::Cursor(Cursor { cursor_path: _, place, initial_cursor, end, .. }) =
        cursor(End::NONE)
    else {
        unreachable!()
    };
    let page_size =
        Some(PageSize { place: param("limit"), records: 2.into(), ..PageSize::DEFAULT });
    let cursor_path = keys("paging.misspelt");
    let paginator = Paginator::Cursor(Cursor {
        cursor_path,
        place,
        initial_cursor,
        page_size,
        end,
        ..Cursor::DEFAULT
    });
    gives(paginator, &[page(&[1, 2], json!({}))], &[1, 2]).await;
    expect![[r#"
        the response has no page cursor (`cursor_path: paging.misspelt`), where the fetch ends, but as many came as `limit` asks for, 2, and nothing says that these are all resource="events"
    "#]].assert_eq(&log.warnings());
}
