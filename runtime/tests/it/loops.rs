//! Pages that do not move although each leads to another one, and pages that are rightly alike.

use axum::response::{IntoResponse, Response};
use expect_test::expect;
use rest_source::{
    Error, Fetch,
    plan::{Cursor, End, HeaderCursor, HeaderLink, JsonLink, Paginator, Place, ResourcePlan},
};
use serde_json::{Value, json};

use crate::{
    pagination::{cursor, keys, offset, page_number, plan},
    shown::shown,
    support::{Seen, Server, client},
};

/// What comes of a fetch from a server that answers so: how many requests there were, and how many
/// records or the error.
async fn outcome<R: IntoResponse>(
    plan: ResourcePlan,
    answer: impl Fn(Seen) -> R + Clone + Send + Sync + 'static,
) -> (usize, Result<usize, Error>) {
    let server = Server::answering(answer).await;
    let records = Fetch::<Value>::of_plan(&client(&server), plan).all().await;
    (server.seen().len(), records.map(|records| records.len()))
}

fn json_link() -> Paginator {
    Paginator::JsonLink(JsonLink { next_url_path: keys("link"), ..JsonLink::DEFAULT })
}

fn header_link() -> Paginator {
    Paginator::HeaderLink(HeaderLink { rel: "next".into(), ..HeaderLink::DEFAULT })
}

fn header_cursor() -> Paginator {
    let (header, cursor_param) = ("x-next".into(), "after".into());
    Paginator::HeaderCursor(HeaderCursor { header, cursor_param, ..HeaderCursor::DEFAULT })
}

/// The records of a page with what leads every paginator to the next one, which is this text.
fn leading(records: &Value, next: &str) -> Response {
    let link = format!("/events?token={next}");
    let body = json!({"data": records, "next": next, "link": link});
    let mut response = body.to_string().into_response();
    let headers = response.headers_mut();
    headers.insert("link", format!("<{link}>; rel=\"next\"").parse().unwrap());
    headers.insert("x-next", next.parse().unwrap());
    response
}

fn all() -> [Paginator; 6] {
    [
        cursor(End::NONE),
        header_cursor(),
        json_link(),
        header_link(),
        offset(None, None, End::NONE),
        page_number(None, None, End::NONE),
    ]
}

