//! Records on standard output.

use std::io::{self, BufWriter, Write};

use rest_source_plan::printable;

use rest_source_dynamic::Arrival;

use crate::{failure::Failure, output};

/// Records on standard output, a line for each.
pub(super) struct Records {
    out: BufWriter<io::Stdout>,
    /// Whether each says which resource it is of.
    named: bool,
}

impl Records {
    /// Where no record would arrive, nothing is fetched.
    pub(super) fn new(named: bool) -> Result<Records, Failure> {
        Ok(Records { out: BufWriter::new(output::standard()?), named })
    }

    /// Prints a page. It has been handed over when this has ended, so that a checkpoint may say so.
    pub(super) fn write(&mut self, arrival: &Arrival<'_>) -> io::Result<()> {
        let resource = serde_json::to_string(arrival.resource)?;
        let resource = printable::json(&resource);
        for record in &arrival.page.records {
            if self.named {
                write!(self.out, "{{\"resource\":{resource},\"record\":")?;
            }
            // What a terminal would obey is escaped for pipes, too: many end at one.
            self.out.write_all(printable::json(record.get()).as_bytes())?;
            writeln!(self.out, "{}", if self.named { "}" } else { "" })?;
        }
        self.out.flush()
    }
}
