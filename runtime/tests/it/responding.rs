//! What happens to responses: actions of the file, no content, compression, size.

use std::io::Write as _;

use axum::{
    body::Body,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use expect_test::expect;
use rest_source::{
    Client, Fetch,
    plan::{Action, End, Endpoint, KeyLocation, Paginator, ResponseAction, Total},
};
use serde_json::{Value, json};

use crate::{
    announced::strict,
    pagination::{cursor, keys, offset, page_number, plan},
    shown::shown,
    support::{Log, Payment, Seen, Server, api_key, fetch, items, pages_of, payments, text, with},
};

const LIST: &str = r#"[{"id":1},{"id":2}]"#;

fn rule(
    statuses: Option<(u16, u16)>,
    content: Option<&'static str>,
    action: Action,
) -> ResponseAction {
    ResponseAction {
        statuses,
        content: content.map(Into::into),
        filter: None,
        action,
        ..ResponseAction::DEFAULT
    }
}

fn endpoint(actions: Vec<ResponseAction>) -> Endpoint {
    Endpoint { response_actions: actions.into(), ..items() }
}

fn status(status: u16, body: &'static str) -> Response {
    (StatusCode::from_u16(status).unwrap(), body).into_response()
}

fn client(server: &Server) -> Client {
    with(server, |_| {}).build().unwrap()
}

#[tokio::test]
async fn an_ignored_response_is_an_empty_page_and_no_failure() {
    let cases = [
        (404, "", rule(Some((404, 404)), None, Action::Ignore)),
        (500, "", rule(Some((500, 599)), None, Action::Ignore)),
        (503, "gone for good", rule(None, Some("for good"), Action::Ignore)),
        (400, "no such team", rule(Some((400, 499)), Some("no such"), Action::Ignore)),
        (200, LIST, rule(Some((200, 200)), None, Action::Ignore)),
        (200, LIST, rule(None, Some("\"id\":2"), Action::Ignore)),
        (302, "", rule(Some((302, 302)), None, Action::Ignore)),
    ];
    for (code, body, action) in cases {
        let server = Server::answering(move |_| {
            let mut response = status(code, body);
            response.headers_mut().insert("location", "/login".parse().unwrap());
            response
        })
        .await;
        let records = fetch(&client(&server), endpoint(vec![action.clone()])).await;
        assert_eq!(records.unwrap(), [] as [Value; 0], "{action:?}");
        assert_eq!(server.seen().len(), 1, "{action:?}");
    }
}

#[tokio::test]
async fn a_response_that_is_not_meant_stays_a_failure() {
    let server = Server::answering(|_| status(422, "other")).await;
    let actions = vec![
        rule(Some((404, 404)), None, Action::Ignore),
        rule(Some((422, 422)), Some("nothing"), Action::Ignore),
        rule(None, Some("no team"), Action::Ignore),
    ];
    let error = fetch(&client(&server), endpoint(actions)).await.unwrap_err();
    assert_eq!((error.status(), server.seen().len()), (Some(422), 1), "{error}");
}

#[tokio::test]
async fn the_first_rule_that_fits_counts() {
    let server = Server::answering(|_| status(404, "")).await;
    let raise = rule(Some((404, 404)), None, Action::Raise);
    let ignore = rule(Some((400, 499)), None, Action::Ignore);
    let records = fetch(&client(&server), endpoint(vec![ignore.clone(), raise.clone()])).await;
    assert!(records.unwrap().is_empty());
    let error = fetch(&client(&server), endpoint(vec![raise, ignore])).await.unwrap_err();
    assert_eq!(error.status(), Some(404));
}

#[tokio::test]
async fn an_ignored_page_ends_the_pages_and_leaves_those_before() {
    let all = payments(25);
    let server = Server::answering(move |seen: Seen| match seen.number {
        3 => status(410, ""),
        _ => pages_of(&all, 10, &seen).into_response(),
    })
    .await;
    let mut plan = <Payment as rest_source::Resource>::PLAN.clone();
    plan.endpoint.response_actions = vec![rule(Some((410, 410)), None, Action::Ignore)].into();
    let mut pages = Fetch::<Payment>::of_plan(&client(&server), plan.clone()).pages();
    let mut counts = Vec::new();
    let mut last = None;
    while let Some(page) = pages.try_next().await.unwrap() {
        counts.push(page.records.len());
        last = Some(page.checkpoint);
    }
    assert_eq!((counts, server.seen().len()), (vec![10, 10, 0], 3));
    assert!(last.unwrap().is_end());
}

/// What the paginator knows of more is told where the second of its pages is ignored: the error of a fetch
/// that has to be complete, and the warning of one that need not be.
async fn ignoring_the_second(code: u16, paginator: Paginator, with: Value) -> (String, String) {
    let server = Server::answering(move |seen: Seen| {
        let is_first = ["page", "offset", "after"]
            .iter()
            .all(|name| matches!(seen.param(name).as_deref(), None | Some("0" | "1")));
        let mut page = with.clone();
        page["data"] = json!([{"id": 1}, {"id": 2}]);
        let total = page["header"].take();
        page.as_object_mut().unwrap().remove("header");
        let headers = total.as_str().map(|total| [("x-total-count", total.to_owned())]);
        match (is_first, headers) {
            (true, Some(headers)) => (headers, page.to_string()).into_response(),
            (true, None) => page.to_string().into_response(),
            (false, _) => status(code, "{}"),
        }
    })
    .await;
    let mut plan = plan(paginator);
    plan.endpoint.response_actions = vec![rule(Some((code, code)), None, Action::Ignore)].into();
    let client = client(&server);
    let log = Log::of_all();
    let records = Fetch::<Value>::of_plan(&client, plan.clone()).all().await;
    assert_eq!(records.unwrap().len(), 2);
    let warnings = log.warnings();
    let error = strict(&client, plan, None).await.err().unwrap_or_default();
    (error, warnings)
}

#[tokio::test]
async fn an_ignored_page_below_a_known_total_is_told() {
    let mut said = String::new();
    let has_more = || End { has_more_path: Some(keys("more")), ..End::NONE };
    for (paginator, with) in [
        (page_number(Some(keys("total_pages")), None, End::NONE), json!({"total_pages": 3})),
        (page_number(Some(keys("total")), None, End::NONE), json!({"total": 6})),
        (offset(Some(keys("total")), None, End::NONE), json!({"total": 6})),
        (cursor(End::NONE), json!({"next": "a", "total": 6})),
        (cursor(End::NONE), json!({"next": "a", "total_pages": 3})),
        (page_number(None, None, has_more()), json!({"more": true})),
        (Paginator::Auto, json!({"page": 1, "total_pages": 3, "total": 6})),
        (Paginator::Auto, json!({"page": 1, "per_page": 2, "total": 6})),
        (page_number(None, None, End::NONE), json!({"header": "6"})),
        (offset(None, None, End::NONE), json!({"header": "6"})),
    ] {
        let (error, warnings) = ignoring_the_second(500, paginator, with).await;
        let warning = warnings.split(" resource=").next().unwrap_or_default().trim();
        assert!(error.contains(warning) && !warning.is_empty(), "{error}: {warnings}");
        said.extend([warning, "\n"]);
    }
    expect![[r#"
        records are missing: the response for `page=2` (status 500) is ignored, where the fetch ends, although `total_pages` says that there are 3 pages; if the failure is transient, say `action: retry` in `response_actions`; if that counts something else, say `total_path: null`
        records are missing: the response for `page=2` (status 500) is ignored, where the fetch ends, although `total` says that there are 6; if the failure is transient, say `action: retry` in `response_actions`; if that counts something else, say `total_path: null`
        records are missing: the response for `offset=2` (status 500) is ignored, where the fetch ends, although `total` says that there are 6 records; if the failure is transient, say `action: retry` in `response_actions`; if that counts something else, say `total_path: null`
        records are missing: the response for the page cursor (status 500) is ignored, where the fetch ends, although `total` says that there are 6 records, but 2 had come; if the failure is transient, say `action: retry` in `response_actions`; if that counts something else, say `total_path: null`
        records are missing: the response for the page cursor (status 500) is ignored, where the fetch ends, although `total_pages` says that there are 3 pages, but 1 had come; if the failure is transient, say `action: retry` in `response_actions`; if that counts something else, say `total_path: null`
        records are missing: the response for `page=2` (status 500) is ignored, where the fetch ends, although `more` said that there are more pages; if the failure is transient, say `action: retry` in `response_actions`; if that means something else, leave `has_more_path` and `end_path` out
        records are missing: the response for `page=2` (status 500) is ignored, where the fetch ends, although `total_pages` says that there are 3 pages; if the failure is transient, say `action: retry` in `response_actions`; if that counts something else, say `total_path: null`
        records are missing: the response for `page=2` (status 500) is ignored, where the fetch ends, although the first page says that there are 3 pages; if the failure is transient, say `action: retry` in `response_actions`
        records are missing: the response for `page=2` (status 500) is ignored, where the fetch ends, although `x-total-count` says that there are 6 records, but 2 had come; if the failure is transient, say `action: retry` in `response_actions`
        records are missing: the response for `offset=2` (status 500) is ignored, where the fetch ends, although `x-total-count` says that there are 6 records, but 2 had come; if the failure is transient, say `action: retry` in `response_actions`
    "#]].assert_eq(&said);
    // What is no page, or nothing that is known of more, is an end.
    let silent = (String::new(), String::new());
    for (code, paginator, with) in [
        (500, page_number(None, None, End::NONE), json!({"total": 6})),
        (404, offset(Some(keys("total")), None, End::NONE), json!({"total": 2})),
        (404, page_number(Some(keys("total")), None, End::NONE), json!({"total": 2})),
        (500, cursor(End { total: Total::None, ..End::NONE }), json!({"next": "a", "total": 6})),
        (404, cursor(End::NONE), json!({"next": "a", "total": 2})),
        (404, page_number(None, None, has_more()), json!({"more": false})),
        (404, page_number(None, None, End::NONE), json!({"header": "2"})),
    ] {
        let shown = format!("{code} {paginator:?} {with}");
        assert_eq!(ignoring_the_second(code, paginator, with).await, silent, "{shown}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_response_that_is_to_be_tried_again_is() {
    for (code, content) in [(200, Some("try later")), (403, None), (404, Some("later"))] {
        let server = Server::answering(move |seen: Seen| match seen.number {
            1 | 2 => status(code, r#"{"error":"try later"}"#),
            _ => LIST.into_response(),
        })
        .await;
        let statuses = content.is_none().then_some((403, 403));
        let action = rule(statuses, content, Action::Retry);
        let records = fetch(&client(&server), endpoint(vec![action])).await.unwrap();
        assert_eq!((records.len(), server.seen().len()), (2, 3), "{code}");
    }
    let server = Server::answering(|_| status(200, r#"{"error":"try later"}"#)).await;
    let action = rule(None, Some("try later"), Action::Retry);
    let error = fetch(&client(&server), endpoint(vec![action])).await.unwrap_err();
    assert_eq!((error.status(), error.tries()), (Some(200), Some(4)), "{error}");
    let text = error.to_string();
    expect![[r#"items, page 1: GET URL/items answered 200 OK, a failure by `response_actions` (4 tries in … s): {"error":"try later"}"#]].assert_eq(&shown(&text));
}

#[tokio::test]
async fn a_success_can_be_a_failure_and_a_passing_status_a_lasting_one() {
    for (code, body) in [(200, r#"{"error":"quota"}"#), (503, "quota")] {
        let server = Server::answering(move |_| status(code, body)).await;
        let action = rule(None, Some("quota"), Action::Raise);
        let error = fetch(&client(&server), endpoint(vec![action])).await.unwrap_err();
        assert!(error.is_status(), "{error}");
        assert_eq!((error.status(), error.tries()), (Some(code), Some(1)));
    }
}

/// 206 that was not asked for is no complete answer, which a description may know.
#[tokio::test]
async fn a_partial_content_can_be_ignored_raised_or_requested_again() {
    let server = |until: usize| {
        Server::answering(move |seen| status(if seen.number < until { 206 } else { 200 }, LIST))
    };
    let rule = |action| rule(Some((206, 206)), None, action);
    let partial = server(9).await;
    let records = fetch(&client(&partial), endpoint(vec![rule(Action::Ignore)])).await.unwrap();
    assert_eq!((records.len(), partial.seen().len()), (0, 1));
    let partial = server(9).await;
    let error = fetch(&client(&partial), endpoint(vec![rule(Action::Raise)])).await.unwrap_err();
    assert_eq!((error.status(), error.tries()), (Some(206), Some(1)));
    tokio::time::pause();
    let passing = server(2).await;
    let records = fetch(&client(&passing), endpoint(vec![rule(Action::Retry)])).await.unwrap();
    assert_eq!((records.len(), passing.seen().len()), (2, 2));
}

#[tokio::test]
async fn no_content_is_no_records_and_an_empty_success_is_an_error() {
    for code in [204, 205] {
        let server = Server::answering(move |_| status(code, "")).await;
        assert_eq!(fetch(&client(&server), items()).await.unwrap(), [] as [Value; 0]);
        let payments = Fetch::<Payment>::new(&client(&server)).all().await.unwrap();
        assert!(payments.is_empty());
        let raise = rule(Some((204, 205)), None, Action::Raise);
        let error = fetch(&client(&server), endpoint(vec![raise])).await.unwrap_err();
        assert_eq!(error.status(), Some(code));
    }
    let server = Server::answering(|_| status(200, "")).await;
    let error = fetch(&client(&server), items()).await.unwrap_err();
    assert!(error.is_decode(), "{error}");
    expect![[r#"items, page 1: the response (text/plain; charset=utf-8) is empty; `response_actions` can have it requested again, `{where: "!@", action: retry}`"#]].assert_eq(&shown(&error));
}

fn compressed(coding: &str, body: &[u8]) -> Vec<u8> {
    let level = flate2::Compression::fast();
    match coding {
        "gzip" => {
            let mut gzip = flate2::write::GzEncoder::new(Vec::new(), level);
            gzip.write_all(body).unwrap();
            gzip.finish().unwrap()
        }
        "zlib" => {
            let mut zlib = flate2::write::ZlibEncoder::new(Vec::new(), level);
            zlib.write_all(body).unwrap();
            zlib.finish().unwrap()
        }
        "bare" => {
            let mut bare = flate2::write::DeflateEncoder::new(Vec::new(), level);
            bare.write_all(body).unwrap();
            bare.finish().unwrap()
        }
        "br" => {
            let mut out = Vec::new();
            let params = brotli::enc::BrotliEncoderParams::default();
            brotli::BrotliCompress(&mut { body }, &mut out, &params).unwrap();
            out
        }
        "zstd" => zstd::encode_all(body, 1).unwrap(),
        _ => body.to_owned(),
    }
}

fn encoded(encoding: &'static str, body: &[u8]) -> Response {
    ([("content-encoding", encoding)], compressed(encoding, body)).into_response()
}

/// The list in these codings, one applied after the other, under this name for all of them. The body
/// comes byte by byte, so that it is cut everywhere.
fn applied(names: &'static [&'static str], codings: &[&str]) -> Response {
    let body =
        codings.iter().fold(LIST.as_bytes().to_vec(), |body, coding| compressed(coding, &body));
    let bytes = body.into_iter().map(|byte| Ok::<_, std::io::Error>(vec![byte]));
    let mut response = Body::from_stream(futures_util::stream::iter(bytes)).into_response();
    for name in names {
        response.headers_mut().append("content-encoding", name.parse().unwrap());
    }
    response
}

#[tokio::test]
async fn compressed_bodies_are_read() {
    let cases: [(&[&str], &[&str]); 17] = [
        (&["gzip"], &["gzip"]),
        (&["GZIP"], &["gzip"]),
        (&["x-gzip"], &["gzip"]),
        (&["X-GZip "], &["gzip"]),
        (&["deflate"], &["zlib"]),
        (&["Deflate"], &["bare"]),
        (&["br"], &["br"]),
        (&["zstd"], &["zstd"]),
        (&["identity"], &[]),
        (&["none"], &[]),
        (&["None"], &[]),
        (&[""], &[]),
        (&["identity, gzip"], &["gzip"]),
        (&["gzip, identity"], &["gzip"]),
        (&["deflate, gzip"], &["zlib", "gzip"]),
        (&["gzip", "br"], &["gzip", "br"]),
        (&["gzip,gzip", "zstd"], &["gzip", "gzip", "zstd"]),
    ];
    for (names, codings) in cases {
        let server = Server::answering(move |_| applied(names, codings)).await;
        let records = fetch(&client(&server), items()).await.unwrap();
        assert_eq!(records.len(), 2, "{names:?}");
        let accepted = server.seen()[0].header("accept-encoding").to_owned();
        assert_eq!(accepted, "gzip, deflate, br, zstd");
    }
}

#[tokio::test]
async fn a_description_may_ask_for_other_codings() {
    let server = Server::answering(|_| LIST).await;
    let headers = vec![(text("Accept-Encoding"), text("identity"))];
    let endpoint = Endpoint { headers: headers.into(), ..items() };
    fetch(&client(&server), endpoint).await.unwrap();
    assert_eq!(server.seen()[0].header("accept-encoding"), "identity");
}

#[tokio::test]
async fn all_members_and_frames_of_a_body_are_read_and_nothing_behind_them() {
    let (start, end) = LIST.split_at(10);
    let parts = |coding| [compressed(coding, start.as_bytes()), compressed(coding, end.as_bytes())];
    let bodies = [
        ("gzip", parts("gzip").concat()),
        ("gzip", [parts("gzip").concat(), compressed("gzip", b"")].concat()),
        ("gzip", [parts("gzip").concat(), vec![0; 512]].concat()),
        ("gzip", [parts("gzip").concat(), b"\r\n".to_vec()].concat()),
        ("deflate", [compressed("zlib", LIST.as_bytes()), vec![0; 9]].concat()),
        ("br", [compressed("br", LIST.as_bytes()), vec![0; 9]].concat()),
        ("zstd", parts("zstd").concat()),
    ];
    for (coding, body) in bodies {
        let server =
            Server::answering(move |_| ([("content-encoding", coding)], body.clone())).await;
        let records = fetch(&client(&server), items()).await.unwrap();
        assert_eq!(records.len(), 2, "{coding}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_compressed_body_that_is_cut_short_or_corrupt_is_tried_again() {
    for (coding, name) in
        [("gzip", "gzip"), ("zlib", "deflate"), ("bare", "deflate"), ("br", "br"), ("zstd", "zstd")]
    {
        let whole = compressed(coding, LIST.as_bytes());
        let mut cut = whole.clone();
        cut.truncate(whole.len() - 3);
        for broken in [cut, vec![0xff; 40]] {
            let whole = whole.clone();
            let server = Server::answering(move |seen| {
                let body = if seen.number == 1 { &broken } else { &whole };
                ([("content-encoding", name)], body.clone())
            })
            .await;
            let records = fetch(&client(&server), items()).await.unwrap();
            assert_eq!((records.len(), server.seen().len()), (2, 2), "{coding}");
        }
    }
    let server = Server::answering(|_| ([("content-encoding", "gzip")], LIST)).await;
    let error = fetch(&client(&server), items()).await.unwrap_err();
    assert!(error.is_broken(), "{error}");
    expect!["items, page 1: GET URL/items broke off: the gzip body is corrupt or cut short: invalid gzip header (4 tries in … s)"].assert_eq(&shown(&error));
}

#[tokio::test]
async fn a_compressed_body_of_nothing_is_empty() {
    let mut said = String::new();
    for coding in ["gzip", "deflate", "br", "zstd"] {
        let server = Server::answering(move |_| ([("content-encoding", coding)], "")).await;
        let error = fetch(&client(&server), items()).await.unwrap_err();
        said.extend([&shown(&error), "\n"]);
    }
    expect![[r#"
        items, page 1: the response (text/plain; charset=utf-8) is empty; `response_actions` can have it requested again, `{where: "!@", action: retry}`
        items, page 1: the response (text/plain; charset=utf-8) is empty; `response_actions` can have it requested again, `{where: "!@", action: retry}`
        items, page 1: the response (text/plain; charset=utf-8) is empty; `response_actions` can have it requested again, `{where: "!@", action: retry}`
        items, page 1: the response (text/plain; charset=utf-8) is empty; `response_actions` can have it requested again, `{where: "!@", action: retry}`
    "#]].assert_eq(&said);
}

#[tokio::test]
async fn an_encoding_that_nobody_asked_for_is_named() {
    let mut said = String::new();
    for coding in ["compress", "gzip, compress", "gzip, gzip, gzip, gzip, gzip"] {
        let server = Server::answering(move |_| encoded(coding, LIST.as_bytes())).await;
        let error = fetch(&client(&server), items()).await.unwrap_err();
        let text = error.to_string();
        said.extend([&shown(&text), "\n"]);
        assert_eq!(server.seen().len(), 1);
    }
    expect![[r#"
        items, page 1: GET URL/items answered in the content coding `compress`, which is not known; known are gzip, deflate, br, zstd (1 try in … s)
        items, page 1: GET URL/items answered in the content coding `compress`, which is not known; known are gzip, deflate, br, zstd (1 try in … s)
        items, page 1: GET URL/items answered in more than 4 content codings, one over the other: gzip, gzip, gzip, gzip, gzip (1 try in … s)
    "#]].assert_eq(&said);
}

#[tokio::test]
async fn a_body_may_have_so_many_bytes_after_decompression() {
    let list = format!("[{}]", vec![r#"{"id":1}"#; 20_000].join(","));
    let mut said = String::new();
    for (name, coding) in
        [("identity", ""), ("gzip", "gzip"), ("deflate", "zlib"), ("br", "br"), ("zstd", "zstd")]
    {
        let size = u64::try_from(list.len()).unwrap();
        let body = compressed(coding, list.as_bytes());
        let server = Server::answering(move |_| ([("content-encoding", name)], body.clone())).await;
        let client = |most| with(&server, |_| {}).max_body_bytes(most).build().unwrap();
        assert_eq!(fetch(&client(size), items()).await.unwrap().len(), 20_000);
        let error = fetch(&client(size - 1), items()).await.unwrap_err();
        assert!(error.is_too_large() && error.tries() == Some(1), "{error}");
        said.extend([&shown(&error), "\n"]);
    }
    expect![[r#"
        items, page 1: GET URL/items answered more than 180000 bytes; `max_body_bytes` of the builder allows more (1 try in … s)
        items, page 1: GET URL/items answered more than 180000 bytes; `max_body_bytes` of the builder allows more (1 try in … s)
        items, page 1: GET URL/items answered more than 180000 bytes; `max_body_bytes` of the builder allows more (1 try in … s)
        items, page 1: GET URL/items answered more than 180000 bytes; `max_body_bytes` of the builder allows more (1 try in … s)
        items, page 1: GET URL/items answered more than 180000 bytes; `max_body_bytes` of the builder allows more (1 try in … s)
    "#]].assert_eq(&said);
}

#[tokio::test]
async fn a_body_is_read_in_the_charset_that_it_names() {
    let list = |name: &str| format!(r#"[{{"name":"{name}"}}]"#);
    let utf_16 = |text: &str, order: fn(u16) -> [u8; 2]| {
        text.encode_utf16().flat_map(order).collect::<Vec<u8>>()
    };
    let latin = |text: &str| text.chars().map(|c| u8::try_from(c).unwrap()).collect::<Vec<u8>>();
    let with_mark = |text: &str| format!("\u{feff}{text}");
    let cases = [
        ("application/json; charset=iso-8859-1", "é", latin(&list("é"))),
        ("application/json;charset=\"Latin1\"", "Ä", latin(&list("Ä"))),
        ("application/json; version=1; CHARSET=ISO-8859-15", "é", latin(&list("é"))),
        ("application/json; charset=windows-1252", "€", list("€").replace('€', "~").into_bytes()),
        ("application/json; charset=shift_jis", "あ", list("あ").into_bytes()),
        ("application/json; charset=utf-16", "é", utf_16(&with_mark(&list("é")), u16::to_be_bytes)),
        ("application/json; charset=utf-16", "é", utf_16(&list("é"), u16::to_be_bytes)),
        ("application/json; charset=utf-16", "é", utf_16(&list("é"), u16::to_le_bytes)),
        ("application/json; charset=utf-16be", "é", utf_16(&list("é"), u16::to_be_bytes)),
        ("application/json", "é", utf_16(&with_mark(&list("é")), u16::to_le_bytes)),
        ("application/json; charset=utf-8", "é", list("é").into_bytes()),
        ("application/json; charset=UTF8", "é", with_mark(&list("é")).into_bytes()),
        // What the server says of everything, and is not so.
        ("application/json; charset=iso-8859-1", "é", list("é").into_bytes()),
        ("application/json; charset=nonsense", "é", list("é").into_bytes()),
        ("application/json", "é", list("é").into_bytes()),
    ];
    for (content_type, name, body) in cases {
        let replaced: &[u8] = match name {
            "€" => b"\x80",
            _ => b"\x82\xa0",
        };
        let body = match content_type {
            "application/json; charset=windows-1252" => replace(&body, b"~", replaced),
            "application/json; charset=shift_jis" => replace(&body, "あ".as_bytes(), replaced),
            _ => body,
        };
        let server =
            Server::answering(move |_| ([("content-type", content_type)], body.clone())).await;
        let records = fetch(&client(&server), items()).await;
        assert_eq!(records.unwrap(), [serde_json::json!({"name": name})], "{content_type}");
    }
}

fn replace(body: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let at = body.windows(from.len()).position(|window| window == from).unwrap();
    [&body[..at], to, &body[at + from.len()..]].concat()
}

#[tokio::test]
async fn a_body_in_no_charset_is_refused() {
    let cases = [
        "application/json",
        "application/json; charset=utf-8",
        "application/json; charset=gb18030",
        "application/json; charset=nonsense",
    ];
    let mut said = String::new();
    for content_type in cases {
        let server =
            Server::answering(move |_| ([("content-type", content_type)], b"[\"\xff\"]")).await;
        let error = fetch(&client(&server), items()).await.unwrap_err();
        assert!(error.is_decode(), "{error}");
        said.extend([&shown(&error), "\n"]);
    }
    expect![[r#"
        items, page 1: the response (application/json) is not UTF-8, found ["�"]
        items, page 1: the response (application/json; charset=utf-8) is neither UTF-8 nor in the charset that it names, found ["�"]
        items, page 1: the response (application/json; charset=gb18030) is neither UTF-8 nor in the charset that it names, found ["�"]
        items, page 1: the response (application/json; charset=nonsense) is neither UTF-8 nor in the charset that it names, found ["�"]
    "#]].assert_eq(&said);
}

#[tokio::test]
async fn what_a_server_says_of_a_failure_is_read_in_its_charset_and_coding() {
    let server = Server::answering(|_| {
        let headers =
            [("content-type", "text/plain; charset=latin1"), ("content-encoding", "X-GZIP")];
        (StatusCode::BAD_REQUEST, headers, compressed("gzip", b"no caf\xe9"))
    })
    .await;
    let error = fetch(&client(&server), items()).await.unwrap_err();
    expect!["items, page 1: GET URL/items answered 400 Bad Request (1 try in … s): no café"]
        .assert_eq(&shown(&error));
    let ignored = rule(None, Some("café"), Action::Ignore);
    assert!(fetch(&client(&server), endpoint(vec![ignored])).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_bomb_is_not_unpacked() {
    let server = Server::start(|_| async {
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        let spaces = vec![b' '; 1 << 20];
        (0..64).for_each(|_| gzip.write_all(&spaces).unwrap());
        ([("content-encoding", "gzip")], gzip.finish().unwrap())
    })
    .await;
    let client = with(&server, |_| {}).max_body_bytes(1 << 20).build().unwrap();
    let error = fetch(&client, items()).await.unwrap_err();
    assert!(error.is_too_large(), "{error}");
}

#[tokio::test(start_paused = true)]
async fn a_long_explanation_of_a_failure_is_cut_and_not_an_error_of_its_own() {
    let server = Server::answering(|_| (StatusCode::BAD_REQUEST, "no ".repeat(1 << 20))).await;
    let client = with(&server, |_| {}).max_body_bytes(100).build().unwrap();
    let error = fetch(&client, items()).await.unwrap_err();
    assert_eq!(error.status(), Some(400));
    assert!(error.to_string().len() < 1000);
}

#[tokio::test]
async fn a_failure_shows_no_key_whatever_the_response_actions_are() {
    let server = Server::answering(|seen| status_of(&seen)).await;
    let client = with(&server, |plan| plan.auth = api_key(plan, "sig", KeyLocation::Query));
    let client = client.secret("key", "canary").build().unwrap();
    let not_found = rule(Some((404, 404)), None, Action::Ignore);
    let mut said = String::new();
    for actions in [vec![], vec![not_found], vec![rule(Some((400, 499)), None, Action::Raise)]] {
        let error = fetch(&client, endpoint(actions)).await.unwrap_err();
        said.extend([&shown(&error), "\n"]);
        assert!(!format!("{error} {error:#?}").contains("canary"), "{error:#?}");
    }
    expect![[r#"
        items, page 1: GET URL/items answered 400 Bad Request (1 try in … s): no such [("sig", "***")]
        items, page 1: GET URL/items answered 400 Bad Request (1 try in … s): no such [("sig", "***")]
        items, page 1: GET URL/items answered 400 Bad Request, a failure by `response_actions` (1 try in … s): no such [("sig", "***")]
    "#]].assert_eq(&said);
}

/// A refusal that repeats what was asked.
fn status_of(seen: &Seen) -> Response {
    (StatusCode::BAD_REQUEST, format!("no such {:?}", seen.query)).into_response()
}
