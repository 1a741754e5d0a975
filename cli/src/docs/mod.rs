//! `docs`: the reference of a source, for people who read it outside of an editor.

mod html;
pub(crate) mod markdown;
mod words;

use std::{io::Write, path::PathBuf};

use clap::{Args, ValueEnum};
use rest_source_codegen::markdown::{blocks, prose};

use self::markdown::Trees;
use crate::{
    description::{self, SourceArgument},
    failure::Failure,
    lint::LintArguments,
    outcome::Outcome,
    output,
};

/// Prints the reference of a source: resources, endpoints, keys, columns, secrets
///
/// The content of `cargo doc` for the generated code, for readers without Rust.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  cargo rest-source docs payments.yaml > PAYMENTS.md
  cargo rest-source docs payments.yaml --format html > payments.html
  cargo rest-source docs dlt.yml --source pokemon > POKEMON.md")]
pub(crate) struct Docs {
    /// The description, or - for standard input
    file: PathBuf,
    /// What to print
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// The source's name, with which environment variables begin [default: the chosen source's,
    /// or the file's]
    #[arg(long, value_name = "NAME")]
    module: Option<String>,
    #[command(flatten)]
    source: SourceArgument,
    #[command(flatten)]
    lints: LintArguments,
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum Format {
    /// A document in Markdown, with tables as GitHub knows them
    #[default]
    Markdown,
    /// One HTML page that needs no other file
    Html,
}

impl Docs {
    /// Prints the reference.
    pub(crate) fn run(self) -> Result<Outcome, Failure> {
        let module = description::module(self.module, &self.source, &self.file)?;
        let (_, output) =
            description::compile(&self.file, &self.source, &module, self.lints.levels())?;
        let document = |prose, trees| markdown::document(&output.source, &module, prose, trees);
        let page = match self.format {
            Format::Markdown => document(prose, Trees::Text),
            Format::Html => html::page(&module, &document(blocks, Trees::Lists)),
        };
        output::standard()?.write_all(page.as_bytes())?;
        Ok(Outcome::Success)
    }
}