#[tokio::test]
async fn the_same_records_under_ever_new_cursors_end_in_an_error() {
    let filler = "x".repeat(9_000);
    // Records without a key; with one that is not declared, beside a value that moves; plain values.
    let records: [fn(usize, &str) -> Value; 4] = [
        |_, _| json!([{"v": 0}, {"v": 1}]),
        |n, _| json!([{"id": 1, "age": n}, {"id": 2, "age": n}]),
        |n, filler| json!([{"id": 1, "age": n, "text": filler}, {"id": 2, "age": n}]),
        |_, _| json!(["a", "b"]),
    ];
    let mut said = String::new();
    for (index, records) in records.into_iter().enumerate() {
        for paginator in all() {
            let filler = filler.clone();
            let (requests, outcome) = outcome(plan(paginator), move |seen| {
                leading(&records(seen.number, &filler), &format!("c{}", seen.number))
            })
            .await;
            let error = outcome.unwrap_err();
            assert!(error.is_stuck(), "{index}: {error}");
            said.extend([&shown(&error), "\n"]);
            assert!(requests <= 7, "{index}: {error}");
        }
    }
    expect![[r#"
        events, page 2: the server gave the same records for the page cursor as for the page before; the server seems not to know the parameter `after`, which sends it (`cursor_param`)
        events, page 2: the server gave the same records for the page cursor as for the page before; the server seems not to know the parameter `after`, which sends it (`cursor_param`)
        events, page 2: the server gave the same records for the next link as for the page before; it leads to the same page again
        events, page 2: the server gave the same records for the next link as for the page before; it leads to the same page again
        events, page 2: the server gave the same records for `offset=2` as for the page before; it seems not to know that parameter, or to have no such page
        events, page 2: the server gave the same records for `page=2` as for the page before; it seems not to know that parameter, or to have no such page
        events, page 6: the server gave records with the same `id` for the page cursor as for the 5 pages before; the server seems not to know the parameter `after`, which sends it (`cursor_param`); if they are others, say what identifies them by `primary_key`
        events, page 6: the server gave records with the same `id` for the page cursor as for the 5 pages before; the server seems not to know the parameter `after`, which sends it (`cursor_param`); if they are others, say what identifies them by `primary_key`
        events, page 6: the server gave records with the same `id` for the next link as for the 5 pages before; it leads to the same page again; if they are others, say what identifies them by `primary_key`
        events, page 6: the server gave records with the same `id` for the next link as for the 5 pages before; it leads to the same page again; if they are others, say what identifies them by `primary_key`
        events, page 6: the server gave records with the same `id` for `offset=10` as for the 5 pages before; it seems not to know that parameter, or to have no such page; if they are others, say what identifies them by `primary_key`
        events, page 6: the server gave records with the same `id` for `page=6` as for the 5 pages before; it seems not to know that parameter, or to have no such page; if they are others, say what identifies them by `primary_key`
        events, page 6: the server gave records with the same `id` for the page cursor as for the 5 pages before; the server seems not to know the parameter `after`, which sends it (`cursor_param`); if they are others, say what identifies them by `primary_key`
        events, page 6: the server gave records with the same `id` for the page cursor as for the 5 pages before; the server seems not to know the parameter `after`, which sends it (`cursor_param`); if they are others, say what identifies them by `primary_key`
        events, page 6: the server gave records with the same `id` for the next link as for the 5 pages before; it leads to the same page again; if they are others, say what identifies them by `primary_key`
        events, page 6: the server gave records with the same `id` for the next link as for the 5 pages before; it leads to the same page again; if they are others, say what identifies them by `primary_key`
        events, page 6: the server gave records with the same `id` for `offset=10` as for the 5 pages before; it seems not to know that parameter, or to have no such page; if they are others, say what identifies them by `primary_key`
        events, page 6: the server gave records with the same `id` for `page=6` as for the 5 pages before; it seems not to know that parameter, or to have no such page; if they are others, say what identifies them by `primary_key`
        events, page 6: the server gave the same records for the page cursor as for the 5 pages before; the server seems not to know the parameter `after`, which sends it (`cursor_param`)
        events, page 6: the server gave the same records for the page cursor as for the 5 pages before; the server seems not to know the parameter `after`, which sends it (`cursor_param`)
        events, page 6: the server gave the same records for the next link as for the 5 pages before; it leads to the same page again
        events, page 6: the server gave the same records for the next link as for the 5 pages before; it leads to the same page again
        events, page 6: the server gave the same records for `offset=10` as for the 5 pages before; it seems not to know that parameter, or to have no such page
        events, page 6: the server gave the same records for `page=6` as for the 5 pages before; it seems not to know that parameter, or to have no such page
    "#]].assert_eq(&said);
}

/// A number that grows may be one that counts requests.
#[tokio::test]
async fn the_same_records_under_growing_numbers_end_in_an_error() {
    let mut said = String::new();
    for records in [json!([{"v": 0}]), json!([{"id": 1}, {"id": 2}]), json!([0, 0])] {
        for paginator in all().into_iter().take(4) {
            let same = records.clone();
            let (requests, outcome) =
                outcome(plan(paginator), move |seen| leading(&same, &seen.number.to_string()))
                    .await;
            let error = outcome.unwrap_err();
            assert!(error.is_stuck(), "{error}");
            said.extend([&shown(&error), "\n"]);
            assert!(requests <= 202, "{records}: {error}");
        }
    }
    expect![[r#"
        events, page 202: the server gave the same records for the page cursor as for the 201 pages before; the server seems not to know the parameter `after`, which sends it (`cursor_param`); if they are others all the same, raise `maximum_empty_pages`
        events, page 202: the server gave the same records for the page cursor as for the 201 pages before; the server seems not to know the parameter `after`, which sends it (`cursor_param`); if they are others all the same, raise `maximum_empty_pages`
        events, page 202: the server gave the same records for the next link as for the 201 pages before; it leads to the same page again; if they are others all the same, raise `maximum_empty_pages`
        events, page 202: the server gave the same records for the next link as for the 201 pages before; it leads to the same page again; if they are others all the same, raise `maximum_empty_pages`
        events, page 2: the server gave the same records for the page cursor as for the page before; the server seems not to know the parameter `after`, which sends it (`cursor_param`)
        events, page 2: the server gave the same records for the page cursor as for the page before; the server seems not to know the parameter `after`, which sends it (`cursor_param`)
        events, page 2: the server gave the same records for the next link as for the page before; it leads to the same page again
        events, page 2: the server gave the same records for the next link as for the page before; it leads to the same page again
        events, page 202: the server gave the same records for the page cursor as for the 201 pages before; the server seems not to know the parameter `after`, which sends it (`cursor_param`); if they are others all the same, raise `maximum_empty_pages`
        events, page 202: the server gave the same records for the page cursor as for the 201 pages before; the server seems not to know the parameter `after`, which sends it (`cursor_param`); if they are others all the same, raise `maximum_empty_pages`
        events, page 202: the server gave the same records for the next link as for the 201 pages before; it leads to the same page again; if they are others all the same, raise `maximum_empty_pages`
        events, page 202: the server gave the same records for the next link as for the 201 pages before; it leads to the same page again; if they are others all the same, raise `maximum_empty_pages`
    "#]].assert_eq(&said);
    let few = End { maximum_empty_pages: Some(9.into()), ..End::NONE };
    let counting = |seen: Seen| leading(&json!([{"v": 0}]), &seen.number.to_string());
    let (requests, outcome) = outcome(plan(cursor(few)), counting).await;
    expect!["events, page 11: the server gave the same records for the page cursor as for the 10 pages before; the server seems not to know the parameter `after`, which sends it (`cursor_param`); if they are others all the same, raise `maximum_empty_pages`"].assert_eq(&shown(&outcome.unwrap_err()));
    assert_eq!(requests, 11);
}

/// As those that say each minute that all is well.
#[tokio::test]
async fn pages_that_are_alike_come_where_the_server_moves_on() {
    let pages = 40;
    let beats = json!([{"ok": true}, {"ok": true}]);
    for paginator in all().into_iter().take(4) {
        let beats = beats.clone();
        let (requests, outcome) = outcome(plan(paginator), move |seen| {
            let sent = seen.param("after").or(seen.param("token"));
            let skipped: usize = sent.map_or(0, |sent| sent.parse().unwrap());
            match skipped + 2 {
                next if next == pages * 2 => json!({"data": beats}).to_string().into_response(),
                next => leading(&beats, &next.to_string()),
            }
        })
        .await;
        assert_eq!((requests, outcome.unwrap()), (pages, pages * 2));
    }
    // A number in a body.
    let mut in_body = plan(cursor(End::NONE));
    let Paginator::Cursor(Cursor { place, .. }) = &mut in_body.endpoint.paginator else {
        unreachable!()
    };
    *place = Place::Body(vec!["after".into()].into());
    in_body.endpoint.method = rest_source::plan::Method::Post;
    let (_, outcome) = outcome(in_body, move |seen| {
        let body: Value = serde_json::from_str(&seen.body).unwrap_or_default();
        let next = body["after"].as_u64().unwrap_or_default() + 2;
        let next = if next == 80 { Value::Null } else { json!(next) };
        json!({"data": [{"ok": true}, {"ok": true}], "next": next}).to_string()
    })
    .await;
    assert_eq!(outcome.unwrap(), 80);
}

/// `0` ends the pages as a number and as text, unless the response says that there are more.
#[tokio::test]
async fn a_page_cursor_of_zero_is_none() {
    let mut said = String::new();
    for zero in [json!(0), json!("0")] {
        let next = zero.clone();
        let (requests, outcome) = outcome(plan(cursor(End::NONE)), move |seen| {
            let next = if seen.number == 1 { json!("17") } else { next.clone() };
            json!({"data": [{"id": seen.number}], "next": next}).to_string()
        })
        .await;
        assert_eq!((requests, outcome.unwrap()), (2, 2));
        let next = zero.clone();
        let (requests, outcome) = self::outcome(plan(cursor(End::NONE)), move |_| {
            json!({"data": [{"id": 1}], "next": next}).to_string()
        })
        .await;
        assert_eq!((requests, outcome.unwrap()), (1, 1));
        let more = End { has_more_path: Some(keys("more")), ..End::NONE };
        for end in [End::NONE, more] {
            let next = zero.clone();
            let (_, outcome) = self::outcome(plan(cursor(end)), move |_| {
                json!({"data": [{"id": 1}], "next": next, "more": true, "has_more": true})
                    .to_string()
            })
            .await;
            let error = outcome.unwrap_err().to_string();
            said.extend([&shown(&error), "\n"]);
        }
    }
    expect![[r#"
        events, page 1: the response has no page cursor other than `0` (`cursor_path: next`), but there are more records: `has_more` is true
        events, page 1: `more` says that there are more pages, but the response has no page cursor other than `0` (`cursor_path: next`)
        events, page 1: the response has no page cursor other than `0` (`cursor_path: next`), but there are more records: `has_more` is true
        events, page 1: `more` says that there are more pages, but the response has no page cursor other than `0` (`cursor_path: next`)
    "#]].assert_eq(&said);
    let (requests, outcome) = outcome(plan(header_cursor()), |_| {
        ([("x-next", "0")], json!({"data": [{"id": 1}]}).to_string())
    })
    .await;
    assert_eq!(requests, 1);
    assert!(outcome.is_ok());
}

/// Every paginator with pages of these records, one after the other and then again. How many requests
/// there were, and the error.
async fn rounds(pages: fn(usize) -> Value) -> String {
    let mut said = String::new();
    let length = (2..100).find(|n| pages(*n) == pages(1)).unwrap() - 1;
    for paginator in all() {
        let (requests, outcome) = outcome(plan(paginator), move |seen| {
            leading(&pages(seen.number), &format!("c{}", seen.number))
        })
        .await;
        let error = outcome.unwrap_err();
        assert!(error.is_stuck(), "{error}");
        assert!(requests <= 3 * length + 8, "{requests} of {length}: {error}");
        said.extend([&shown(&error), "\n"]);
    }
    said
}

#[tokio::test]
async fn pages_that_come_round_end_in_an_error() {
    expect![[r#"
        events, page 6: the pages come round: the server gave the same records for the page cursor as 3 pages before, and so for the pages in front of it; the server seems not to know the parameter `after`, which sends it (`cursor_param`); if they are others, say what identifies them by `primary_key`
        events, page 6: the pages come round: the server gave the same records for the page cursor as 3 pages before, and so for the pages in front of it; the server seems not to know the parameter `after`, which sends it (`cursor_param`); if they are others, say what identifies them by `primary_key`
        events, page 6: the pages come round: the server gave the same records for the next link as 3 pages before, and so for the pages in front of it; it leads to the same page again; if they are others, say what identifies them by `primary_key`
        events, page 6: the pages come round: the server gave the same records for the next link as 3 pages before, and so for the pages in front of it; it leads to the same page again; if they are others, say what identifies them by `primary_key`
        events, page 6: the pages come round: the server gave the same records for `offset=10` as 3 pages before, and so for the pages in front of it; it seems not to know that parameter, or to have no such page; if they are others, say what identifies them by `primary_key`
        events, page 6: the pages come round: the server gave the same records for `page=6` as 3 pages before, and so for the pages in front of it; it seems not to know that parameter, or to have no such page; if they are others, say what identifies them by `primary_key`
    "#]].assert_eq(&rounds(|n| json!([{"id": n % 3}, {"id": 10 + n % 3}])).await);
    expect![[r#"
        events, page 10: the pages come round: the server gave the same records for the page cursor as 2 pages before, and so for the pages in front of it; the server seems not to know the parameter `after`, which sends it (`cursor_param`); if they are others, say what identifies them by `primary_key`
        events, page 10: the pages come round: the server gave the same records for the page cursor as 2 pages before, and so for the pages in front of it; the server seems not to know the parameter `after`, which sends it (`cursor_param`); if they are others, say what identifies them by `primary_key`
        events, page 10: the pages come round: the server gave the same records for the next link as 2 pages before, and so for the pages in front of it; it leads to the same page again; if they are others, say what identifies them by `primary_key`
        events, page 10: the pages come round: the server gave the same records for the next link as 2 pages before, and so for the pages in front of it; it leads to the same page again; if they are others, say what identifies them by `primary_key`
        events, page 10: the pages come round: the server gave the same records for `offset=9` as 2 pages before, and so for the pages in front of it; it seems not to know that parameter, or to have no such page; if they are others, say what identifies them by `primary_key`
        events, page 10: the pages come round: the server gave the same records for `page=10` as 2 pages before, and so for the pages in front of it; it seems not to know that parameter, or to have no such page; if they are others, say what identifies them by `primary_key`
    "#]].assert_eq(&rounds(|n| json!([{"id": n % 2}])).await);
    expect![[r#"
        events, page 6: the pages come round: the server gave the same records for the page cursor as 3 pages before, and so for the pages in front of it; the server seems not to know the parameter `after`, which sends it (`cursor_param`)
        events, page 6: the pages come round: the server gave the same records for the page cursor as 3 pages before, and so for the pages in front of it; the server seems not to know the parameter `after`, which sends it (`cursor_param`)
        events, page 6: the pages come round: the server gave the same records for the next link as 3 pages before, and so for the pages in front of it; it leads to the same page again
        events, page 6: the pages come round: the server gave the same records for the next link as 3 pages before, and so for the pages in front of it; it leads to the same page again
        events, page 6: the pages come round: the server gave the same records for `offset=10` as 3 pages before, and so for the pages in front of it; it seems not to know that parameter, or to have no such page
        events, page 6: the pages come round: the server gave the same records for `page=6` as 3 pages before, and so for the pages in front of it; it seems not to know that parameter, or to have no such page
    "#]].assert_eq(&rounds(|n| json!([{"v": n % 3}, {"v": 10 + n % 3}])).await);
    expect![[r#"
        events, page 8: the pages come round: the server gave the same records for the page cursor as 5 pages before, and so for the pages in front of it; the server seems not to know the parameter `after`, which sends it (`cursor_param`)
        events, page 8: the pages come round: the server gave the same records for the page cursor as 5 pages before, and so for the pages in front of it; the server seems not to know the parameter `after`, which sends it (`cursor_param`)
        events, page 8: the pages come round: the server gave the same records for the next link as 5 pages before, and so for the pages in front of it; it leads to the same page again
        events, page 8: the pages come round: the server gave the same records for the next link as 5 pages before, and so for the pages in front of it; it leads to the same page again
        events, page 8: the pages come round: the server gave the same records for `offset=14` as 5 pages before, and so for the pages in front of it; it seems not to know that parameter, or to have no such page
        events, page 8: the pages come round: the server gave the same records for `page=8` as 5 pages before, and so for the pages in front of it; it seems not to know that parameter, or to have no such page
    "#]].assert_eq(&rounds(|n| json!([n % 5, 10 + n % 5])).await);
    expect![[r#"
        events, page 100: the pages come round: the server gave the same records for the page cursor as 50 pages before, and so for the pages in front of it; the server seems not to know the parameter `after`, which sends it (`cursor_param`)
        events, page 100: the pages come round: the server gave the same records for the page cursor as 50 pages before, and so for the pages in front of it; the server seems not to know the parameter `after`, which sends it (`cursor_param`)
        events, page 100: the pages come round: the server gave the same records for the next link as 50 pages before, and so for the pages in front of it; it leads to the same page again
        events, page 100: the pages come round: the server gave the same records for the next link as 50 pages before, and so for the pages in front of it; it leads to the same page again
        events, page 100: the pages come round: the server gave the same records for `offset=99` as 50 pages before, and so for the pages in front of it; it seems not to know that parameter, or to have no such page
        events, page 100: the pages come round: the server gave the same records for `page=100` as 50 pages before, and so for the pages in front of it; it seems not to know that parameter, or to have no such page
    "#]].assert_eq(&rounds(|n| json!([{"v": n % 50}])).await);
    // A page without records among them.
    let (requests, outcome) = outcome(plan(cursor(End::NONE)), |seen| {
        let page = [json!([{"id": 1}, {"id": 2}]), json!([]), json!([{"id": 3}, {"id": 4}])];
        leading(&page[seen.number % 3], &format!("c{}", seen.number))
    })
    .await;
    assert!(outcome.unwrap_err().is_stuck());
    assert!(requests <= 12, "{requests}");
}

/// Large pages are looked at where their first record has come before.
#[tokio::test]
async fn large_pages_that_come_again_end_in_an_error() {
    let filler = "x".repeat(9_000);
    let mut said = String::new();
    for (length, most) in [(Some(3), 16), (Some(40), 130), (None, 20)] {
        let filler = filler.clone();
        let (requests, outcome) = outcome(plan(cursor(End::NONE)), move |seen| {
            let id = length.map_or(seen.number.min(9), |length| seen.number % length);
            let records = json!([{"id": id, "text": filler}, {"id": 100 + id, "at": seen.number}]);
            leading(&records, &format!("c{}", seen.number))
        })
        .await;
        said.extend([&shown(&outcome.unwrap_err()), "\n"]);
        assert!(requests <= most, "{requests}");
    }
    expect![[r#"
        events, page 14: the pages come round: the server gave records with the same `id` for the page cursor as 3 pages before, and so for the pages in front of it; the server seems not to know the parameter `after`, which sends it (`cursor_param`); if they are others, say what identifies them by `primary_key`
        events, page 120: the pages come round: the server gave records with the same `id` for the page cursor as 40 pages before, and so for the pages in front of it; the server seems not to know the parameter `after`, which sends it (`cursor_param`); if they are others, say what identifies them by `primary_key`
        events, page 15: the server gave records with the same `id` for the page cursor as for the 5 pages before; the server seems not to know the parameter `after`, which sends it (`cursor_param`); if they are others, say what identifies them by `primary_key`
    "#]].assert_eq(&said);
}

/// Pages that are rightly those of before: of a server that moves on, by what it says.
#[tokio::test]
async fn pages_that_are_alike_now_and_then_come() {
    let states = |n: usize| json!([{"on": n.is_multiple_of(2)}]);
    for paginator in all().into_iter().take(4) {
        let (requests, outcome) = outcome(plan(paginator), move |seen| {
            let at = seen.param("after").or(seen.param("token"));
            let at: usize = at.map_or(0, |at| at.parse().unwrap());
            match at + 1 {
                60 => json!({"data": states(at)}).to_string().into_response(),
                next => leading(&states(at), &next.to_string()),
            }
        })
        .await;
        assert_eq!((requests, outcome.unwrap()), (60, 60));
    }
    let total = |paginator| {
        outcome(plan(paginator), move |seen| {
            json!({"data": states(seen.number), "total": 60, "pages": 60}).to_string()
        })
    };
    for paginator in [
        offset(Some(keys("total")), None, End::NONE),
        page_number(Some(keys("pages")), None, End::NONE),
    ] {
        let (requests, outcome) = total(paginator).await;
        assert_eq!((requests, outcome.unwrap()), (60, 60));
    }
    // Two pages that come again, and others behind them.
    let (_, outcome) = outcome(plan(cursor(End::NONE)), |seen| {
        let number = [1, 2, 3, 1, 2, 4][seen.number - 1];
        let records = json!([{"id": number}, {"id": number + 10}]);
        match seen.number {
            6 => json!({"data": records}).to_string().into_response(),
            n => leading(&records, &format!("c{n}")),
        }
    })
    .await;
    assert_eq!(outcome.unwrap(), 12);
}
