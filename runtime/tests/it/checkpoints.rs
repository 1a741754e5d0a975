//! A fetch continues after the page that a checkpoint came with.

use futures_util::TryStreamExt as _;
use rest_source::{Checkpoint, Fetch, Page};

use crate::support::{Balance, Payment, Server, client, pages_of, payments};

#[tokio::test]
async fn resuming_after_any_page_gives_exactly_the_rest() {
    let all = payments(7);
    let server = Server::answering(move |seen| pages_of(&all, 2, &seen)).await;
    let fetch = Fetch::<Payment>::new(&client(&server));
    let pages: Vec<Page<Payment>> = fetch.clone().pages().try_collect().await.unwrap();
    let records: Vec<Payment> = pages.iter().flat_map(|page| page.records.clone()).collect();
    assert_eq!((pages.len(), records.len()), (4, 7));

    let mut done = 0;
    for page in &pages {
        done += page.records.len();
        let kept = serde_json::to_string(&page.checkpoint).unwrap();
        let checkpoint: Checkpoint = serde_json::from_str(&kept).unwrap();
        let before = server.seen().len();
        let rest = fetch.clone().resume(checkpoint);
        let rest: Vec<Page<Payment>> = rest.pages().try_collect().await.unwrap();
        let numbers: Vec<u64> = rest.iter().map(|page| page.number).collect();
        assert_eq!(numbers, (page.number + 1..=4).collect::<Vec<_>>());
        let rest: Vec<Payment> = rest.into_iter().flat_map(|page| page.records).collect();
        assert_eq!(rest, records[done..], "after page {}", page.number);
        assert_eq!((server.seen().len() - before) as u64, 4 - page.number);
    }
}

#[tokio::test]
async fn max_pages_counts_from_where_a_fetch_resumes() {
    let all = payments(9);
    let server = Server::answering(move |seen| pages_of(&all, 1, &seen)).await;
    let fetch = Fetch::<Payment>::new(&client(&server)).max_pages(2);
    let pages: Vec<Page<Payment>> = fetch.clone().pages().try_collect().await.unwrap();
    let checkpoint = pages.into_iter().next_back().unwrap().checkpoint;
    assert_eq!(serde_json::to_string(&checkpoint).unwrap(), r#"{"page":2,"page_cursor":"PM2"}"#);
    let payments = fetch.resume(checkpoint).all().await.unwrap();
    assert_eq!(payments.iter().map(|payment| &*payment.id).collect::<Vec<_>>(), ["PM3", "PM4"]);
}

#[tokio::test]
async fn a_checkpoint_of_another_paginator_is_refused() {
    let server = Server::answering(|_| "{}").await;
    let checkpoint = serde_json::from_str(r#"{"page":1,"page_cursor":"PM1"}"#).unwrap();
    let fetch = Fetch::<Balance>::new(&client(&server)).resume(checkpoint);
    let error = fetch.all().await.unwrap_err();
    assert!(error.is_config(), "{error}");
    assert!(server.seen().is_empty());
}

/// A checkpoint without a position is one of the end, so that what cannot be read must not be left out.
#[test]
fn a_position_that_cannot_be_read_is_an_error() {
    for position in [
        r#""page_number":99999999999999999999"#,
        r#""page_number":-1"#,
        r#""page_number":"2""#,
        r#""offset":null"#,
        r#""offset":1.5"#,
        r#""next_url":7"#,
    ] {
        let read = serde_json::from_str::<Checkpoint>(&format!(r#"{{"page":1,{position}}}"#));
        assert!(read.is_err(), "{position}: {read:?}");
    }
    let read: Checkpoint =
        serde_json::from_str(r#"{"page":1,"page_cursor":18446744073709551615}"#).unwrap();
    assert_eq!(
        serde_json::to_string(&read).unwrap(),
        r#"{"page":1,"page_cursor":18446744073709551615}"#
    );
}
