//! What the engine warns of while it fetches, on standard error.

use std::io::{self, Write};

use indicatif::MultiProgress;
use tracing_subscriber::{
    Layer as _,
    filter::{LevelFilter, Targets},
    fmt::MakeWriter,
    layer::SubscriberExt as _,
};

/// Shows warnings from now on, between the lines of progress.
pub(crate) fn show(progress: MultiProgress) {
    let lines = tracing_subscriber::fmt::layer()
        .with_writer(Lines(progress))
        .with_ansi(false)
        .with_target(false)
        .without_time();
    // What becomes of a load is in its report.
    let told = Targets::new()
        .with_default(LevelFilter::WARN)
        .with_target("rest_source_load::progress", LevelFilter::OFF);
    // A program that has its own sees them there.
    let _ = tracing::subscriber::set_global_default(
        tracing_subscriber::registry().with(lines.with_filter(told)),
    );
}

struct Lines(MultiProgress);

struct Line<'a>(&'a MultiProgress);

impl<'a> MakeWriter<'a> for Lines {
    type Writer = Line<'a>;

    fn make_writer(&'a self) -> Line<'a> {
        Line(&self.0)
    }
}

impl Write for Line<'_> {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        self.0.suspend(|| anstream::stderr().write_all(line))?;
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
