//! Commands that GitHub Actions shows as annotations of the changed lines.

use std::io::{self, Write};

use rest_source_plan::printable::{line, lines};

use super::checked::Checked;
use super::finding::Finding;

pub(super) fn write(checked: &[Checked], out: &mut impl Write) -> io::Result<()> {
    for finding in Finding::all(checked) {
        let Finding { code, severity, file, .. } = finding;
        write!(out, "::{severity} title={},file={}", property(code), property(&line(file)))?;
        if let Some(label) = finding.labels.first() {
            write!(out, ",line={},endLine={}", label.start.line, label.end.line)?;
            // Its last column is part of what it marks.
            let last = label.end.column.saturating_sub(1).max(label.start.column);
            write!(out, ",col={},endColumn={last}", label.start.column)?;
        }
        writeln!(out, "::{}", data(&lines(&finding.text())))?;
    }
    Ok(())
}

/// What would end the command, written as GitHub's own toolkit writes it.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
