//! The columns that loads have made, in a table that a person can read. SQLite itself would not tell a
//! date from a text.

use std::borrow::Cow;

use rest_source::plan::{Column, DataType};
use rusqlite::{Connection, params};

use crate::{Known, Shape};

pub(super) const CREATE: &str = "
CREATE TABLE IF NOT EXISTS _rest_source_columns (
  root TEXT NOT NULL, -- the table of the resource
  table_name TEXT NOT NULL COLLATE NOCASE,
  parent TEXT, -- of the table of a list: the table whose rows its own belong to
  column_name TEXT NOT NULL COLLATE NOCASE,
  data_type TEXT NOT NULL, -- as in the description
  is_declared INTEGER NOT NULL, -- 0: it was added because a field of its name showed up
  PRIMARY KEY (table_name, column_name)
) STRICT";

/// What earlier runs have made of the tables of a resource.
pub(super) fn recall(connection: &Connection, shape: &Shape) -> rusqlite::Result<Vec<Known>> {
    let sql = "SELECT table_name, parent, column_name, data_type, is_declared
               FROM _rest_source_columns WHERE root = ?1 ORDER BY rowid";
    let mut statement = connection.prepare(sql)?;
    let mut rows = statement.query([&shape.tables()[0].name])?;
    let mut known = Vec::new();
    while let Some(row) = rows.next()? {
        let data_type: String = row.get(3)?;
        // A word that is not known is a later release's.
        let Some(data_type) = DataType::named(&data_type) else { continue };
        let (table, parent, column): (String, _, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        known.push(Known::new(table, parent, column, data_type).declared(row.get(4)?));
    }
    Ok(known)
}

/// Whether a load has ever made this table.
pub(super) fn has_table(connection: &Connection, table: &str) -> rusqlite::Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM _rest_source_columns WHERE table_name = ?1)";
    connection.query_row(sql, [table], |row| row.get(0))
}

/// What the values of a table's columns are, of those that loads have made: names and data types.
pub(super) fn data_types(
    connection: &Connection,
    table: &str,
) -> rusqlite::Result<Vec<(String, String)>> {
    let sql = "SELECT column_name, data_type FROM _rest_source_columns WHERE table_name = ?1";
    let mut statement = connection.prepare(sql)?;
    statement.query_map([table], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
}

/// What the values of a column are, as it is remembered.
pub(super) fn data_type(column: &Column) -> Cow<'static, str> {
    let name = column.data_type.name();
    if column.data_type == DataType::Timestamp && !column.timezone {
        return format!("{name} with `timezone: false`").into();
    }
    name.into()
}

/// Remembers the columns of the table at this place of the shape.
pub(super) fn remember(
    connection: &Connection,
    shape: &Shape,
    place: usize,
) -> rusqlite::Result<()> {
    let mut statement = connection.prepare(
        "INSERT INTO _rest_source_columns
           (root, table_name, parent, column_name, data_type, is_declared)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO UPDATE SET
           data_type = excluded.data_type, is_declared = excluded.is_declared",
    )?;
    let root = &shape.tables()[0].name;
    for (known, column) in shape.known(place).zip(&shape.tables()[place].columns) {
        let Known { table, parent, column: name, is_declared, .. } = known;
        statement.execute(params![root, table, parent, name, data_type(column), is_declared])?;
    }
    Ok(())
}
