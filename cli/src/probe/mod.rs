//! `probe`: shows what an API has, beside what its description says.

mod declared;
mod fields;
mod paste;
mod write;

use std::{
    fmt::Write as _,
    io::{self, Write as _},
    mem,
};

use clap::Args;
use rest_source::{
    Detected,
    plan::{ResourcePlan, printable::line},
};
use rest_source_dynamic::{Paging, Probed};
use rest_source_load::TerminalDisplay;

use self::{fields::Fields, paste::Paste};
use crate::{
    block_on::block_on_until_interrupted,
    counted::counted,
    failure::{self, Failure, is_closed},
    outcome::Outcome,
    output,
    request_arguments::{RequestArguments, report_left_out},
    warnings,
};

/// Requests the first pages of each resource and compares them with the description
///
/// What is printed is YAML to paste into the description: columns that are not declared with the
/// types of the values seen, a primary key, and the data selector and paginator where the responses
/// have shown them. A paginator is printed only if it has fetched a second page. Further findings are
/// comments.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  ACCESS_TOKEN=… cargo rest-source probe payments.yaml
  cargo rest-source probe shop.yaml order_lines --arg order_id=1042
  cargo rest-source probe payments.yaml --write

Two pages are a sample: a column whose values are whole numbers there may have others elsewhere.
Compare with the API's documentation before you paste.

Exit status: 0 if every page was fetched and is paged as described, 1 if not, if the description has
mistakes or if `--write` could not write all of it, 2 if the arguments are wrong, a secret is missing or a file cannot be read,
130 on Ctrl-C.")]
pub(crate) struct Probe {
    #[command(flatten)]
    request: RequestArguments,
    /// Write the missing keys into the description, keeping comments and layout
    #[arg(long)]
    write: bool,
}

impl Probe {
    /// Probes and prints.
    pub(crate) fn run(self) -> Result<Outcome, Failure> {
        if self.write {
            write::check(&self.request)?;
        }
        let fetch = self.request.fetch()?;
        if !self.write {
            output::standard()?;
        }
        report_left_out(&fetch);
        warnings::show(TerminalDisplay::hidden());
        let mut outcome = Outcome::Success;
        let (mut heading, mut written) = ("resources:\n", Ok(()));
        let mut pastes = Vec::new();
        let tokens = fetch.token_file().cloned();
        let probe = fetch.probe(|one| {
            let (advice, paste) = advice(&one);
            let text = mem::take(&mut heading).to_owned() + &advice;
            written = mem::replace(&mut written, Ok(())).and_then(|()| write(&text));
            pastes.extend(paste);
            let error = match (&one.page, &one.paging) {
                (Err(error), _) | (_, Paging::Fails(error)) => Some(error.to_string()),
                (_, Paging::Contradicted(what)) => Some(contradicted(&one.plan, what)),
                (_, Paging::Refuted(_, what)) => Some(format!("{}: {what}", one.plan.name)),
                (_, Paging::Repeats) => Some(format!("{}: {REPEATS}", one.plan.name)),
                _ => None,
            };
            if let Some(error) = error {
                outcome = Outcome::Mistakes;
                failure::error(&error, None);
            }
        });
        let probed = block_on_until_interrupted(tokens.as_ref(), probe)?;
        let Some(probed) = probed else { return Ok(Outcome::Stopped) };
        probed?;
        match written {
            // The reader has closed the output; a failure stays a failure.
            Err(error) if is_closed(&error) => {}
            written => written?,
        }
        if self.write && !write::write(&self.request, &pastes)? {
            outcome = Outcome::Mistakes;
        }
        Ok(outcome)
    }
}

/// Prints at once: the next resource may take its time.
fn write(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()
}

