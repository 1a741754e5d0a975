//! Progress on a terminal: one line for each resource.

mod screen;

use std::{
    collections::HashMap,
    fmt,
    io::{self, IsTerminal as _},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};

use console::truncate_str;
use indicatif::{
    HumanFloatCount, MultiProgress, ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle,
};

use rest_source::plan::printable::line;

use self::screen::Screen;
use crate::{Event, Outcome, Progress};

/// After how many seconds without a page or a commit a line says so. Nothing else on it shows that
/// requests are being sent again, because a page tells its retries when it has come.
const LONG: u64 = 5;

/// How many characters of a name are shown, so that the numbers behind it fit into 60 columns.
const NAME: usize = 24;

/// Shows a line for each resource on standard error, with its rows and rows per second, and how long
/// nothing has come of it.
///
/// Where standard error is not a terminal it shows nothing: every run tells the same by events of
/// `tracing`, for a subscriber of the program's choice. A program that prints while it loads uses a
/// [`TerminalDisplay`].
///
/// ```
/// use rest_source_load::{Pipeline, Sqlite, terminal_progress};
///
/// let pipeline = Pipeline::new("payments", Sqlite::at("payments.db"));
/// let pipeline = pipeline.on_progress(terminal_progress());
/// ```
pub fn terminal_progress() -> impl Fn(&Progress<'_>) + Send + Sync + 'static {
    TerminalDisplay::new().progress()
}

/// Lines at the end of standard error that show how far something is, and stay below what is printed.
///
/// A line is cut where the terminal ends, and nothing is shown where standard error is no terminal.
///
/// ```
/// use rest_source_load::{Pipeline, Sqlite, TerminalDisplay};
///
/// let display = TerminalDisplay::new();
/// let pipeline = Pipeline::new("payments", Sqlite::at("payments.db"));
/// let pipeline = pipeline.on_progress(display.progress());
/// // … while it runs:
/// display.print(|| eprintln!("a line above the progress"));
/// display.clear();
/// ```
#[derive(Debug, Clone)]
pub struct TerminalDisplay {
    lines: MultiProgress,
    /// Whether nothing is drawn any more.
    closed: Arc<AtomicBool>,
}

impl TerminalDisplay {
    /// A display on standard error.
    #[must_use]
    pub fn new() -> TerminalDisplay {
        if !io::stderr().is_terminal() {
            return TerminalDisplay::hidden();
        }
        let closed = Arc::default();
        let screen = Screen::stderr(Arc::clone(&closed));
        let target = ProgressDrawTarget::term_like(Box::new(screen));
        TerminalDisplay { closed, ..TerminalDisplay::on(target) }
    }

    /// A display that shows nothing.
    #[must_use]
    pub fn hidden() -> TerminalDisplay {
        TerminalDisplay::on(ProgressDrawTarget::hidden())
    }

    fn on(target: ProgressDrawTarget) -> TerminalDisplay {
        TerminalDisplay { lines: MultiProgress::with_draw_target(target), closed: Arc::default() }
    }

    /// Adds a line, which counts what `unit` names: `records`.
    #[must_use]
    pub fn line(&self, name: &str, unit: &'static str) -> TerminalLine {
        let line = TerminalLine::new(name, unit);
        self.lines.add(line.bar.clone());
        // Not before: until it is added, a bar draws on a terminal of its own.
        line.bar.enable_steady_tick(Duration::from_millis(100));
        line
    }

    /// Prints without the lines in between.
    pub fn print<R>(&self, print: impl FnOnce() -> R) -> R {
        self.lines.suspend(print)
    }

    /// Takes the lines away for good.
    pub fn clear(&self) {
        // While they are taken away, so that none is drawn again by its clock.
        self.lines.suspend(|| self.closed.store(true, Ordering::Relaxed));
    }

    /// What shows a line for each resource of a pipeline, for
    /// [`on_progress`](crate::Pipeline::on_progress).
    pub fn progress(&self) -> impl Fn(&Progress<'_>) + Send + Sync + use<> {
        let display = self.clone();
        let lines = Mutex::new(HashMap::<String, TerminalLine>::new());
        move |progress| {
            if display.lines.is_hidden() {
                return;
            }
            let mut lines = lines.lock().unwrap_or_else(PoisonError::into_inner);
            let resource = &progress.report.resource;
            let line =
                lines.entry(resource.clone()).or_insert_with(|| display.line(resource, "rows"));
            line.set(progress.fetched);
            if progress.event == Event::Ended {
                line.bar.finish_with_message(outcome(&progress.report.outcome));
                // A later run with the same display begins a line of its own.
                lines.remove(resource);
            }
        }
    }
}

impl Default for TerminalDisplay {
    fn default() -> TerminalDisplay {
        TerminalDisplay::new()
    }
}

/// A line of a [`TerminalDisplay`].
#[derive(Debug)]
pub struct TerminalLine {
    bar: ProgressBar,
    /// When something last happened, in seconds from the beginning of the line.
    told: Arc<AtomicU64>,
}

impl TerminalLine {
    fn new(name: &str, unit: &'static str) -> TerminalLine {
        let name = truncate_str(&line(name), NAME, "…").into_owned();
        let bar = ProgressBar::no_length().with_prefix(name);
        let told = Arc::<AtomicU64>::default();
        let template = format!(
            "{{spinner}} {{prefix:<16}} {{human_pos:>10}} {unit} {{speed:>9}} {{msg}}{{waiting}}"
        );
        if let Ok(style) = ProgressStyle::with_template(&template) {
            // indicatif's own `per_sec` has thirteen decimals.
            let speed = |state: &ProgressState, text: &mut dyn fmt::Write| {
                let _ = write!(text, "{}/s", HumanFloatCount(state.per_sec().round()));
            };
            let told = Arc::clone(&told);
            let waiting = move |state: &ProgressState, text: &mut dyn fmt::Write| {
                let told = told.load(Ordering::Relaxed);
                let seconds = state.elapsed().as_secs().saturating_sub(told);
                if seconds >= LONG && !state.is_finished() {
                    let _ = write!(text, " waiting {seconds} s");
                }
            };
            bar.set_style(style.with_key("speed", speed).with_key("waiting", waiting));
        }
        TerminalLine { bar, told }
    }

    /// Shows how many there are by now.
    pub fn set(&self, count: u64) {
        self.told.store(self.bar.elapsed().as_secs(), Ordering::Relaxed);
        self.bar.set_position(count);
    }

    /// Shows a text behind the number: `page 3`.
    pub fn note(&self, text: String) {
        self.bar.set_message(text);
    }
}

fn outcome(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Running => "",
        Outcome::Complete => "complete",
        // Why, the run's error tells at its end. It may be longer than a line.
        Outcome::Failed { .. } => "failed",
        Outcome::Stopped => "stopped",
    }
}

