//! Rows as a table for people: aligned, and on a terminal that is too narrow a line for each value.

use std::io::{self, Write};

use rest_source_plan::printable::line;
use rusqlite::{Error, Rows, types::ValueRef};
use terminal_size::{Width, terminal_size_of};
use unicode_width::UnicodeWidthStr as _;

use super::{stopped::Stopped, value::Column};
use crate::counted::counted;

/// What is between two columns.
const GAP: &str = "  ";

/// Prints a header and the rows, when all of them are there: their widths decide.
pub(super) fn print(
    rows: &mut Rows<'_>,
    columns: &[Column],
    out: &mut impl Write,
    wrong: impl Fn(Error) -> Stopped,
) -> Result<(), Stopped> {
    let names: Vec<String> = columns.iter().map(|column| line(&column.name).into_owned()).collect();
    let mut cells: Vec<Vec<String>> = Vec::new();
    let mut is_number = vec![true; columns.len()];
    while let Some(row) = rows.next().map_err(&wrong)? {
        let mut texts = Vec::with_capacity(columns.len());
        for (place, column) in columns.iter().enumerate() {
            let value = row.get_ref(place).map_err(&wrong)?;
            is_number[place] &=
                matches!(value, ValueRef::Null | ValueRef::Integer(_) | ValueRef::Real(_));
            let text = column.text(value).unwrap_or("NULL".into());
            texts.push(line(&text).into_owned());
        }
        cells.push(texts);
    }
    let width = |place: usize| {
        let texts = cells.iter().map(|row| row[place].width());
        texts.chain([names[place].width()]).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns.len()).map(width).collect();
    let whole = widths.iter().sum::<usize>() + GAP.len() * widths.len().saturating_sub(1);
    let is_too_narrow = terminal_size_of(io::stdout())
        .is_some_and(|(Width(available), _)| whole > usize::from(available));
    if is_too_narrow {
        one_by_one(out, &names, &cells)?;
    } else {
        aligned(out, &names, &widths, &is_number)?;
        for row in &cells {
            aligned(out, row, &widths, &is_number)?;
        }
    }
    if cells.is_empty() {
        writeln!(out, "({})", counted(0_u64, "row"))?;
    }
    Ok(())
}

fn aligned(
    out: &mut impl Write,
    row: &[String],
    widths: &[usize],
    is_number: &[bool],
) -> io::Result<()> {
    let mut text = String::new();
    for (place, cell) in row.iter().enumerate() {
        let padding = " ".repeat(widths[place] - cell.width());
        let gap = if place > 0 { GAP } else { "" };
        let parts = if is_number[place] { [gap, &padding, cell] } else { [gap, cell, &padding] };
        text.extend(parts);
    }
    writeln!(out, "{}", text.trim_end())
}

/// A line for each value of a row, below its number.
fn one_by_one(out: &mut impl Write, names: &[String], rows: &[Vec<String>]) -> io::Result<()> {
    let width = names.iter().map(|name| name.width()).max().unwrap_or(0);
    for (number, row) in rows.iter().enumerate() {
        writeln!(out, "row {}", number + 1)?;
        for (name, value) in names.iter().zip(row) {
            let padding = " ".repeat(width - name.width());
            writeln!(out, "  {name}{padding}{GAP}{value}")?;
        }
    }
    Ok(())
}
