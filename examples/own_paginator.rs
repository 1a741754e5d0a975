//! A paginator of one's own: `cargo run --example own_paginator`.
//!
//! The next page of this API begins behind the date and the id of the last record, two parameters
//! that no `paginator` of a file can set together. The API is played by this program.

use std::error::Error;

use axum::{Json, Router, extract::Query, routing::get};
use rest_source::{Date, NextRequest, PageResponse, Paginate, rest_source};
use rest_source_examples::server::serve;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

#[rest_source("own_paginator.yaml")]
mod ledger {}

type Fault = Box<dyn Error + Send + Sync>;

/// How many records a page has that is not the last one.
const SIZE: usize = 4;

/// Asks for what comes behind the last record, until a page is not full.
#[derive(Clone, Default, Serialize, Deserialize)]
struct BehindLast {
    last: Option<Place>,
}

#[derive(Clone, Serialize, Deserialize)]
struct Place {
    booked_on: Date,
    id: u64,
}

impl Paginate for BehindLast {
    fn ask(&self, request: &mut NextRequest<'_>) {
        request.set_param("size", SIZE);
        if let Some(Place { booked_on, id }) = &self.last {
            request.set_param("behind_date", booked_on);
            request.set_param("behind_id", id);
        }
    }

    fn advance(&mut self, response: &PageResponse<'_>) -> Result<bool, Fault> {
        let records = response.records();
        let Some(last) = records.last() else { return Ok(false) };
        self.last = Some(serde_json::from_str(last.get())?);
        Ok(records.len() == SIZE)
    }

    // What a checkpoint keeps, so that a fetch can go on behind any page.
    fn state(&self) -> Value {
        json!(self)
    }

    fn restore(&mut self, state: Value) -> Result<(), Fault> {
        *self = serde_json::from_value(state)?;
        Ok(())
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let client = ledger::Client::builder()
        .base_url(serve(api()).await?)
        .with(|builder| builder.paginator("entries", BehindLast::default()))
        .build()?;

    let mut pages = client.entries().pages();
    while let Some(page) = pages.try_next().await? {
        println!("page {}", page.number);
        for entry in page.records {
            println!("  {} {:>2} {}", entry.booked_on, entry.id, entry.text.unwrap_or_default());
        }
    }
    Ok(())
}

#[derive(Deserialize)]
struct Asked {
    size: usize,
    behind_date: Option<Date>,
    behind_id: Option<u64>,
}

fn api() -> Router {
    let entries = |Query(asked): Query<Asked>| async move {
        // Five a day, numbered anew each day.
        let all = (1..=3).flat_map(|day| {
            let ids = if day == 3 { 1..=1 } else { 1..=5_u64 };
            ids.map(move |id| (Date::constant(2024, 1, day), id))
        });
        let behind = asked.behind_date.zip(asked.behind_id);
        let page = all.filter(|place| behind.is_none_or(|behind| *place > behind)).take(asked.size);
        let page = page.map(|(date, id)| json!({"id": id, "booked_on": date, "text": "a fee"}));
        Json(json!({"entries": page.collect::<Vec<Value>>()}))
    };
    Router::new().route("/v1/entries", get(entries))
}
