//! Payments as Delta Lake tables, twice: `cargo run -p rest_source_examples --features delta --example delta
//! [FOLDER]`.
//!
//! The folder is `lake` unless given. The API that it asks is played by this program.

use std::{env, error::Error, fs};

use rest_source::rest_source;
use rest_source_demo::DemoApi;
use rest_source_load::{Delta, Pipeline};

#[rest_source("payments.yaml")]
mod payments_api {}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let api = DemoApi::start().await?;
    let client = payments_api::Client::builder()
        .base_url(api.base_url())
        .access_token(api.token())
        .build()?;

    let folder = env::args().nth(1).unwrap_or_else(|| "lake".to_owned());
    let pipeline = Pipeline::new("payments", Delta::at(&folder));
    for run in ["first", "second"] {
        let report = pipeline.run(&client).await?;
        println!("{run} run: {} rows", report.rows());
    }
    let mut tables = Vec::new();
    for entry in fs::read_dir(&folder)? {
        let entry = entry?;
        if entry.path().join("_delta_log").is_dir() {
            tables.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    tables.sort();
    println!("the tables in {folder}: {}", tables.join(", "));
    Ok(())
}
