//! Tables and columns: names, creation, and what may be added to a table that exists.

use rest_source::plan::Column;
use rusqlite::{Connection, OptionalExtension};

use super::{index, known, store::failed, value::column_type};
use crate::{
    Error, ErrorKind, Shape, Table, TableShape, names,
    sql::{RESERVED, SEQUENCE, quote, required_column, staging::staging_name},
};

/// SQLite has no bound on names.
pub(super) const MAX_NAME: usize = usize::MAX;

/// Refuses names that SQLite does not take or cannot tell apart: it ignores the case of ASCII
/// letters, and of no others.
pub(super) fn check_names(tables: &[Table]) -> Result<(), Error> {
    names::check(tables, MAX_NAME, &[RESERVED, "sqlite_"], Some("SQLite ignores"))
}

/// How much of a shape the database has: how many columns of each of its first tables.
#[derive(Debug, Default)]
pub(super) struct Present(Vec<usize>);

/// Creates the tables of a shape, or adds the columns that they lack. Gives what is there then, and
/// whether the resource's own table was created.
pub(super) fn prepare(
    connection: &Connection,
    table: &Table,
    shape: &Shape,
) -> Result<(Present, bool), Error> {
    let created = !exists(connection, &shape.tables()[0].name)
        .map_err(failed("the table cannot be prepared"))?;
    let mut present = Present::default();
    present.extend(connection, table, shape, None)?;
    Ok((present, created))
}

impl Present {
    /// Whether there are any tables.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds what the database lacks of a shape, to the places where a load stages its rows too.
    pub(super) fn extend(
        &mut self,
        connection: &Connection,
        table: &Table,
        shape: &Shape,
        staging: Option<i64>,
    ) -> Result<(), Error> {
        let cannot = || failed("the table cannot be prepared");
        for (place, stored) in shape.tables().iter().enumerate() {
            // Of a resource without declared columns nothing is known before its first record.
            if stored.columns.is_empty() {
                break;
            }
            let present = self.0.get(place).copied();
            if present == Some(stored.columns.len()) {
                continue;
            }
            // Also where the table is known: a column that is declared no longer is there already.
            ensure(connection, table, stored, place)?;
            if let Some(load) = staging {
                let staging = staging_name(load, place);
                if exists(connection, &staging).map_err(cannot())? {
                    for column in &stored.columns[present.unwrap_or_default()..] {
                        add_column(connection, &staging, column).map_err(cannot())?;
                    }
                } else {
                    let create = create_staging_table(stored, &staging);
                    connection.execute_batch(&create).map_err(cannot())?;
                }
            }
            known::remember(connection, shape, place).map_err(cannot())?;
            index::settle(connection, table, shape, place)?;
            match self.0.get_mut(place) {
                Some(columns) => *columns = stored.columns.len(),
                None => self.0.push(stored.columns.len()),
            }
        }
        Ok(())
    }
}

/// Creates a table, or adds the columns that it lacks.
fn ensure(
    connection: &Connection,
    table: &Table,
    stored: &TableShape,
    place: usize,
) -> Result<(), Error> {
    let cannot = || failed("the table cannot be prepared");
    if !exists(connection, &stored.name).map_err(cannot())? {
        return connection.execute_batch(&create(table, stored, place)).map_err(cannot());
    }
    let existing = existing_columns(connection, &stored.name).map_err(cannot())?;
    for column in &stored.columns {
        let (name, wanted) = (&*column.name, column_type(column.data_type));
        match existing.iter().find(|column| column.name.eq_ignore_ascii_case(name)) {
            Some(column) if column.sql_type.eq_ignore_ascii_case(wanted) => {}
            Some(column) => {
                let message = format!(
                    "the table's column `{name}` is {}, and the source declares a type that is \
                     stored as {wanted}; columns are only ever added, so rename the old column or \
                     the table, or declare the old type",
                    column.sql_type,
                );
                return Err(Error::new(ErrorKind::Schema, message));
            }
            None => add_column(connection, &stored.name, column).map_err(cannot())?,
        }
    }
    match existing.iter().find(|column| column.required && stored.place(&column.name).is_none()) {
        Some(column) => Err(required_column(&column.name)),
        None => Ok(()),
    }
}

