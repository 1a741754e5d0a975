//! `explain`: what a diagnostic code means, and how to fix it.

use std::{fmt::Write as _, io::Write as _};

use clap::Args;
use rest_source_codegen::{Code, LintLevels, SourceFile, check, closest, for_terminal};

use crate::{failure::Failure, outcome::Outcome, output};

/// Explains a diagnostic code, with an example of the mistake and a correct one
///
/// Without a code it lists all codes and lints.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  cargo rest-source explain                # all codes
  cargo rest-source explain unknown_key    # the code in error[unknown_key]")]
pub(crate) struct Explain {
    /// The code in brackets after `error` or `warning`
    code: Option<String>,
    /// Print the pages of all codes, as one document in Markdown
    #[arg(long, conflicts_with = "code")]
    all: bool,
}

impl Explain {
    /// Prints the page, or the list.
    pub(crate) fn run(self) -> Result<Outcome, Failure> {
        let text = match self.code {
            Some(name) => page(find(&name)?, 1),
            None if self.all => document(),
            None => list(),
        };
        output::standard()?.write_all(text.as_bytes())?;
        Ok(Outcome::Success)
    }
}

fn find(name: &str) -> Result<Code, Failure> {
    // Also as it was copied: `[unknown_key]`, `error[unknown_key]`.
    let name = name.trim_end_matches(']').rsplit('[').next().unwrap_or(name);
    Code::from_name(name).ok_or_else(|| {
        let help = match closest(name, Code::ALL.iter().map(|code| code.name())) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => "`cargo rest-source explain` lists all codes".to_owned(),
        };
        Failure::user(format!("there is no code `{name}`"), help)
    })
}

fn list() -> String {
    let width = Code::ALL.iter().map(|code| code.name().len()).max().unwrap_or(0);
    let mut text = String::new();
    for (title, is_lint) in [("Errors", false), ("Lints", true)] {
        if !text.is_empty() {
            text.push('\n');
        }
        let _ = writeln!(text, "{title}:");
        for code in Code::ALL.iter().filter(|code| code.default_level().is_some() == is_lint) {
            let level = code.default_level().map_or("", |level| level.name());
            let level = if is_lint { format!(" ({level} by default)") } else { String::new() };
            let _ = writeln!(text, "  {:width$}  {}{level}", code.name(), code.summary());
        }
    }
    text
}

fn document() -> String {
    let mut text =
        "# Diagnostics\n\nEverything that `#[rest_source]` and `cargo rest-source check` \
                    find wrong with a source description.\nMade by `cargo rest-source explain \
                    --all`, from the table that the compiler has.\n\n| code | | level |\n\
                    | --- | --- | --- |\n"
            .to_owned();
    for code in Code::ALL {
        let level = code.default_level().map_or("error", |level| level.name());
        let name = code.name();
        let _ = writeln!(text, "| [`{name}`](#{name}) | {} | {level} |", code.summary());
    }
    for code in Code::ALL {
        let _ = write!(text, "\n{}", page(*code, 2));
    }
    text
}

/// The page of a code in Markdown, with the diagnostics of its bad example.
pub(crate) fn page(code: Code, depth: usize) -> String {
    let mut text = format!("{} {code}\n\n{}\n", "#".repeat(depth), code.summary());
    let mut blocks = code.explanation().split("```yaml ");
    let _ = write!(text, "\n{}", blocks.next().unwrap_or_default());
    for block in blocks {
        let (kind, rest) = block.split_once('\n').unwrap_or((block, ""));
        let (yaml, after) = rest.split_once("```\n").unwrap_or((rest, ""));
        let intention = if kind == "bad" { "Wrong:" } else { "Right:" };
        let _ = write!(text, "{intention}\n\n```yaml\n{yaml}```\n");
        if kind == "bad" {
            text += &diagnosed(yaml);
        }
        text += after;
    }
    if let Some(level) = code.default_level() {
        let _ = write!(
            text,
            "\nThis is a lint, {} by default. Another level is chosen in the attribute,\n\
             `#[rest_source(\"payments.yaml\", allow({code}))]`, or on the command line,\n\
             `cargo rest-source check --allow {code}`; `warn` and `deny` likewise.\n",
            level.name()
        );
    }
    text
}

fn diagnosed(yaml: &str) -> String {
    let file = SourceFile::new("api.yaml", yaml);
    let diagnostics = check(&file, LintLevels::default());
    let rendered: String = diagnostics
        .iter()
        .map(|found| anstream::adapter::strip_str(&for_terminal(found, &file)).to_string())
        .collect();
    format!("\n```text\n{}\n```\n", rendered.trim_end())
}
