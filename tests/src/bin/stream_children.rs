//! Streams the children of all parents of the API at `BASE_URL`: what the suite measures.

use std::env;

use rest_source_tests::{children_api::Client, peak};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::builder().base_url(env::var("BASE_URL")?).build()?;
    let mut children = client.children().stream();
    let mut records = 0_u64;
    while children.try_next().await?.is_some() {
        records += 1;
    }
    println!("{records} records");
    peak::print();
    Ok(())
}
