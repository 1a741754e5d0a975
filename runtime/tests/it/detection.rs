//! What is detected from a first response, and where nothing is guessed.

use std::{collections::BTreeMap, fs, mem, time::Duration};

use axum::{
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode},
    response::IntoResponse,
};
use expect_test::expect;
use rest_source::{
    Error, Fetch,
    plan::{
        Body, Column, DataType, Endpoint, JsonTemplate, Method, Paginator, Parent, Part,
        ResourcePlan, Template,
    },
};
use serde_json::{Value, json};
use url::form_urlencoded;

use crate::{
    pagination::{endpoint, keys},
    shown::shown,
    support::{Seen, Server, client},
};

/// What is detected, as the file would say it, or the error.
async fn found(body: &str, headers: &[(&str, &str)], endpoint: Endpoint) -> String {
    let headers: Vec<String> =
        headers.iter().map(|(name, value)| format!("{name}: {value}")).collect();
    let around: Vec<&str> = headers.iter().map(String::as_str).collect();
    found_around(body, &around, endpoint).await
}

/// The same, where this is sent with the request or comes with the response, as in [`CASES`].
async fn found_around(body: &str, around: &[&str], mut endpoint: Endpoint) -> String {
    let (mut status, mut headers, mut query) = (StatusCode::OK, HeaderMap::new(), Vec::new());
    for around in around {
        if let Some(sent) = around.strip_prefix('?') {
            query = form_urlencoded::parse(sent.as_bytes()).into_owned().collect();
        } else if around.starts_with('{') {
            let text = (*around).to_owned();
            endpoint.method = Method::Post;
            endpoint.body = Some(Body::Json(JsonTemplate::Literal(text.into())));
        } else if let Some((name, value)) = around.split_once(": ") {
            let name = HeaderName::try_from(name).unwrap();
            headers.append(name, HeaderValue::from_str(value).unwrap());
        } else {
            status = around.parse().unwrap();
        }
    }
    let body = body.to_owned();
    let server =
        Server::answering(move |_| (status, headers.clone(), body.clone()).into_response()).await;
    let plan = ResourcePlan::new("payments", endpoint, &[]);
    let mut fetch = Fetch::<Value>::of_plan(&client(&server), plan).max_pages(1);
    for (name, value) in query {
        fetch = fetch.param(&name, value);
    }
    match fetch.pages().try_next().await {
        Err(error) => format!("! {error}"),
        Ok(page) => {
            let found = page.unwrap().detected;
            let records = found.data_selector.map(|selector| format!("data_selector: {selector}"));
            let paginator = found.paginator.map(|paginator| format!("paginator: {paginator}"));
            let found: Vec<String> = records.into_iter().chain(paginator).collect();
            if found.is_empty() { "nothing".to_owned() } else { found.join(", ") }
        }
    }
}

/// Each line is a body; the one after it says what is detected from it. Lines that begin with `>`
/// say what else there is: `> ?limit=5` is sent, and so is `> {"limit": 5}`; `> x-total: 5` and `> 206`
/// come.
const CASES: &str = include_str!("detection.txt");

#[tokio::test]
async fn each_response_shows_what_it_shows() {
    let (mut found_now, mut around) = (String::new(), Vec::new());
    for line in CASES.lines() {
        if let Some(part) = line.strip_prefix("> ") {
            found_now.extend([line, "\n"]);
            around.push(part);
        } else if line.is_empty() || line.starts_with('#') {
            found_now.extend([line, "\n"]);
        } else if !line.starts_with("    ") {
            let found = found_around(line, &mem::take(&mut around), endpoint()).await;
            found_now.extend([line, "\n    ", &found, "\n"]);
        }
    }
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/detection.txt"), found_now)
            .unwrap();
        return;
    }
    assert_eq!(found_now, CASES, "set UPDATE_EXPECT=1 to take what is found now");
}

