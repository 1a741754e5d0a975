//! `cargo rest-source`: checks, documents and expands REST source descriptions on the command line.
//!
//! What it knows of the language is in `rest_source_codegen`; here files are read, and what was
//! found is shown.

#![deny(missing_docs)]

mod check;
mod completions;
mod description;
mod docs;
mod expand;
mod explain;
mod failure;
mod lint;
mod new;
mod report;
mod schema;

use std::{env, ffi::OsString, process::ExitCode};

use clap::{Parser, Subcommand};

/// Checks, documents and expands REST source descriptions, the YAML files of `#[rest_source]`
#[derive(Parser)]
#[command(
    name = "cargo-rest-source",
    bin_name = "cargo rest-source",
    version,
    after_help = "\
Exit status:
  0  there is nothing wrong, or only warnings
  1  a description has mistakes
  2  the command could not be carried out: wrong arguments, an unreadable file"
)]
struct Cli {
    #[command(flatten)]
    color: colorchoice_clap::Color,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Check(check::Check),
    Expand(expand::Expand),
    New(new::New),
    Docs(docs::Docs),
    Explain(explain::Explain),
    Schema(schema::Schema),
    Completions(completions::Completions),
}

/// What a command has come to, from the best to the worst.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    /// There is nothing wrong.
    Success,
    /// A description has mistakes.
    Mistakes,
    /// The command could not be carried out.
    Impossible,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> ExitCode {
        ExitCode::from(match outcome {
            Outcome::Success => 0,
            Outcome::Mistakes => 1,
            Outcome::Impossible => 2,
        })
    }
}

fn main() -> ExitCode {
    let cli = Cli::parse_from(arguments(env::args_os()));
    cli.color.write_global();
    let outcome = match cli.command {
        Command::Check(check) => check.run(),
        Command::Expand(expand) => expand.run(),
        Command::New(new) => new.run(),
        Command::Docs(docs) => docs.run(),
        Command::Explain(explain) => explain.run(),
        Command::Schema(schema) => schema.run(),
        Command::Completions(completions) => completions.run::<Cli>(),
    };
    outcome.unwrap_or_else(|failure| failure.tell()).into()
}

/// Cargo runs `cargo-rest-source rest-source check …` for `cargo rest-source check …`.
fn arguments(given: impl Iterator<Item = OsString>) -> Vec<OsString> {
    let mut arguments: Vec<OsString> = given.collect();
    if arguments.get(1).is_some_and(|first| first == "rest-source") {
        arguments.remove(1);
    }
    arguments
}
