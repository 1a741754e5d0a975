//! Serves the API until it is ended, and prints its address: what `peers.py` fetches from, and what the clients
//! of the other benchmarks fetch from to be profiled.
//!
//! `cargo run --release -p rest_source_benches --no-default-features --bin server`
//!
//! `RECORDS` says how many records each resource has, 100,000 by default, `CUSTOMERS` how many parents there are,
//! 2,000 by default, and `LATENCY` how many milliseconds a response takes, none by default. `ONLY` names the only resource
//! that there is, by page cursor: all pages are in memory.

use std::{env, error::Error, future, time::Duration};

use rest_source_benches::{
    api::{Api, RESOURCES},
    measure::number,
    shape,
};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let latency = Duration::from_millis(number("LATENCY", 0).try_into()?);
    let records = number("RECORDS", 100_000);
    let api = match env::var("ONLY") {
        Ok(name) => Api::default().resources(&[&name], records),
        Err(_) => everything(records),
    };
    println!("{}", api.serve(latency).await?);
    future::pending().await
}

fn everything(records: usize) -> Api {
    let api = Api::default().resources(&RESOURCES, records).resources(&["events"], records);
    let api = api.accounts(records).customers(number("CUSTOMERS", 2_000));
    shape::all().iter().fold(api, |api, shape| api.shape(shape, records))
}
