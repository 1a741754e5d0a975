//! `import`: a description from another description of an API.

mod input;

use std::{
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
};

use clap::{Args, ValueEnum};
use rest_source_import::{Gap, Imported, Selection};

use self::input::read;
use crate::{
    counted::counted,
    description,
    failure::{self, Failure, note},
    outcome::Outcome,
    output,
};

/// Makes a source description from another description of an API
///
/// What is guessed has a comment with its reason in the description, to be looked at; what could not be
/// imported is listed on standard error and at the end of the description. The result passes `check`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  cargo rest-source import airbyte manifest.yaml -o api.yaml
  cargo rest-source import openapi openapi.json -o api.yaml
  cargo rest-source import openapi openapi.yaml --only '/v1/*' -o api.yaml
  cargo rest-source import openapi openapi.yaml --resource orders --resource customers
  curl https://api.example.com/openapi.json | cargo rest-source import openapi -
  cargo rest-source import dlt github_pipeline.py -o github.yaml
  cargo rest-source import har recorded.har --only '/api/*' -o api.yaml
  cargo rest-source import curl - -o api.yaml      # paste, then Ctrl-D

Exit status: 0 if a description was made, 1 if --strict is given and something could not be imported,
2 if the input cannot be read or is of another format.")]
pub(crate) struct ImportCommand {
    /// What the input is
    #[arg(value_enum)]
    format: Format,
    /// The file to import, or - for standard input
    file: PathBuf,
    /// Write the description to this file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Replace the output file if it exists
    #[arg(long, requires = "output")]
    force: bool,
    /// Import only these paths; `*` stands for any text. May be given several times
    #[arg(long, value_name = "PATTERN")]
    only: Vec<String>,
    /// Import only the resources of these names, and their parents. May be given several times
    #[arg(long, value_name = "NAME")]
    resource: Vec<String>,
    /// Fail, and write nothing, if something could not be imported
    #[arg(long)]
    strict: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// A low-code manifest of Airbyte, in YAML or JSON
    Airbyte,
    /// OpenAPI 3.0 or 3.1, or Swagger 2, in JSON or YAML
    #[value(name = "openapi")]
    OpenApi,
    /// A REST source of dlt: a file of Python, or of Markdown with a block of Python. It is not run
    Dlt,
    /// Command lines of curl, typed or as browsers copy them
    Curl,
    /// A recording of HTTP in the format HAR, as browsers save it
    Har,
}

impl ImportCommand {
    /// Imports and writes the description.
    pub(crate) fn run(self) -> Result<Outcome, Failure> {
        // As for the input, `-` is the standard stream.
        let output = self.output.as_deref().filter(|path| *path != Path::new("-"));
        if let Some(path) = output {
            self.check_free(path)?;
        }
        let text = read(&self.file)?;
        let selection = Selection { only: self.only.clone(), resources: self.resource.clone() };
        let imported = match self.format {
            Format::Airbyte => rest_source_import::airbyte(&text, &selection),
            Format::OpenApi => rest_source_import::openapi(&text, &selection),
            Format::Dlt => rest_source_import::dlt(&text, &selection),
            Format::Curl => rest_source_import::curl(&text, &selection),
            Format::Har => rest_source_import::har(&text, &selection),
        };
        let Imported { text, gaps, .. } =
            imported.map_err(|failure| Failure::user(failure.message, failure.help))?;
        if self.strict && !gaps.is_empty() {
            for gap in &gaps {
                failure::error(&shown(gap), None);
            }
            let things = counted(gaps.len(), "gap");
            note(format_args!("nothing was written: {things}, and `--strict` allows none"));
            return Ok(Outcome::Mistakes);
        }
        match output {
            Some(path) => write(path, &text)?,
            None => output::standard()?.write_all(text.as_bytes())?,
        }
        for gap in &gaps {
            note(format_args!("not imported: {}", shown(gap)));
        }
        Ok(Outcome::Success)
    }

    /// Nothing that is there already is written over unless that is wanted.
    fn check_free(&self, path: &Path) -> Result<(), Failure> {
        if self.force || fs::symlink_metadata(path).is_err() {
            return Ok(());
        }
        Err(Failure::user(
            format!("`{}` is there already", path.display()),
            "choose another file, or replace it by `--force`",
        ))
    }
}

fn shown(gap: &Gap) -> String {
    format!("{} [{}]: {}", gap.place, gap.code, gap.message)
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let result = match File::create_new(path) {
        Ok(mut file) => file.write_all(text.as_bytes()),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            description::replace(path, text)
        }
        Err(error) => Err(error),
    };
    result.map_err(|error| {
        Failure::user(
            format!("`{}` cannot be written: {error}", path.display()),
            "choose another file, `-o FILE`",
        )
    })
}
