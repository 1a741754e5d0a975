//! A client sends no faster than its plan says, and waits before the server has to refuse.

use std::{
    ops::RangeInclusive,
    sync::atomic::Ordering,
    time::{Duration, SystemTime},
};

use axum::{
    http::{HeaderValue, StatusCode},
    response::{IntoResponse, Response},
};
use futures_util::future::join_all;
use rest_source::{
    Client,
    plan::{RateLimit, RateLimitHeaders, SourcePlan, Unit},
};
use tokio::time::{self, Instant};

use crate::support::{Seen, Server, fetch, items, with};

fn limited(server: &Server, requests: u32, per: Unit, burst: u32) -> Client {
    let change = |plan: &mut SourcePlan| {
        plan.rate_limit = Some(RateLimit { requests, per, burst, ..RateLimit::DEFAULT });
        plan.concurrency = 100;
    };
    with(server, change).build().unwrap()
}

/// When requests came, in seconds after the first.
fn times(server: &Server) -> Vec<f64> {
    let seen = server.seen();
    seen.iter().map(|request| (request.at - seen[0].at).as_secs_f64()).collect()
}

fn assert_about(times: &[f64], expected: &[f64]) {
    let is_about = |(time, expected): (&f64, &f64)| (time - expected).abs() < 0.05;
    assert_eq!(times.len(), expected.len(), "{times:?}");
    assert!(times.iter().zip(expected).all(is_about), "{times:?}, not {expected:?}");
}

async fn fetch_all(client: &Client, count: usize) {
    for fetched in join_all((0..count).map(|_| fetch(client, items()))).await {
        fetched.unwrap();
    }
}

#[tokio::test(start_paused = true)]
async fn no_stretch_of_time_sees_more_requests_than_the_plan_says() {
    let cases: [(u32, Unit, u32, &[f64]); 4] = [
        (3, Unit::Second, 3, &[0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 2.0]),
        (2, Unit::Minute, 1, &[0.0, 30.0, 60.0, 90.0]),
        // Two at once, then one every quarter; the fourth and fifth when the second is over.
        (4, Unit::Second, 2, &[0.0, 0.0, 0.25, 0.5, 1.0, 1.0, 1.25, 1.5, 2.0]),
        (1, Unit::Hour, 9, &[0.0, 3600.0]),
    ];
    for (requests, per, burst, expected) in cases {
        let server = Server::answering(|_| "[]").await;
        fetch_all(&limited(&server, requests, per, burst), expected.len()).await;
        assert_about(&times(&server), expected);
    }
}

#[tokio::test(start_paused = true)]
async fn a_rest_refills_the_burst_and_no_more() {
    let server = Server::answering(|_| "[]").await;
    let client = limited(&server, 10, Unit::Second, 2);
    fetch_all(&client, 3).await;
    time::sleep(Duration::from_secs(60)).await;
    fetch_all(&client, 3).await;
    let times = times(&server);
    let second: Vec<f64> = times[3..].iter().map(|time| time - times[3]).collect();
    assert_about(&times[..3], &[0.0, 0.0, 0.1]);
    assert_about(&second, &[0.0, 0.0, 0.1]);
}

#[tokio::test(start_paused = true)]
async fn who_gives_up_waiting_takes_nothing_from_the_others() {
    let server = Server::answering(|_| "[]").await;
    let client = limited(&server, 1, Unit::Minute, 1);
    fetch_all(&client, 1).await;
    let impatient = time::timeout(Duration::from_secs(10), fetch(&client, items())).await;
    assert!(impatient.is_err(), "it had to wait for longer");
    fetch_all(&client, 1).await;
    assert_about(&times(&server), &[0.0, 60.0]);
}

#[tokio::test(start_paused = true)]
async fn waiting_for_the_rate_limit_is_no_part_of_the_time_of_a_request() {
    let server = Server::answering(|_| "[]").await;
    let client = with(&server, |plan| {
        plan.rate_limit =
            Some(RateLimit { requests: 1, per: Unit::Hour, burst: 1, ..RateLimit::DEFAULT });
        plan.retry.max_elapsed = Duration::from_secs(10);
    });
    let client = client.timeout(Some(Duration::from_secs(5))).build().unwrap();
    fetch_all(&client, 3).await;
    assert_about(&times(&server), &[0.0, 3600.0, 7200.0]);
}

#[tokio::test(start_paused = true)]
async fn redirects_count_too() {
    let server = Server::answering(|seen: Seen| match seen.path.as_str() {
        "/items" => axum::response::Redirect::temporary("/landed").into_response(),
        _ => "[]".into_response(),
    })
    .await;
    let client = limited(&server, 2, Unit::Second, 2);
    fetch_all(&client, 1).await;
    fetch_all(&client, 1).await;
    assert_about(&times(&server), &[0.0, 0.0, 1.0, 1.0]);
}

