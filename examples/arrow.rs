//! Payments as Arrow record batches, without a database: `cargo run -p rest_source_examples --features arrow
//! --example arrow`.
//!
//! Adds the amounts of each currency up, column by column. The API that it asks is played by this program.

use std::{collections::BTreeMap, error::Error};

use futures_util::StreamExt as _;
use rest_source::rest_source;
use rest_source_demo::DemoApi;
use rest_source_load::{
    IntoArrow as _,
    arrow_array::{cast::AsArray as _, types::Int64Type},
};

#[rest_source("payments.yaml")]
mod payments_api {}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let api = DemoApi::start().await?;
    let client = payments_api::Client::builder()
        .base_url(api.base_url())
        .access_token(api.token())
        .build()?;

    let mut sums = BTreeMap::<String, i64>::new();
    let mut batches = client.payments().arrow(1_000)?;
    while let Some(batch) = batches.next().await {
        let payments = &batch?.tables[0].rows;
        println!("a batch of {} rows and {} columns", payments.num_rows(), payments.num_columns());
        let column = |name| payments.column_by_name(name).ok_or("the column is declared");
        let currencies = column("currency")?.as_string::<i32>();
        let amounts = column("amount")?.as_primitive::<Int64Type>();
        for (currency, amount) in currencies.iter().zip(amounts) {
            *sums.entry(currency.unwrap_or_default().to_owned()).or_default() +=
                amount.unwrap_or(0);
        }
    }
    for (currency, sum) in sums {
        println!("{currency} {sum}");
    }
    Ok(())
}
