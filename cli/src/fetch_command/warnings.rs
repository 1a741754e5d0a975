//! What the engine warns of while it fetches, on standard error.

use std::io::{self, Write};

use indicatif::MultiProgress;
use tracing_subscriber::{filter::LevelFilter, fmt::MakeWriter};

/// Shows warnings from now on, between the lines of progress.
pub(crate) fn show(progress: MultiProgress) {
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(LevelFilter::WARN)
        .with_writer(Lines(progress))
        .with_ansi(false)
        .with_target(false)
        .without_time()
        .finish();
    // A program that has its own sees them there.
    let _ = tracing::subscriber::set_global_default(subscriber);
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
