//! Tables and columns: names, creation, and what may be added to a table that exists.

use rest_source::plan::Column;
use rusqlite::{Connection, OptionalExtension};

use super::{error::failed, index, known, name::MAX_NAME, number, rebuild, value::column_type};
use crate::{
    Error, ErrorKind, Shape, Table, TableShape, names,
    resume::{bring_back, warn_of_orphans},
    rows::is_kept_as,
    sql::{
        RESERVED, SEQUENCE, forget,
        index::{constraint, is_kept},
        orphans, quote, required_column,
        staging::{staging_name, staging_root},
    },
};

/// Refuses names that SQLite does not take or cannot tell apart: it ignores the case of ASCII
/// letters, and of no others.
pub(super) fn check_names(tables: &[Table]) -> Result<(), Error> {
    names::check(tables, MAX_NAME, &[RESERVED, "sqlite_"], Some("SQLite ignores"))
}

/// How much of a shape the database has: how many columns of each of its first tables.
#[derive(Debug, Default)]
pub(super) struct Present(Vec<usize>);

/// Creates the tables of a shape, or adds the columns that they lack. Gives what is there then, and
/// whether everything must be loaded: the resource's own table is new, or somebody has deleted that
/// of a list.
pub(super) fn prepare(
    connection: &Connection,
    table: &Table,
    shape: &Shape,
) -> Result<(Present, bool), Error> {
    let cannot = || failed("the table cannot be prepared");
    let created = !exists(connection, &shape.tables()[0].name).map_err(cannot())?;
    let deleted = if created { None } else { deleted(connection, shape).map_err(cannot())? };
    if let Some(list) = deleted {
        bring_back(table, shape, list, Some(&forget(list)))?;
    }
    if created {
        remove_orphans(connection, shape).map_err(cannot())?;
    }
    let mut present = Present::default();
    present.extend(connection, table, shape, None)?;
    Ok((present, created || deleted.is_some()))
}

/// Removes the rows of lists that belonged to the rows of a table which somebody has deleted, unless it
/// was only renamed.
fn remove_orphans(connection: &Connection, shape: &Shape) -> rusqlite::Result<()> {
    let lists = shape.tables()[1..].iter().map(|list| list.name.as_str());
    let lists = lists.map(|list| Ok((list, exists(connection, list)?)));
    let lists: Vec<_> = lists.collect::<rusqlite::Result<Vec<_>>>()?;
    for (list, _) in lists.iter().filter(|(_, exists)| *exists) {
        let sql = "SELECT t.name FROM sqlite_schema AS t, pragma_table_info(t.name) AS c
                   WHERE t.type = 'table' AND c.name = ?1 AND t.name NOT GLOB '_rest_source_*'";
        let mut owners = connection.prepare(sql)?;
        let owners: Vec<String> =
            owners.query_map([crate::ROW_ID], |row| row.get(0))?.collect::<Result<_, _>>()?;
        let owners = owners.into_iter().filter(|owner| !owner.eq_ignore_ascii_case(list));
        let removed = connection.execute(&orphans(list, owners), [])?;
        warn_of_orphans(shape, list, removed as u64);
    }
    Ok(())
}

/// The table of a list that somebody has deleted.
fn deleted<'s>(connection: &Connection, shape: &'s Shape) -> rusqlite::Result<Option<&'s str>> {
    for TableShape { name, .. } in &shape.tables()[1..] {
        if !exists(connection, name)? && known::has_table(connection, name)? {
            return Ok(Some(name));
        }
    }
    Ok(None)
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
            if self.0.get(place) == Some(&stored.columns.len()) {
                continue;
            }
            // Also where the table is known: a column that is declared no longer is there already.
            ensure(connection, table, shape, place)?;
            if let Some(load) = staging {
                stage(connection, shape, place, load).map_err(cannot())?;
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
    shape: &Shape,
    place: usize,
) -> Result<(), Error> {
    let stored = &shape.tables()[place];
    let cannot = || failed("the table cannot be prepared");
    if !exists(connection, &stored.name).map_err(cannot())? {
        return connection.execute_batch(&create(table, shape, place)).map_err(cannot());
    }
    if place == 0 {
        let made = index::made(connection, &stored.name).map_err(cannot())?;
        if made.is_own && !is_kept(table, shape, &made) {
            rebuild::without_key(connection, &stored.name).map_err(cannot())?;
        }
    }
    let existing = existing_columns(connection, &stored.name).map_err(cannot())?;
    let known = known::data_types(connection, &stored.name).map_err(cannot())?;
    for column in &stored.columns {
        let (name, wanted) = (&*column.name, column_type(column.data_type));
        match existing.iter().find(|column| column.is_called(name)) {
            Some(existing) if existing.sql_type.eq_ignore_ascii_case(wanted) => {
                let known = known.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
                let declared = known::data_type(column);
                if let Some((_, known)) = known.filter(|(_, known)| !is_kept_as(known, &declared)) {
                    let why = format!("holds {known}, and the source declares {declared}");
                    return Err(other_type(name, &why));
                }
            }
            Some(existing) => {
                let why = format!(
                    "is {}, and the source declares a type that is stored as {wanted}",
                    existing.sql_type,
                );
                return Err(other_type(name, &why));
            }
            None => add_column(connection, &stored.name, column).map_err(cannot())?,
        }
    }
    match existing.iter().find(|column| column.required && stored.place(&column.name).is_none()) {
        Some(column) => Err(required_column(&column.name)),
        None => Ok(()),
    }
}

