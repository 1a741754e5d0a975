//! A line for each mistake, as editors and people who count lines like it.

use std::io::{self, Write};

use rest_source_plan::printable::line;

use super::checked::Checked;
use super::finding::Finding;

pub(super) fn write(checked: &[Checked], out: &mut impl Write) -> io::Result<()> {
    for finding in Finding::all(checked) {
        let Finding { code, severity, file, .. } = finding;
        write!(out, "{}:", line(file))?;
        if let Some(label) = finding.labels.first() {
            write!(out, "{}:{}:", label.start.line, label.start.column)?;
        }
        writeln!(out, " {severity}[{code}]: {}", line(&finding.sentence()))?;
    }
    Ok(())
}
