//! What was found, in the forms that people and programs read.

mod checked;
mod finding;
mod github;
mod json;
mod sarif;
mod short;

use std::io::{self, Write};

use clap::ValueEnum;
use rest_source_codegen::for_terminal;

pub(crate) use self::checked::Checked;

/// How what was found is shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// With the lines of the file and help, as rustc shows it
    #[default]
    Human,
    /// A line for each: `FILE:LINE:COLUMN: SEVERITY[CODE]: MESSAGE`
    Short,
    /// A list of objects
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Annotations of GitHub Actions
    Github,
}

/// Writes what was found to standard output.
pub(crate) fn write(format: Format, checked: &[Checked]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    match format {
        Format::Human => {
            let mut out = anstream::AutoStream::auto(out);
            checked.iter().try_for_each(|checked| human(checked, &mut out))
        }
        Format::Short => short::write(checked, &mut out),
        Format::Json => json::write(checked, &mut out),
        Format::Sarif => sarif::write(checked, &mut out),
        Format::Github => github::write(checked, &mut out),
    }
}

/// Writes what was found to standard error, for commands whose output is something else. If that is
/// closed, the exit status still reports mistakes.
pub(crate) fn complain(checked: &Checked) {
    let _ = human(checked, &mut anstream::stderr().lock());
}

fn human(checked: &Checked, out: &mut impl Write) -> io::Result<()> {
    for diagnostic in &checked.diagnostics {
        writeln!(out, "{}\n", for_terminal(diagnostic, &checked.file).trim_end())?;
    }
    Ok(())
}