#[cfg(test)]
mod tests {
    use std::{io, sync::MutexGuard};

    use expect_test::expect;
    use indicatif::TermLike;

    use super::*;
    use crate::ResourceReport;

    const WIDTH: usize = 100;

    /// What is to be seen on a terminal. indicatif has one like it, but its feature would be
    /// compiled into every program of this workspace that shows progress.
    #[derive(Debug, Clone, Default)]
    struct Terminal(Arc<Mutex<Cells>>);

    #[derive(Debug, Default)]
    struct Cells {
        /// Line after line, without ends of lines.
        text: Vec<char>,
        cursor: usize,
    }

    impl Cells {
        /// Where the line begins in which the cursor is, or after whose last cell it waits.
        fn line(&self) -> usize {
            self.cursor.saturating_sub(1) / WIDTH * WIDTH
        }
    }

    impl Terminal {
        fn lines(&self) -> Vec<String> {
            let cells = self.cells();
            let lines = cells.text.chunks(WIDTH).map(String::from_iter);
            lines.map(|line| line.trim_end().to_owned()).collect()
        }

        fn cells(&self) -> MutexGuard<'_, Cells> {
            self.0.lock().unwrap()
        }
    }

    impl TermLike for Terminal {
        fn width(&self) -> u16 {
            WIDTH.try_into().unwrap()
        }
        fn move_cursor_up(&self, lines: usize) -> io::Result<()> {
            self.cells().cursor -= lines * WIDTH;
            Ok(())
        }
        fn move_cursor_down(&self, lines: usize) -> io::Result<()> {
            self.cells().cursor += lines * WIDTH;
            Ok(())
        }
        fn move_cursor_right(&self, cells: usize) -> io::Result<()> {
            self.cells().cursor += cells;
            Ok(())
        }
        fn move_cursor_left(&self, cells: usize) -> io::Result<()> {
            self.cells().cursor -= cells;
            Ok(())
        }
        fn write_line(&self, text: &str) -> io::Result<()> {
            self.write_str(text)?;
            let mut cells = self.cells();
            cells.cursor = cells.line() + WIDTH;
            Ok(())
        }
        fn write_str(&self, text: &str) -> io::Result<()> {
            let mut cells = self.cells();
            for character in text.chars() {
                let cursor = cells.cursor;
                if character == '\r' {
                    cells.cursor = cells.line();
                    continue;
                }
                let length = cells.text.len().max(cursor + 1);
                cells.text.resize(length, ' ');
                cells.text[cursor] = character;
                cells.cursor += 1;
            }
            Ok(())
        }
        fn clear_line(&self) -> io::Result<()> {
            self.write_str("\r")?;
            self.write_str(&" ".repeat(WIDTH))?;
            self.write_str("\r")
        }
        fn flush(&self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_line_shows_the_rows_and_the_outcome_of_each_resource() {
        let screen = Terminal::default();
        let target = ProgressDrawTarget::term_like(Box::new(screen.clone()));
        let show = TerminalDisplay::on(target).progress();
        let mut payments = ResourceReport::begin("payments");
        let mut refunds = ResourceReport::begin("refunds");
        payments.outcome = Outcome::Complete;
        refunds.outcome = Outcome::Failed { error: "page 2 broke\nmore".to_owned() };
        for (report, fetched) in [(&payments, 12_345), (&refunds, 7)] {
            show(&Progress { event: Event::Ended, report, fetched });
        }
        // How fast it was differs from run to run.
        let words = |line: &String| -> String {
            let words =
                line.split_whitespace().map(|word| if word.ends_with("/s") { "…/s" } else { word });
            words.collect::<Vec<_>>().join(" ")
        };
        let lines: Vec<String> = screen.lines().iter().map(words).collect();
        expect![[r"
            payments 12,345 rows …/s complete
            refunds 7 rows …/s failed"]]
        .assert_eq(&lines.join("\n"));
    }

    #[test]
    fn a_line_tells_how_long_nothing_has_happened() {
        let waiting = |since: u64, told: u64| {
            let screen = Terminal::default();
            let target = ProgressDrawTarget::term_like(Box::new(screen.clone()));
            let line = TerminalLine::new("payments", "rows");
            let bar = line.bar.with_elapsed(Duration::from_secs(since));
            line.told.store(told, Ordering::Relaxed);
            bar.set_draw_target(target);
            bar.tick();
            let shown = screen.lines().remove(0);
            bar.finish_with_message("complete");
            assert!(!screen.lines()[0].contains("waiting"), "it has ended");
            shown
        };
        // Only the first digits, because the machine may be slow.
        assert!(waiting(120, 0).contains("waiting 12"));
        assert!(waiting(240, 120).contains("waiting 12"));
        assert!(!waiting(120, 120).contains("waiting"));
    }
}
