//! `load`: loads the records of a description's resources into a database.

mod destination;

use std::{
    io::{self, IsTerminal as _, Write as _},
    time::Duration,
};

use clap::{Args, ValueEnum, builder::NonEmptyStringValueParser, value_parser};
use rest_source::Source as _;
use rest_source_dynamic::FetchSource;
use rest_source_load::{Destination, Error, OnBadRecord, Pipeline, RunReport, TerminalDisplay};
use tokio::{task::spawn_blocking, time::sleep};

pub(crate) use self::destination::{DestinationArguments, Place, with_destination};
use crate::{
    block_on::{block_on, end_at_once, interrupted},
    failure::{self, Failure, is_closed, note},
    outcome::Outcome,
    request_arguments::{RequestArguments, tell_left_out},
    warnings,
};

/// Loads the records of a source's resources into a database
///
/// What the description says of write disposition, keys and columns is done, without compiling
/// anything. Rows and where the load goes on are committed together: if a run is stopped, killed or fails,
/// the same command resumes it, and no record is lost or there twice.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  ACCESS_TOKEN=… cargo rest-source load payments.yaml --to sqlite:payments.db
  cargo rest-source load payments.yaml payments refunds --to sqlite:payments.db --limit 1000
  cargo rest-source load shop.yaml --to sqlite:shop.db --on-bad-record quarantine --json
  DATABASE_URL=postgres://… cargo rest-source load shop.yaml --to env:DATABASE_URL --dataset shop

Exit status: 0 if everything is loaded, 1 if something could not be or the description has mistakes,
2 if nothing could be loaded: the arguments are wrong, a secret is missing or a file cannot be read,
130 after Ctrl-C, behind which the same command goes on. A second Ctrl-C does not wait for what has
been fetched to be committed. Whether the report can be printed changes nothing of it: it comes when
the rows are committed.

Progress is shown on a terminal, and logged where standard error is none.")]
pub(crate) struct LoadCommand {
    #[command(flatten)]
    destination: DestinationArguments,
    /// The name that tells the state from that of other pipelines on the same destination [default:
    /// that of the description]
    #[arg(long, value_name = "NAME", value_parser = NonEmptyStringValueParser::new())]
    pipeline: Option<String>,
    /// Begin every resource from its beginning
    #[arg(long)]
    full_refresh: bool,
    /// Stop each resource behind the page with which so many of its records are loaded; the next run
    /// goes on there
    #[arg(long, value_name = "RECORDS", value_parser = value_parser!(u64).range(1..))]
    limit: Option<u64>,
    /// How to handle a record that cannot be stored
    #[arg(long, value_enum, default_value_t = BadRecord::Fail)]
    on_bad_record: BadRecord,
    /// How many resources are loaded at the same time
    #[arg(long, value_name = "RESOURCES", default_value_t = 4,
        value_parser = value_parser!(u16).range(1..))]
    concurrency: u16,
    /// Print the report as JSON
    #[arg(long)]
    json: bool,
    /// Leave out progress
    #[arg(long, short)]
    quiet: bool,
    #[command(flatten)]
    request: RequestArguments,
}

/// How to handle a record that cannot be stored.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum BadRecord {
    /// It is an error that ends the load of its resource
    Fail,
    /// It is set aside in a table of its own, `RESOURCE__rejected`
    Quarantine,
}

impl LoadCommand {
    /// Loads, and prints the report.
    pub(crate) fn run(self) -> Result<Outcome, Failure> {
        let place = self.destination.place()?;
        let fetch = self.request.fetch()?;
        if !self.quiet {
            tell_left_out(&fetch);
        }
        let source = fetch.into_source()?;
        with_destination!(place, destination => self.load(&source, destination))
    }

    fn load(&self, source: &FetchSource, to: impl Destination) -> Result<Outcome, Failure> {
        let name = self.pipeline.as_deref().unwrap_or(source.name());
        let mut pipeline = Pipeline::new(name, to).concurrency(usize::from(self.concurrency));
        if self.full_refresh {
            pipeline = pipeline.full_refresh();
        }
        if let Some(records) = self.limit {
            pipeline = pipeline.limit(records);
        }
        if matches!(self.on_bad_record, BadRecord::Quarantine) {
            pipeline = pipeline.on_bad_record(OnBadRecord::Quarantine);
        }
        // What is asked for is loaded, also what the description does not select.
        pipeline = pipeline.resources(source.resources().iter().map(|one| one.plan().name.clone()));
        let display = if self.quiet { TerminalDisplay::hidden() } else { TerminalDisplay::new() };
        pipeline = pipeline.on_progress(display.progress());
        if self.quiet || io::stderr().is_terminal() {
            warnings::show(display.clone());
        } else {
            warnings::show_with_progress(display.clone());
        }
        let mut stopped = false;
        let loaded = block_on(async {
            tokio::spawn(end_if_interrupted_again(display.clone()));
            let stop = async {
                interrupted().await;
                stopped = true;
            };
            pipeline.run_until(source, stop).await
        })?;
        display.clear();
        match loaded {
            Ok(report) => {
                self.print(&report);
                if report.is_complete() {
                    return Ok(Outcome::Success);
                }
                if !self.quiet {
                    note("interrupted; run the same command to resume");
                }
                Ok(if stopped { Outcome::Stopped } else { Outcome::Success })
            }
            Err(error) => Ok(self.fail(&error)),
        }
    }

    fn fail(&self, error: &Error) -> Outcome {
        failure::error(&error.to_string(), None);
        match error.report() {
            Some(report) => {
                self.print(report);
                Outcome::Mistakes
            }
            None => Outcome::Impossible,
        }
    }

    /// Prints the report. What was loaded is loaded, whether or not it can be printed: the exit status
    /// says so, as whoever runs the command again after a failure would add the rows of an append a
    /// second time.
    fn print(&self, report: &RunReport) {
        let text = if self.json {
            serde_json::to_string(report).map_err(io::Error::from)
        } else {
            Ok(report.to_string())
        };
        match text.and_then(|text| writeln!(io::stdout(), "{text}")) {
            Err(error) if !is_closed(&error) => failure::error(
                &format!("the report cannot be printed: {error}"),
                Some(
                    "what has been loaded is committed, and the exit status is that of the load; \
                     `state show` shows it",
                ),
            ),
            _ => {}
        }
    }
}

/// To commit what has been fetched may take long, and may wait for somebody else, as may what is shown
/// while nobody reads it. Whoever does not want to wait loses nothing that is committed.
async fn end_if_interrupted_again(display: TerminalDisplay) {
    interrupted().await;
    let shown = display.clone();
    tokio::spawn(async move {
        sleep(Duration::from_secs(1)).await;
        let text =
            "stopping when what has been fetched is committed; Ctrl-C once more ends it at once";
        let tell = move || shown.print(|| note(text));
        let _ = spawn_blocking(tell).await;
    });
    interrupted().await;
    end_at_once(move || display.clear()).await;
}
