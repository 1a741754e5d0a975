//! Each paginator: what it sends, what ends it, and what is an error.

use std::{sync::Arc, time::Duration};

use axum::{http::HeaderValue, response::IntoResponse};
use expect_test::expect;
use rest_source::{
    Client, Error, Fetch,
    plan::{
        Choice, Configurable, Cursor, End, Endpoint, HeaderCursor, HeaderLink, Input, JsonLink,
        Offset, PageNumber, PageSize, Paginator, Part, Place, ResourcePlan, Selector, Step,
        Template,
    },
};
use serde_json::{Value, json};
use tokio::{sync::Barrier, time::timeout};

use crate::{
    shown::shown,
    support::{Server, client, has, json_path, with},
};

/// A path of keys.
pub(crate) fn keys(path: &str) -> Selector {
    Selector::Keys(path.split('.').map(|key| key.to_owned().into()).collect())
}

/// A query parameter as the place of something.
pub(crate) fn param(name: &str) -> Place {
    Place::Param(name.to_owned().into())
}

pub(crate) fn template(text: &str) -> Template {
    Template(vec![Part::Text(text.to_owned().into())].into())
}

/// `GET /events`.
pub(crate) fn endpoint() -> Endpoint {
    Endpoint { path: template("/events"), ..Endpoint::new(&[], None, Paginator::Auto) }
}

pub(crate) fn plan(paginator: Paginator) -> ResourcePlan {
    let endpoint = Endpoint { data_selector: Some(keys("data")), paginator, ..endpoint() };
    ResourcePlan::new("events", endpoint, &[])
}

pub(crate) fn cursor(end: End) -> Paginator {
    Paginator::Cursor(Cursor {
        cursor_path: keys("next"),
        place: param("after"),
        initial_cursor: None,
        page_size: None,
        end,
        ..Cursor::DEFAULT
    })
}

pub(crate) fn offset(
    total_path: Option<Selector>,
    maximum_offset: Option<u64>,
    end: End,
) -> Paginator {
    let page_size = PageSize { place: param("limit"), records: 2.into(), ..PageSize::DEFAULT };
    Paginator::Offset(Offset {
        offset: 0.into(),
        place: param("offset"),
        page_size,
        total_path,
        maximum_offset: maximum_offset.map(Into::into),
        end,
        ..Offset::DEFAULT
    })
}

pub(crate) fn page_number(
    total_path: Option<Selector>,
    maximum_page: Option<u64>,
    end: End,
) -> Paginator {
    let place = param("page");
    let maximum_page = maximum_page.map(Into::into);
    Paginator::PageNumber(PageNumber {
        base_page: 1.into(),
        page: 1.into(),
        place,
        total_path,
        maximum_page,
        end,
        ..PageNumber::DEFAULT
    })
}

fn has_more() -> End {
    End { has_more_path: Some(keys("more")), ..End::NONE }
}

const UNTIL_EMPTY: End = End::NONE;

/// What comes of a fetch when the server gives these responses one after the other and then 404: the
/// queries that it saw, and the records or the error.
pub(crate) async fn run(
    paginator: Paginator,
    responses: &[Value],
) -> (Vec<String>, Result<Vec<Value>, Error>) {
    run_plan(plan(paginator), responses).await
}

pub(crate) async fn run_plan(
    plan: ResourcePlan,
    responses: &[Value],
) -> (Vec<String>, Result<Vec<Value>, Error>) {
    let responses = responses.to_vec();
    let server = Server::answering(move |seen| match responses.get(seen.number - 1) {
        Some(response) => response.to_string().into_response(),
        None => axum::http::StatusCode::NOT_FOUND.into_response(),
    })
    .await;
    let records = Fetch::<Value>::of_plan(&client(&server), plan).all().await;
    let query = |query: &[(String, String)]| {
        query.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&")
    };
    (server.seen().iter().map(|seen| query(&seen.query)).collect(), records)
}

