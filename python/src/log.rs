//! What the engine warns of, as records of Python's `logging`.

use std::{
    collections::VecDeque,
    io::{self, Write},
    sync::{Mutex, Once, PoisonError},
};

use pyo3::prelude::*;
use tracing::Level;
use tracing_subscriber::{
    Layer as _, filter::filter_fn, fmt::MakeWriter, layer::SubscriberExt as _,
};

/// The target of the events of a load, which are in its report.
const PROGRESS: &str = "rest_source_load::progress";

/// How many warnings wait for a call of Python. Of more the last ones are kept.
const MOST: usize = 1_000;

static WAITING: Mutex<VecDeque<String>> = Mutex::new(VecDeque::new());
static BEGIN: Once = Once::new();

/// Collects warnings from now on.
pub(crate) fn begin() {
    BEGIN.call_once(|| {
        let lines = tracing_subscriber::fmt::layer()
            .with_writer(Lines)
            .with_ansi(false)
            .with_target(false)
            .with_level(false)
            .without_time();
        let is_shown =
            filter_fn(|event| *event.level() <= Level::WARN && event.target() != PROGRESS);
        let subscriber = tracing_subscriber::registry().with(lines.with_filter(is_shown));
        // A program that embeds Python may have its own.
        let _ = tracing::subscriber::set_global_default(subscriber);
    });
}

/// Hands what was collected to the logger `rest_source`.
pub(crate) fn flush(py: Python<'_>) -> PyResult<()> {
    let waiting: Vec<String> = {
        let mut waiting = WAITING.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.drain(..).collect()
    };
    if waiting.is_empty() {
        return Ok(());
    }
    let logger = py.import("logging")?.call_method1("getLogger", ("rest_source",))?;
    for text in waiting {
        logger.call_method1("warning", ("%s", text))?;
    }
    Ok(())
}

struct Lines;

impl MakeWriter<'_> for Lines {
    type Writer = Lines;

    fn make_writer(&self) -> Lines {
        Lines
    }
}

impl Write for Lines {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        let text = String::from_utf8_lossy(line).trim().to_owned();
        let mut waiting = WAITING.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting.len() == MOST {
            waiting.pop_front();
        }
        waiting.push_back(text);
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
