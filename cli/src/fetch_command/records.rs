//! Records on standard output.

use std::io::{self, BufWriter, IsTerminal as _, Write};

use rest_source_plan::printable;

use crate::fetch::Arrival;

/// Records on standard output, a line for each.
pub(super) struct Records {
    out: BufWriter<io::Stdout>,
    /// Whether each says which resource it is of.
    named: bool,
    to_terminal: bool,
}

impl Records {
    pub(super) fn new(named: bool) -> Records {
        let to_terminal = io::stdout().is_terminal();
        Records { out: BufWriter::new(io::stdout()), named, to_terminal }
    }

    /// Prints a page. It has been handed over when this has ended, so that a checkpoint may say so.
    pub(super) fn write(&mut self, arrival: &Arrival<'_>) -> io::Result<()> {
        let resource = serde_json::to_string(arrival.resource)?;
        let resource = printable::json(&resource);
        for record in &arrival.page.records {
            // A pipe gets what the server sent, a terminal the same value without what it would obey.
            if self.named {
                write!(self.out, "{{\"resource\":{resource},\"record\":")?;
            }
            if self.to_terminal {
                write!(self.out, "{}", printable::json(&record.to_string()))?;
            } else {
                write!(self.out, "{record}")?;
            }
            writeln!(self.out, "{}", if self.named { "}" } else { "" })?;
        }
        self.out.flush()
    }
}