async fn fetches(paginator: Paginator, responses: &[Value], queries: &[&str]) {
    let (seen, records) = run(paginator, responses).await;
    assert_eq!(seen, queries, "{responses:?}");
    let sent = responses.iter().filter_map(|response| response["data"].as_array().cloned());
    assert_eq!(records.unwrap(), sent.flatten().collect::<Vec<_>>(), "{responses:?}");
}

async fn fails(paginator: Paginator, responses: &[Value]) -> Error {
    let (_, records) = run(paginator, responses).await;
    let error = records.unwrap_err();
    assert_eq!(error.page(), Some(responses.len() as u64), "{error}");
    error
}

#[tokio::test]
async fn page_cursors_end_when_there_is_none() {
    for last in [
        json!({"data": [2]}),
        json!({"data": [2], "next": null}),
        json!({"data": [2], "next": ""}),
        json!({"data": [2], "next": 0}),
        json!({"data": [2], "next": false}),
    ] {
        let first = json!({"data": [1], "next": "a b&c"});
        fetches(cursor(End::NONE), &[first, last], &["", "after=a b&c"]).await;
    }
}

#[tokio::test]
async fn page_cursors_may_be_numbers_of_any_length() {
    let number: Value = serde_json::from_str("18446744073709551615").unwrap();
    let responses = [json!({"data": [1], "next": number}), json!({"data": []})];
    fetches(cursor(End::NONE), &responses, &["", "after=18446744073709551615"]).await;
}

#[tokio::test]
async fn an_empty_page_ends_page_cursors_only_if_it_says_so() {
    let responses = [
        json!({"data": [1], "next": "a"}),
        json!({"data": [], "next": "b"}),
        json!({"data": [2], "next": null}),
    ];
    fetches(cursor(End::NONE), &responses, &["", "after=a", "after=b"]).await;
    let end = End { stop_after_empty_page: Some(true), ..End::NONE };
    fetches(cursor(end), &responses[..2], &["", "after=a"]).await;
}

#[tokio::test]
async fn both_a_page_cursor_and_has_more_must_say_that_there_is_more() {
    let first = json!({"data": [1], "next": "a", "more": "true"});
    for last in [
        json!({"data": [2], "next": "b", "more": false}),
        json!({"data": [2], "next": "b"}),
        json!({"data": [2]}),
    ] {
        fetches(cursor(has_more()), &[first.clone(), last], &["", "after=a"]).await;
    }
    expect!["events, page 2: `more` says that there are more pages, but the response has no page cursor (`cursor_path: next`)"].assert_eq(&shown(
        &fails(cursor(has_more()), &[first, json!({"data": [2], "more": true})]).await,
    ));
    expect!["events, page 1: `more`, which says whether there are more pages, is missing; if the API does not always send it, leave `has_more_path` out"]
        .assert_eq(&shown(&fails(cursor(has_more()), &[json!({"data": [1], "next": "a"})]).await));
    expect![[r#"events, page 1: `more` must say whether there are more pages: true or false, found "perhaps""#]].assert_eq(&shown(
        &fails(cursor(has_more()), &[json!({"data": [1], "next": "a", "more": "perhaps"})]).await,
    ));
}

