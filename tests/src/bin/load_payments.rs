//! Loads the payments API at `BASE_URL` into the SQLite file `DATABASE`, a page in each batch: what
//! the suite kills and measures.

use std::env;

use rest_source_load::{Pipeline, Sqlite};
use rest_source_tests::{payments_api::Client, peak};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::builder().base_url(env::var("BASE_URL")?).from_env().build()?;
    let pipeline = Pipeline::new("payments", Sqlite::at(env::var("DATABASE")?)).batch_rows(1);
    println!("{}", pipeline.run(&client).await?);
    peak::print();
    Ok(())
}
