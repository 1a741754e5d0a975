//! How far a fetch is, on standard error.

use std::{
    cell::{Cell, RefCell},
    collections::HashMap,
    io::{self, IsTerminal as _},
    time::Duration,
};

use indicatif::{HumanCount, MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::fetch::{Arrival, ResourceReport};

/// How far a fetch is: on a terminal, a line for each resource.
pub(super) struct Progress {
    display: MultiProgress,
    bars: RefCell<HashMap<String, ProgressBar>>,
    records: Cell<u64>,
}

impl Progress {
    pub(super) fn new(quiet: bool, resources: &[String]) -> Progress {
        // indicatif itself shows nothing where standard error is no terminal.
        let target =
            if quiet { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
        let display = MultiProgress::with_draw_target(target);
        let width = resources.iter().map(|name| name.chars().count()).max().unwrap_or(0);
        let template = format!("{{spinner}} {{prefix:<{width}}} {{human_pos:>12}} records {{msg}}");
        let bars = resources.iter().map(|name| {
            let bar = display.add(ProgressBar::no_length().with_prefix(name.clone()));
            if let Ok(style) = ProgressStyle::with_template(&template) {
                bar.set_style(style);
            }
            bar.enable_steady_tick(Duration::from_millis(100));
            (name.clone(), bar)
        });
        Progress { bars: RefCell::new(bars.collect()), display, records: Cell::new(0) }
    }

    /// Takes a page into account.
    pub(super) fn add(&self, arrival: &Arrival<'_>) {
        let records = arrival.page.records.len() as u64;
        self.records.set(self.records.get() + records);
        if let Some(bar) = self.bars.borrow().get(arrival.resource) {
            bar.inc(records);
            bar.set_message(format!("page {}", HumanCount(arrival.page.number)));
        }
    }

    /// Prints without the lines in between, where records go to the same terminal.
    pub(super) fn suspended<R>(&self, print: impl FnOnce() -> R) -> R {
        if io::stdout().is_terminal() { self.display.suspend(print) } else { print() }
    }

    /// What lines are shown on.
    pub(super) fn display(&self) -> MultiProgress {
        self.display.clone()
    }

    /// Takes the lines away.
    pub(super) fn clear(&self) {
        for (_, bar) in self.bars.borrow_mut().drain() {
            bar.finish_and_clear();
        }
        // That a terminal has gone is no failure of the fetch.
        let _ = self.display.clear();
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
        resource.name,
        counted(resource.records, "record"),
        counted(resource.pages, "page")
    );
    if resource.retries > 0 {
        let times = if resource.retries == 1 { "time" } else { "times" };
        line = format!("{line}, tried again {} {times}", HumanCount(resource.retries));
    }
    if resource.error.is_some() {
        line.push_str(" before it failed");
    }
    line
}

fn counted(number: u64, what: &str) -> String {
    format!("{} {what}{}", HumanCount(number), if number == 1 { "" } else { "s" })
}
