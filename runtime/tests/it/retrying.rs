//! Failures that pass are retried, for so long and no longer.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, SystemTime},
};

use axum::{
    body::Body,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use expect_test::expect;
use futures_util::{StreamExt as _, stream};
use rest_source::{
    Client, ClientBuilder, Fetch,
    plan::{ClientSetting, Input, Part, RateLimit, SourcePlan, Template, Unit},
};
use serde_json::json;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpListener,
    time::Instant,
};

use crate::{
    shown::shown,
    support::{Payment, SOURCE, Seen, Server, builder, client, with},
};

const PAGE: &str = r#"{"payments":[{"id":"PM1"},{"id":"PM2"}],"meta":{"cursors":{"after":null}}}"#;

fn failure(status: u16, headers: &[(&'static str, String)]) -> Response {
    let mut response = StatusCode::from_u16(status).unwrap().into_response();
    for (name, value) in headers {
        response.headers_mut().insert(*name, value.parse().unwrap());
    }
    response
}

/// The seconds between the requests that a server has seen.
fn waits(server: &Server) -> Vec<f64> {
    let seen = server.seen();
    seen.windows(2).map(|pair| (pair[1].at - pair[0].at).as_secs_f64()).collect()
}

fn is_about(wait: f64, seconds: f64) -> bool {
    (seconds..=seconds * 1.25 + 0.1).contains(&wait)
}

fn client_with(server: &Server, change: impl FnOnce(&mut SourcePlan)) -> Client {
    let mut plan = SOURCE.clone();
    change(&mut plan);
    builder(&plan).base_url(server.url()).timeout(None).build().unwrap()
}

#[tokio::test(start_paused = true)]
async fn the_records_come_complete_after_failures_that_pass() {
    let server = Server::answering(|seen: Seen| match seen.number {
        1 => failure(429, &[("retry-after", "1".into())]),
        2 | 3 => failure(500, &[]),
        _ => PAGE.into_response(),
    })
    .await;
    let mut pages = Fetch::<Payment>::new(&client(&server)).pages();
    let page = pages.next().await.unwrap().unwrap();
    assert_eq!(page.records.len(), 2);
    assert_eq!(page.transfer.retries, 3);
    let waits = waits(&server);
    assert_eq!(waits.len(), 3);
    assert!((1.0..1.1).contains(&waits[0]), "{waits:?}");
    assert!(is_about(waits[1], 2.0) && is_about(waits[2], 4.0), "{waits:?}");
    assert!(page.transfer.elapsed.as_secs_f64() >= 7.0);
}

#[tokio::test(start_paused = true)]
async fn after_four_failures_the_error_tells_all_about_them() {
    let server = Server::answering(|seen: Seen| match seen.number {
        1 => axum::Json(json!({
            "payments": [],
            "meta": {"cursors": {"after": "PM9"}},
        }))
        .into_response(),
        _ => (StatusCode::SERVICE_UNAVAILABLE, "  down for\n maintenance ").into_response(),
    })
    .await;
    let error = Fetch::<Payment>::new(&client(&server)).all().await.unwrap_err();
    assert_eq!(server.seen().len(), 5);
    let waits = waits(&server);
    assert!(is_about(waits[1], 1.0) && is_about(waits[2], 2.0) && is_about(waits[3], 4.0));
    assert_eq!(error.resource(), Some("payments"));
    assert_eq!(error.page(), Some(2));
    assert_eq!(error.status(), Some(503));
    assert_eq!(error.tries(), Some(4));
    let elapsed = error.elapsed().unwrap().as_secs_f64();
    assert!(is_about(elapsed, 7.0), "{elapsed}");
    expect!["payments, page 2: GET URL/v1/payments?status=paid&sort=created+at&expand=links&expand=fx&limit=500&after=PM9 answered 503 Service Unavailable (4 tries in … s): down for maintenance"].assert_eq(&shown(&error));
}

#[tokio::test(start_paused = true)]
async fn a_status_that_does_not_pass_is_not_tried_again() {
    let server = Server::answering(|_| (StatusCode::UNAUTHORIZED, "{\"error\":\"who?\"}")).await;
    let error = Fetch::<Payment>::new(&client(&server)).all().await.unwrap_err();
    assert_eq!((server.seen().len(), error.tries(), error.status()), (1, Some(1), Some(401)));
    expect![[r#"
        payments, page 1: GET URL/v1/payments?status=paid&sort=created+at&expand=links&expand=fx&limit=500 answered 401 Unauthorized (1 try in … s): {"error":"who?"}
          help: the secret `access_token` is from `.access_token(…)` of the builder"#]].assert_eq(&shown(&error));
}

#[tokio::test(start_paused = true)]
async fn retry_after_is_obeyed_as_a_date_and_as_seconds() {
    let server = Server::answering(|seen: Seen| match seen.number {
        1 => {
            let date = SystemTime::now() + Duration::from_secs(30);
            failure(503, &[("retry-after", httpdate::fmt_http_date(date))])
        }
        2 => failure(503, &[("retry-after", "1.5".into())]),
        3 => failure(503, &[("retry-after", "0".into())]),
        _ => PAGE.into_response(),
    })
    .await;
    Fetch::<Payment>::new(&client(&server)).all().await.unwrap();
    let waits = waits(&server);
    assert!((28.0..=30.1).contains(&waits[0]), "{waits:?}");
    assert!((1.5..1.6).contains(&waits[1]), "{waits:?}");
    assert!(is_about(waits[2], 4.0), "no wait at all is no answer: {waits:?}");
}

#[tokio::test(start_paused = true)]
async fn a_wait_that_the_plan_does_not_allow_ends_the_fetch_at_once() {
    let cases = [(3600, 60, 300), (90, 60, 300), (90, 600, 80)];
    let mut said = String::new();
    for (asked, max_delay, max_elapsed) in cases {
        let server =
            Server::answering(move |_| failure(429, &[("retry-after", asked.to_string())])).await;
        let client = client_with(&server, |plan| {
            plan.retry.max_delay = Duration::from_secs(max_delay);
            plan.retry.max_elapsed = Duration::from_secs(max_elapsed);
        });
        // Nor do the others wait for nothing.
        for _ in 0..2 {
            let begun = tokio::time::Instant::now();
            let error = Fetch::<Payment>::new(&client).all().await.unwrap_err();
            assert!(begun.elapsed() < Duration::from_secs(1));
            assert_eq!((error.status(), error.tries()), (Some(429), Some(1)));
            said.extend([&shown(&error), "\n"]);
        }
    }
    expect![[r#"
        payments, page 1: GET URL/v1/payments?status=paid&sort=created+at&expand=links&expand=fx&limit=500 answered 429 Too Many Requests (1 try in … s)
          help: the server wants no request for 3600 s; `retry: {max_delay: 3600, max_elapsed: 3601}` of `client` allows the wait
        payments, page 1: GET URL/v1/payments?status=paid&sort=created+at&expand=links&expand=fx&limit=500 answered 429 Too Many Requests (1 try in … s)
          help: the server wants no request for 3600 s; `retry: {max_delay: 3600, max_elapsed: 3601}` of `client` allows the wait
        payments, page 1: GET URL/v1/payments?status=paid&sort=created+at&expand=links&expand=fx&limit=500 answered 429 Too Many Requests (1 try in … s)
          help: the server wants no request for 90 s; `retry: {max_delay: 90}` of `client` allows the wait
        payments, page 1: GET URL/v1/payments?status=paid&sort=created+at&expand=links&expand=fx&limit=500 answered 429 Too Many Requests (1 try in … s)
          help: the server wants no request for 90 s; `retry: {max_delay: 90}` of `client` allows the wait
        payments, page 1: GET URL/v1/payments?status=paid&sort=created+at&expand=links&expand=fx&limit=500 answered 429 Too Many Requests (1 try in … s)
          help: the server wants no request for 90 s; `retry: {max_elapsed: 91}` of `client` allows the wait
        payments, page 1: GET URL/v1/payments?status=paid&sort=created+at&expand=links&expand=fx&limit=500 answered 429 Too Many Requests (1 try in … s)
          help: the server wants no request for 90 s; `retry: {max_elapsed: 91}` of `client` allows the wait
    "#]].assert_eq(&said);
}

#[tokio::test(start_paused = true)]
async fn a_status_that_may_pass_names_the_key_that_retries_it() {
    let mut said = String::new();
    for status in [408, 420, 425, 520, 522, 529] {
        let server = Server::answering(move |_| failure(status, &[])).await;
        let error = Fetch::<Payment>::new(&client(&server)).all().await.unwrap_err();
        assert_eq!((error.status(), error.tries()), (Some(status), Some(1)));
        said.extend([&shown(&error), "\n"]);
    }
    expect![[r#"
        payments, page 1: GET URL/v1/payments?status=paid&sort=created+at&expand=links&expand=fx&limit=500 answered 408 Request Timeout (1 try in … s)
          help: `retry: {statuses: [429, 500, 502, 503, 504, 408]}` of `client` retries after 408, which is not in `retry.statuses`
        payments, page 1: GET URL/v1/payments?status=paid&sort=created+at&expand=links&expand=fx&limit=500 answered 420 (1 try in … s)
          help: `retry: {statuses: [429, 500, 502, 503, 504, 420]}` of `client` retries after 420, which is not in `retry.statuses`
        payments, page 1: GET URL/v1/payments?status=paid&sort=created+at&expand=links&expand=fx&limit=500 answered 425 Too Early (1 try in … s)
          help: `retry: {statuses: [429, 500, 502, 503, 504, 425]}` of `client` retries after 425, which is not in `retry.statuses`
        payments, page 1: GET URL/v1/payments?status=paid&sort=created+at&expand=links&expand=fx&limit=500 answered 520 (1 try in … s)
          help: `retry: {statuses: [429, 500, 502, 503, 504, 520]}` of `client` retries after 520, which is not in `retry.statuses`
        payments, page 1: GET URL/v1/payments?status=paid&sort=created+at&expand=links&expand=fx&limit=500 answered 522 (1 try in … s)
          help: `retry: {statuses: [429, 500, 502, 503, 504, 522]}` of `client` retries after 522, which is not in `retry.statuses`
        payments, page 1: GET URL/v1/payments?status=paid&sort=created+at&expand=links&expand=fx&limit=500 answered 529 (1 try in … s)
          help: `retry: {statuses: [429, 500, 502, 503, 504, 529]}` of `client` retries after 529, which is not in `retry.statuses`
    "#]].assert_eq(&said);
    let mut said = String::new();
    for status in [400, 404, 409, 501, 503] {
        let server = Server::answering(move |_| failure(status, &[])).await;
        let error = Fetch::<Payment>::new(&client(&server)).all().await.unwrap_err();
        said.extend([&shown(&error), "\n"]);
    }
    expect![[r#"
        payments, page 1: GET URL/v1/payments?status=paid&sort=created+at&expand=links&expand=fx&limit=500 answered 400 Bad Request (1 try in … s)
        payments, page 1: GET URL/v1/payments?status=paid&sort=created+at&expand=links&expand=fx&limit=500 answered 404 Not Found (1 try in … s)
        payments, page 1: GET URL/v1/payments?status=paid&sort=created+at&expand=links&expand=fx&limit=500 answered 409 Conflict (1 try in … s)
        payments, page 1: GET URL/v1/payments?status=paid&sort=created+at&expand=links&expand=fx&limit=500 answered 501 Not Implemented (1 try in … s)
        payments, page 1: GET URL/v1/payments?status=paid&sort=created+at&expand=links&expand=fx&limit=500 answered 503 Service Unavailable (4 tries in … s)
    "#]].assert_eq(&said);
}

#[tokio::test(start_paused = true)]
async fn a_rate_limit_behind_a_403_names_the_key_that_retries_it() {
    let server = Server::answering(|seen: Seen| match seen.number {
        1 | 2 => failure(
            403,
            &[("x-ratelimit-remaining", "0".into()), ("x-ratelimit-reset", "20".into())],
        ),
        _ => PAGE.into_response(),
    })
    .await;
    let error = Fetch::<Payment>::new(&client(&server)).all().await.unwrap_err();
    expect![[r#"
        payments, page 1: GET URL/v1/payments?status=paid&sort=created+at&expand=links&expand=fx&limit=500 answered 403 Forbidden (1 try in … s)
          help: the server wants no request for 20 s; `retry: {statuses: [429, 500, 502, 503, 504, 403]}` of `client` retries after 403, which is not in `retry.statuses`
          help: the secret `access_token` is from `.access_token(…)` of the builder"#]].assert_eq(&shown(&error));
    let patient = client_with(&server, |plan| plan.retry.statuses = vec![403].into());
    assert_eq!(Fetch::<Payment>::new(&patient).all().await.unwrap().len(), 2);
    assert!((20.0..20.1).contains(&waits(&server)[1]), "{:?}", waits(&server));
}

/// Answers requests and closes their connections as `answers` says: one list for each connection, whose
/// end closes it, `""` without a word. Gives the address, and how many requests there were.
async fn closing<const N: usize>(
    answers: [&'static [&'static str]; N],
) -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let requests = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&requests);
    tokio::spawn(async move {
        for answers in answers {
            let (mut connection, _) = listener.accept().await.unwrap();
            for answer in answers {
                let mut request = Vec::new();
                while !request.ends_with(b"\r\n\r\n") {
                    if connection.read_buf(&mut request).await.unwrap() == 0 {
                        break;
                    }
                }
                count.fetch_add(1, Ordering::SeqCst);
                connection.write_all(answer.as_bytes()).await.unwrap();
            }
        }
        drop(listener);
    });
    (url, requests)
}

const KEPT: &str = concat!(
    "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 15\r\n\r\n",
    r#"{"payments":[]}"#
);

#[tokio::test(start_paused = true)]
async fn a_request_on_a_connection_that_the_server_has_closed_is_sent_again_at_once() {
    let (url, requests) = closing([&[KEPT, ""], &[KEPT, KEPT, ""], &[KEPT]]).await;
    let client = client_of(&url, 0);
    let begun = tokio::time::Instant::now();
    for expected in [1, 3, 4, 6] {
        let page = Fetch::<Payment>::new(&client).pages().try_next().await.unwrap().unwrap();
        assert_eq!(page.transfer.retries, 0);
        assert_eq!(requests.load(Ordering::SeqCst), expected);
    }
    assert!(begun.elapsed() < Duration::from_millis(900), "{:?}", begun.elapsed());
}

#[tokio::test(start_paused = true)]
async fn a_server_that_closes_every_connection_is_asked_no_more_often_than_the_plan_says() {
    // A first request, and one on a connection of its own, are tries like all others.
    let (url, requests) = closing([&[""], &[""], &[""]]).await;
    let error = Fetch::<Payment>::new(&client_of(&url, 2)).all().await.unwrap_err();
    assert_eq!((error.tries(), requests.load(Ordering::SeqCst)), (Some(3), 3), "{error}");
    // One more on a connection that was used, once.
    let (url, requests) = closing([&[KEPT, ""], &[""], &[""], &[""]]).await;
    let client = client_of(&url, 2);
    Fetch::<Payment>::new(&client).all().await.unwrap();
    let error = Fetch::<Payment>::new(&client).all().await.unwrap_err();
    assert_eq!((error.tries(), requests.load(Ordering::SeqCst)), (Some(3), 5), "{error}");
    assert!(error.is_broken(), "{error}");
}

fn client_of(url: &str, max_retries: u32) -> Client {
    let mut plan = SOURCE.clone();
    plan.retry.max_retries = max_retries;
    builder(&plan).base_url(url).timeout(None).build().unwrap()
}

#[tokio::test(start_paused = true)]
async fn retries_end_before_they_take_too_long() {
    let server = Server::answering(|_| failure(500, &[])).await;
    let client = client_with(&server, |plan| {
        plan.retry.max_retries = 100;
        plan.retry.max_delay = Duration::from_secs(4);
        plan.retry.max_elapsed = Duration::from_secs(30);
    });
    let error = Fetch::<Payment>::new(&client).all().await.unwrap_err();
    let elapsed = error.elapsed().unwrap();
    assert!(elapsed < Duration::from_secs(30) && elapsed > Duration::from_secs(25), "{elapsed:?}");
    // 1, 2, and then 4 seconds each.
    assert!((8..=10).contains(&error.tries().unwrap()), "{error}");
}

#[tokio::test(start_paused = true)]
async fn which_statuses_are_tried_again_and_how_often_is_the_plans() {
    let server = Server::answering(|_| failure(418, &[])).await;
    let client = client_with(&server, |plan| {
        plan.retry.statuses = vec![418].into();
        plan.retry.max_retries = 1;
    });
    let error = Fetch::<Payment>::new(&client).all().await.unwrap_err();
    assert_eq!((error.tries(), error.status()), (Some(2), Some(418)));
}

#[tokio::test(start_paused = true)]
async fn a_body_that_breaks_off_is_fetched_again() {
    let server = Server::answering(|seen: Seen| {
        if seen.number > 2 {
            return PAGE.into_response();
        }
        let half = Ok(PAGE[..20].to_owned());
        let cut = Err(std::io::Error::other("cut"));
        Body::from_stream(stream::iter([half, cut])).into_response()
    })
    .await;
    let payments = Fetch::<Payment>::new(&client(&server)).all().await.unwrap();
    assert_eq!((payments.len(), server.seen().len()), (2, 3));
}

#[tokio::test(start_paused = true)]
async fn a_body_that_always_breaks_off_is_an_error() {
    let server = Server::answering(|_| {
        Body::from_stream(stream::iter([Ok("{"), Err(std::io::Error::other("cut"))]))
    })
    .await;
    let error = Fetch::<Payment>::new(&client(&server)).all().await.unwrap_err();
    assert!(error.is_broken() && !error.is_status(), "{error}");
    assert_eq!(error.tries(), Some(4));
    expect!["payments, page 1: GET URL/v1/payments?status=paid&sort=created+at&expand=links&expand=fx&limit=500 broke off: connection closed before message completed (4 tries in … s)"].assert_eq(&shown(&error));
}

/// Sends `answers`, one to each connection, as servers of HTTP/1.0 do: the end of the connection is
/// that of the body. Gives the address.
async fn server_of_old<const N: usize>(answers: [&'static str; N]) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        for answer in answers {
            let (mut connection, _) = listener.accept().await.unwrap();
            let mut request = Vec::new();
            while !request.ends_with(b"\r\n\r\n") {
                connection.read_buf(&mut request).await.unwrap();
            }
            let answer =
                format!("HTTP/1.0 200 OK\r\ncontent-type: application/json\r\n\r\n{answer}");
            connection.write_all(answer.as_bytes()).await.unwrap();
        }
    });
    url
}

#[tokio::test(start_paused = true)]
async fn json_that_ends_early_with_the_connection_is_fetched_again() {
    let url = server_of_old([&PAGE[..20], "", &PAGE[..PAGE.len() - 1], PAGE]).await;
    let client = builder(&SOURCE).base_url(url).timeout(None).build().unwrap();
    let page = Fetch::<Payment>::new(&client).pages().try_next().await.unwrap().unwrap();
    assert_eq!((page.records.len(), page.transfer.retries), (2, 3));

    let url = server_of_old([&PAGE[..20]; 4]).await;
    let client = builder(&SOURCE).base_url(url).timeout(None).build().unwrap();
    let error = Fetch::<Payment>::new(&client).all().await.unwrap_err();
    assert!(error.is_broken(), "{error}");
    assert_eq!(error.tries(), Some(4));
}

#[tokio::test(start_paused = true)]
async fn json_that_ends_early_in_a_complete_body_is_a_mistake_of_the_server() {
    for answer in [&PAGE[..20], ""] {
        let server = Server::answering(move |_| answer).await;
        let error = Fetch::<Payment>::new(&client(&server)).all().await.unwrap_err();
        assert!(error.is_decode(), "{error}");
        assert_eq!(server.seen().len(), 1);
    }
    let url = server_of_old(["<html>", PAGE]).await;
    let client = builder(&SOURCE).base_url(url).timeout(None).build().unwrap();
    let error = Fetch::<Payment>::new(&client).all().await.unwrap_err();
    assert!(error.is_decode(), "{error}");
}

#[tokio::test(start_paused = true)]
async fn a_body_that_stalls_times_out() {
    let server = Server::answering(|_| {
        let half = stream::iter([Ok::<_, std::io::Error>("{")]);
        Body::from_stream(half.chain(stream::pending()))
    })
    .await;
    let client =
        builder(&SOURCE).base_url(server.url()).timeout(Some(Duration::from_secs(9))).build();
    let error = Fetch::<Payment>::new(&client.unwrap()).all().await.unwrap_err();
    assert!(error.is_timeout(), "{error}");
    assert_eq!(error.tries(), Some(4));
    expect!["payments, page 1: GET URL/v1/payments?status=paid&sort=created+at&expand=links&expand=fx&limit=500 gave no complete answer within 9 s (4 tries in … s)"].assert_eq(&shown(&error));
}

#[tokio::test(start_paused = true)]
async fn a_server_that_is_not_there_is_tried_again_and_named() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let client = builder(&SOURCE).base_url(&url).timeout(None).build().unwrap();
    let error = Fetch::<Payment>::new(&client).all().await.unwrap_err();
    assert!(error.is_connect(), "{error}");
    assert_eq!(error.tries(), Some(4));
    let text = error.to_string();
    expect!["payments, page 1: GET URL/v1/payments?status=paid&sort=created+at&expand=links&expand=fx&limit=500 could not connect: Connection refused (os error 111) (4 tries in … s)"].assert_eq(&shown(&text));
}

#[tokio::test(start_paused = true)]
async fn waits_are_lengthened_at_random() {
    // Else clients that failed together would come back together.
    let server = Server::answering(|_| failure(500, &[])).await;
    let client = client_with(&server, |plan| {
        plan.retry.max_retries = 9;
        plan.retry.backoff_factor = 1.0;
    });
    Fetch::<Payment>::new(&client).all().await.unwrap_err();
    let waits = waits(&server);
    assert!(waits.iter().all(|wait| is_about(*wait, 1.0)), "{waits:?}");
    assert!(waits.iter().any(|wait| (wait - waits[0]).abs() > 0.002), "{waits:?}");
}

/// Of numbers and names that settings give: they are read when a client is built.
#[tokio::test(start_paused = true)]
async fn settings_give_the_numbers_of_a_client() {
    let build = |server: &Server, values: &[(&str, &str)]| {
        let builder = with(server, |plan| {
            let name = |name: &'static str| Template(vec![Part::Config(name.into())].into());
            plan.retry.statuses = vec![500].into();
            plan.rate_limit =
                Some(RateLimit { requests: 1, per: Unit::Second, burst: 1, ..RateLimit::DEFAULT });
            plan.settings = vec![
                (ClientSetting::MaxRetries, name("retries")),
                (ClientSetting::RetryStatus, name("status")),
                (ClientSetting::BackoffFactor, name("factor")),
                (ClientSetting::MaxDelay, name("delay")),
                (ClientSetting::Timeout, name("timeout")),
                (ClientSetting::Requests, name("requests")),
                (ClientSetting::Burst, name("requests")),
            ]
            .into();
            let names = ["retries", "status", "factor", "delay", "timeout", "requests"];
            let input = |name: &'static str| Input {
                name: name.into(),
                setter: name.into(),
                variables: vec![].into(),
                ..Input::DEFAULT
            };
            plan.config = names.map(input).to_vec().into();
        });
        let fill =
            |builder: ClientBuilder, (name, value): &(&str, &str)| builder.config(*name, *value);
        values.iter().fold(builder, fill).build()
    };
    let right = [
        ("retries", "5"),
        ("status", "418"),
        ("factor", "1.5"),
        ("delay", "2"),
        ("timeout", " 30 "),
        ("requests", "100"),
    ];
    let server = Server::answering(|_| failure(418, &[])).await;
    let begun = Instant::now();
    let client = build(&server, &right).unwrap();
    let error = Fetch::<Payment>::new(&client).all().await.unwrap_err();
    assert_eq!((error.tries(), error.status()), (Some(6), Some(418)));
    // 1, 1.5, and then 2 seconds each, with what is taken off at random.
    assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
    let mut said = String::new();
    for (name, wrong) in [
        ("retries", "many"),
        ("retries", "101"),
        ("status", "200"),
        ("factor", "NaN"),
        ("delay", "-1"),
        ("timeout", "inf"),
        ("requests", "0"),
        ("requests", ""),
    ] {
        let values: Vec<(&str, &str)> = right
            .iter()
            .map(|(other, value)| (*other, if *other == name { wrong } else { value }))
            .collect();
        let error = build(&server, &values).unwrap_err();
        let text = error.to_string();
        assert!(error.is_config(), "{text}");
        said.extend([&shown(&text), "\n"]);
    }
    expect![[r#"
        `retry.max_retries`: the setting `retries` must be a whole number from 0 to 100, found `many`
        `retry.max_retries`: the setting `retries` must be a whole number from 0 to 100, found `101`
        `retry.statuses`: the setting `status` must be a status from 400 to 599, found `200`
        `retry.backoff_factor`: the setting `factor` must be a number from 1 to 10, found `NaN`
        `retry.max_delay`: the setting `delay` must be a time in seconds, above 0 and at most a day (86400), found `-1`
        `timeout`: the setting `timeout` must be a time in seconds, above 0 and at most a day (86400), found `inf`
        `rate_limit.requests`: the setting `requests` must be a whole number, 1 or above, found `0`
        `rate_limit.requests`: the setting `requests` must be a whole number, 1 or above, found ``
    "#]].assert_eq(&said);
}