#[tokio::test]
async fn the_first_page_cursor_may_be_given() {
    let paginator = match cursor(End::NONE) {
        Paginator::Cursor(Cursor { cursor_path, place, page_size, end, .. }) => {
            let initial_cursor = Some("*".into());
            Paginator::Cursor(Cursor {
                cursor_path,
                place,
                initial_cursor,
                page_size,
                end,
                ..Cursor::DEFAULT
            })
        }
        other => other,
    };
    let responses = [json!({"data": [1], "next": "a"}), json!({"data": [2]})];
    fetches(paginator.clone(), &responses, &["after=*", "after=a"]).await;
    let error = fails(paginator, &[json!({"data": [1], "next": "*"})]).await;
    expect![[r#"events, page 1: the page cursor came a second time, and following it would fetch the same pages for ever: the server seems not to know the parameter `after`, which sends it (`cursor_param`), found "*""#]].assert_eq(&shown(&error));
    assert!(error.is_stuck());
}

#[tokio::test]
async fn an_offset_moves_by_the_records_that_came() {
    let total = || Some(keys("total"));
    let responses = [
        json!({"data": [1, 2], "total": 4}),
        json!({"data": [3], "total": "4"}),
        json!({"data": [4], "total": 4.0}),
    ];
    let (mut seen, records) = run(offset(total(), None, End::NONE), &responses[..1]).await;
    assert!(records.is_err(), "the second page is missing");
    seen.truncate(2);
    assert_eq!(seen, ["offset=0&limit=2", "offset=2&limit=2"]);
    let queries = ["offset=0&limit=2", "offset=2&limit=2", "offset=3&limit=2"];
    fetches(offset(total(), None, End::NONE), &responses, &queries).await;
}

/// What a filter leaves out is on the page, and the server counts it.
#[tokio::test]
async fn a_filter_of_the_selector_moves_and_ends_no_pages() {
    let responses = [
        json!({"data": [{"id": 1}, {"id": 2}]}),
        json!({"data": [{"id": 3, "open": true}, {"id": 4}]}),
        json!({"data": [{"id": 5}, {"id": 6, "open": true}]}),
        json!({"data": []}),
    ];
    let offsets = ["offset=0&limit=2", "offset=2&limit=2", "offset=4&limit=2", "offset=6&limit=2"];
    for (paginator, queries) in [
        (offset(None, None, UNTIL_EMPTY), offsets),
        (page_number(None, None, UNTIL_EMPTY), ["page=1", "page=2", "page=3", "page=4"]),
    ] {
        let choices = vec![Choice::One(Step::Name("data".into())), has("open")];
        let mut plan = plan(paginator);
        plan.endpoint.data_selector = Some(json_path("data[?@.open]", choices));
        let (seen, records) = run_plan(plan, &responses).await;
        assert_eq!(seen, queries);
        let ids: Vec<_> = records.unwrap().iter().map(|record| record["id"].clone()).collect();
        assert_eq!(ids, [3, 6]);
    }
}

#[tokio::test]
async fn offsets_end_at_an_empty_page_a_total_a_maximum_or_has_more() {
    let page = |n: u64| json!({"data": [n, n + 1], "more": n < 3});
    let queries = ["offset=0&limit=2", "offset=2&limit=2", "offset=4&limit=2"];
    let until_empty = [page(1), page(3), json!({"data": []})];
    fetches(offset(None, None, UNTIL_EMPTY), &until_empty, &queries).await;
    fetches(offset(None, Some(4), UNTIL_EMPTY), &until_empty[..2], &queries[..2]).await;
    fetches(offset(None, None, has_more()), &until_empty[..2], &queries[..2]).await;
    // An empty page ends them before its total is looked for.
    let total = offset(Some(keys("total")), None, UNTIL_EMPTY);
    fetches(total, &[json!({"data": []})], &queries[..1]).await;
}

#[tokio::test]
async fn a_total_that_is_none_is_an_error() {
    let by_offset = || offset(Some(keys("total")), None, UNTIL_EMPTY);
    expect!["events, page 1: the total at `total` is missing; if the API sends none, say `total_path: null`"].assert_eq(&shown(&fails(by_offset(), &[json!({"data": [1, 2]})]).await));
    expect!["events, page 1: the total at `total` is missing; if the API sends none, say `total_path: null`, found null"]
        .assert_eq(&shown(&fails(by_offset(), &[json!({"data": [1, 2], "total": null})]).await));
    let by_page = page_number(Some(keys("total")), None, UNTIL_EMPTY);
    expect!["events, page 1: the total at `total` is missing; if the API sends none, say `total_path: null`"].assert_eq(&shown(&fails(by_page, &[json!({"data": [1, 2]})]).await));
    let mut said = String::new();
    for total in [json!("many"), json!(-1), json!(2.5), json!([3])] {
        let response = json!({"data": [1, 2], "total": total});
        said.extend([&shown(&fails(by_offset(), &[response]).await), "\n"]);
    }
    expect![[r#"
        events, page 1: the total at `total` must be a whole number, found "many"
        events, page 1: the total at `total` must be a whole number, found -1
        events, page 1: the total at `total` must be a whole number, found 2.5
        events, page 1: the total at `total` must be a whole number, found [3]
    "#]]
    .assert_eq(&said);
}

#[tokio::test]
async fn an_offset_that_does_not_move_is_an_error() {
    let error = fails(
        offset(None, None, has_more()),
        &[json!({"data": [1], "more": true}), json!({"data": [], "more": true})],
    )
    .await;
    expect!["events, page 2: the server gave no records for `offset=1` although `more` says that there are more; the next request would be the same"].assert_eq(&shown(&error));
    assert!(error.is_stuck());
}

#[tokio::test]
async fn a_server_that_does_not_know_the_parameter_is_noticed() {
    let response = json!({"data": [{"id": 1}, {"id": 2}], "total": 100, "more": true});
    let mut said = String::new();
    for paginator in [
        offset(Some(keys("total")), None, UNTIL_EMPTY),
        page_number(Some(keys("total")), None, UNTIL_EMPTY),
        page_number(None, None, UNTIL_EMPTY),
    ] {
        let error = fails(paginator, &[response.clone(), response.clone()]).await;
        said.extend([&shown(&error), "\n"]);
        assert!(error.is_stuck());
    }
    expect![[r#"
        events, page 2: the server gave the same records for `offset=2` as for the page before; it seems not to know that parameter, or to have no such page
        events, page 2: the server gave the same records for `page=2` as for the page before; it seems not to know that parameter, or to have no such page
        events, page 2: the server gave the same records for `page=2` as for the page before; it seems not to know that parameter, or to have no such page
    "#]].assert_eq(&said);
}

#[tokio::test]
async fn page_numbers_end_at_an_empty_page_a_total_a_maximum_or_has_more() {
    let page = |n: u64| json!({"data": [n], "pages": 2, "more": u64::from(n < 2)});
    let queries = ["page=1", "page=2", "page=3"];
    let until_empty = [page(1), page(2), json!({"data": []})];
    fetches(page_number(None, None, UNTIL_EMPTY), &until_empty, &queries).await;
    fetches(page_number(Some(keys("pages")), None, UNTIL_EMPTY), &until_empty[..2], &queries[..2])
        .await;
    fetches(page_number(None, Some(3), UNTIL_EMPTY), &until_empty[..2], &queries[..2]).await;
    fetches(page_number(None, None, has_more()), &until_empty[..2], &queries[..2]).await;
    // A total that is one of records asks for no page behind the empty one.
    let records = |n: u64| json!({"data": [2 * n, 2 * n + 1], "total": 4});
    let responses = [records(1), records(2), json!({"data": [], "total": 4})];
    fetches(page_number(Some(keys("total")), None, UNTIL_EMPTY), &responses, &queries).await;
}

#[tokio::test]
async fn links_are_followed_as_they_are_given() {
    let paginator =
        || Paginator::JsonLink(JsonLink { next_url_path: keys("next"), ..JsonLink::DEFAULT });
    for (link, query) in [
        ("?page=2", "page=2"),
        ("/events?q=a%20b&flag", "q=a b&flag="),
        ("events?page=2#top", "page=2"),
        ("../events?page=2", "page=2"),
    ] {
        let responses = [json!({"data": [1], "next": link}), json!({"data": [2], "next": ""})];
        fetches(paginator(), &responses, &["", query]).await;
    }
    for last in [json!(null), json!(false), json!(" ")] {
        fetches(paginator(), &[json!({"data": [1], "next": last})], &[""]).await;
    }
    let mut said = String::new();
    for link in [json!(7), json!({})] {
        said.extend([
            &shown(&fails(paginator(), &[json!({"data": [1], "next": link})]).await),
            "\n",
        ]);
    }
    expect![[r#"
        events, page 1: the link to the next page at `next` must be a text, found 7
        events, page 1: the link to the next page at `next` must be a text, found {}
    "#]]
    .assert_eq(&said);
    let (_, records) = run(paginator(), &[json!({"data": [1], "next": "/events"})]).await;
    let error = records.unwrap_err();
    assert!(error.is_stuck(), "a page that links to itself: {error}");
}

#[tokio::test]
async fn a_link_to_another_server_is_refused() {
    let next = "http://other.example/events?page=2";
    let paginator =
        Paginator::JsonLink(JsonLink { next_url_path: keys("next"), ..JsonLink::DEFAULT });
    let (seen, records) = run(paginator, &[json!({"data": [1], "next": next})]).await;
    let error = records.unwrap_err();
    expect!["events, page 2: http://other.example/events?page=2 is not asked: credentials stay at URL; if other.example may see them, too, add it to `allowed_hosts` of `client`"].assert_eq(&shown(&error));
    assert_eq!(seen.len(), 1);
}

#[tokio::test]
async fn headers_hold_links_and_page_cursors() {
    let links = |rel: &str| {
        Paginator::HeaderLink(HeaderLink { rel: rel.to_owned().into(), ..HeaderLink::DEFAULT })
    };
    let cursors = Paginator::HeaderCursor(HeaderCursor {
        header: "X-Next".into(),
        cursor_param: "after".into(),
        ..HeaderCursor::DEFAULT
    });
    for (paginator, name, header, expected) in [
        (links("next"), "link", "</events?after=b>; rel=\"next\"", Some("b")),
        (links("next"), "link", "<?after=b,c;d>;rel=next", Some("b,c;d")),
        (
            links("next"),
            "link",
            "<?after=z>; title=\"a, <b>; rel=next\", <?after=b>; rel=next",
            Some("b"),
        ),
        (links("next"), "link", "<?after=b> ; REL = \"prev  NEXT\"", Some("b")),
        (links("more"), "link", "<?after=z>; rel=next, <?after=b>; rel=more", Some("b")),
        (links("next"), "link", "<?after=z>; rel=next; anchor=\"/other\"", None),
        (links("next"), "link", "<?after=z>; rel=prev; rel=next", None),
        (links("next"), "link", "?after=z; rel=next", None),
        (links("next"), "link", "<?after=z", None),
        (cursors.clone(), "x-next", "b", Some("b")),
        (cursors.clone(), "x-next", "", None),
        (cursors, "x-other", "b", None),
    ] {
        let header = HeaderValue::from_str(header).unwrap();
        let value = header.clone();
        let server = Server::answering(move |seen| {
            let mut response = json!({"data": [seen.number]}).to_string().into_response();
            if seen.number == 1 {
                response.headers_mut().append("link", HeaderValue::from_static("<a>; rel=first"));
                response.headers_mut().append(name, value.clone());
            }
            response
        })
        .await;
        Fetch::<Value>::of_plan(&client(&server), plan(paginator)).all().await.unwrap();
        let seen = server.params("after");
        assert_eq!(seen.get(1).map(Option::as_deref), expected.map(Some), "{header:?}");
        assert_eq!(seen.len(), 1 + usize::from(expected.is_some()), "{header:?}");
    }
}

#[tokio::test]
async fn the_page_size_can_be_set_where_there_is_a_parameter_for_it() {
    let server = Server::answering(|_| json!({"data": []}).to_string()).await;
    let fetch =
        |paginator| Fetch::<Value>::of_plan(&client(&server), plan(paginator)).page_size(50);
    fetch(offset(None, None, UNTIL_EMPTY)).all().await.unwrap();
    assert_eq!(server.params("limit"), [Some("50".to_owned())]);
    let mut said = String::new();
    for paginator in
        [page_number(None, None, UNTIL_EMPTY), cursor(End::NONE), Paginator::SinglePage]
    {
        let error = fetch(paginator).all().await.unwrap_err();
        assert!(error.is_config(), "{error}");
        said.extend([&shown(&error), "\n"]);
    }
    expect![[r#"
        events: the page size cannot be set, as no parameter is known for it: add `limit` to the paginator
        events: the page size cannot be set, as no parameter is known for it: add `limit` to the paginator
        events: the page size cannot be set, as this paginator has no parameter for it; if the API has one, set it by `param`
    "#]].assert_eq(&said);
    assert_eq!(server.seen().len(), 1);
}

/// Three requests wait for each other: without all of them under way there would be no end.
#[tokio::test]
async fn pages_whose_addresses_are_known_are_requested_at_the_same_time() {
    let by_offset = offset(Some(keys("total")), None, UNTIL_EMPTY);
    for (paginator, name) in
        [(by_offset, "offset"), (page_number(Some(keys("total_pages")), None, UNTIL_EMPTY), "page")]
    {
        let barrier = Arc::new(Barrier::new(3));
        let server = Server::start(move |seen| {
            let barrier = Arc::clone(&barrier);
            async move {
                if matches!(seen.number, 2..=4) {
                    barrier.wait().await;
                }
                let start = match (seen.param("offset"), seen.param("page")) {
                    (Some(offset), _) => offset.parse::<u64>().unwrap(),
                    (_, Some(page)) => (page.parse::<u64>().unwrap() - 1) * 2,
                    _ => 0,
                };
                json!({"data": [start, start + 1], "total": 20, "total_pages": 10}).to_string()
            }
        })
        .await;
        let records = Fetch::<Value>::of_plan(&client(&server), plan(paginator)).all();
        let records = timeout(Duration::from_secs(30), records).await.unwrap().unwrap();
        assert_eq!(records, (0..20).map(Value::from).collect::<Vec<_>>());
        assert_eq!(server.seen().len(), 10, "no {name} is asked for twice or in vain");
    }
}

/// What is called `total` may be the number of records: no page is asked for that may not be there.
#[tokio::test]
async fn pages_that_may_not_be_there_are_not_requested_beforehand() {
    let server = Server::answering(|seen| {
        let records: &[u64] = if seen.number < 3 { &[1, 2] } else { &[] };
        json!({"data": records, "total": 4}).to_string()
    })
    .await;
    let paginator = page_number(Some(keys("total")), None, UNTIL_EMPTY);
    Fetch::<Value>::of_plan(&client(&server), plan(paginator)).all().await.unwrap();
    assert_eq!(server.seen().len(), 3);
}

/// The setting of this name.
pub(crate) fn setting(name: &'static str) -> Template {
    Template(vec![Part::Config(name.into())].into())
}

fn count(name: &'static str) -> Configurable<u64> {
    Configurable::Template(setting(name))
}

/// A client of a source whose plan lists these settings, with their values.
pub(crate) fn client_with(server: &Server, settings: &[(&'static str, &str)]) -> Client {
    let names = settings.iter().map(|(name, _)| Input {
        name: (*name).into(),
        setter: (*name).into(),
        variables: vec![].into(),
        ..Input::DEFAULT
    });
    let builder = with(server, |plan| plan.config = names.collect());
    settings
        .iter()
        .fold(builder, |builder, (name, value)| builder.config(*name, *value))
        .build()
        .unwrap()
}

#[tokio::test]
async fn settings_are_filled_in_when_a_fetch_begins() {
    let numbered = Paginator::PageNumber(PageNumber {
        base_page: count("base"),
        page: count("base"),
        place: Place::Param(setting("name")),
        total_path: None,
        maximum_page: Some(count("maximum")),
        end: UNTIL_EMPTY,
        ..PageNumber::DEFAULT
    });
    let offset = Paginator::Offset(Offset {
        offset: count("base"),
        place: Place::Body(vec!["page".into(), setting("name")].into()),
        page_size: PageSize { place: param("limit"), records: count("size"), ..PageSize::DEFAULT },
        total_path: None,
        maximum_offset: Some(count("maximum")),
        end: UNTIL_EMPTY,
        ..Offset::DEFAULT
    });
    let cursor = Paginator::Cursor(Cursor {
        cursor_path: keys("next"),
        place: Place::Param(setting("name")),
        initial_cursor: Some(Template(
            vec![Part::Text("a-".into()), Part::Config("base".into())].into(),
        )),
        page_size: None,
        ..Cursor::DEFAULT
    });
    let header = Paginator::HeaderCursor(HeaderCursor {
        header: setting("name"),
        cursor_param: setting("name"),
        ..HeaderCursor::DEFAULT
    });
    let links = Paginator::HeaderLink(HeaderLink { rel: setting("name"), ..HeaderLink::DEFAULT });
    for (paginator, expected) in [
        (numbered, &["name=3", "name=4"][..]),
        (offset, &["limit=1 {\"page\":{\"name\":3}}", "limit=1 {\"page\":{\"name\":4}}"]),
        (cursor, &["name=a-3", "name=b"]),
        (header, &["", "name=c"]),
        (links, &["", "link=1"]),
    ] {
        let server = Server::answering(|seen| {
            let next = if seen.number == 1 { json!("b") } else { Value::Null };
            let mut response =
                json!({"data": [seen.number], "next": next}).to_string().into_response();
            if seen.number == 1 {
                response.headers_mut().insert("name", HeaderValue::from_static("c"));
                let link = HeaderValue::from_static("</events?link=1>; rel=\"name\"");
                response.headers_mut().insert("link", link);
            }
            response
        })
        .await;
        let settings = [("base", "3"), ("size", "1"), ("name", "name"), ("maximum", "5")];
        let client = client_with(&server, &settings);
        let records = Fetch::<Value>::of_plan(&client, plan(paginator)).all().await.unwrap();
        assert_eq!(records, [1, 2]);
        let seen = server.seen();
        let sent = seen.iter().map(|seen| {
            let query = seen.query.iter().map(|(name, value)| format!("{name}={value}"));
            format!("{} {}", query.collect::<Vec<_>>().join("&"), seen.body).trim().to_owned()
        });
        assert_eq!(sent.collect::<Vec<_>>(), expected);
    }
}

#[tokio::test]
async fn a_setting_that_cannot_be_what_it_stands_for_is_an_error_before_any_request() {
    let server = Server::answering(|_| r#"{"data": []}"#).await;
    let mut said = String::new();
    for value in ["many", "-1", "", "0"] {
        let mut paginator = offset(None, None, UNTIL_EMPTY);
        if let Paginator::Offset(Offset { page_size, .. }) = &mut paginator {
            page_size.records = count("size");
        }
        let client = client_with(&server, &[("size", value)]);
        let error = Fetch::<Value>::of_plan(&client, plan(paginator)).all().await.unwrap_err();
        assert!(error.is_config(), "{error}");
        said.extend([&shown(&error), "\n"]);
    }
    expect![[r#"
        events: the setting `size` must be a whole number, 0 or above, found `many`
        events: the setting `size` must be a whole number, 0 or above, found `-1`
        events: the setting `size` must be a whole number, 0 or above, found ``
        events: a page size of 0 records is none
    "#]]
    .assert_eq(&said);
    let client = client_with(&server, &[("name", "")]);
    let links = Paginator::HeaderLink(HeaderLink { rel: setting("name"), ..HeaderLink::DEFAULT });
    let error = Fetch::<Value>::of_plan(&client, plan(links)).all().await.unwrap_err();
    expect!["events: the setting `name` is empty, and the name of something"]
        .assert_eq(&shown(&error));
    assert!(server.seen().is_empty());
}