/// Without NOT NULL, because the rows that are there have no value for it.
fn add_column(connection: &Connection, table: &str, column: &Column) -> rusqlite::Result<()> {
    connection.execute_batch(&format!(
        "ALTER TABLE {} ADD COLUMN {} {}",
        quote(table),
        quote(&column.name),
        column_type(column.data_type),
    ))
}

/// Adds a column to one of the loader's own tables that an earlier release has made without it.
pub(super) fn add_missing(
    connection: &Connection,
    table: &str,
    column: &str,
    definition: &str,
) -> rusqlite::Result<()> {
    if existing_columns(connection, table)?.iter().any(|existing| existing.name == column) {
        return Ok(());
    }
    let table = quote(table);
    connection.execute_batch(&format!("ALTER TABLE {table} ADD COLUMN {column} {definition}"))
}

/// Creates the places where the rows of this load are staged, empty, and drops those of an earlier
/// load.
pub(super) fn create_staging(
    connection: &Connection,
    table: &Table,
    shape: &Shape,
    load: i64,
) -> rusqlite::Result<()> {
    drop_staging(connection, load)?;
    if table.is_staged() {
        for (place, stored) in shape.tables().iter().enumerate() {
            if stored.columns.is_empty() {
                break;
            }
            let create = create_staging_table(stored, &staging_name(load, place));
            connection.execute_batch(&create)?;
        }
    }
    Ok(())
}

/// Drops the places where the rows of this load were staged.
pub(super) fn drop_staging(connection: &Connection, load: i64) -> rusqlite::Result<()> {
    let mut statement = connection.prepare(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND (name = ?1 OR name GLOB ?1 || '_*')",
    )?;
    let names: Vec<String> = statement
        .query_map([staging_name(load, 0)], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    names
        .iter()
        .try_for_each(|name| connection.execute_batch(&format!("DROP TABLE {}", quote(name))))
}

/// Whether the place where this load stages its rows is there.
pub(super) fn has_staging(connection: &Connection, load: i64) -> rusqlite::Result<bool> {
    exists(connection, &staging_name(load, 0))
}

fn create(table: &Table, stored: &TableShape, place: usize) -> String {
    let lines: Vec<_> = stored
        .columns
        .iter()
        .map(|column| {
            let null = if table.is_required(place, column) { " NOT NULL" } else { "" };
            format!("{} {}{null}", quote(&column.name), column_type(column.data_type))
        })
        .collect();
    // STRICT, because a column of another table keeps a text that looks like a number as a number.
    format!("CREATE TABLE {} (\n  {}\n) STRICT", quote(&stored.name), lines.join(",\n  "))
}

fn create_staging_table(stored: &TableShape, name: &str) -> String {
    let columns: Vec<_> = stored
        .columns
        .iter()
        .map(|column| format!("{} {}", quote(&column.name), column_type(column.data_type)))
        .collect();
    format!(
        "CREATE TABLE {} ({SEQUENCE} INTEGER NOT NULL, {}) STRICT",
        quote(name),
        columns.join(", "),
    )
}

struct ExistingColumn {
    name: String,
    sql_type: String,
    /// Whether a row cannot be added without a value for it.
    required: bool,
}

fn existing_columns(connection: &Connection, table: &str) -> rusqlite::Result<Vec<ExistingColumn>> {
    connection
        .prepare(
            r#"SELECT name, type, "notnull" AND dflt_value IS NULL FROM pragma_table_info(?1)"#,
        )?
        .query_map([table], |row| {
            Ok(ExistingColumn { name: row.get(0)?, sql_type: row.get(1)?, required: row.get(2)? })
        })?
        .collect()
}

fn exists(connection: &Connection, table: &str) -> rusqlite::Result<bool> {
    let sql =
        "SELECT 1 FROM sqlite_schema WHERE type IN ('table', 'view') AND name = ?1 COLLATE NOCASE";
    let found = connection.query_row(sql, [table], |_| Ok(())).optional()?;
    Ok(found.is_some())
}
