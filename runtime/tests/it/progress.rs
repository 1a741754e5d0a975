//! Work overlaps by one page, ends when nobody wants it, and never goes round in circles.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use expect_test::expect;
use futures_util::StreamExt as _;
use rest_source::Fetch;
use serde_json::json;
use tokio::{sync::Notify, time::timeout};

use crate::{
    shown::shown,
    support::{Payment, Seen, Server, client, pages_of, payments},
};

/// Lets everything happen that can without the consumer: on a paused clock this wait ends when no
/// task has anything left to do.
async fn settle() {
    tokio::time::sleep(Duration::from_secs(1)).await;
}

#[tokio::test(start_paused = true)]
async fn exactly_one_page_is_read_ahead() {
    let all = payments(10);
    let server = Server::answering(move |seen| pages_of(&all, 1, &seen)).await;
    let mut pages = Fetch::<Payment>::new(&client(&server)).pages();
    settle().await;
    assert_eq!(server.seen().len(), 0, "nothing is sent before the first poll");
    for taken in 1..=9 {
        pages.try_next().await.unwrap().unwrap();
        settle().await;
        assert_eq!(server.seen().len(), taken + 1, "after page {taken}");
    }
    pages.try_next().await.unwrap().unwrap();
    assert!(pages.try_next().await.unwrap().is_none());
    assert_eq!(server.seen().len(), 10);
}

