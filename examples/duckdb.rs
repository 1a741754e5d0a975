//! Payments into DuckDB, twice: `cargo run -p rest_source_examples --features adbc --example duckdb [FILE]`.
//!
//! `DUCKDB_LIBRARY` is the path of DuckDB's library, unless it is where drivers are found; see `DuckDb`. The file is
//! `payments.duckdb` unless given. The API that it asks is played by this program.

use std::{env, error::Error};

use rest_source::rest_source;
use rest_source_demo::DemoApi;
use rest_source_load::{DuckDb, Pipeline};

#[rest_source("payments.yaml")]
mod payments_api {}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let api = DemoApi::start().await?;
    let client = payments_api::Client::builder()
        .base_url(api.base_url())
        .access_token(api.token())
        .build()?;

    let file = env::args().nth(1).unwrap_or_else(|| "payments.duckdb".to_owned());
    let pipeline = Pipeline::new("payments", DuckDb::at(&file));
    for run in ["first", "second"] {
        let report = pipeline.run(&client).await?;
        let unchanged = report.resources.iter().filter_map(|resource| resource.changes.unchanged);
        println!(
            "{run} run: {} rows, {} of them as they were",
            report.rows(),
            unchanged.sum::<u64>()
        );
    }
    println!("the database is {file}");
    Ok(())
}
