//! Every line that is logged, by whichever test.

use std::{
    io::{self, Write},
    sync::{Arc, Mutex, OnceLock},
    thread,
};

/// Every line that is logged, in a buffer.
#[derive(Clone, Default)]
pub(crate) struct Log {
    lines: Arc<Mutex<Vec<u8>>>,
    /// Where those of this test begin.
    begin: usize,
}

impl Log {
    /// Begins to log, if that has not begun. There is one for all tests, as one for a thread would
    /// miss what the threads of other tests have found uninteresting.
    pub(crate) fn of_all() -> Log {
        static LOG: OnceLock<Log> = OnceLock::new();
        let begin = || {
            let log = Log::default();
            let writer = log.clone();
            tracing_subscriber::fmt()
                .with_max_level(tracing::Level::TRACE)
                .with_writer(move || writer.clone())
                .with_ansi(false)
                .with_thread_names(true)
                .init();
            log
        };
        let log = LOG.get_or_init(begin);
        let begin = log.lines.lock().unwrap().len();
        Log { begin, ..log.clone() }
    }

    /// What has been logged.
    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.lines.lock().unwrap().clone()).unwrap()
    }

    /// The warnings of this test, a line for each: what its thread has logged.
    pub(crate) fn warnings(&self) -> String {
        let text = self.text();
        let thread = thread::current();
        let mut warnings = String::new();
        for line in text[self.begin..].lines() {
            let Some((_, line)) = line.split_once(" WARN ") else { continue };
            let Some(line) = line.trim_start().strip_prefix(thread.name().unwrap()) else {
                continue;
            };
            let Some((_, target)) = line.split_once(" rest_source::") else { continue };
            let Some((_, message)) = target.split_once(": ") else { continue };
            warnings.extend([message, "\n"]);
        }
        warnings
    }
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.lines.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
