//! `fetch`: prints the records of a description's resources.

mod checkpoint_file;
mod origin;
mod progress;
mod records;

use std::path::PathBuf;

use clap::{Args, value_parser};
use rest_source_dynamic::Report;
use rest_source_load::TerminalDisplay;

use self::{
    checkpoint_file::CheckpointFile, origin::origins, progress::Progress, records::Records,
};
use crate::{
    block_on::block_on_until_interrupted,
    failure::{self, Failure, note},
    outcome::Outcome,
    request_arguments::{RequestArguments, report_left_out},
    warnings,
};

/// Fetches the records of a source's resources and prints them as JSON, a line for each
///
/// Fetches what the generated client would fetch, without compiling anything. Secrets come from the
/// environment variables that `docs` lists. For one resource, a line is a record as the server wrote
/// it, with control characters escaped; for several, it is {"resource": NAME, "record": RECORD}.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  ACCESS_TOKEN=… cargo rest-source fetch payments.yaml payments > payments.jsonl
  cargo rest-source fetch payments.yaml --limit 3 | jq .
  cargo rest-source fetch shop.yaml order_lines --arg order_id=1042 --param status=open
  cargo rest-source fetch payments.yaml --checkpoint payments.state >> payments.jsonl
  cargo rest-source fetch payments.yaml payments --base-url http://127.0.0.1:8080 --requests log.jsonl

With --checkpoint, an interrupted or failed fetch resumes after the last printed page; after a
complete one, the next fetch prints only new records of incremental resources, and all of the others.
The file is valid for one server, its paths, --arg and --param. A fetch that was killed while it
printed a page prints that page again.

Exit status: 0 if everything was fetched, 1 if a resource failed or the description has mistakes, 2 if
the arguments are wrong, a secret is missing or a file cannot be read, 130 on Ctrl-C.")]
pub(crate) struct FetchCommand {
    /// The maximum number of records of each resource
    #[arg(long, value_name = "RECORDS", conflicts_with = "checkpoint",
        value_parser = value_parser!(u64).range(1..))]
    limit: Option<u64>,
    /// Resume from this file, and store checkpoints in it
    #[arg(long, value_name = "FILE")]
    checkpoint: Option<PathBuf>,
    /// Leave out progress and summary
    #[arg(long, short)]
    quiet: bool,
    #[command(flatten)]
    request: RequestArguments,
}

impl FetchCommand {
    /// Fetches and prints.
    pub(crate) fn run(self) -> Result<Outcome, Failure> {
        let mut fetch = self.request.fetch()?;
        if let Some(records) = self.limit {
            fetch = fetch.limit(records);
        }
        let chosen = fetch.chosen()?;
        let mut records = Records::new(chosen.len() > 1)?;
        if !self.quiet {
            report_left_out(&fetch);
        }
        let file = match &self.checkpoint {
            Some(path) => {
                let (params, arguments) = (self.request.params(), self.request.arguments());
                let origins = origins(&fetch, params, arguments)?;
                Some(CheckpointFile::open(path, origins)?)
            }
            None => None,
        };
        if let Some(file) = &file {
            fetch = fetch.resume(file.checkpoints().clone());
        }
        let display = if self.quiet { TerminalDisplay::hidden() } else { TerminalDisplay::new() };
        warnings::show(display.clone());
        let progress = Progress::new(display.clone(), &chosen);

        let tokens = fetch.token_file().cloned();
        let run = fetch.run(|arrival| {
            progress.suspended(|| records.write(arrival))?;
            if let Some(file) = &file {
                file.advance(arrival.resource, arrival.checkpoints)?;
            }
            progress.add(arrival);
            Ok(())
        });
        let ended = block_on_until_interrupted(tokens.as_ref(), run)?;
        display.clear();
        let Some(report) = ended else {
            let how = if file.is_some() {
                "run the same command to resume"
            } else {
                "with --checkpoint FILE, the next fetch resumes there"
            };
            note(format_args!("interrupted after {}; {how}", progress.total()));
            return Ok(Outcome::Stopped);
        };
        let report = report?;
        if let Some(file) = &file {
            file.write(&report.checkpoints)?;
        }
        Ok(self.report(&report))
    }

    fn report(&self, report: &Report) -> Outcome {
        for resource in &report.resources {
            if let Some(error) = &resource.error {
                failure::error(&error.to_string(), None);
            }
            if !self.quiet {
                note(progress::line(resource));
            }
        }
        if report.is_complete() {
            return Outcome::Success;
        }
        if self.checkpoint.is_some() && !self.quiet {
            note("run the same command to resume");
        }
        Outcome::Mistakes
    }
}
