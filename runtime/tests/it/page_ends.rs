//! What ends the pages, and what is noticed where the pages do not end or do not move.

use std::{slice, time::Duration};

use axum::{
    http::{HeaderValue, StatusCode},
    response::{IntoResponse, Response},
};
use rest_source::{
    Checkpoint, Error, Fetch,
    plan::{Body, End, JsonTemplate, Method, PageSize, Paginator, Place, ResourcePlan},
};
use serde_json::{Value, json};
use tokio::time::timeout;

use crate::{
    children::resource,
    pagination::{cursor, keys, offset, page_number, param, plan, run, run_plan},
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

async fn refuses(paginator: Paginator, responses: &[Value], parts: &[&str]) {
    let (seen, records) = outcome(paginator, responses).await;
    let error = records.unwrap_err();
    for part in parts {
        assert!(error.contains(part), "{part} in {error}");
    }
    assert_eq!(seen, responses.len(), "{error}");
}

/// A page of records with these ids, with other members.
fn page(ids: &[u64], mut with: Value) -> Value {
    with["data"] = ids.iter().map(|id| json!({"id": id})).collect();
    with
}

fn json_link(end: End) -> Paginator {
    Paginator::JsonLink { next_url_path: keys("next"), end }
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
    refuses(cursor(has_more()), &[odd], &["`flag`", "perhaps"]).await;
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
    refuses(cursor(has_more()), slice::from_ref(&typo), &["`more`", "cursor_path: next"]).await;
    refuses(json_link(has_more()), &[typo], &["`more`", "next_url_path: next"]).await;
    let null = page(&[1], json!({"more": true, "next": null}));
    refuses(cursor(has_more()), &[null], &["`more`", "nothing leads to the next one"]).await;
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
    refuses(by_offset(), &[total(&[1, 2]), total(&[])], &["`total`", "3", "`offset=2`"]).await;
    let null = json!({"data": null, "total": 3});
    refuses(by_offset(), &[total(&[1, 2]), null], &["`total`", "total_path: null"]).await;
    let pages = [total(&[1]), total(&[]), total(&[2])];
    gives(page_number(Some(keys("total_pages")), None, End::NONE), &pages, &[1, 2]).await;
    // Unless the file says so.
    let end = End { stop_after_empty_page: Some(true), ..End::NONE };
    gives(offset(Some(keys("total")), None, end), &[total(&[1, 2]), total(&[])], &[1, 2]).await;
}

#[tokio::test]
async fn no_content_is_an_empty_page() {
    for (paginator, expected) in [
        (page_number(Some(keys("total_pages")), None, End::NONE), Ok(4)),
        (offset(Some(keys("total")), None, End::NONE), Err("`total`")),
        (page_number(None, None, End::NONE), Ok(2)),
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
            Ok(count) => assert_eq!(records.unwrap().len(), count),
            Err(part) => assert!(records.unwrap_err().to_string().contains(part)),
        }
    }
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
    assert!(log.text().contains("was 5 and is 3"), "{}", log.text());
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
    assert!(error.contains("404") && error.contains("response_actions"), "{error}");
    // The first page is none that lies behind another.
    let error = outcome(until(), &[]).await.1.unwrap_err();
    assert!(!error.contains("response_actions"), "{error}");
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
    assert!(error.to_string().contains("`maximum_empty_pages`"), "{error}");
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
    let parts = ["a second time", "`cursor_param`", "`after`"];
    refuses(cursor(End::NONE), &pages, &parts).await;
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
    let paginator = Paginator::HeaderLink { rel: "next".into(), end: End::NONE };
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
    for (paginator, part) in
        [(page_number(None, None, End::NONE), "`page=2`"), (cursor(End::NONE), "`cursor_param`")]
    {
        let pages = [age(&[1, 2], 1, json!({"next": "a"})), age(&[2, 1], 2, json!({"next": "b"}))];
        let (_, records) = run_plan(keyed(paginator), &pages).await;
        let error = records.unwrap_err();
        assert!(error.is_stuck(), "{error}");
        assert!(error.to_string().contains("`id`") && error.to_string().contains(part), "{error}");
    }
    // By the page that the response says it is.
    let meta = json!({"meta": {"page": 1, "offset": 0}});
    let pages = [age(&[1, 2], 1, meta.clone()), age(&[1, 2], 2, meta)];
    refuses(page_number(None, None, End::NONE), &pages, &["meta.page", "`page=2`"]).await;
    refuses(offset(None, None, End::NONE), &pages, &["meta.offset", "`offset=2`"]).await;
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
    let paginator = Paginator::JsonLink { next_url_path: keys("@odata.nextLink"), end: End::NONE };
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
    let paginator = Paginator::Cursor {
        cursor_path: keys("next"),
        place: Place::Body(vec!["start".into()].into()),
        initial_cursor: None,
        page_size: None,
        end: End::NONE,
    };
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
    let log = log.text();
    assert!(log.contains("206") && log.contains("items 0-0/9"), "{log}");
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
    let parts = ["cursor_path: next", "meta.cursors.after"];
    refuses(cursor(End::NONE), slice::from_ref(&elsewhere), &parts).await;
    let parts = ["next_url_path: next", "meta.cursors.after"];
    refuses(json_link(End::NONE), &[elsewhere], &parts).await;
    let counted = page(&[1, 2], json!({"total": 12}));
    refuses(cursor(End::NONE), &[counted], &["cursor_path: next", "`total`"]).await;
    let flag = page(&[1, 2], json!({"has_more": true}));
    refuses(cursor(End::NONE), &[flag], &["cursor_path: next", "`has_more`"]).await;
    // Nothing of all that.
    gives(cursor(End::NONE), &[page(&[1, 2], json!({"took": 3}))], &[1, 2]).await;
    gives(cursor(End::NONE), &[page(&[1, 2], json!({"next": null, "total": 12}))], &[1, 2]).await;
}

/// As full as was asked for, and nothing at the path: that may be all.
#[tokio::test]
async fn a_full_page_without_a_page_cursor_warns() {
    let log = Log::of_all();
    let Paginator::Cursor { cursor_path: _, place, initial_cursor, end, .. } = cursor(End::NONE)
    else {
        unreachable!()
    };
    let page_size = Some(PageSize { place: param("limit"), records: 2.into() });
    let cursor_path = keys("paging.misspelt");
    let paginator = Paginator::Cursor { cursor_path, place, initial_cursor, page_size, end };
    gives(paginator, &[page(&[1, 2], json!({}))], &[1, 2]).await;
    assert!(log.text().contains("cursor_path: paging.misspelt"), "{}", log.text());
}
