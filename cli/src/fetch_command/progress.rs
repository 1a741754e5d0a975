//! How far a fetch is, on standard error.

use std::{
    cell::Cell,
    collections::HashMap,
    io::{self, IsTerminal as _},
};

use indicatif::HumanCount;
use rest_source_load::{TerminalDisplay, TerminalLine};
use rest_source_plan::printable;

use rest_source_dynamic::{Arrival, ResourceReport};

use crate::counted::counted;

/// How far a fetch is: on a terminal, a line for each resource.
pub(super) struct Progress {
    display: TerminalDisplay,
    lines: HashMap<String, Line>,
    records: Cell<u64>,
}

struct Line {
    shown: TerminalLine,
    records: Cell<u64>,
}

impl Progress {
    pub(super) fn new(display: TerminalDisplay, resources: &[String]) -> Progress {
        let line = |name: &String| {
            let line = Line { shown: display.line(name, "records"), records: Cell::new(0) };
            (name.clone(), line)
        };
        let lines = resources.iter().map(line).collect();
        Progress { display, lines, records: Cell::new(0) }
    }

    /// Takes a page into account.
    pub(super) fn add(&self, arrival: &Arrival<'_>) {
        let records = arrival.page.records.len() as u64;
        self.records.set(self.records.get() + records);
        if let Some(line) = self.lines.get(arrival.resource) {
            line.records.set(line.records.get() + records);
            line.shown.set(line.records.get());
            line.shown.note(format!("page {}", HumanCount(arrival.page.number)));
        }
    }

    /// Prints without the lines in between, where records go to the same terminal.
    pub(super) fn suspended<R>(&self, print: impl FnOnce() -> R) -> R {
        if io::stdout().is_terminal() { self.display.print(print) } else { print() }
    }

    /// `1,000 records`
    pub(super) fn total(&self) -> String {
        counted(self.records.get(), "record")
    }
}

/// `payments: 1,000 records on 2 pages`
pub(super) fn line(resource: &ResourceReport) -> String {
    let mut line = format!(
        "{}: {} on {}",
        printable::line(&resource.name),
        counted(resource.records, "record"),
        counted(resource.pages, "page")
    );
    if resource.retries > 0 {
        line = format!("{line}, retried {}", counted(resource.retries, "time"));
    }
    if resource.error.is_some() {
        line.push_str(" before it failed");
    }
    line
}
