//! `expand`: shows the Rust code that a description becomes.

use std::{
    io::{self, Write},
    path::{Path, PathBuf},
};

use clap::Args;
use rest_source_codegen::Output;

use crate::{Outcome, description, failure::Failure, lint::LintArguments};

/// Shows the Rust code that a source description becomes
///
/// What is printed is a whole module: it can be saved as `src/payments.rs`, after which
/// `mod payments;` is what `#[rest_source("payments.yaml")] mod payments {}` was. It needs the crate
/// `rest_source` as before.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  cargo rest-source expand payments.yaml
  cargo rest-source expand payments.yaml --module payments_api > src/payments_api.rs")]
pub(crate) struct Expand {
    /// The description, or - for standard input
    file: PathBuf,
    /// The module that the code will stand in, with whose name environment variables begin [default:
    /// the file's name]
    #[arg(long, value_name = "NAME")]
    module: Option<String>,
    #[command(flatten)]
    lints: LintArguments,
}

impl Expand {
    /// Prints the code. Mistakes go to standard error, so that no file of code is made of them.
    pub(crate) fn run(self) -> Result<Outcome, Failure> {
        let module = module(self.module, &self.file)?;
        match description::compile(&self.file, &module, self.lints.levels())? {
            Ok((_, output)) => {
                io::stdout().write_all(code(&output)?.as_bytes())?;
                Ok(Outcome::Success)
            }
            Err(outcome) => Ok(outcome),
        }
    }
}

/// The module's name that was chosen, or that of the file.
pub(crate) fn module(chosen: Option<String>, file: &Path) -> Result<String, Failure> {
    let help = "letters, digits and `_`, as in `--module payments_api`";
    match chosen {
        Some(name) if description::is_module_name(&name) => Ok(name),
        Some(name) => Err(Failure::user(format!("`{name}` cannot be the name of a module"), help)),
        None => description::module_name(file).ok_or_else(|| {
            let message = format!("no module can be named after `{}`", file.display());
            Failure::user(message, format!("name one: {help}"))
        }),
    }
}

/// The module's code, formatted.
pub(crate) fn code(output: &Output) -> Result<String, Failure> {
    let mut tokens = output.documentation.clone();
    tokens.extend(output.items.clone());
    let file = syn::parse2(tokens).map_err(|error| {
        Failure::user(
            format!("the code is not Rust: {error}"),
            "this is a mistake of rest_source: please report it with the description",
        )
    })?;
    Ok(prettyplease::unparse(&file))
}