#[tokio::test]
async fn headers_show_how_a_list_is_paged() {
    let list = r#"[{"id":1},{"id":2}]"#;
    for (headers, expected) in [
        (&[("link", "</payments?page=2>; rel=\"next\"")][..], "header_link"),
        (&[("link", "</payments?page=1>; rel=first, </payments?page=1>; rel=last")], "header_link"),
        (&[("link", "</style.css>; rel=preload")], "single_page"),
        (
            &[("x-next-page", "2"), ("x-total", "5")],
            "{type: header_cursor, cursor_key: x-next-page, cursor_param: page}",
        ),
        (&[("x-total-count", "2")], "single_page"),
        (&[], "single_page"),
    ] {
        let found = found(list, headers, endpoint()).await;
        assert_eq!(found, format!("data_selector: $, paginator: {expected}"), "{headers:?}");
    }
    let error = found(list, &[("x-total-count", "5")], endpoint()).await;
    expect!["! payments, page 1: there are more records (`x-total-count` is 5 and 2 came), but how to ask for them cannot be known; say it in the file: `paginator: {type: offset, limit: 2, total_path: null}` or `paginator: {type: page_number, base_page: 1, total_path: null}` or another one; `paginator: single_page` if that is all"].assert_eq(&shown(&error));
}

#[tokio::test]
async fn what_the_file_says_is_not_detected() {
    let body = r#"{"rows":[{"id":1}],"other":[{"id":2}],"next_cursor":"a"}"#;
    let selected = Endpoint { data_selector: Some(keys("rows")), ..endpoint() };
    assert_eq!(
        found(body, &[], selected.clone()).await,
        "paginator: {type: cursor, cursor_path: next_cursor, cursor_param: cursor}"
    );
    let paged = Endpoint { paginator: Paginator::SinglePage, ..endpoint() };
    assert_eq!(found(body, &[], paged.clone()).await, "data_selector: rows");
    let both = Endpoint { paginator: Paginator::SinglePage, ..selected };
    assert_eq!(found(body, &[], both).await, "nothing");
}

/// Pages of two by a parameter whose name only the server knows.
fn page(seen: &Seen, param: &str) -> Value {
    let after: usize = seen.param(param).map_or(0, |after| after.parse().unwrap());
    let records: Vec<Value> = (after..(after + 2).min(5)).map(|n| json!({"id": n})).collect();
    let next = (after + 2 < 5).then(|| (after + 2).to_string());
    json!({"items": records, "next_page_token": next})
}

