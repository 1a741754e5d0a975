//! Credentials stay at home and out of every text.

use axum::{
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
};
use expect_test::expect;
use futures_util::StreamExt as _;
use rest_source::{
    Error, Fetch,
    plan::{
        Auth, Cursor, Endpoint, Grant, HttpBasic, KeyLocation, Paginator, Part, Place, Selector,
        SourcePlan, Template,
    },
};
use serde_json::json;

use crate::{
    shown::shown,
    support::{
        Elsewhere, Log, Payment, Payout, SOURCE, Seen, Server, TOKEN, api_key, builder, client,
        fetch, items, secret, text, token_source, with,
    },
};

/// What is said before a request is sent again.
const RETRIED: &str = "trying again";
const PAGE: &str = r#"{"payments":[]}"#;

/// The token as it is, as URLs and forms write it, as JSON does and may, and as HTML does.
const FORMS: [&str; 10] = [
    TOKEN,
    "canary%2F%2B+7f3a%229",
    "canary%2F%2B%207f3a%229",
    "canary%2f%2b%207f3a%229",
    "canary/+ 7f3a\\\"9",
    "canary\\/\\u002b 7f3a\\\"9",
    "\\u0063anary\\u002F\\u002B\\u00207f3a\\u00229",
    "canary/+ 7f3a&quot;9",
    "canary&#x2F;&#43;&#x20;7f3a&#34;9",
    "canary",
];

fn assert_masked(text: &str) {
    for form in FORMS {
        assert!(!text.contains(form), "{form} is in {text}");
    }
}

