//! Loads the four resources of a payments API into SQLite, and reads a few records as Rust values.

use std::{
    env,
    error::Error,
    io::{self, IsTerminal, Write},
    path::{self, Path, PathBuf},
    process::ExitCode,
};

use rest_source::rest_source;
use rest_source_demo::DemoApi;
use rest_source_load::{Pipeline, Sqlite, terminal_progress};
use rusqlite::Connection;
use tokio::signal;

use self::payments_api::Payment;

#[rest_source("payments.yaml")]
pub mod payments_api {}

const HELP: &str = "\
Loads the payments, refunds, mandates and payouts that examples/payments.yaml describes into a
SQLite database. A second run brings the rows up to date; there are no more of them then.

Usage: cargo run --example payments [-- OPTIONS]

Options:
      --database FILE  The database, `payments.db` in the current folder unless given
  -h, --help           This text

Environment:
  BASE_URL      The API to load from, a demo API on this machine unless set
  ACCESS_TOKEN  The token for the API at BASE_URL
";

#[tokio::main]
async fn main() -> ExitCode {
    let database = match database() {
        Ok(Some(database)) => database,
        Ok(None) => {
            print!("{HELP}");
            return ExitCode::SUCCESS;
        }
        Err(error) => {
            eprintln!("error: {error}; see `cargo run --example payments -- --help`");
            return ExitCode::from(2);
        }
    };
    // A terminal shows progress; where there is none, it is logged.
    if !io::stderr().is_terminal() {
        tracing_subscriber::fmt().with_writer(io::stderr).with_target(false).init();
    }
    tokio::select! {
        done = run(&database) => match done {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("error: {error}");
                ExitCode::FAILURE
            }
        },
        _ = signal::ctrl_c() => {
            eprintln!(
                "Stopped. What has been committed stays, and the next run continues after it; only \
                 with a demo API, which is another one each time, it begins again."
            );
            // As shells count it: 128 and the number of the signal.
            ExitCode::from(130)
        }
    }
}

async fn run(database: &Path) -> Result<(), Box<dyn Error>> {
    let mut out = io::stdout();

    // The demo API stops when it is dropped, so it is kept until everything is done.
    let demo;
    let builder = payments_api::Client::builder();
    let client = match env::var("BASE_URL").ok().filter(|base_url| !base_url.is_empty()) {
        Some(base_url) => {
            let client = builder.base_url(&base_url).from_env().build()?;
            writeln!(out, "Loading from {base_url}")?;
            client
        }
        None => {
            demo = DemoApi::start().await?;
            writeln!(out, "Loading from a demo API at {}", demo.base_url())?;
            builder.base_url(demo.base_url()).access_token(demo.token()).build()?
        }
    };

    // Commits often, so that little has to be fetched again after Ctrl-C.
    let pipeline = Pipeline::new("payments", Sqlite::at(database))
        .batch_rows(1_000)
        .on_progress(terminal_progress());
    let report = pipeline.run(&client).await?;
    writeln!(out, "\n{report}\n")?;

    // Absolute, so that no name such as `:memory:` has a meaning of its own, and to be found again.
    let database = path::absolute(database)?;
    let connection = Connection::open(&database)?;
    for resource in &report.resources {
        let table = &resource.resource;
        let count = format!("SELECT count(*) FROM \"{table}\"");
        let rows: i64 = connection.query_row(&count, [], |row| row.get(0))?;
        writeln!(out, "{rows} rows in table {table}")?;
    }

    writeln!(out, "\nThree payments, each with its id, created_at, amount and currency:")?;
    let mut payments = client.payments().limit(3).stream();
    while let Some(payment) = payments.try_next().await? {
        let Payment { id, created_at, amount, currency, extra } = payment;
        let more = extra.len();
        writeln!(out, "{id:?} {created_at:?} {amount:?} {currency:?} and {more} fields more")?;
    }

    writeln!(out, "\nThe database is {}", database.display())?;
    Ok(())
}

/// The database that the command line names, or `None` if it asks for help.
fn database() -> Result<Option<PathBuf>, lexopt::Error> {
    use lexopt::prelude::*;

    let mut database = PathBuf::from("payments.db");
    let mut args = lexopt::Parser::from_env();
    while let Some(arg) = args.next()? {
        match arg {
            Long("database") => database = args.value()?.into(),
            Short('h') | Long("help") => return Ok(None),
            _ => return Err(arg.unexpected()),
        }
    }
    Ok(Some(database))
}
