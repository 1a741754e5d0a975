//! The columns and tables that loads have added to what the description declares, in a table that a
//! person can read. SQLite itself would not tell a date from a text.

use rest_source::plan::DataType;
use rusqlite::{Connection, params};

use crate::{Known, Shape};

pub(super) const CREATE: &str = "
CREATE TABLE IF NOT EXISTS _rest_source_columns (
  root TEXT NOT NULL, -- the table of the resource
  table_name TEXT NOT NULL,
  parent TEXT, -- of the table of a list: the table whose rows its own belong to
  column_name TEXT NOT NULL,
  data_type TEXT NOT NULL, -- as in the description
  PRIMARY KEY (table_name, column_name)
) STRICT";

/// What earlier runs have added to the tables of a resource.
pub(super) fn recall(connection: &Connection, shape: &Shape) -> rusqlite::Result<Vec<Known>> {
    let sql = "SELECT table_name, parent, column_name, data_type FROM _rest_source_columns
               WHERE root = ?1 ORDER BY rowid";
    let mut statement = connection.prepare(sql)?;
    let mut rows = statement.query([&shape.tables()[0].name])?;
    let mut known = Vec::new();
    while let Some(row) = rows.next()? {
        let data_type: String = row.get(3)?;
        // A word that is not known is a later release's.
        let Some(data_type) = DataType::named(&data_type) else { continue };
        let (table, parent): (String, Option<String>) = (row.get(0)?, row.get(1)?);
        known.push(Known::new(table, parent, row.get::<_, String>(2)?, data_type));
    }
    Ok(known)
}

/// Remembers what has been added to the table at this place of the shape.
pub(super) fn remember(
    connection: &Connection,
    shape: &Shape,
    place: usize,
) -> rusqlite::Result<()> {
    let mut statement = connection.prepare(
        "INSERT INTO _rest_source_columns (root, table_name, parent, column_name, data_type)
         VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING",
    )?;
    for Known { table, parent, column, data_type } in shape.known(place) {
        let root = &shape.tables()[0].name;
        statement.execute(params![root, table, parent, column, data_type.name()])?;
    }
    Ok(())
}
