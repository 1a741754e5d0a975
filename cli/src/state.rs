//! `state`: what runs have left for the next ones.

use std::io::{self, Write as _};

use clap::{Args, Subcommand, builder::NonEmptyStringValueParser};
use rest_source_load::{Destination, ResourceState};

use crate::{
    Outcome,
    block_on::block_on,
    failure::{self, Failure},
    load_command::{DestinationArguments, with_destination},
};

/// Shows or forgets where loads go on
#[derive(Debug, Args)]
pub(crate) struct State {
    #[command(subcommand)]
    command: StateCommand,
}

#[derive(Debug, Subcommand)]
enum StateCommand {
    /// Show where the load of each resource goes on
    Show(Show),
    /// Forget it: the next run begins at the beginning, and the rows stay
    Reset(Reset),
}

#[derive(Debug, Args)]
struct Show {
    #[command(flatten)]
    destination: DestinationArguments,
    /// Print it as JSON, a line for each resource
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "\
An append that stopped half-way adds the rows that it has written a second time when it is reset;
delete them first.")]
struct Reset {
    #[command(flatten)]
    destination: DestinationArguments,
    /// The pipeline's name
    #[arg(long, value_name = "NAME", value_parser = NonEmptyStringValueParser::new())]
    pipeline: String,
    /// The resource [default: all of the pipeline]
    resource: Option<String>,
}

impl State {
    /// Shows or forgets.
    pub(crate) fn run(self) -> Result<Outcome, Failure> {
        match self.command {
            StateCommand::Show(Show { destination, json }) => {
                with_destination!(destination.place()?, destination => show(&destination, json))
            }
            StateCommand::Reset(reset) => {
                let place = reset.destination.place()?;
                with_destination!(place, destination => reset.run(&destination))
            }
        }
    }
}

fn show(destination: &impl Destination, json: bool) -> Result<Outcome, Failure> {
    let states = match block_on(destination.state())? {
        Ok(states) => states,
        Err(error) => return Ok(impossible(&error)),
    };
    let mut stdout = io::stdout().lock();
    for state in &states {
        if json {
            serde_json::to_writer(&mut stdout, state).map_err(io::Error::from)?;
            writeln!(stdout)?;
        } else {
            writeln!(stdout, "{}", line(state)?)?;
        }
    }
    if states.is_empty() {
        writeln!(io::stderr(), "nothing has been loaded there")?;
    }
    Ok(Outcome::Success)
}

/// `payments payments: complete, 1200 rows, 2024-01-02T03:04:05.678+00:00`
fn line(state: &ResourceState) -> Result<String, Failure> {
    let ResourceState { pipeline, resource, rows, records, updated_at, .. } = state;
    let how = if state.checkpoint.is_some() { "half-way" } else { "complete" };
    let of = if rows == records { String::new() } else { format!(" of {records} records") };
    let mut line = format!("{pipeline} {resource}: {how}, {rows} rows{of}, {updated_at}");
    let places = [("goes on at", &state.checkpoint), ("next run begins at", &state.next_run)];
    for (what, checkpoint) in places {
        if let Some(checkpoint) = checkpoint {
            let json = serde_json::to_string(checkpoint).map_err(io::Error::from)?;
            line = format!("{line}; {what} {json}");
        }
    }
    Ok(line)
}

impl Reset {
    fn run(&self, destination: &impl Destination) -> Result<Outcome, Failure> {
        match block_on(destination.reset(&self.pipeline, self.resource.as_deref()))? {
            Ok(0) => {
                writeln!(io::stderr(), "there is nothing to forget")?;
                Ok(Outcome::Success)
            }
            Ok(resources) => {
                let s = if resources == 1 { "" } else { "s" };
                writeln!(io::stderr(), "forgotten for {resources} resource{s}")?;
                Ok(Outcome::Success)
            }
            Err(error) => Ok(impossible(&error)),
        }
    }
}

fn impossible(error: &rest_source_load::Error) -> Outcome {
    failure::error(&error.to_string(), None);
    Outcome::Impossible
}
