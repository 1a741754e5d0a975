//! Serves the API until it is ended, and prints its address: what `peers.py` fetches from.
//!
//! `cargo run --release -p rest_source_benches --no-default-features --bin server`
//!
//! `RECORDS` says how many records each of the four resources has, 100,000 by default, and `LATENCY`
//! how many milliseconds a response takes, none by default.

use std::{error::Error, future, time::Duration};

use rest_source_benches::{
    api::{Api, RESOURCES},
    measure::number,
};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let latency = Duration::from_millis(number("LATENCY", 0).try_into()?);
    let api = Api::default().resources(&RESOURCES, number("RECORDS", 100_000));
    println!("{}", api.serve(latency).await?);
    future::pending().await
}
