//! One JSON list of everything that was found.

use std::io::{self, Write};

use super::finding::Finding;
use crate::description::Checked;

pub(super) fn write(checked: &[Checked], out: &mut impl Write) -> io::Result<()> {
    let findings: Vec<Finding<'_>> = Finding::all(checked).collect();
    serde_json::to_writer_pretty(&mut *out, &findings)?;
    writeln!(out)
}
