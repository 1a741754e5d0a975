//! Payments into SQLite by a driver of ADBC, twice: `cargo run -p rest_source_examples --features adbc --example adbc [ADDRESS]`.
//!
//! The address is `adbc:sqlite?uri=payments.db` unless given; another one is
//! `adbc:postgresql?uri=env:DATABASE_URL`. `dbc install sqlite` installs the driver, and `Adbc` says where else it is
//! looked for. The API that it asks is played by this program.

use std::{env, error::Error};

use rest_source::rest_source;
use rest_source_demo::DemoApi;
use rest_source_load::{Adbc, Pipeline};

#[rest_source("payments.yaml")]
mod payments_api {}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let api = DemoApi::start().await?;
    let client = payments_api::Client::builder()
        .base_url(api.base_url())
        .access_token(api.token())
        .build()?;

    let address = env::args().nth(1).unwrap_or_else(|| "adbc:sqlite?uri=payments.db".to_owned());
    let pipeline = Pipeline::new("payments", Adbc::from_url(&address)?);
    for run in ["first", "second"] {
        let report = pipeline.run(&client).await?;
        let unchanged = report.resources.iter().filter_map(|resource| resource.changes.unchanged);
        println!(
            "{run} run: {} rows, {} of them as they were",
            report.rows(),
            unchanged.sum::<u64>()
        );
    }
    println!("the database is {address}");
    Ok(())
}
