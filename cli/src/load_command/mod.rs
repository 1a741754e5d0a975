//! `load`: loads the records of a description's resources into a database.

mod destination;

use std::{
    io::{self, IsTerminal as _, Write as _},
    time::Duration,
};

use clap::{Args, ValueEnum, builder::NonEmptyStringValueParser, value_parser};
use rest_source::{AnyResource, Source as _, TokenFile, plan::WriteDisposition};
use rest_source_dynamic::FetchSource;
use rest_source_load::{AnyDestination, Error, OnBadRecord, Pipeline, RunReport, TerminalDisplay};
use tokio::{task::spawn_blocking, time::sleep};

pub(crate) use self::destination::DestinationArguments;
pub use self::destination::destination;
use crate::{
    block_on::{block_on_beside, end_at_once, interrupted, settled},
    failure::{self, Failure, is_closed, note},
    outcome::Outcome,
    request_arguments::{RequestArguments, report_left_out},
    warnings,
};

/// Loads the records of a source's resources into a database
///
/// Follows the description's write disposition, keys and columns, without compiling anything. Rows and
/// state are committed in one transaction: if a run is stopped, fails or is killed, the same command
/// resumes it; no record is lost or duplicated.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  ACCESS_TOKEN=… cargo rest-source load payments.yaml --to sqlite:payments.db
  cargo rest-source load payments.yaml payments refunds --to sqlite:payments.db --limit 1000
  cargo rest-source load shop.yaml --to sqlite:shop.db --on-bad-record quarantine --json
  DATABASE_URL=postgres://… cargo rest-source load shop.yaml --to env:DATABASE_URL --dataset shop

Exit status: 0 if everything is loaded, 1 if a resource failed or the description has mistakes, 2 if
nothing could be loaded (wrong arguments, a missing secret, an unreadable file), 130 on Ctrl-C (run
the same command to resume). A second Ctrl-C does not wait for fetched records to be committed. A
report that cannot be printed does not change the exit status: its rows are committed.

Progress is shown on a terminal, and logged where standard error is not one.")]
pub(crate) struct LoadCommand {
    #[command(flatten)]
    destination: DestinationArguments,
    /// The name under which state is stored, unique on the destination [default: the description's name]
    #[arg(long, value_name = "NAME", value_parser = NonEmptyStringValueParser::new())]
    pipeline: Option<String>,
    /// Ignore the state and load every resource from scratch
    #[arg(long)]
    full_refresh: bool,
    /// Stop each resource after the page that reaches this number of records; the next run resumes there
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
    /// End the load of its resource with an error
    Fail,
    /// Quarantine it in the table `RESOURCE__rejected`
    Quarantine,
}

impl LoadCommand {
    /// Loads, and prints the report.
    pub(crate) fn run(self) -> Result<Outcome, Failure> {
        let destination = self.destination.destination()?;
        let fetch = self.request.fetch()?;
        if !self.quiet {
            report_left_out(&fetch);
        }
        let tokens = fetch.token_file().cloned();
        let source = fetch.into_source()?;
        self.load(&source, tokens.as_ref(), destination)
    }

    fn load(
        &self,
        source: &FetchSource,
        tokens: Option<&TokenFile>,
        to: AnyDestination,
    ) -> Result<Outcome, Failure> {
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
        // Requested resources are loaded even if the description does not select them.
        let resources = source.resources();
        let loaded = resources.iter().map(AnyResource::plan).filter(|plan| {
            plan.write_disposition != WriteDisposition::Skip || self.request.names(&plan.name)
        });
        pipeline = pipeline.resources(loaded.map(|plan| plan.name.clone()));
        let display = if self.quiet { TerminalDisplay::hidden() } else { TerminalDisplay::new() };
        pipeline = pipeline.on_progress(display.progress());
        if self.quiet || io::stderr().is_terminal() {
            warnings::show(display.clone());
        } else {
            warnings::show_with_progress(display.clone());
        }
        let mut stopped = false;
        let loaded = block_on_beside(end_if_interrupted_again(display.clone(), || ()), async {
            // In a task of its own, so that it listens while the pipeline opens its tables.
            let pressed = tokio::spawn(interrupted());
            let stop = async {
                let _ = pressed.await;
                stopped = true;
            };
            let loaded = pipeline.run_until(source, stop).await;
            settled(tokens).await;
            loaded
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

    /// Prints the report. A report that cannot be printed does not fail the load: rerunning a load that
    /// seems to have failed would duplicate the rows of an append.
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
                    "the loaded rows are committed, and the exit status is that of the load; `state show` \
                     shows the state",
                ),
            ),
            _ => {}
        }
    }
}

/// Committing fetched records may take long or wait for a lock, and printing may wait for a reader. A
/// second Ctrl-C ends the program at once, after `clean_up`; nothing that is committed is lost.
pub(crate) async fn end_if_interrupted_again(
    display: TerminalDisplay,
    clean_up: impl FnOnce() + Send + 'static,
) {
    interrupted().await;
    let shown = display.clone();
    tokio::spawn(async move {
        sleep(Duration::from_secs(1)).await;
        let text =
            "stopping after fetched records are committed; press Ctrl-C again to stop at once";
        let print = move || shown.print(|| note(text));
        let _ = spawn_blocking(print).await;
    });
    interrupted().await;
    end_at_once(move || {
        display.clear();
        clean_up();
    })
    .await;
}