/// What to paste for a resource, with comments.
fn advice(probed: &Probed) -> (String, Option<Paste>) {
    let plan = &*probed.plan;
    let mut text = String::new();
    let asked = probed.request.as_ref().map(|request| {
        let status = request.status.map_or("no response".to_owned(), |s| format!("status {s}"));
        format!("{} {}, {status}", request.method, request.url)
    });
    let asked = asked.unwrap_or_else(|| "nothing was requested".to_owned());
    let _ = writeln!(text, "# {}", line(&format!("{}: {asked}", plan.name)));
    let page = match &probed.page {
        Ok(Some(page)) => page,
        Ok(None) => {
            let _ = writeln!(text, "#   its parent has no records to ask for");
            return (text, None);
        }
        Err(_) => {
            let _ = writeln!(text, "#   it failed");
            return (text, None);
        }
    };
    let found = &page.detected;
    let selector = match (&plan.endpoint.data_selector, &found.data_selector) {
        _ if probed.response_format.is_some() => {
            let format = probed.response_format.unwrap_or_default();
            format!("the `{format}` body, which was detected")
        }
        (Some(selector), _) => format!("`{selector}`, as the description says"),
        (None, Some(found)) => format!("`{found}`, which was detected"),
        (None, None) => "no known place".to_owned(),
    };
    let count = page.records.len();
    let _ = writeln!(text, "#   {} at {}", counted(count, "record"), line(&selector));
    let _ = writeln!(text, "#   {}", line(&paging(plan, found, &probed.paging)));
    // What the second page shows of the fields counts as well.
    let second = match &probed.paging {
        Paging::Continues(second) | Paging::Refuted(second, _) => &second.records[..],
        _ => &[],
    };
    let fields = Fields::of(page.records.iter().chain(second));
    if fields.others > 0 {
        let _ = writeln!(text, "#   {} of them are no objects", fields.others);
    }
    if count > 0 && page.records.iter().all(|record| record.get().starts_with('[')) {
        let _ = writeln!(
            text,
            "#   they are lists: `record_columns_path` says where the response names their values, \
             `record_columns` names them"
        );
    }
    let unseen = plan.columns.iter().filter(|column| !fields.has(&column.name));
    let unseen: Vec<&str> = unseen.map(|column| &*column.name).collect();
    if !unseen.is_empty() && count + second.len() > 0 {
        let _ = writeln!(text, "#   declared and not seen: {}", line(&unseen.join(", ")));
    }
    let mut paste = Paste::of(plan, &fields, found, &probed.paging);
    paste.response_format = probed.response_format;
    text += &paste.comments();
    if paste.is_empty() {
        let _ = writeln!(text, "#   there is nothing to add to the description");
        return (text, None);
    }
    text += &paste.block();
    (text, Some(paste))
}

/// How it is paged, and whether the description is right about it.
fn paging(plan: &ResourcePlan, found: &Detected, paging: &Paging) -> String {
    let declared = plan.endpoint.paginator.name();
    let paginator = match &found.paginator {
        Some(found) if found == "single_page" => "no sign of a next page".to_owned(),
        Some(found) => format!("paginator {found}, which was detected"),
        None if declared == "auto" => "the paginator is not known".to_owned(),
        None => format!("paginator {declared}, as the description says"),
    };
    let of_parent = if plan.parent.is_some() { " of one record of its parent" } else { "" };
    match paging {
        Paging::Continues(second) => {
            let count = counted(second.records.len(), "record");
            format!("{paginator}; the second page{of_parent} has {count}")
        }
        Paging::Ends => format!("{paginator}; this page{of_parent} is the last one"),
        Paging::Contradicted(what) => {
            format!("`{declared}` ends at this page, but {}", one_line(what))
        }
        Paging::Refuted(_, what) => format!("{paginator}, is contradicted: {}", one_line(what)),
        Paging::Repeats => {
            let paginator = found.paginator.as_deref().unwrap_or(declared);
            format!("paginator {paginator} is contradicted: {REPEATS}")
        }
        Paging::Fails(error) => format!("{paginator}: {}", one_line(&error.to_string())),
        _ => paginator,
    }
}

/// What is wrong where the second page is the first one.
const REPEATS: &str = "the second page has the same records as the first, so that the server ignores what \
                       requests the next page: look up the parameter's name in the API's documentation";

fn contradicted(plan: &ResourcePlan, what: &str) -> String {
    let declared = plan.endpoint.paginator.name();
    format!("{}: `{declared}` ends at the first page, but {what}", plan.name)
}

/// On one line, for a comment.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