#[tokio::test]
async fn redirects_to_another_origin_are_refused_without_going_there() {
    let other = Server::answering(|_| PAGE).await;
    let mut said = String::new();
    for status in [301, 302, 303, 307, 308] {
        let elsewhere = format!("{}/v1/payments", other.url());
        let server = Server::answering(move |_| {
            let mut response = StatusCode::from_u16(status).unwrap().into_response();
            response.headers_mut().insert("location", elsewhere.parse().unwrap());
            response
        })
        .await;
        let error = Fetch::<Payment>::new(&client(&server)).all().await.unwrap_err();
        assert!(error.is_redirect(), "{error}");
        assert_eq!((error.status(), error.tries()), (Some(status), Some(1)));
        let text = error.to_string();
        said.extend([&shown(&text), "\n"]);
    }
    expect![[r#"
        payments, page 1: GET URL/v1/payments?status=paid&sort=created+at&expand=links&expand=fx&limit=500 answered 301 Moved Permanently to URL/v1/payments, which is not followed: credentials stay at URL; if 127.0.0.1:PORT may see them, too, add it to `allowed_hosts` of `client` (1 try in … s)
        payments, page 1: GET URL/v1/payments?status=paid&sort=created+at&expand=links&expand=fx&limit=500 answered 302 Found to URL/v1/payments, which is not followed: credentials stay at URL; if 127.0.0.1:PORT may see them, too, add it to `allowed_hosts` of `client` (1 try in … s)
        payments, page 1: GET URL/v1/payments?status=paid&sort=created+at&expand=links&expand=fx&limit=500 answered 303 See Other to URL/v1/payments, which is not followed: credentials stay at URL; if 127.0.0.1:PORT may see them, too, add it to `allowed_hosts` of `client` (1 try in … s)
        payments, page 1: GET URL/v1/payments?status=paid&sort=created+at&expand=links&expand=fx&limit=500 answered 307 Temporary Redirect to URL/v1/payments, which is not followed: credentials stay at URL; if 127.0.0.1:PORT may see them, too, add it to `allowed_hosts` of `client` (1 try in … s)
        payments, page 1: GET URL/v1/payments?status=paid&sort=created+at&expand=links&expand=fx&limit=500 answered 308 Permanent Redirect to URL/v1/payments, which is not followed: credentials stay at URL; if 127.0.0.1:PORT may see them, too, add it to `allowed_hosts` of `client` (1 try in … s)
    "#]].assert_eq(&said);
    assert!(other.seen().is_empty());
}

#[tokio::test]
async fn redirects_within_the_origin_are_followed_with_the_token() {
    let server = Server::answering(|seen: Seen| match seen.path.as_str() {
        "/v1/payments" => Redirect::temporary("/v2/payments?moved=1").into_response(),
        _ => PAGE.into_response(),
    })
    .await;
    Fetch::<Payment>::new(&client(&server)).all().await.unwrap();
    let seen = server.seen();
    assert_eq!((seen[1].path.as_str(), seen[1].param("moved")), ("/v2/payments", Some("1".into())));
    assert_eq!(seen[1].headers["authorization"], format!("Bearer {TOKEN}"));
}

#[tokio::test]
async fn redirects_without_end_are_an_error() {
    let server = Server::answering(|_| Redirect::temporary("/again")).await;
    let error = Fetch::<Payment>::new(&client(&server)).all().await.unwrap_err();
    assert!(error.is_redirect(), "{error}");
    expect!["payments, page 1: GET URL/v1/payments?status=paid&sort=created+at&expand=links&expand=fx&limit=500 answered 307 Temporary Redirect to /again, which is not followed: there were too many before (1 try in … s)"].assert_eq(&shown(&error));
    assert_eq!(server.seen().len(), 11);
}

#[tokio::test]
async fn a_path_to_another_origin_is_refused() {
    let server = Server::answering(|_| "[]").await;
    let error = Fetch::<Elsewhere>::new(&client(&server)).all().await.unwrap_err();
    assert!(error.is_config(), "{error}");
    expect!["elsewhere: the path `https://elsewhere.example/v1/payouts` leads away from URL/: credentials stay at URL; if elsewhere.example may see them, too, add it to `allowed_hosts` of `client`"].assert_eq(&shown(&error));
}

#[tokio::test(start_paused = true)]
async fn the_token_is_in_no_error_debug_text_or_log() {
    let log = Log::of_all();
    let answers: [fn() -> Response; 7] = [
        || (StatusCode::BAD_REQUEST, FORMS[..9].join(" ")).into_response(),
        || (StatusCode::INTERNAL_SERVER_ERROR, "x".repeat(296) + TOKEN).into_response(),
        || {
            (
                HeaderMap::from_iter([(
                    "content-type".parse().unwrap(),
                    "text/html".parse().unwrap(),
                )]),
                TOKEN,
            )
                .into_response()
        },
        || {
            axum::Json(serde_json::json!({"payments": [{"id": "PM1", "amount": TOKEN}]}))
                .into_response()
        },
        || {
            axum::Json(serde_json::json!({"payments": [], "meta": {"cursors": {"after": [TOKEN]}}}))
                .into_response()
        },
        || axum::Json(serde_json::json!({TOKEN: []})).into_response(),
        || Redirect::temporary("https://evil.example/?t=canary%2F%2B%207f3a%229").into_response(),
    ];
    let server = Server::answering(move |seen: Seen| {
        answers[seen.headers["x-case"].to_str().unwrap().parse::<usize>().unwrap()]()
    })
    .await;
    let mut said = String::new();
    for case in 0..answers.len() {
        let mut plan = SOURCE.clone();
        let secret = Template(vec![Part::Secret("access_token".into())].into());
        let text = Template(vec![Part::Text(case.to_string().into())].into());
        plan.headers = vec![("x-key".into(), secret), ("x-case".into(), text)].into();
        let builder = builder(&plan).base_url(server.url()).timeout(None);
        assert_masked(&format!("{builder:?}"));
        let client = builder.build().unwrap();
        let fetch = Fetch::<Payment>::new(&client).param("key", TOKEN);
        assert_masked(&format!("{fetch:?} {fetch:#?}"));
        let mut pages = fetch.pages();
        let error = pages.next().await.unwrap().unwrap_err();
        assert_eq!(server.seen().last().unwrap().headers["x-key"], TOKEN);
        assert_masked(&format!("{client:?} {pages:?} {error} {error:?} {error:#?}"));
        let mut source = std::error::Error::source(&error);
        while let Some(cause) = source {
            assert_masked(&format!("{cause} {cause:?} {cause:#?}"));
            source = cause.source();
        }
        said.extend([&shown(&error), "\n"]);
    }
    expect![[r#"
        payments, page 1: GET URL/v1/payments?status=paid&sort=created+at&expand=links&expand=fx&key=***&limit=500 answered 400 Bad Request (1 try in … s): *** *** *** *** *** *** *** *** ***
        payments, page 1: GET URL/v1/payments?status=paid&sort=created+at&expand=links&expand=fx&key=***&limit=500 answered 500 Internal Server Error (4 tries in … s): xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx***
        payments, page 1: the response (text/html) is not JSON (expected value at line 1 column 1); `response_actions` can have it requested again, `{where: "!@", action: retry}`, found ***
        payments, page 1, record 1, field `amount`: expected a whole number of 64 bits, found "***"
        payments, page 1: the page cursor at `meta.cursors.after` must be a text or a number to be sent as a parameter; an object or a list can be sent in a JSON body, by `cursor_body_path`, found ["***"]
        payments, page 1: the data selector `payments` matches nothing: the response has the keys `***`; if the API leaves it out where there are no records, write `data_selector_required: false`, or `payments[*]` for the selector
        payments, page 1: GET URL/v1/payments?status=paid&sort=created+at&expand=links&expand=fx&key=***&limit=500 answered 307 Temporary Redirect to https://evil.example/?t=***, which is not followed: credentials stay at URL; if evil.example may see them, too, add it to `allowed_hosts` of `client` (1 try in … s)
    "#]].assert_eq(&said);
    every_other_credential_too().await;
    let log = log.text();
    for others in [" hyper_util::", " reqwest::"] {
        assert!(log.contains(others), "{others} logs nothing");
    }
    let retry = log.lines().find(|line| line.contains(RETRIED) && line.contains(&server.url()));
    for field in ["fetch{resource=\"payments\"}", "request{page=1 url=", "retry=1", "wait_ms=1"] {
        assert!(retry.is_some_and(|line| line.contains(field)), "{field} is not in {retry:?}");
    }
    assert_masked(&log);
}

/// Fetches that fail, with the token as a key, a password and a secret for other tokens. The server
/// gives back what it was sent.
async fn every_other_credential_too() {
    let server = Server::answering(|seen: Seen| {
        if seen.path == "/token" {
            return json!({"access_token": "canary-of-the-server"}).to_string().into_response();
        }
        let sent = json!([seen.query, seen.header("authorization")]).to_string();
        (StatusCode::IM_A_TEAPOT, sent).into_response()
    })
    .await;
    let ways: [fn(&mut SourcePlan, &Server) -> Auth; 3] = [
        |plan, _| api_key(plan, "key", KeyLocation::Query),
        |plan, _| {
            Auth::HttpBasic(HttpBasic {
                username: text("me"),
                password: secret(plan, "key"),
                ..HttpBasic::DEFAULT
            })
        },
        |plan, server| Auth::OAuth2(token_source(plan, server, Grant::ClientCredentials)),
    ];
    for way in ways {
        let mut name = String::new();
        let builder = with(&server, |plan| {
            plan.auth = way(plan, &server);
            name = plan.secrets[0].name.to_string();
        });
        let client = builder.secret(name, TOKEN).build().unwrap();
        let error = fetch(&client, items()).await.unwrap_err();
        assert_masked(&format!("{client:?} {error} {error:#?}"));
        assert!(error.to_string().contains("***"), "{error}");
        let basic = "bWU6Y2FuYXJ5LysgN2YzYSI5";
        assert!(!error.to_string().contains(basic), "{error}");
    }
}

#[tokio::test]
async fn a_short_secret_is_masked_where_it_stands_alone() {
    let cases = [
        ("t", "t: the test \"t\" (t) /t/a?k=t&t=%20t%2Ft"),
        ("data", "data_selector data, xdata datax data"),
        ("abc-1", "abc-1 abc-12 `abc-1`"),
        ("abc123", "abc123 xabc1234"),
    ];
    let mut said = String::new();
    for (key, answer) in cases {
        let server = Server::answering(move |_| (StatusCode::BAD_REQUEST, answer)).await;
        let client = with(&server, |plan| plan.auth = api_key(plan, "X", KeyLocation::Header));
        let client = client.secret("key", key).build().unwrap();
        let error = fetch(&client, items()).await.unwrap_err();
        said.extend([&shown(&error), "\n"]);
    }
    expect![[r#"
        items, page 1: GET URL/items answered 400 Bad Request (1 try in … s): ***: the test "***" (***) /***/a?k=***&***=%20***%2F***
        items, page 1: GET URL/items answered 400 Bad Request (1 try in … s): data_selector ***, xdata datax ***
        items, page 1: GET URL/items answered 400 Bad Request (1 try in … s): *** abc-12 `***`
        items, page 1: GET URL/items answered 400 Bad Request (1 try in … s): *** x***4
    "#]].assert_eq(&said);
}

#[tokio::test]
async fn secrets_that_cannot_be_sent_are_an_error_without_them() {
    let error = builder(&SOURCE).secret("access_token", "canary\nsecond line").build().unwrap_err();
    assert!(error.is_config());
    assert_masked(&format!("{error} {error:?}"));
}

#[tokio::test]
async fn a_base_url_with_a_password_is_refused_without_showing_it() {
    for url in ["https://me:canary@api.example.com", "https://me:canary@:bad"] {
        let error = builder(&SOURCE).base_url(url).build().unwrap_err();
        assert!(error.is_config());
        assert_masked(&format!("{error} {error:?}"));
    }
    for url in ["ftp://example.com", "api.example.com", "", "https://example.com?key=1"] {
        assert!(builder(&SOURCE).base_url(url).build().unwrap_err().is_config(), "{url}");
    }
}

#[tokio::test]
async fn a_base_url_may_have_a_path_and_slashes() {
    let server = Server::answering(|_| "[]").await;
    for tail in ["/api", "/api/"] {
        let url = server.url() + tail;
        let client = builder(&SOURCE).base_url(url).build().unwrap();
        Fetch::<Payout>::new(&client).all().await.unwrap();
    }
    assert!(server.seen().iter().all(|seen| seen.path == "/api/v1/payouts"));
}

async fn refused_with(body: impl Into<String>, key: &str) -> Error {
    let body = body.into();
    let server = Server::answering(move |_| (StatusCode::BAD_REQUEST, body.clone())).await;
    let client = with(&server, |plan| plan.auth = api_key(plan, "key", KeyLocation::Query));
    fetch(&client.secret("key", key).build().unwrap(), items()).await.unwrap_err()
}

#[tokio::test]
async fn a_long_answer_is_masked_as_far_as_it_is_shown() {
    let begun = std::time::Instant::now();
    for body in ["&", "%", "\\", "&amp;", "%25", "canary", "\\u0026"] {
        let error = refused_with(body.repeat((1 << 20) / body.len()), "canary-of-the-key").await;
        assert!(error.to_string().len() < 2000, "{}", error.to_string().len());
    }
    assert!(begun.elapsed() < std::time::Duration::from_secs(10), "{:?}", begun.elapsed());
}

#[tokio::test]
async fn a_long_secret_is_masked_wherever_it_stands() {
    let key: String =
        (0..50_000).map(|n| char::from(b'a' + n.to_string().as_bytes()[0] % 26)).collect();
    let key = format!("canary{key}");
    for body in
        [key.clone(), format!("{}{key}", "x".repeat(290)), format!("a{}{key}", " ".repeat(4080))]
    {
        let error = refused_with(body, &key).await;
        assert!(!error.to_string().contains("canary"), "{error}");
    }
}

#[tokio::test]
async fn a_secret_is_masked_when_it_is_encoded_twice_or_in_base64() {
    for body in [
        "a=canary%252F%252B%25207f3a%25229",
        "Y2FuYXJ5LysgN2YzYSI5 OmNhbmFyeS8rIDdmM2EiOTo= dTpjYW5hcnkvKyA3ZjNhIjk=",
        "bWU6Y2FuYXJ5LysgN2YzYSI5",
        "bWU6Y2FuYXJ5LysgN2YzYSI5%3D",
        "canary&amp;#x2F;&amp;#43; 7f3a&amp;quot;9",
    ] {
        let error = refused_with(body, TOKEN).await.to_string();
        for part in ["canary", "7f3a", "Y2FuYXJ5", "NmFyeS", "YW5hcn", "hbmFy"] {
            assert!(!error.contains(part), "{error}");
        }
    }
}

#[tokio::test]
async fn a_long_page_cursor_is_cut_in_errors_and_logs() {
    let log = Log::of_all();
    let server = Server::answering(|seen: Seen| match seen.param("after") {
        None => json!({"items": [], "next": "b".repeat(1 << 20)}).to_string().into_response(),
        Some(_) => StatusCode::BAD_REQUEST.into_response(),
    })
    .await;
    let client = with(&server, |_| {}).build().unwrap();
    let keys = |key: &'static str| Selector::Keys(vec![key.into()].into());
    let paginator = Paginator::Cursor(Cursor {
        cursor_path: keys("next"),
        place: Place::Param(text("after")),
        initial_cursor: None,
        page_size: None,
        ..Cursor::DEFAULT
    });
    let endpoint = Endpoint { paginator, data_selector: Some(keys("items")), ..items() };
    let error = fetch(&client, endpoint).await.unwrap_err();
    assert!(error.to_string().len() < 2000, "{}", error.to_string().len());
    let longest =
        log.text().lines().filter(|line| line.contains("rest_source")).map(str::len).max();
    assert!(longest < Some(8000), "{longest:?}");
}

#[tokio::test]
async fn control_characters_of_a_server_are_shown_and_not_sent() {
    const HOSTILE: &str = "\u{1b}]0;x\u{7}\u{9b}2J\u{202e}\r\n";
    let answers: [fn() -> Response; 4] = [
        || (StatusCode::BAD_REQUEST, format!("bad {HOSTILE} end")).into_response(),
        || format!("oops {HOSTILE}").into_response(),
        || axum::Json(json!({"x".to_owned() + HOSTILE: [1]})).into_response(),
        || axum::Json(json!([{"id": 1}, HOSTILE])).into_response(),
    ];
    for answer in answers {
        let server = Server::answering(move |_| answer()).await;
        let client = with(&server, |_| {}).build().unwrap();
        let endpoint =
            Endpoint { data_selector: Some(Selector::Keys(vec!["data".into()].into())), ..items() };
        let error = fetch(&client, endpoint).await.unwrap_err();
        for text in [error.to_string(), format!("{error:?}"), format!("{error:#?}")] {
            let is_sent = |c: char| c != '\n' && (c.is_control() || c == '\u{202e}');
            assert!(!text.contains(is_sent), "{text:?}");
        }
    }
}
