//! `expand`: prints the Rust code generated from a description.

use std::{io::Write, path::PathBuf};

use clap::Args;
use rest_source_codegen::Output;

use crate::{
    description::{self, SourceArgument},
    failure::Failure,
    lint::LintArguments,
    outcome::Outcome,
    output,
};

/// Prints the Rust code generated from a source description
///
/// What is printed is a whole module: it can be saved as `src/payments.rs`, after which
/// `mod payments;` is what `#[rest_source("payments.yaml")] mod payments {}` was. It needs the crate
/// `rest_source` as before.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  cargo rest-source expand payments.yaml
  cargo rest-source expand payments.yaml --module payments_api > src/payments_api.rs
  cargo rest-source expand dlt.yml --source pokemon")]
pub(crate) struct Expand {
    /// The description, or - for standard input
    file: PathBuf,
    /// The module that the code is for, whose name prefixes environment variables [default:
    /// the source's name if one is chosen, or the file's]
    #[arg(long, value_name = "NAME")]
    module: Option<String>,
    #[command(flatten)]
    source: SourceArgument,
    #[command(flatten)]
    lints: LintArguments,
}

impl Expand {
    /// Prints the code. Diagnostics go to standard error, so that they do not end up in a file of code.
    pub(crate) fn run(self) -> Result<Outcome, Failure> {
        let module = description::module(self.module, &self.source, &self.file)?;
        let (_, output) =
            description::compile(&self.file, &self.source, &module, self.lints.levels())?;
        output::standard()?.write_all(code(&output)?.as_bytes())?;
        Ok(Outcome::Success)
    }
}

/// The module's code, formatted.
pub(crate) fn code(output: &Output) -> Result<String, Failure> {
    let mut tokens = output.inner_documentation();
    tokens.extend(output.items.clone());
    let file = syn::parse2(tokens).map_err(|error| {
        Failure::user(
            format!("the code is not Rust: {error}"),
            "this is a mistake of rest_source: please report it with the description",
        )
    })?;
    Ok(prettyplease::unparse(&file))
}
