//! `state`: shows and resets the state of pipelines.

use std::io::{self, Write as _};

use clap::{Args, Subcommand, builder::NonEmptyStringValueParser};
use rest_source_load::{Destination, ResourceState, Status};
use rest_source_plan::printable;

use crate::{
    block_on::block_on,
    counted::counted,
    failure::{self, Failure},
    load_command::DestinationArguments,
    outcome::Outcome,
    output,
};

/// Shows or resets the state of pipelines
#[derive(Debug, Args)]
pub(crate) struct State {
    #[command(subcommand)]
    command: StateCommand,
}

#[derive(Debug, Subcommand)]
enum StateCommand {
    /// Show the last load of each resource and where the next one starts
    Show(Show),
    /// Delete the state: the next run starts from scratch; rows are kept
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
If an interrupted append is reset, the next run appends the rows that were written once more;
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
    /// Shows or deletes.
    pub(crate) fn run(self) -> Result<Outcome, Failure> {
        match self.command {
            StateCommand::Show(Show { destination, json }) => {
                show(&destination.destination()?, json)
            }
            StateCommand::Reset(reset) => reset.run(&reset.destination.destination()?),
        }
    }
}

fn show(destination: &impl Destination, json: bool) -> Result<Outcome, Failure> {
    let states = match block_on(destination.state())? {
        Ok(states) => states,
        Err(error) => return Ok(impossible(&error)),
    };
    let mut stdout = output::standard()?.lock();
    if json {
        for state in &states {
            let json = serde_json::to_string(state).map_err(io::Error::from)?;
            writeln!(stdout, "{}", printable::json(&json))?;
        }
    } else if !states.is_empty() {
        write!(stdout, "{}", printable::lines(&table(&states)?))?;
    }
    if states.is_empty() {
        failure::note("nothing has been loaded there");
    }
    Ok(Outcome::Success)
}

/// How much of a checkpoint is shown: it may hold whatever a server has sent.
const SHOWN: usize = 200;

/// A line for each resource below a head, its columns aligned.
fn table(states: &[ResourceState]) -> Result<String, Failure> {
    let head = ["pipeline", "resource", "status", "rows", "records", "updated", "continues"];
    let mut lines = vec![head.map(str::to_owned)];
    for state in states {
        lines.push([
            state.pipeline.clone(),
            match &*state.variant {
                "" => state.resource.clone(),
                variant => format!("{} ({variant})", state.resource),
            },
            status(state.status).to_owned(),
            state.rows.to_string(),
            state.records.to_string(),
            state.updated_at.clone(),
            continues(state)?,
        ]);
    }
    let width = |column: usize| lines.iter().map(|line| line[column].chars().count()).max();
    let widths: [usize; 6] = std::array::from_fn(|column| width(column).unwrap_or(0));
    let mut table = String::new();
    for [pipeline, resource, status, rows, records, updated, continues] in &lines {
        let line = format!(
            "{pipeline:0$}  {resource:1$}  {status:2$}  {rows:>3$}  {records:>4$}  {updated:5$}  \
             {continues}",
            widths[0], widths[1], widths[2], widths[3], widths[4], widths[5],
        );
        table.push_str(line.trim_end());
        table.push('\n');
    }
    Ok(table)
}

fn status(status: Status) -> &'static str {
    match status {
        // Which of the two, only the process that loads knows.
        Status::Running => "running or interrupted",
        Status::Loaded => "complete, its run is not",
        status => status.name(),
    }
}

/// Where the load is resumed, or the next run begins.
fn continues(state: &ResourceState) -> Result<String, Failure> {
    let places = [("resumes at", &state.checkpoint), ("next run begins at", &state.next_run)];
    let mut texts = Vec::new();
    for (what, checkpoint) in places {
        if let Some(checkpoint) = checkpoint {
            let json = serde_json::to_string(checkpoint).map_err(io::Error::from)?;
            let cut = if json.chars().nth(SHOWN).is_some() { "…" } else { "" };
            texts.push(format!("{what} {}{cut}", json.chars().take(SHOWN).collect::<String>()));
        }
    }
    Ok(texts.join("; "))
}

impl Reset {
    fn run(&self, destination: &impl Destination) -> Result<Outcome, Failure> {
        match block_on(destination.reset(&self.pipeline, self.resource.as_deref()))? {
            Ok(0) => {
                failure::note("there is no state to delete");
                Ok(Outcome::Success)
            }
            Ok(resources) => {
                let resources = counted(resources, "resource");
                failure::note(format_args!("deleted the state of {resources}"));
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
