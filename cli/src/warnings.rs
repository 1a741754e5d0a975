//! What the engine warns of while it fetches, on standard error.

use std::io::{self, Write};

use rest_source_load::TerminalDisplay;
use rest_source_plan::printable::lines;
use tracing::{Level, Metadata};
use tracing_subscriber::{
    Layer as _, filter::filter_fn, fmt::MakeWriter, layer::SubscriberExt as _,
};

use crate::block_on::is_over;

/// How much of an event is printed, in bytes.
const LONGEST: usize = 8 << 10;

/// The target of the events of a load.
const PROGRESS: &str = "rest_source_load::progress";

/// Shows warnings from now on, between the lines of progress.
pub(crate) fn show(progress: TerminalDisplay) {
    // The events of a load are in its report.
    show_if(progress, |event| *event.level() <= Level::WARN && event.target() != PROGRESS);
}

/// The same with what a load has done so far, for a log.
pub(crate) fn show_with_progress(progress: TerminalDisplay) {
    show_if(progress, |event| {
        if event.target() == PROGRESS {
            // The error is reported at the end, for all resources.
            event.is_span() || *event.level() == Level::INFO
        } else {
            event.is_span() || *event.level() <= Level::WARN
        }
    });
}

fn show_if(
    progress: TerminalDisplay,
    is_shown: impl Fn(&Metadata<'_>) -> bool + Send + Sync + 'static,
) {
    let lines = tracing_subscriber::fmt::layer()
        .with_writer(Lines(progress))
        .with_ansi(false)
        .with_target(false)
        .without_time();
    // A program that has its own sees them there.
    let _ = tracing::subscriber::set_global_default(
        tracing_subscriber::registry().with(lines.with_filter(filter_fn(is_shown))),
    );
}

struct Lines(TerminalDisplay);

struct Line<'a>(&'a TerminalDisplay);

impl<'a> MakeWriter<'a> for Lines {
    type Writer = Line<'a>;

    fn make_writer(&'a self) -> Line<'a> {
        Line(&self.0)
    }
}

impl Write for Line<'_> {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        if is_over() {
            return Ok(line.len());
        }
        // If the reader has gone, the command continues all the same.
        let _ = self.0.print(|| anstream::stderr().write_all(shown(line).as_bytes()));
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// An event as it is printed: what follows its first line is indented, so that no text of another's
/// looks like an event, and a text of megabytes is cut.
fn shown(event: &[u8]) -> String {
    let event = String::from_utf8_lossy(&event[..event.len().min(LONGEST)]);
    let cut = if event.len() < LONGEST { "" } else { "…" };
    format!("{}{cut}\n", lines(event.trim_end()).replace('\n', "\n  "))
}
