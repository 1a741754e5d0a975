//! Prints the three newest payments of a GoCardless account, with every field that the API has.

use std::{env, process::ExitCode};

use rest_source::{Error, rest_source};

#[rest_source("gocardless.yaml")]
pub mod gocardless {}

const HELP: &str = "\
Prints the three newest payments of a GoCardless account, with the fields that
examples/gocardless.yaml describes.

Usage: ACCESS_TOKEN=... cargo run --example gocardless

Environment:
  ACCESS_TOKEN  Created in the account's dashboard under Developers; may be read-only
  BASE_URL      Where the account is, https://api.gocardless.com unless set

Without an account, open one for testing at https://manage-sandbox.gocardless.com. It is free, and
its BASE_URL is https://api-sandbox.gocardless.com.
";

#[tokio::main]
async fn main() -> ExitCode {
    match env::args_os().nth(1) {
        None => {}
        Some(arg) if arg == "-h" || arg == "--help" => {
            print!("{HELP}");
            return ExitCode::SUCCESS;
        }
        Some(arg) => {
            eprint!("error: unexpected argument {}\n\n{HELP}", arg.display());
            return ExitCode::from(2);
        }
    }
    match print_payments().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            if error.is_config() || error.status() == Some(401) {
                eprint!("\n{HELP}");
            }
            ExitCode::FAILURE
        }
    }
}

async fn print_payments() -> Result<(), Error> {
    let mut builder = gocardless::Client::builder().from_env();
    if let Some(base_url) = env::var("BASE_URL").ok().filter(|base_url| !base_url.is_empty()) {
        builder = builder.base_url(base_url);
    }
    let client = builder.build()?;

    // A page of three, because the stream ends there.
    let mut payments = client.payments().page_size(3).limit(3).stream();
    while let Some(payment) = payments.try_next().await? {
        println!("{payment:#?}");
    }
    Ok(())
}
