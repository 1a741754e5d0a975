//! Streams all payments of the API at `BASE_URL`: what the suite measures.

use std::env;

use rest_source_tests::{payments_api::Client, peak};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::builder().base_url(env::var("BASE_URL")?).from_env().build()?;
    let mut payments = client.payments().stream();
    let mut records = 0_u64;
    while payments.try_next().await?.is_some() {
        records += 1;
    }
    println!("{records} records");
    peak::print();
    Ok(())
}
