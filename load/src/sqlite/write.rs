//! The statements that put rows into a table.

use std::fmt::Write as _;

use rest_source::plan::WriteDisposition;
use rusqlite::{Connection, Statement};

use super::{
    failed,
    schema::{columns_of, list, quote, staging},
    value,
};
use crate::{Batch, Error, Table};

/// What a load does for each record, and what at its end.
#[derive(Debug)]
pub(super) struct Statements {
    columns: usize,
    record: String,
    /// For loads that stage their rows: moves them into the table.
    end: String,
}

impl Statements {
    /// Those for a table whose load has this number in the state.
    pub(super) fn new(table: &Table, load: i64) -> Statements {
        let (record, end) = if is_staged(table) {
            let staging = staging(load);
            (insert(table, &staging), swap(table, &staging))
        } else {
            (insert(table, &quote(&table.name)), String::new())
        };
        Statements { columns: table.columns.len(), record, end }
    }

    /// Writes the records of a batch and, if it is the last one, what follows from it.
    pub(super) fn write(&self, connection: &Connection, batch: &Batch) -> Result<(), Error> {
        let mut statement =
            connection.prepare(&self.record).map_err(failed("rows cannot be written"))?;
        let mut text = Vec::new();
        for (index, record) in batch.records().enumerate() {
            self.write_record(&mut statement, record, &mut text)
                .map_err(|error| failed(batch.place(index))(error))?;
        }
        if batch.checkpoint.is_none() {
            let cannot = failed("the staged rows cannot be moved into the table");
            connection.execute_batch(&self.end).map_err(cannot)?;
        }
        Ok(())
    }

    fn write_record(
        &self,
        statement: &mut Statement<'_>,
        record: &dyn rest_source::Record,
        text: &mut Vec<u8>,
    ) -> rusqlite::Result<()> {
        for index in 0..self.columns {
            value::bind(statement, index + 1, record.field(index), text)?;
        }
        value::bind_extra(statement, self.columns + 1, record.extra())?;
        statement.raw_execute().map(drop)
    }
}

/// Whether the rows are gathered in a place of their own until the load is complete.
///
/// A `replace` is, so that nobody sees a table half old and half new. A `merge` with a merge key is,
/// because it removes every old row with that key, and which rows are old is certain only as long as
/// no new one is among them.
pub(super) fn is_staged(table: &Table) -> bool {
    match table.write_disposition {
        WriteDisposition::Append | WriteDisposition::Skip => false,
        WriteDisposition::Replace => true,
        WriteDisposition::Merge => !table.merge_key.is_empty(),
    }
}

/// Whether the last of several records with one primary key replaces those before.
pub(super) fn is_keyed(table: &Table) -> bool {
    table.write_disposition == WriteDisposition::Merge && !table.primary_key.is_empty()
}

/// Inserts one record into `target`, a quoted name.
fn insert(table: &Table, target: &str) -> String {
    let columns = columns_of(table);
    let mut sql = format!("INSERT INTO {target} ({}) VALUES (", list(&columns));
    for index in 1..=columns.len() {
        let separator = if index == 1 { "" } else { ", " };
        let _ = write!(sql, "{separator}?{index}");
    }
    sql.push(')');
    if is_keyed(table) {
        let _ = write!(sql, " ON CONFLICT ({}) DO UPDATE SET", list(&table.primary_key));
        let others =
            columns.iter().filter(|column| !table.primary_key.iter().any(|key| key == *column));
        for (index, column) in others.enumerate() {
            let separator = if index == 0 { "" } else { "," };
            let column = quote(column);
            let _ = write!(sql, "{separator} {column} = excluded.{column}");
        }
    }
    sql
}

/// Moves the rows of `staging`, a quoted name, into the table. The table itself stays, and with it
/// the indexes, views and triggers that somebody has put on it.
fn swap(table: &Table, staging: &str) -> String {
    let target = quote(&table.name);
    let columns = list(&columns_of(table));
    let staged = |key: &[String]| {
        let key = list(key);
        format!("({key}) IN (SELECT {key} FROM {staging})")
    };
    let old = match (table.write_disposition, table.primary_key.is_empty()) {
        (WriteDisposition::Merge, true) => format!(" WHERE {}", staged(&table.merge_key)),
        (WriteDisposition::Merge, false) => {
            format!(" WHERE {} OR {}", staged(&table.primary_key), staged(&table.merge_key))
        }
        _ => String::new(),
    };
    format!(
        "DELETE FROM {target}{old};
         INSERT INTO {target} ({columns}) SELECT {columns} FROM {staging};
         DROP TABLE {staging};"
    )
}