/// An answer that takes no time, with these headers if it is the first.
async fn first_says(headers: Vec<(&'static str, String)>) -> Server {
    Server::answering(move |seen: Seen| {
        let mut response: Response = "[]".into_response();
        for (name, value) in headers.iter().filter(|_| seen.number == 1) {
            response.headers_mut().append(*name, value.parse().unwrap());
        }
        response
    })
    .await
}

type Headers<'a> = &'a [(&'static str, String)];

#[tokio::test(start_paused = true)]
async fn a_server_that_has_no_requests_left_is_not_asked_until_it_has() {
    let epoch = |seconds: u64| {
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap();
        now + Duration::from_secs(seconds)
    };
    let http_date = httpdate::fmt_http_date(SystemTime::now() + Duration::from_secs(31));
    let cases: [(Headers<'_>, RangeInclusive<f64>); 16] = [
        (&[("RateLimit-Remaining", "0".into()), ("RateLimit-Reset", "20".into())], 20.0..=20.1),
        (&[("X-RateLimit-Remaining", "0".into()), ("X-RateLimit-Reset", "1.5".into())], 1.5..=1.6),
        (
            &[
                ("X-RateLimit-Remaining", "0".into()),
                ("X-RateLimit-Reset", epoch(30).as_secs().to_string()),
            ],
            28.0..=30.1,
        ),
        (
            &[
                ("X-Rate-Limit-Remaining", "0".into()),
                ("X-Rate-Limit-Reset", epoch(30).as_millis().to_string()),
            ],
            28.0..=30.1,
        ),
        (&[("RateLimit-Remaining", "0".into()), ("RateLimit-Reset", http_date)], 28.0..=31.1),
        (&[("RateLimit", "limit=100, remaining=0, reset=7".into())], 7.0..=7.1),
        (&[("RateLimit", r#""default";r=0;t=9"#.into())], 9.0..=9.1),
        (&[("RateLimit", r#""burst";r=3;t=50, "daily";r=0;t=11"#.into())], 11.0..=11.1),
        (
            &[
                ("anthropic-ratelimit-requests-remaining", "0".into()),
                ("anthropic-ratelimit-requests-reset", "12".into()),
            ],
            12.0..=12.1,
        ),
        (
            &[("X-RateLimit-Remaining", "3, 0".into()), ("X-RateLimit-Reset", "20".into())],
            20.0..=20.1,
        ),
        // Nobody says that none is left.
        (&[("X-RateLimit-Reset", "20".into())], 0.0..=0.1),
        // No longer than `max_delay`.
        (&[("RateLimit-Remaining", "0".into()), ("RateLimit-Reset", "86400".into())], 60.0..=60.1),
        // There are some left, or nobody says when.
        (&[("RateLimit-Remaining", "1".into()), ("RateLimit-Reset", "20".into())], 0.0..=0.1),
        (&[("RateLimit", r#""default";r=50;t=30"#.into())], 0.0..=0.1),
        (&[("X-RateLimit-Remaining", "0".into())], 0.0..=0.1),
        (
            &[("X-RateLimit-Remaining", "none".into()), ("X-RateLimit-Reset", "-5".into())],
            0.0..=0.1,
        ),
    ];
    for (headers, expected) in cases {
        let server = first_says(headers.to_vec()).await;
        let client = with(&server, |_| {}).build().unwrap();
        fetch(&client, items()).await.unwrap();
        fetch_all(&client, 3).await;
        for time in &times(&server)[1..] {
            assert!(expected.contains(time), "{headers:?}: {time}");
        }
    }
}

/// Names and values of the headers of a response.
type Named<'a> = &'a [(&'static str, &'a str)];

#[tokio::test(start_paused = true)]
async fn one_refusal_lets_all_tasks_wait() {
    let http_date = httpdate::fmt_http_date(SystemTime::now() + Duration::from_secs(40));
    let with_date = &*format!("6, {http_date}");
    let later = SystemTime::now() + Duration::from_secs(30);
    let later = later.duration_since(SystemTime::UNIX_EPOCH).unwrap();
    let (seconds, milliseconds) = (&*later.as_secs().to_string(), &*later.as_millis().to_string());
    let cases: [(u16, Named<'_>, RangeInclusive<f64>); 27] = [
        (429, &[("retry-after", "13")], 13.0..=13.1),
        (503, &[("retry-after", "13")], 13.0..=13.1),
        (429, &[("retry-after", "4, 6")], 6.0..=6.1),
        (503, &[("retry-after", "6,4")], 6.0..=6.1),
        (429, &[("retry-after", "4"), ("retry-after", "6")], 6.0..=6.1),
        (429, &[("retry-after", with_date)], 30.0..=40.1),
        (429, &[("retry-after", "2.5")], 2.5..=2.6),
        (429, &[("retry-after", "30 seconds")], 30.0..=30.1),
        (429, &[("retry-after-ms", "2500")], 2.5..=2.6),
        (429, &[("x-ms-retry-after-ms", "2500")], 2.5..=2.6),
        (429, &[("x-ratelimit-reset", "7")], 7.0..=7.1),
        (429, &[("x-ratelimit-reset", seconds)], 20.0..=30.1),
        (429, &[("x-rate-limit-reset", milliseconds)], 20.0..=30.1),
        (503, &[("ratelimit-reset", "7")], 7.0..=7.1),
        (429, &[("x-ratelimit-reset-after", "2.25")], 2.25..=2.35),
        (
            429,
            &[("x-ratelimit-remaining-tokens", "0"), ("x-ratelimit-reset-tokens", "1m2s")],
            60.0..=62.1,
        ),
        (429, &[("x-ratelimit-reset-requests", "1.5s")], 1.5..=1.6),
        (429, &[("x-ratelimit-reset-time", "7")], 7.0..=7.1),
        (429, &[("x-ratelimit-remaining", "0"), ("x-ratelimit-reset-time", "7")], 7.0..=7.1),
        // There are some left.
        (429, &[("x-ratelimit-remaining", "3"), ("x-ratelimit-reset-timestamp", "7")], 1.0..=1.4),
        (429, &[("ratelimit", r#""default";r=0;t=8"#)], 8.0..=8.1),
        (429, &[("ratelimit", r#""default";t=8"#)], 8.0..=8.1),
        (429, &[("retry-after", "3"), ("x-ratelimit-reset", "50")], 3.0..=3.1),
        (429, &[("x-calls-again", "9")], 9.0..=9.1),
        (429, &[("x-calls-left", "0"), ("x-calls-again", "9")], 9.0..=9.1),
        // There are some left: it is another limit that was reached.
        (429, &[("x-ratelimit-remaining", "17"), ("x-ratelimit-reset", "50")], 1.0..=1.4),
        (429, &[("x-calls-left", "5"), ("x-calls-again", "9")], 1.0..=1.4),
    ];
    for (status, headers, expected) in cases {
        let headers: Vec<_> = headers
            .iter()
            .map(|(name, value)| (*name, value.parse::<HeaderValue>().unwrap()))
            .collect();
        let said = format!("{headers:?}");
        let server = Server::answering(move |seen: Seen| match seen.number {
            1 => {
                let status = StatusCode::from_u16(status).unwrap();
                let mut response = (status, "[]").into_response();
                for (name, value) in &headers {
                    response.headers_mut().append(*name, value.clone());
                }
                response
            }
            _ => "[]".into_response(),
        })
        .await;
        let client = with(&server, |plan| {
            plan.retry.max_delay = Duration::from_secs(100);
            plan.rate_limit_headers = Some(RateLimitHeaders {
                remaining: Some("x-calls-left".into()),
                reset: "x-calls-again".into(),
                ..RateLimitHeaders::DEFAULT
            });
        });
        let client = client.build().unwrap();
        let refused = fetch(&client, items());
        let others = async {
            time::sleep(Duration::from_millis(900)).await;
            fetch_all(&client, 3).await;
        };
        let (refused, ()) = tokio::join!(refused, others);
        refused.unwrap();
        let all_wait = *expected.start() > 1.0;
        let times = times(&server);
        let waited = if all_wait { &times[1..] } else { &times[4..] };
        assert!(waited.iter().all(|time| expected.contains(time)), "{said}: {times:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn no_more_requests_are_under_way_than_the_plan_says() {
    for (concurrency, most) in [(3, 3), (1, 1), (0, 1)] {
        let (server, highest) = Server::counting(|_| "[]").await;
        let client = with(&server, |plan| plan.concurrency = concurrency).build().unwrap();
        fetch_all(&client, 12).await;
        assert_eq!(highest.load(Ordering::SeqCst), most);
    }
}

#[tokio::test(start_paused = true)]
async fn a_request_that_waits_to_be_tried_again_is_in_nobodys_way() {
    let server = Server::answering(|seen: Seen| match seen.number {
        1 => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        _ => "[]".into_response(),
    })
    .await;
    let client = with(&server, |plan| plan.concurrency = 1).build().unwrap();
    let begun = Instant::now();
    let failing = fetch(&client, items());
    let other = async {
        time::sleep(Duration::from_millis(100)).await;
        fetch(&client, items()).await.unwrap();
        begun.elapsed()
    };
    let (failing, other) = tokio::join!(failing, other);
    failing.unwrap();
    assert!(other < Duration::from_millis(900), "{other:?}");
}
