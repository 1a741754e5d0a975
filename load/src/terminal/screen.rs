//! Where lines are drawn: below what was printed, each on a row of its own.

use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use console::{Term, truncate_str};
use indicatif::TermLike;

/// What indicatif takes for the width. No line is as long, so that it counts one row for each.
const WIDE: u16 = 2048;

/// How many columns are left free, for the `^C` that a terminal prints at the cursor. On a row of its
/// own it would move the lines by one, and one of them would not be cleared.
const FREE: usize = 3;

/// Standard error, on which lines are cut where the terminal ends: what continues in the next row is not
/// cleared by those who count lines, and the terminal may become narrower at any time.
#[derive(Debug)]
pub(super) struct Screen {
    terminal: Term,
    /// Whether another line begins on a new row.
    ended: AtomicBool,
    /// Whether nothing is drawn any more.
    closed: Arc<AtomicBool>,
}

impl Screen {
    pub(super) fn stderr(closed: Arc<AtomicBool>) -> Screen {
        Screen { terminal: Term::buffered_stderr(), ended: AtomicBool::new(false), closed }
    }

    fn draw(&self, draw: impl FnOnce(&Term) -> io::Result<()>) -> io::Result<()> {
        if self.closed.load(Ordering::Relaxed) { Ok(()) } else { draw(&self.terminal) }
    }

    fn columns(&self) -> usize {
        usize::from(self.terminal.size().1).saturating_sub(FREE).max(1)
    }
}

impl TermLike for Screen {
    fn width(&self) -> u16 {
        WIDE
    }

    fn height(&self) -> u16 {
        self.terminal.size().0
    }

    fn move_cursor_up(&self, lines: usize) -> io::Result<()> {
        self.draw(|terminal| terminal.move_cursor_up(lines))
    }

    fn move_cursor_down(&self, lines: usize) -> io::Result<()> {
        self.draw(|terminal| terminal.move_cursor_down(lines))
    }

    fn move_cursor_right(&self, columns: usize) -> io::Result<()> {
        self.draw(|terminal| terminal.move_cursor_right(columns))
    }

    fn move_cursor_left(&self, columns: usize) -> io::Result<()> {
        self.draw(|terminal| terminal.move_cursor_left(columns))
    }

    fn write_line(&self, text: &str) -> io::Result<()> {
        self.write_str(text)?;
        self.draw(|terminal| terminal.write_line(""))
    }

    /// A line, or the blanks behind it, by which indicatif comes to the next row.
    fn write_str(&self, text: &str) -> io::Result<()> {
        if !text.is_empty() && text.trim_matches(' ').is_empty() {
            self.ended.store(true, Ordering::Relaxed);
            return Ok(());
        }
        let is_next = self.ended.swap(false, Ordering::Relaxed);
        let text = truncate_str(text.trim_end_matches(' '), self.columns(), "…");
        self.draw(|terminal| {
            if is_next {
                terminal.write_line("")?;
            }
            // What was drawn there before may have been longer.
            terminal.clear_line()?;
            terminal.write_str(&text)
        })
    }

    fn clear_line(&self) -> io::Result<()> {
        self.draw(Term::clear_line)
    }

    fn flush(&self) -> io::Result<()> {
        self.ended.store(false, Ordering::Relaxed);
        self.draw(Term::flush)
    }
}