fn other_type(column: &str, why: &str) -> Error {
    let message = format!(
        "the table's column `{column}` {why}; columns are only ever added, so rename the old column \
         or the table, or declare the old type"
    );
    Error::new(ErrorKind::Schema, message)
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

/// Adds a column to one of the loader's own tables that an earlier version has made without it.
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

/// Creates the places where the rows of this load are staged, or adds what they lack: what another
/// pipeline has added to the tables since.
pub(super) fn prepare_staging(
    connection: &Connection,
    table: &Table,
    shape: &Shape,
    load: i64,
) -> rusqlite::Result<()> {
    if table.is_staged() {
        for (place, stored) in shape.tables().iter().enumerate() {
            if stored.columns.is_empty() {
                break;
            }
            stage(connection, shape, place, load)?;
        }
    }
    Ok(())
}

/// Creates the place where rows of one table are staged, or adds the columns that it lacks.
fn stage(connection: &Connection, shape: &Shape, place: usize, load: i64) -> rusqlite::Result<()> {
    let (stored, name) = (&shape.tables()[place], staging_name(load, shape, place, MAX_NAME));
    if !exists(connection, &name)? {
        return connection.execute_batch(&create_staging_table(stored, &name));
    }
    let existing = existing_columns(connection, &name)?;
    let is_there = |column: &Column| existing.iter().any(|other| other.is_called(&column.name));
    let mut missing = stored.columns.iter().filter(|column| !is_there(column));
    missing.try_for_each(|column| add_column(connection, &name, column))
}

/// Drops the places where the rows of this load were staged.
pub(super) fn drop_staging(connection: &Connection, load: i64) -> rusqlite::Result<()> {
    let mut statement = connection.prepare(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND (name = ?1 OR name GLOB ?1 || '_*')",
    )?;
    let names: Vec<String> =
        statement.query_map([staging_root(load)], |row| row.get(0))?.collect::<Result<_, _>>()?;
    names
        .iter()
        .try_for_each(|name| connection.execute_batch(&format!("DROP TABLE {}", quote(name))))
}

/// Whether the place where this load stages its rows is there.
pub(super) fn has_staging(connection: &Connection, load: i64) -> rusqlite::Result<bool> {
    exists(connection, &staging_root(load))
}

fn create(table: &Table, shape: &Shape, place: usize) -> String {
    let stored = &shape.tables()[place];
    let keys = shape.stored(table.keys());
    let columns = stored.columns.iter().map(|column| {
        let null = if Table::is_required(place, column, &keys) { " NOT NULL" } else { "" };
        format!("{} {}{null}", quote(&column.name), column_type(column.data_type))
    });
    let key = (place == 0).then(|| constraint(table, shape, MAX_NAME)).flatten();
    let lines: Vec<_> = columns.chain(key).collect();
    // STRICT, because a column of another table keeps a text that looks like a number as a number.
    format!("CREATE TABLE {} (\n  {}\n) STRICT", quote(&stored.name), lines.join(",\n  "))
}

fn create_staging_table(stored: &TableShape, name: &str) -> String {
    let columns: Vec<_> = stored
        .columns
        .iter()
        .map(|column| {
            let (name, order) = (quote(&column.name), number::order_of(column));
            format!("{name} {}{order}", column_type(column.data_type))
        })
        .collect();
    format!(
        "CREATE TABLE {} ({SEQUENCE} INTEGER NOT NULL, {}) STRICT",
        quote(name),
        columns.join(", "),
    )
}

/// The names of a table's columns.
pub(super) fn columns(connection: &Connection, table: &str) -> rusqlite::Result<Vec<String>> {
    Ok(existing_columns(connection, table)?.into_iter().map(|column| column.name).collect())
}

struct ExistingColumn {
    name: String,
    sql_type: String,
    /// Whether a row cannot be added without a value for it.
    required: bool,
}

impl ExistingColumn {
    fn is_called(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }
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

/// Whether there is something that rows can be in, of this name.
pub(super) fn exists(connection: &Connection, table: &str) -> rusqlite::Result<bool> {
    let sql =
        "SELECT 1 FROM sqlite_schema WHERE type IN ('table', 'view') AND name = ?1 COLLATE NOCASE";
    let found = connection.query_row(sql, [table], |_| Ok(())).optional()?;
    Ok(found.is_some())
}
