//! One JSON list of everything that was found.

use std::io::{self, Write};

use rest_source_plan::printable;

use super::checked::Checked;
use super::finding::Finding;

pub(super) fn write(checked: &[Checked], out: &mut impl Write) -> io::Result<()> {
    let findings: Vec<Finding<'_>> = Finding::all(checked).collect();
    writeln!(out, "{}", printable::json(&serde_json::to_string_pretty(&findings)?))
}
