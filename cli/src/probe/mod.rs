//! `probe`: shows what an API has, beside what its description says.

mod fields;

use std::{
    fmt::Write as _,
    io::{self, Write as _},
    mem,
};

use clap::Args;
use indicatif::MultiProgress;
use rest_source::plan::{Paginator, ResourcePlan};

use self::fields::Fields;
use crate::{
    Outcome,
    block_on::block_on,
    failure::{self, Failure},
    fetch::Probed,
    request_arguments::{RequestArguments, tell_left_out},
    warnings,
};

/// Requests one page of each resource and shows what is in it, beside what the description says
///
/// What is printed is YAML to paste into the description: columns that are not declared with the
/// types of the values seen, and the data selector and paginator where the first response has shown
/// them. What else there is to know stands in comments.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  ACCESS_TOKEN=… cargo rest-source probe payments.yaml
  cargo rest-source probe shop.yaml order_lines --arg order_id=1042

One page shows what there is, not all that there can be: a column whose values are whole numbers on
it may have others elsewhere. Look at the API's documentation before you paste.

Exit status: 0 if every page came, 1 if one could not be had or the description has mistakes, 2 if
the arguments are wrong, a secret is missing or a file cannot be read.")]
pub(crate) struct Probe {
    #[command(flatten)]
    request: RequestArguments,
}

impl Probe {
    /// Probes and prints.
    pub(crate) fn run(self) -> Result<Outcome, Failure> {
        let fetch = self.request.fetch()?;
        tell_left_out(&fetch)?;
        warnings::show(MultiProgress::new());
        let mut outcome = Outcome::Success;
        let (mut heading, mut written) = ("resources:\n", Ok(()));
        block_on(fetch.probe(|one| {
            let text = mem::take(&mut heading).to_owned() + &advice(&one);
            written = mem::replace(&mut written, Ok(())).and_then(|()| write(&text));
            if let Err(error) = &one.page {
                outcome = Outcome::Mistakes;
                failure::error(&error.to_string(), None);
            }
        }))??;
        written?;
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
fn advice(probed: &Probed) -> String {
    let plan = &*probed.plan;
    let mut text = String::new();
    let asked = probed.request.as_ref().map(|request| {
        let status = request.status.map_or("no response".to_owned(), |s| format!("status {s}"));
        format!("{} {}, {status}", request.method, request.url)
    });
    let asked = asked.unwrap_or_else(|| "nothing was requested".to_owned());
    let _ = writeln!(text, "# {}: {asked}", plan.name);
    let page = match &probed.page {
        Ok(Some(page)) => page,
        Ok(None) => {
            let _ = writeln!(text, "#   its parent has no records to ask for");
            return text;
        }
        Err(_) => {
            let _ = writeln!(text, "#   it failed");
            return text;
        }
    };
    let found = &page.found_out;
    let selector = match (&plan.endpoint.data_selector, &found.data_selector) {
        (Some(selector), _) => format!("`{selector}`, as the description says"),
        (None, Some(found)) => format!("`{found}`, which was found out"),
        (None, None) => "no known place".to_owned(),
    };
    let count = page.records.len();
    let s = if count == 1 { "" } else { "s" };
    let _ = writeln!(text, "#   {count} record{s} at {selector}");
    let paginator = match (&found.paginator, &plan.endpoint.paginator) {
        (Some(found), _) => format!("{found}, which was found out"),
        (None, paginator) => format!("{}, as the description says", name(paginator)),
    };
    let which = match (&plan.parent, page.checkpoint.is_end()) {
        (Some(_), _) => "this is the page of one record of its parent",
        (None, true) => "this page is the last one",
        (None, false) => "this page is not the last one",
    };
    let _ = writeln!(text, "#   paginator {paginator}; {which}");
    let fields = Fields::of(&page.records);
    if fields.others > 0 {
        let _ = writeln!(text, "#   {} of them are no objects", fields.others);
    }
    let unseen = plan.columns.iter().filter(|column| !fields.has(&column.name));
    let unseen: Vec<&str> = unseen.map(|column| &*column.name).collect();
    if !unseen.is_empty() && count > 0 {
        let _ = writeln!(text, "#   declared and not seen: {}", unseen.join(", "));
    }
    let paste = paste(plan, &fields, found.data_selector.as_ref(), found.paginator.as_ref());
    if paste.is_empty() {
        let _ = writeln!(text, "#   the description says all that is there");
    } else {
        let _ = write!(text, "- name: {}\n{paste}", fields::yaml(&plan.name));
    }
    text
}

/// What the description does not say.
fn paste(
    plan: &ResourcePlan,
    fields: &Fields,
    data_selector: Option<&String>,
    paginator: Option<&String>,
) -> String {
    let mut text = String::new();
    let columns = fields.columns(|name| plan.columns.iter().all(|column| column.name != name));
    if !columns.is_empty() {
        let _ = write!(text, "  columns:\n{columns}");
    }
    if data_selector.is_some() || paginator.is_some() {
        let _ = writeln!(text, "  endpoint:");
    }
    if let Some(selector) = data_selector {
        let _ = writeln!(text, "    data_selector: {selector}");
    }
    if let Some(paginator) = paginator {
        let _ = writeln!(text, "    paginator: {paginator}");
    }
    text
}

/// The word for it in the file.
fn name(paginator: &Paginator) -> &'static str {
    match paginator {
        Paginator::Auto => "auto",
        Paginator::SinglePage => "single_page",
        Paginator::JsonLink { .. } => "json_link",
        Paginator::HeaderLink { .. } => "header_link",
        Paginator::HeaderCursor { .. } => "header_cursor",
        Paginator::Cursor { .. } => "cursor",
        Paginator::Offset { .. } => "offset",
        Paginator::PageNumber { .. } => "page_number",
    }
}