#[tokio::test]
async fn a_guess_that_is_wrong_is_noticed() {
    let mut said = String::new();
    for (param, expected) in [("page_token", Some(5)), ("start_here", None)] {
        let server = Server::answering(move |seen| page(&seen, param).to_string()).await;
        let plan = ResourcePlan::new("items", endpoint(), &[]);
        let fetched = Fetch::<Value>::of_plan(&client(&server), plan).all().await;
        match (fetched, expected) {
            (Ok(records), Some(count)) => assert_eq!(records.len(), count),
            (Err(error), None) => {
                assert!(error.is_stuck());
                said.extend([&shown(&error), "\n"]);
            }
            (fetched, expected) => unreachable!("{fetched:?} {expected:?}"),
        }
    }
    expect![[r#"
        items, page 2: the page cursor came a second time, and following it would fetch the same pages for ever: the server seems not to know the parameter `page_token`, which sends it (`cursor_param`); this way to page was detected from the first response: say in the file what is right, in place of `paginator: {type: cursor, cursor_path: next_page_token, cursor_param: page_token}`, found "2"
    "#]].assert_eq(&said);
}

/// Pages are counted from 1, as the first response shows, and each is asked for once.
#[tokio::test]
async fn pages_that_count_from_one_come_once_each() {
    for (first, total_is_known) in [(1, true), (0, true), (1, false)] {
        let server = Server::answering(move |seen: Seen| {
            let page: usize = seen.param("page").map_or(first, |page| page.parse().unwrap());
            let start = (page - first) * 10;
            let records: Vec<Value> = (start..(start + 10).min(25)).map(|n| json!(n)).collect();
            let mut body = json!({"data": records, "page": page, "per_page": 10, "total": 25});
            if total_is_known {
                body["total_pages"] = json!(3);
            }
            body.to_string()
        })
        .await;
        let plan = ResourcePlan::new("numbers", endpoint(), &[]);
        let records = Fetch::<Value>::of_plan(&client(&server), plan).all().await.unwrap();
        assert_eq!(records, (0..25).map(Value::from).collect::<Vec<_>>());
        let pages: Vec<_> = [None, Some(first + 1), Some(first + 2)]
            .map(|page| page.map(|page| page.to_string()))
            .into();
        let mut asked = server.params("page");
        asked.sort();
        assert_eq!(asked, pages);
    }
}

/// A child resource of which nothing is declared, where these are the responses for the records of
/// its parent, and the ids of the records that come.
async fn children(responses: &[(&str, &str)]) -> Result<String, Error> {
    let own = |(id, text): &(&str, &str)| ((*id).to_owned(), (*text).to_owned());
    let responses: Vec<(String, String)> = responses.iter().map(own).collect();
    let server = Server::answering(move |seen: Seen| {
        let path = seen.path.as_str();
        if path == "/events" {
            let parents = responses.iter().map(|(id, _)| json!({"id": id}));
            return parents.collect::<Value>().to_string();
        }
        let id = path.rsplit('/').next().unwrap_or_default();
        let response = responses.iter().find(|(parent, _)| parent == id);
        response.map(|(_, response)| response.clone()).unwrap_or_default()
    })
    .await;
    let parents = ResourcePlan::new("parents", endpoint(), &[]);
    let path = vec![Part::Text("/members/".into()), Part::Parent(keys("id"))];
    let path = Template(path.into());
    let mut plan = ResourcePlan::new("members", Endpoint { path, ..endpoint() }, &[]);
    plan.parent = Some(Parent { plan: parents.into(), include: vec![].into(), ..Parent::DEFAULT });
    let records = Fetch::<Value>::of_plan(&client(&server), plan).all().await?;
    Ok(Value::from(records).to_string())
}

#[tokio::test]
async fn where_the_records_of_one_parent_are_are_those_of_all() {
    let empty = r#"{"start":0,"total_size":0,"http_etag":"x"}"#;
    for responses in [
        &[("a", r#"{"start":0,"total_size":1,"entries":[{"n":1}]}"#), ("b", empty), ("c", "{}")],
        &[("a", empty), ("b", "{}"), ("c", r#"{"start":0,"total_size":1,"entries":[{"n":1}]}"#)],
        &[("a", r#"{"entries":[{"n":1}]}"#), ("b", r#"{"entries":null}"#), ("c", empty)],
        &[("a", r#"{"entries":[{"n":1}]}"#), ("b", r#"{"entries":[]}"#), ("c", empty)],
    ] {
        assert_eq!(children(responses).await.unwrap(), r#"[{"n":1}]"#, "{responses:?}");
    }
    let singles =
        &[("a", r#"{"id":1,"total":0,"tags":["x"]}"#), ("b", r#"{"id":2,"total":0,"tags":[]}"#)];
    let found = children(singles).await.unwrap();
    assert_eq!(found, r#"[{"id":1,"tags":["x"],"total":0},{"id":2,"tags":[],"total":0}]"#);
    let others = &[("a", r#"{"welcome":"here"}"#), ("b", r#"{"entries":[{"n":1}]}"#)];
    let error = children(others).await.unwrap_err().to_string();
    expect!["members, page 1: the records of another parent are at `$`, and those of this one would be at `entries`; say in the file where they are: `data_selector: $` or `data_selector: entries`"].assert_eq(&shown(&error));
}

#[tokio::test]
async fn what_was_detected_is_kept_in_the_checkpoint() {
    let server = Server::answering(|seen| page(&seen, "page_token").to_string()).await;
    let client = client(&server);
    let plan = ResourcePlan::new("items", endpoint(), &[]);
    let mut pages = Fetch::<Value>::of_plan(&client, plan.clone()).pages();
    let first = pages.try_next().await.unwrap().unwrap();
    let kept = serde_json::to_value(&first.checkpoint).unwrap();
    assert_eq!(
        kept,
        json!({"page": 1, "found": {
            "records": ["items"],
            "paginator": {
                "type": "cursor", "cursor_path": ["next_page_token"],
                "place": {"param": "page_token"},
            },
            "next": {"page_cursor": "2"},
        }})
    );
    let fetch =
        Fetch::<Value>::of_plan(&client, plan).resume(serde_json::from_value(kept).unwrap());
    let rest = fetch.all().await.unwrap();
    assert_eq!(rest, [json!({"id": 2}), json!({"id": 3}), json!({"id": 4})]);
}

/// dlt's own table of responses, where it lies beside this project. What is detected here in another
/// way has its reason.
#[tokio::test]
async fn what_dlt_detects_is_detected() {
    let table =
        concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/corpus/dlt-tests/detection.json");
    let Ok(table) = fs::read_to_string(table) else {
        eprintln!("{table} is not there: nothing is compared");
        return;
    };
    let table: Value = serde_json::from_str(&table).unwrap();
    let mut others = BTreeMap::new();
    for case in table["responses"].as_array().unwrap() {
        let found = found(&case["response"].to_string(), &[], endpoint()).await;
        let path = |value: &Value| {
            let keys = value.as_array().map(|keys| keys.iter().filter_map(Value::as_str));
            keys.map(|keys| keys.collect::<Vec<_>>().join(".")).unwrap_or_default()
        };
        let kind = match case["paginator"].as_str().unwrap() {
            "JSONLinkPaginator" => "{type: json_link",
            "PageNumberPaginator" => "{type: page_number",
            "JSONResponseCursorPaginator" => "{type: cursor",
            "SinglePagePaginator" => "single_page",
            other => unreachable!("{other}"),
        };
        let expected = format!("data_selector: {}, paginator: {kind}", path(&case["data_path"]));
        let named = ["next_url_path", "total_path", "cursor_path", "cursor_param"];
        let is_named = named.iter().all(|name| {
            case[name].as_str().is_none_or(|value| found.contains(&format!("{name}: {value}")))
        });
        if !(found.starts_with(&expected) && is_named) {
            others.insert(case["origin"].as_str().unwrap().to_owned(), found);
        }
    }
    let others: Vec<&str> = others.values().map(String::as_str).collect();
    assert_eq!(
        others,
        [
            // Offset, limit and total are there: dlt reads the first page and no more.
            "data_selector: data, paginator: {type: offset, limit: 2, offset_param: offset, \
             total_path: pagination.total}",
            // So are the number of the page, its size and the total.
            "data_selector: articles, paginator: {type: page_number, base_page: 1, page: 3, \
             page_param: page, total_path: null}",
            "data_selector: feed, paginator: {type: offset, limit: 2, offset: 40, offset_param: \
             offset, total_path: total_count}",
        ]
    );
}

#[tokio::test]
async fn a_page_size_is_refused_and_the_servers_own_parameter_goes_with_every_request() {
    let server = Server::answering(|seen| match seen.param("page").as_deref() {
        None => r#"{"data": [1], "page": 1, "total_pages": 2}"#,
        Some(_) => r#"{"data": [2], "page": 2, "total_pages": 2}"#,
    })
    .await;
    let plan = ResourcePlan::new("events", endpoint(), &[]);
    let fetch = Fetch::<Value>::of_plan(&client(&server), plan);
    let error = fetch.clone().page_size(1).all().await.unwrap_err();
    assert!(error.is_config(), "{error}");
    expect!["events: the page size cannot be set with `paginator: auto`, as its parameter is not known before the first response: declare the paginator that `cargo rest-source probe` shows, or set the server's parameter by `param`"].assert_eq(&shown(&error));
    assert!(server.seen().is_empty());

    assert_eq!(fetch.param("per_page", 1).all().await.unwrap(), [json!(1), json!(2)]);
    assert_eq!(server.params("per_page"), [Some("1".to_owned()), Some("1".to_owned())]);
}

/// What comes where the server answers so, of which nothing is declared, and how many requests it took.
async fn fetched(
    answer: impl Fn(Seen) -> Value + Clone + Send + Sync + 'static,
) -> (Vec<Value>, usize) {
    let server = Server::answering(move |seen| answer(seen).to_string()).await;
    let plan = ResourcePlan::new("numbers", endpoint(), &[]);
    let records = Fetch::<Value>::of_plan(&client(&server), plan).all().await.unwrap();
    (records, server.seen().len())
}

/// What is called `last_page` is the number of the last page, and not how many there are.
#[tokio::test]
async fn the_last_of_pages_that_count_from_zero_comes() {
    for last in ["last_page", "lastPageNumber", "max_page"] {
        let (records, requests) = fetched(move |seen| {
            let page: usize = seen.param("page").map_or(0, |page| page.parse().unwrap());
            json!({"items": [{"id": page}], "page": page, (last): 2})
        })
        .await;
        assert_eq!(records, [json!({"id": 0}), json!({"id": 1}), json!({"id": 2})], "{last}");
        assert_eq!(requests, 3, "{last}");
    }
}

/// Some servers lead on from every page, for whoever comes again.
#[tokio::test]
async fn a_flag_or_the_total_ends_what_leads_on_for_ever() {
    let start = |seen: &Seen, param: &str| -> usize {
        seen.param(param).map_or(0, |after| after.trim_start_matches('c').parse().unwrap())
    };
    let page = |start: usize| -> Vec<Value> {
        (start..(start + 2).min(5)).map(|id| json!({"id": id})).collect()
    };
    let five: Vec<Value> = (0..5).map(|id| json!({"id": id})).collect();
    // Zendesk
    let link = fetched(move |seen| {
        let start = start(&seen, "page[after]");
        json!({
            "users": page(start), "meta": {"has_more": start + 2 < 5},
            "links": {"next": format!("/numbers?page[after]={}", start + 2)},
        })
    });
    assert_eq!(link.await, (five.clone(), 3));
    let link = fetched(move |seen| {
        let start = start(&seen, "cursor");
        json!({
            "users": page(start), "end_of_stream": start + 2 >= 5,
            "after_url": format!("/numbers?cursor={}", start + 2),
            "after_cursor": (start + 2).to_string(),
        })
    });
    assert_eq!(link.await, (five.clone(), 3));
    // Crossref: the page cursor is another one each time.
    let cursor = fetched(move |seen| {
        let (start, number) = (start(&seen, "cursor"), seen.number);
        let next = format!("c{}", (start + 2) + number * 1000 * usize::from(start >= 5));
        json!({"message": {"total-results": 5, "items": page(start), "next-cursor": next}})
    });
    assert_eq!(cursor.await, (five.clone(), 4));
    // A page without records before the total is reached is none of the end.
    let sparse = fetched(move |seen| {
        let start = start(&seen, "cursor");
        let records = if start == 2 { Vec::new() } else { page(start) };
        json!({"total": 3, "items": records, "next_cursor": (start + 2).to_string()})
    });
    assert_eq!(sparse.await, ([0, 1, 4].map(|id| json!({"id": id})).to_vec(), 4));
    // What is called a total may count the records of the page.
    let own = fetched(move |seen| {
        let start = start(&seen, "cursor");
        let records = if start == 2 { Vec::new() } else { page(start) };
        let next = (start < 4).then(|| (start + 2).to_string());
        json!({"total": records.len(), "items": records, "next_cursor": next})
    });
    assert_eq!(own.await, ([0, 1, 4].map(|id| json!({"id": id})).to_vec(), 3));
}

/// How many records have come is in the checkpoint, for the total to be reached.
#[tokio::test]
async fn the_total_ends_a_fetch_that_is_resumed() {
    let server = Server::answering(|seen| {
        let start: usize = seen.param("cursor").map_or(0, |after| after.parse().unwrap());
        let records: Vec<Value> = (start..5).take(2).map(|id| json!({"id": id})).collect();
        json!({"total": 5, "items": records, "next_cursor": (start + 2).to_string()}).to_string()
    })
    .await;
    let client = client(&server);
    let plan = ResourcePlan::new("numbers", endpoint(), &[]);
    let mut pages = Fetch::<Value>::of_plan(&client, plan.clone()).pages();
    pages.try_next().await.unwrap();
    let second = pages.try_next().await.unwrap().unwrap();
    let kept = serde_json::to_string(&second.checkpoint).unwrap();
    let fetch = Fetch::<Value>::of_plan(&client, plan).resume(serde_json::from_str(&kept).unwrap());
    assert_eq!(fetch.all().await.unwrap(), [json!({"id": 4})]);
    assert_eq!(server.params("cursor").last().unwrap().as_deref(), Some("6"));
}

/// What the file declares of a record makes an object one that would be an envelope otherwise.
#[tokio::test]
async fn what_is_declared_is_a_record() {
    let server = Server::answering(|_| r#"{"total_count":0,"has_more":false}"#).await;
    for (names, expected) in [(&["total_count"][..], 1), (&["total_count", "name"], 0), (&[], 0)] {
        let columns = names.iter().map(|name| Column::new(name, DataType::Bigint));
        let mut plan = ResourcePlan::new("counts", endpoint(), &[]);
        plan.columns = columns.collect::<Vec<_>>().into();
        let records = Fetch::<Value>::of_plan(&client(&server), plan).all().await.unwrap();
        assert_eq!(records.len(), expected, "{names:?}");
    }
}

/// The envelope of none for one parent, and records for another.
#[tokio::test]
async fn an_envelope_without_its_list_has_no_records_of_a_parent() {
    for empty in [
        r#"{"resultSizeEstimate":0}"#,
        r#"{"kind":"drive#fileList"}"#,
        r#"{"data":{},"success":true}"#,
        r#"{"_links":{"self":{"href":"/a"}},"page":{"size":2,"totalElements":0}}"#,
    ] {
        let list = r#"{"members":[{"n":1}]}"#;
        for responses in [[("a", empty), ("b", list)], [("a", list), ("b", empty)]] {
            assert_eq!(children(&responses).await.unwrap(), r#"[{"n":1}]"#, "{responses:?}");
        }
    }
}

/// What is detected follows from the parents in their order, however long each response takes.
#[tokio::test]
async fn the_first_parent_decides_whichever_response_comes_first() {
    let server = Server::start(|seen: Seen| async move {
        let (delay, body) = match seen.path.as_str() {
            "/events" => (0, json!([{"id": "a"}, {"id": "b"}, {"id": "c"}])),
            "/members/a" => (40, json!({"entries": null, "total": 0})),
            "/members/b" => (20, json!({"entries": [{"n": 1}]})),
            _ => (0, json!({"entries": [{"n": 2}], "people": [{"n": 3}]})),
        };
        tokio::time::sleep(Duration::from_millis(delay)).await;
        body.to_string()
    })
    .await;
    let parents = ResourcePlan::new("parents", endpoint(), &[]);
    let path = vec![Part::Text("/members/".into()), Part::Parent(keys("id"))];
    let path = Template(path.into());
    let mut plan = ResourcePlan::new("members", Endpoint { path, ..endpoint() }, &[]);
    plan.parent = Some(Parent { plan: parents.into(), include: vec![].into(), ..Parent::DEFAULT });
    let records = Fetch::<Value>::of_plan(&client(&server), plan).all().await.unwrap();
    assert_eq!(records, [json!({"n": 1}), json!({"n": 2})]);
}
