//! Going on where a fetch was stopped: `cargo run --example resume`, then Ctrl-C, then again.
//!
//! The checkpoint is kept in `rest_source_resume.json` in the folder for temporary files, which the last
//! page removes. The API that it asks is played by this program.

use std::{env, error::Error, fs, io, time::Duration};

use rest_source::{Checkpoint, rest_source};
use rest_source_demo::DemoApi;

#[rest_source("payments.yaml")]
mod payments_api {}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let api = DemoApi::start().await?;
    let client = payments_api::Client::builder()
        .base_url(api.base_url())
        .access_token(api.token())
        .build()?;

    let file = env::temp_dir().join("rest_source_resume.json");
    let mut fetch = client.payments().page_size(20);
    match fs::read(&file) {
        Ok(kept) => {
            fetch = fetch.resume(serde_json::from_slice::<Checkpoint>(&kept)?);
            println!("going on where {} says", file.display());
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            println!("stop it with Ctrl-C, and start it again");
        }
        Err(error) => return Err(error.into()),
    }

    let mut pages = fetch.pages();
    while let Some(page) = pages.try_next().await? {
        println!("page {}: {} payments", page.number, page.records.len());
        // Whoever keeps the records keeps the checkpoint with them, in one transaction; a file that
        // is rewritten and then renamed is never unfinished.
        let new = file.with_extension("new");
        fs::write(&new, serde_json::to_vec(&page.checkpoint)?)?;
        fs::rename(new, &file)?;
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    fs::remove_file(&file)?;
    println!("done");
    Ok(())
}
