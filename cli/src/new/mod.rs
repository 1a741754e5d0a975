//! `new`: a crate for a source.

mod contents;

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use clap::Args;
use rest_source_codegen::SourceFile;

use self::contents::Contents;
use crate::{
    counted::counted,
    description::{self, SourceArgument},
    expand,
    failure::{self, Failure},
    lint::LintArguments,
    outcome::Outcome,
};

/// Names of crates that the new one is built with, or that every crate has.
const TAKEN: [&str; 8] =
    ["alloc", "core", "proc_macro", "rest_source", "rest_source_macros", "std", "test", "tokio"];

/// Creates a crate from a source description: typed client, documentation, example and test
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  cargo rest-source new payments.yaml --crate payments-api
  cargo rest-source new payments.yaml --crate payments-api --expanded   # without the macro

The crate is complete: `cargo test` and `cargo doc --open` work at once, and `cargo run --example
fetch` fetches records when the secrets are in the environment.")]
pub(crate) struct New {
    /// The description, which is copied into the crate
    file: PathBuf,
    /// The crate's name
    #[arg(long = "crate", value_name = "NAME")]
    name: String,
    /// The folder to create [default: the crate's name]
    #[arg(long, value_name = "DIR")]
    path: Option<PathBuf>,
    /// Write the generated code instead of the macro that generates it
    #[arg(long)]
    expanded: bool,
    /// Depend on the crate `rest_source` in this folder, or on that of a checkout in it, not on the
    /// published one
    #[arg(long, value_name = "DIR")]
    rest_source: Option<PathBuf>,
    #[command(flatten)]
    source: SourceArgument,
    #[command(flatten)]
    lints: LintArguments,
}

impl New {
    /// Makes the crate.
    pub(crate) fn run(self) -> Result<Outcome, Failure> {
        let module = module(&self.name)?;
        let folder = self.path.clone().unwrap_or_else(|| PathBuf::from(&self.name));
        check_free(&folder)?;
        let (file, output) =
            description::compile(&self.file, &self.source, &module, self.lints.levels())?;
        let rest_source = self.rest_source.as_deref().map(crate_folder).transpose()?;
        let contents = Contents {
            name: &self.name,
            module: &module,
            file: self.file_name(&file)?,
            text: file.text(),
            source_name: file.source(),
            source: &output.source,
            code: if self.expanded { Some(expand::code(&output)?) } else { None },
            lints: &self.lints.given,
            rest_source: rest_source.as_deref(),
        };
        for (path, text) in contents.files() {
            write(&folder.join(path), &text)?;
        }
        let resources = counted(output.source.resources.len(), "resource");
        failure::note(format_args!(
            "created the crate `{}` with {resources}: `cd {} && cargo test`",
            self.name,
            folder.display()
        ));
        Ok(Outcome::Success)
    }

    /// What the copy is called.
    fn file_name(&self, file: &SourceFile) -> Result<&str, Failure> {
        if self.file == Path::new("-") {
            return Ok("source.yaml");
        }
        self.file.file_name().and_then(|name| name.to_str()).ok_or_else(|| {
            let message = format!("the name of `{}` is not Unicode", file.name());
            Failure::user(message, "give the file another name")
        })
    }
}

/// The crate's name as Rust sees it, which is also the source's: environment variables begin with it.
fn module(name: &str) -> Result<String, Failure> {
    let module = name.replace('-', "_");
    let valid = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
        && description::is_module_name(&module);
    if !valid {
        return Err(Failure::user(
            format!("`{name}` cannot be the name of a crate"),
            "letters, digits, `-` and `_`, as in `--crate payments-api`",
        ));
    }
    if TAKEN.contains(&module.as_str()) {
        return Err(Failure::user(
            format!("`{name}` is the name of another crate that this one is built with"),
            format!("choose another one, `--crate {name}-api`"),
        ));
    }
    Ok(module)
}

/// Nothing that is there already is written over.
fn check_free(folder: &Path) -> Result<(), Failure> {
    let is_empty = match fs::read_dir(folder) {
        Ok(mut entries) => entries.next().is_none(),
        Err(error) => error.kind() == io::ErrorKind::NotFound,
    };
    if is_empty {
        return Ok(());
    }
    Err(Failure::user(
        format!("`{}` is there already", folder.display()),
        "choose another folder, `--path DIR`",
    ))
}

/// The folder of the crate `rest_source`: the one that was given, or `runtime` in it, where it is in a
/// checkout of the repository.
fn crate_folder(given: &Path) -> Result<PathBuf, Failure> {
    let folders = [given.to_owned(), given.join("runtime")];
    let Some(folder) = folders.iter().find(|folder| is_rest_source(folder)) else {
        return Err(Failure::user(
            format!("the crate `rest_source` is not in `{}`", given.display()),
            "`--rest-source` takes the folder with its Cargo.toml, `runtime` in a checkout",
        ));
    };
    folder.canonicalize().map_err(|error| unwritten(folder, &error))
}

fn is_rest_source(folder: &Path) -> bool {
    let manifest = fs::read_to_string(folder.join("Cargo.toml")).unwrap_or_default();
    let package = manifest.lines().map(str::trim).skip_while(|line| *line != "[package]").skip(1);
    package
        .take_while(|line| !line.starts_with('['))
        .filter_map(|line| line.split_once('='))
        .any(|(key, value)| key.trim() == "name" && value.trim().trim_matches('"') == "rest_source")
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let parent = path.parent().unwrap_or(Path::new(""));
    fs::create_dir_all(parent).and_then(|()| fs::write(path, text)).map_err(|e| unwritten(path, &e))
}

fn unwritten(path: &Path, error: &io::Error) -> Failure {
    Failure::user(
        format!("`{}` cannot be written: {error}", path.display()),
        "choose a folder that you may write to, `--path DIR`",
    )
}