#[tokio::test(start_paused = true)]
async fn with_a_limit_nothing_is_read_ahead() {
    let all = payments(10);
    let server = Server::answering(move |seen| pages_of(&all, 2, &seen)).await;
    let mut stream = Fetch::<Payment>::new(&client(&server)).limit(3).stream();
    stream.try_next().await.unwrap().unwrap();
    stream.try_next().await.unwrap().unwrap();
    settle().await;
    assert_eq!(server.seen().len(), 2, "the second page is needed for the third record");
    stream.try_next().await.unwrap().unwrap();
    settle().await;
    assert!(stream.try_next().await.unwrap().is_none());
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn the_next_request_is_under_way_while_the_consumer_is_busy() {
    let all = payments(2);
    let arrived = Arc::new(Notify::new());
    let arrival = Arc::clone(&arrived);
    let server = Server::answering(move |seen| {
        if seen.number == 2 {
            arrival.notify_one();
        }
        pages_of(&all, 1, &seen)
    })
    .await;
    let mut pages = Fetch::<Payment>::new(&client(&server)).pages();
    pages.try_next().await.unwrap().unwrap();
    // The stream is not polled here, as by a consumer that is busy with the first page.
    timeout(Duration::from_secs(10), arrived.notified()).await.unwrap();
}

#[tokio::test]
async fn dropping_the_stream_cancels_its_request() {
    struct Cancelled(Arc<Notify>);

    impl Drop for Cancelled {
        fn drop(&mut self) {
            self.0.notify_one();
        }
    }

    let (arrived, cancelled) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let (arrival, cancellation) = (Arc::clone(&arrived), Arc::clone(&cancelled));
    let server = Server::start(move |_| {
        let cancelled = Cancelled(Arc::clone(&cancellation));
        arrival.notify_one();
        async move {
            std::future::pending::<()>().await;
            drop(cancelled);
        }
    })
    .await;
    let mut pages = Fetch::<Payment>::new(&client(&server)).pages();
    tokio::select! {
        _ = pages.next() => unreachable!("the server never answers"),
        () = arrived.notified() => drop(pages),
    }
    // The server drops what it was about to answer when the connection goes.
    timeout(Duration::from_secs(10), cancelled.notified()).await.unwrap();
}

#[tokio::test]
async fn page_cursors_that_come_again_end_in_an_error() {
    let mut said = String::new();
    for circle in [["A", "A", "A"], ["A", "B", "A"], ["A", "B", "C"]] {
        let length = if circle[0] == circle[1] {
            1
        } else if circle[0] == circle[2] {
            2
        } else {
            3
        };
        let server = Server::answering(move |seen: Seen| {
            let after = circle[(seen.number - 1) % length];
            let id = format!("PM{}", seen.number);
            axum::Json(json!({"payments": [{"id": id}], "meta": {"cursors": {"after": after}}}))
        })
        .await;
        let fetch = Fetch::<Payment>::new(&client(&server)).max_pages(100);
        let error = fetch.all().await.unwrap_err();
        assert!(error.is_stuck(), "{error}");
        said.extend([&shown(&error), "\n"]);
        assert!(server.seen().len() <= 4 * length, "{} requests", server.seen().len());
    }
    expect![[r#"
        payments, page 2: the page cursor came a second time, and following it would fetch the same pages for ever: the server seems not to know the parameter `after`, which sends it (`cursor_param`), found "A"
        payments, page 4: the page cursor came a second time, and following it would fetch the same pages for ever: the server seems not to know the parameter `after`, which sends it (`cursor_param`), found "B"
        payments, page 7: the page cursor came a second time, and following it would fetch the same pages for ever: the server seems not to know the parameter `after`, which sends it (`cursor_param`), found "A"
    "#]].assert_eq(&said);
}

#[tokio::test]
async fn falsy_page_cursors_end_the_pages_and_numbers_go_on() {
    for last in [json!(null), json!(""), json!(false), json!(0)] {
        let server = Server::answering(move |seen: Seen| {
            let after =
                if seen.number == 1 { json!(12_345_678_901_234_567_u64) } else { last.clone() };
            axum::Json(json!({"payments": [{"id": "PM1"}], "meta": {"cursors": {"after": after}}}))
        })
        .await;
        assert_eq!(Fetch::<Payment>::new(&client(&server)).all().await.unwrap().len(), 2);
        assert_eq!(server.params("after"), [None, Some("12345678901234567".into())]);
    }
    for missing in [json!({}), json!({"meta": null}), json!({"meta": {"cursors": []}})] {
        let server = Server::answering(move |_| {
            let mut body = missing.clone();
            body["payments"] = json!([]);
            axum::Json(body)
        })
        .await;
        assert!(Fetch::<Payment>::new(&client(&server)).all().await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn a_page_cursor_that_can_be_none_is_an_error() {
    let mut said = String::new();
    for after in [json!({"id": "PM1"}), json!(["PM1"]), json!(true)] {
        let body = json!({"payments": [], "meta": {"cursors": {"after": after}}});
        let server = Server::answering(move |_| axum::Json(body.clone())).await;
        let error = Fetch::<Payment>::new(&client(&server)).all().await.unwrap_err();
        assert!(error.is_decode());
        let error = error.to_string();
        said.extend([&shown(&error), "\n"]);
    }
    expect![[r#"
        payments, page 1: the page cursor at `meta.cursors.after` must be a text or a number to be sent as a parameter; an object or a list can be sent in a JSON body, by `cursor_body_path`, found {"id":"PM1"}
        payments, page 1: the page cursor at `meta.cursors.after` must be a text or a number to be sent as a parameter; an object or a list can be sent in a JSON body, by `cursor_body_path`, found ["PM1"]
        payments, page 1: the page cursor at `meta.cursors.after` must be a text, a number, an object or a list, found true
    "#]].assert_eq(&said);
}

#[tokio::test]
async fn a_stream_ends_after_its_error() {
    static FAILS: AtomicBool = AtomicBool::new(true);
    let server = Server::answering(|_| {
        if FAILS.swap(false, Ordering::Relaxed) { "gone" } else { r#"{"payments":[]}"# }
    })
    .await;
    let mut pages = Fetch::<Payment>::new(&client(&server)).pages();
    assert!(pages.next().await.unwrap().is_err());
    assert!(pages.next().await.is_none());
    assert_eq!(server.seen().len(), 1);
}
