//! `demo`: a payments API on this machine, to try the other commands with.

use std::{
    io::{self, Write as _},
    time::Duration,
};

use clap::{Args, value_parser};
use rest_source_demo::{DemoApi, LoggedRequest, Options, PORT};
use rest_source_plan::printable;

use crate::{
    block_on::{block_on, interrupted},
    failure::{Failure, note},
    outcome::Outcome,
    output, program,
};

/// Serves a payments API on this machine, to try the other commands with
///
/// Payments, refunds, mandates and payouts, the same ones at each start. Requests fail on schedule, with 429,
/// 503 and 500, as those of real APIs do; each failure is printed. Ctrl-C ends it.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  cargo rest-source demo                                   # and in another terminal:
  cargo rest-source demo --description > payments.yaml
  ACCESS_TOKEN=demo-access-token cargo rest-source load payments.yaml --to sqlite:payments.db

A load that is interrupted, also by the end of the demo, is resumed when the demo runs again.

Exit status: 0 on Ctrl-C, 2 if the port cannot be opened.")]
pub(crate) struct Demo {
    /// Print the description of the API, payments.yaml, instead of serving it
    #[arg(long)]
    description: bool,
    /// The port on 127.0.0.1; 0 is a free one
    #[arg(long, default_value_t = PORT)]
    port: u16,
    /// How many records each resource has
    #[arg(long, default_value_t = Options::default().records)]
    records: u64,
    /// Every how many requests for a resource one fails; 0 is never
    #[arg(long, value_name = "REQUESTS", default_value_t = 4,
        value_parser = value_parser!(u64))]
    fault_every: u64,
    /// How long each response is held back, as in `200ms`
    #[arg(long, value_name = "TIME", default_value = "0s", value_parser = humantime::parse_duration)]
    latency: Duration,
}

impl Demo {
    /// Serves until Ctrl-C.
    pub(crate) fn run(self) -> Result<Outcome, Failure> {
        if self.description {
            let url = format!("http://127.0.0.1:{}", self.port);
            output::standard()?.write_all(rest_source_demo::description(&url).as_bytes())?;
            return Ok(Outcome::Success);
        }
        block_on(self.serve())?
    }

    async fn serve(self) -> Result<Outcome, Failure> {
        let Demo { port, records, latency, fault_every, .. } = self;
        let fault_every = Some(fault_every).filter(|every| *every > 0);
        let options = Options { records, fault_every, latency };
        let ended = tokio::spawn(interrupted());
        let api = DemoApi::start_watched(port, options, announce).await.map_err(|error| {
            let help = match error.kind() {
                io::ErrorKind::AddrInUse => {
                    "end the program that uses it, or choose another `--port`"
                }
                _ => "choose another `--port`",
            };
            Failure::user(format!("the port {port} cannot be opened: {error}"), help)
        })?;
        writeln!(output::standard()?, "{}", greeting(&api, port, fault_every))?;
        let _ = ended.await;
        Ok(Outcome::Success)
    }
}

/// Says what was refused on purpose, so that it is not taken for a mistake.
fn announce(request: &LoggedRequest) {
    let LoggedRequest { method, target, status, .. } = request;
    let target = printable::line(target);
    match status {
        429 | 500 | 503 => note(format_args!("{status} for {method} {target}, on purpose")),
        401 => note(format_args!(
            "401 for {method} {target}: the token is `{}`",
            rest_source_demo::TOKEN
        )),
        400.. => note(format_args!("{status} for {method} {target}")),
        _ => {}
    }
}

/// Where the API is, and commands to paste.
fn greeting(api: &DemoApi, port: u16, fault_every: Option<u64>) -> String {
    let url = api.base_url();
    let faults = match fault_every {
        Some(every) => format!(
            "Of the requests for a resource, every {} fails, with 429, 503 and 500 in turns.",
            ordinal(every)
        ),
        None => "No request fails.".to_owned(),
    };
    let of_port = if port == PORT {
        String::new()
    } else {
        format!(" --port {}", url.rsplit(':').next().unwrap_or_default())
    };
    format!(
        "\
The payments API is at {url} until Ctrl-C.
{faults}

In another terminal:

  export ACCESS_TOKEN={token}
  {program} demo --description{of_port} > payments.yaml
  {program} probe payments.yaml
  {program} fetch payments.yaml payments --limit 3
  {program} sql payments.yaml \"select currency, count(*), sum(amount) from payments group by 1\"
  {program} load payments.yaml --to sqlite:payments.db
",
        token = api.token(),
        program = program::name(),
    )
}

/// `4th`
fn ordinal(number: u64) -> String {
    let suffix = match (number % 10, number % 100) {
        (1, rest) if rest != 11 => "st",
        (2, rest) if rest != 12 => "nd",
        (3, rest) if rest != 13 => "rd",
        _ => "th",
    };
    format!("{number}{suffix}")
}
