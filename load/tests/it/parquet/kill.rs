//! A process that is killed at any moment leaves whole tables behind.

use std::env;

use rest_source::plan::WriteDisposition::{self, Append, Merge, Replace};
use rest_source_load::{Destination, Parquet};

use super::place::ParquetPlace;
use crate::{
    kill::{DATABASE, PAGE_SIZE, killed_after, load_numbers},
    suite::Place,
};

/// So that a load is complete after about ten kills: each commit waits for the disk.
const PAGES: i64 = 300;
const RECORDS: i64 = PAGES * PAGE_SIZE;

#[tokio::test]
async fn an_append_that_is_killed_has_each_record_once() {
    killed_and_continued("an_append_that_is_killed_has_each_record_once", Append).await;
}

#[tokio::test]
async fn a_merge_that_is_killed_has_each_record_once() {
    killed_and_continued("a_merge_that_is_killed_has_each_record_once", Merge).await;
}

#[tokio::test]
async fn a_replace_that_is_killed_has_each_record_once() {
    killed_and_continued("a_replace_that_is_killed_has_each_record_once", Replace).await;
}

async fn killed_and_continued(test: &str, disposition: WriteDisposition) {
    if let Ok(folder) = env::var(DATABASE) {
        load_numbers(Parquet::at(folder), disposition, PAGES).await;
        return;
    }
    let test = format!("parquet::kill::{test}");
    let mut kills = 0;
    while kills < 20 {
        let place = ParquetPlace::new().await;
        while kills < 20 && !is_complete(&place).await {
            kills += usize::from(killed_after(fastrand::usize(1..=80), &test, &place.path));
            // What a reader finds is whole, at any moment.
            let ids = place.rows("numbers", &["id"]).await;
            let rows = i64::try_from(ids.len()).unwrap();
            let is_whole = match disposition {
                Append => rows % PAGE_SIZE == 0,
                _ => rows == 0 || rows == RECORDS,
            };
            assert!(is_whole, "{rows} rows");
        }
        if !is_complete(&place).await {
            load_numbers(place.destination(), disposition, PAGES).await;
        }
        let mut amounts = place.rows("numbers", &["amount"]).await;
        amounts.sort_by_key(|amount| amount.parse::<i64>().unwrap());
        assert!(amounts.into_iter().eq((0..RECORDS).map(|amount| amount.to_string())));
        assert_eq!(place.table("numbers").await.unwrap().files.len(), 1);
    }
}

/// Whether the load is complete: one more run would begin anew.
async fn is_complete(place: &ParquetPlace) -> bool {
    let state = place.destination().state().await.unwrap();
    state.first().is_some_and(|state| state.checkpoint.is_none() && state.rows > 0)
}
