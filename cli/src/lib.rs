//! `cargo rest-source`: imports, checks, documents, expands, fetches and loads REST source descriptions on
//! the command line.
//!
//! The language is in `rest_source_codegen`, HTTP in `rest_source`, and fetching from a description in
//! `rest_source_dynamic`; this crate reads files and prints results. The program is [`run`]; what else is public
//! makes the package for Python understand names and addresses as the command line does.

#![deny(missing_docs)]

mod address;
mod block_on;
mod budget;
mod check;
mod completions;
mod counted;
mod demo;
mod description;
mod docs;
mod expand;
mod explain;
mod failure;
mod fetch_command;
mod import_command;
mod lint;
mod load_command;
mod lsp;
mod new;
mod outcome;
mod output;
mod probe;
mod program;
mod report;
mod request_arguments;
mod request_log;
mod schema;
mod sql;
mod state;
mod warnings;

use std::{ffi::OsString, process::ExitCode};

use clap::{CommandFactory as _, FromArgMatches as _, Parser, Subcommand};

pub use crate::{
    budget::share, description::module_name, load_command::destination,
    request_arguments::default_token_file,
};
use crate::{failure::Failure, outcome::Outcome};

/// Checks, documents, expands, fetches and loads REST source descriptions, the YAML files of
/// `#[rest_source]`
#[derive(Parser)]
#[command(
    name = "cargo-rest-source",
    bin_name = "cargo rest-source",
    version,
    after_help = "\
Exit status:
  0  no errors; warnings may be shown
  1  a description has mistakes, or not everything could be fetched or loaded
  2  the command could not run: wrong arguments, an unreadable file"
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
    Import(import_command::ImportCommand),
    Docs(docs::Docs),
    Fetch(fetch_command::FetchCommand),
    Probe(probe::Probe),
    Load(load_command::LoadCommand),
    Sql(sql::Sql),
    State(state::State),
    Demo(demo::Demo),
    Explain(explain::Explain),
    Lsp(lsp::Lsp),
    Schema(schema::Schema),
    Completions(completions::Completions),
}

/// Runs the program with these arguments; the first is the program's name.
pub fn run(given: impl IntoIterator<Item = OsString>) -> ExitCode {
    status(given).into()
}

/// The same as the program of another name, `rest-source`, which its help and its messages then show. Returns the exit
/// status.
pub fn run_as(name: &'static str, given: impl IntoIterator<Item = OsString>) -> u8 {
    program::set_name(name);
    status(given)
}

fn status(given: impl IntoIterator<Item = OsString>) -> u8 {
    let matches = program::named(Cli::command()).try_get_matches_from(arguments(given));
    let cli = match matches.and_then(|matches| Cli::from_arg_matches(&matches)) {
        Ok(cli) => cli,
        Err(said) => return answered(&said),
    };
    cli.color.write_global();
    block_on::take_file_size_signal();
    let outcome = match cli.command {
        Command::Check(check) => check.run(),
        Command::Expand(expand) => expand.run(),
        Command::New(new) => new.run(),
        Command::Import(import) => import.run(),
        Command::Docs(docs) => docs.run(),
        Command::Fetch(fetch) => fetch.run(),
        Command::Probe(probe) => probe.run(),
        Command::Load(load) => load.run(),
        Command::Sql(sql) => sql.run(),
        Command::State(state) => state.run(),
        Command::Demo(demo) => demo.run(),
        Command::Explain(explain) => explain.run(),
        Command::Lsp(lsp) => lsp.run(),
        Command::Schema(schema) => schema.run(),
        Command::Completions(completions) => completions.run::<Cli>(),
    };
    outcome.unwrap_or_else(|failure| failure.report()).status()
}

/// Prints the help or the version that was asked for, or what is wrong with the arguments.
fn answered(said: &clap::Error) -> u8 {
    match said.print() {
        // A standard error that is closed or full changes no exit status.
        Err(error) if !said.use_stderr() => Failure::Output(error).report().status(),
        _ => u8::try_from(said.exit_code()).unwrap_or_else(|_| Outcome::Impossible.status()),
    }
}

/// Cargo runs `cargo-rest-source rest-source check …` for `cargo rest-source check …`.
fn arguments(given: impl IntoIterator<Item = OsString>) -> Vec<OsString> {
    let mut arguments: Vec<OsString> = given.into_iter().collect();
    if arguments.get(1).is_some_and(|first| first == "rest-source") {
        arguments.remove(1);
    }
    arguments
}
