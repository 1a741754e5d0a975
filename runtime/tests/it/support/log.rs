//! Every line that is logged, by whichever test.

use std::{
    io::{self, Write},
    sync::{Arc, Mutex, OnceLock},
};

/// Every line that is logged, in a buffer.
#[derive(Clone, Default)]
pub(crate) struct Log(Arc<Mutex<Vec<u8>>>);

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
                .init();
            log
        };
        LOG.get_or_init(begin).clone()
    }

    /// What has been logged.
    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
