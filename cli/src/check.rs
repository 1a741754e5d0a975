//! `check`: reports the mistakes of descriptions.

use std::path::{Path, PathBuf};

use clap::Args;
use rest_source_codegen::{Code, LintLevels, Severity};

use crate::{
    counted::counted,
    description::{self, SourceArgument},
    failure::{Failure, is_closed, note},
    lint::LintArguments,
    outcome::Outcome,
    program,
    report::{self, Checked, Format},
};

/// Checks source descriptions and reports mistakes
///
/// Reports what `#[rest_source]` reports as compiler errors and warnings, without compiling.
/// Diagnostics go to standard output in every format, a summary to standard error.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  cargo rest-source check payments.yaml
  cargo rest-source check apis/ --deny auto_paginator
  cargo rest-source check payments.yaml --fix       # misspelt keys and words
  cargo rest-source check --format github apis/     # annotations in GitHub Actions
  cargo rest-source check --format sarif apis/ > mistakes.sarif
  cargo rest-source check dlt.yml                   # all its sources of `type: rest_api`
  generate-description | cargo rest-source check -

Exit status: 0 without mistakes or with warnings only, 1 with mistakes, 2 if a file cannot be read
or the arguments are wrong.")]
pub(crate) struct Check {
    /// Files to check, folders in which to check all *.yaml, *.yml and *.json, or - for standard
    /// input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The format of diagnostics
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Fix the mistakes of which the fix is sure, and report the others
    ///
    /// A fix is sure if the file has fewer mistakes with it. What was fixed is reported on standard error.
    #[arg(long)]
    fix: bool,
    /// Leave out the summary
    #[arg(long, short)]
    quiet: bool,
    #[command(flatten)]
    source: SourceArgument,
    #[command(flatten)]
    lints: LintArguments,
}

impl Check {
    /// Checks the files and reports.
    pub(crate) fn run(self) -> Result<Outcome, Failure> {
        let files = description::files(&self.files)?;
        let levels = self.lints.levels();
        let mut checked: Vec<Checked> = files
            .iter()
            .map(|path| description::checked(path, &self.source, levels.clone()))
            .collect();
        if self.fix {
            for (path, checked) in files.iter().zip(&mut checked) {
                fix(path, checked, &levels, self.quiet)?;
            }
        }
        let written = report::write(self.format, &checked);
        if !self.quiet {
            note(summary(&checked));
            if let (Format::Human, Some(code)) = (self.format, first_code(&checked)) {
                note(format_args!("`{} explain {code}` explains it", program::name()));
            }
        }
        match written {
            // The reader has closed the output; mistakes stay mistakes.
            Err(error) if is_closed(&error) => {}
            written => written?,
        }
        Ok(checked.iter().map(Checked::outcome).max().unwrap_or(Outcome::Success))
    }
}

/// Makes the fixes that are sure in a file, and reports them.
fn fix(
    path: &Path,
    checked: &mut Checked,
    levels: &LintLevels,
    is_quiet: bool,
) -> Result<(), Failure> {
    if path == Path::new("-") {
        return Err(Failure::user(
            "`--fix` changes files, and standard input is none",
            "write the description to a file first",
        ));
    }
    if checked.outcome() == Outcome::Impossible {
        return Ok(());
    }
    let fixed = rest_source_editor::fix(checked.file.clone(), levels);
    if fixed.fixed.is_empty() {
        return Ok(());
    }
    description::replace(path, fixed.file.text()).map_err(|error| {
        let message = format!("`{}` cannot be written: {error}", path.display());
        Failure::user(message, "without `--fix` it is only read")
    })?;
    if !is_quiet {
        for found in &fixed.fixed {
            let (line, _) = checked
                .file
                .position(found.labels.first().map_or_else(Default::default, |label| label.span));
            let fix = found.fix.as_ref().map(|fix| fix.title()).unwrap_or_default();
            note(format_args!("{}:{line}: fixed: {}: {fix}", path.display(), found.message));
        }
    }
    *checked = Checked { file: fixed.file, diagnostics: fixed.left };
    Ok(())
}

fn first_code(checked: &[Checked]) -> Option<Code> {
    checked.iter().flat_map(|checked| &checked.diagnostics).map(|found| found.code).next()
}

/// `3 files checked: 2 errors, 1 warning`
fn summary(checked: &[Checked]) -> String {
    let count = |severity| {
        let found = checked.iter().flat_map(|checked| &checked.diagnostics);
        found.filter(|found| found.severity == severity).count()
    };
    let mut parts = Vec::new();
    for (number, what) in [(count(Severity::Error), "error"), (count(Severity::Warning), "warning")]
    {
        if number > 0 {
            parts.push(counted(number, what));
        }
    }
    let found = if parts.is_empty() { "nothing wrong".to_owned() } else { parts.join(", ") };
    format!("{} checked: {found}", counted(checked.len(), "file"))
}
