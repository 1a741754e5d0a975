//! `explain`: what a diagnostic code means and how to fix it, and what the keys of the language mean.

mod language;

use std::{fmt::Write as _, io::Write as _};

use clap::Args;
use rest_source_codegen::{
    Code, LintLevels, SourceFile, check, closest, for_terminal,
    reference::{Topic, topics},
};

use crate::{failure::Failure, outcome::Outcome, output, program};

/// Explains a diagnostic code, or a key of the language, with examples
///
/// Without a name it lists all codes, lints and blocks of the language.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  cargo rest-source explain                    # all codes and blocks
  cargo rest-source explain unknown_key        # the code in error[unknown_key]
  cargo rest-source explain limit              # a key, in each block that has it
  cargo rest-source explain paginator.limit    # in one of them
  cargo rest-source explain incremental        # a block, with all of its keys
  cargo rest-source explain cursor             # a `type`")]
pub(crate) struct Explain {
    /// The code in brackets after `error` or `warning`, or a key, block or `type` of the language
    name: Option<String>,
    /// Print the pages of all codes, as one document in Markdown
    #[arg(long, conflicts_with = "name")]
    all: bool,
    /// Print the list of all blocks and their keys, in Markdown
    #[arg(long, conflicts_with_all = ["name", "all"])]
    blocks: bool,
}

impl Explain {
    /// Prints the page, or the list.
    pub(crate) fn run(self) -> Result<Outcome, Failure> {
        let text = match self.name {
            Some(name) => explained(&name)?,
            None if self.all => document(),
            None if self.blocks => language::index(&topics()),
            None => list(),
        };
        output::standard()?.write_all(text.as_bytes())?;
        Ok(Outcome::Success)
    }
}

fn explained(name: &str) -> Result<String, Failure> {
    // Also as it was copied: `[unknown_key]`, `error[unknown_key]`.
    let name = name.trim_end_matches(']').rsplit('[').next().unwrap_or(name);
    if let Some(code) = Code::from_name(name) {
        return Ok(page(code, 1));
    }
    let topics = topics();
    language::explained(name, &topics).ok_or_else(|| {
        let codes = Code::ALL.iter().map(|code| code.name());
        let names: Vec<&str> = codes.chain(language::names(&topics)).collect();
        let help = match closest(name, names.iter().copied()) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => format!("`{} explain` lists all codes and blocks", program::name()),
        };
        Failure::user(format!("there is no code, key or block `{name}`"), help)
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
    text.push_str("\nBlocks of the language:\n");
    for Topic { name, doc, .. } in topics() {
        let _ = writeln!(text, "  {name:width$}  {doc}");
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
