//! Rows as CSV: RFC 4180, with the line ends of this system's tools.

use std::{
    borrow::Cow,
    io::{self, IsTerminal as _, Write},
};

use rest_source_plan::printable;
use rusqlite::{Error, Rows};

use super::{stopped::Stopped, value::Column};

/// Prints a header and the rows.
pub(super) fn print(
    rows: &mut Rows<'_>,
    columns: &[Column],
    out: &mut impl Write,
    wrong: impl Fn(Error) -> Stopped,
) -> Result<(), Stopped> {
    let is_seen = io::stdout().is_terminal();
    write_line(out, columns.iter().map(|column| Some(Cow::Borrowed(&*column.name))), is_seen)?;
    while let Some(row) = rows.next().map_err(&wrong)? {
        let mut fields = Vec::with_capacity(columns.len());
        for (place, column) in columns.iter().enumerate() {
            fields.push(column.text(row.get_ref(place).map_err(&wrong)?));
        }
        write_line(out, fields.into_iter(), is_seen)?;
    }
    Ok(())
}

fn write_line<'a>(
    out: &mut impl Write,
    fields: impl Iterator<Item = Option<Cow<'a, str>>>,
    is_seen: bool,
) -> io::Result<()> {
    for (place, field) in fields.enumerate() {
        if place > 0 {
            out.write_all(b",")?;
        }
        let Some(field) = field else { continue };
        // A file gets what is there; a terminal would obey it.
        let field = if is_seen { printable::lines(&field) } else { Cow::Borrowed(&*field) };
        if field.is_empty() || field.contains(['"', ',', '\n', '\r']) {
            write!(out, "\"{}\"", field.replace('"', "\"\""))?;
        } else {
            out.write_all(field.as_bytes())?;
        }
    }
    out.write_all(b"\n")
}
