//! Tables and columns: names, creation, and what may be added to a table that exists.

use std::collections::HashMap;

use rest_source::plan::WriteDisposition;
use rusqlite::{Connection, OptionalExtension};

use super::{
    failed, key,
    value::column_type,
    write::{is_keyed, is_staged},
};
use crate::{Error, ErrorKind, Table};

/// The column of the fields that the source does not declare.
pub(super) const EXTRA: &str = "_extra";

/// Tables and indexes that belong to the loader begin with this.
pub(super) const RESERVED: &str = "_rest_source_";

/// Refuses names that SQLite does not take or cannot tell apart: it ignores the case of ASCII
/// letters, and of no others.
pub(super) fn check_names(tables: &[Table]) -> Result<(), Error> {
    distinct(tables.iter().map(|table| table.name.as_str()), |first, second| {
        let message = format!(
            "the resources `{first}` and `{second}` would be one table, because SQLite ignores \
             upper and lower case; give one of them another `name`"
        );
        Error::new(ErrorKind::Schema, message)
    })?;
    for table in tables {
        let folded = table.name.to_ascii_lowercase();
        if folded.starts_with(RESERVED) || folded.starts_with("sqlite_") {
            return Err(table.schema(
                "names that begin with `_rest_source_` or `sqlite_` are reserved; give the \
                 resource another `name`",
            ));
        }
        let columns = columns_of(table);
        distinct(columns.iter().copied(), |first, second| {
            table.schema(&if second == EXTRA {
                format!(
                    "the column name `{first}` is reserved for the fields that are not declared"
                )
            } else {
                format!(
                    "the columns `{first}` and `{second}` would be one, because SQLite ignores \
                     upper and lower case"
                )
            })
        })?;
        if columns.iter().chain([&table.name.as_str()]).any(|name| name.contains('\0')) {
            return Err(table.schema("a name with a zero byte cannot be stored"));
        }
    }
    Ok(())
}

fn distinct<'a>(
    names: impl Iterator<Item = &'a str>,
    error: impl Fn(&str, &str) -> Error,
) -> Result<(), Error> {
    let mut seen = HashMap::new();
    for name in names {
        if let Some(first) = seen.insert(name.to_ascii_lowercase(), name) {
            return Err(error(first, name));
        }
    }
    Ok(())
}

/// Creates the table, or adds the columns that it lacks. Gives whether it was created.
pub(super) fn prepare(connection: &Connection, table: &Table) -> Result<bool, Error> {
    let cannot = || failed("the table cannot be prepared");
    if !exists(connection, &table.name).map_err(cannot())? {
        connection.execute_batch(&create(table, &quote(&table.name), &[])).map_err(cannot())?;
        key::settle(connection, table)?;
        return Ok(true);
    }

    let existing = existing_columns(connection, &table.name).map_err(cannot())?;
    let declared =
        table.columns.iter().map(|column| (&*column.name, column_type(column.data_type)));
    for (name, wanted) in declared.chain([(EXTRA, "TEXT")]) {
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
            // Without NOT NULL, because the rows that are there have no value for it.
            None => connection
                .execute_batch(&format!(
                    "ALTER TABLE {} ADD COLUMN {} {wanted}",
                    quote(&table.name),
                    quote(name)
                ))
                .map_err(cannot())?,
        }
    }
    let declared = columns_of(table);
    let is_declared = |name: &str| declared.iter().any(|one| one.eq_ignore_ascii_case(name));
    match existing.iter().find(|column| column.required && !is_declared(&column.name)) {
        Some(ExistingColumn { name, .. }) => {
            let message = format!(
                "the table's column `{name}` must have a value, and the source does not declare \
                 it any more; declare it again, or rename the table so that a new one is created"
            );
            Err(Error::new(ErrorKind::Schema, message))
        }
        None => key::settle(connection, table).map(|()| false),
    }
}

/// Creates the place where the rows of this load are staged, empty.
pub(super) fn create_staging(
    connection: &Connection,
    table: &Table,
    load: i64,
) -> rusqlite::Result<()> {
    let name = staging(load);
    connection.execute_batch(&format!("DROP TABLE IF EXISTS {name}"))?;
    if is_staged(table) {
        let key = if is_keyed(table) { &table.primary_key[..] } else { &[] };
        connection.execute_batch(&create(table, &name, key))?;
    }
    Ok(())
}

/// Whether the place where this load stages its rows is there.
pub(super) fn has_staging(connection: &Connection, load: i64) -> rusqlite::Result<bool> {
    exists(connection, &staging_name(load))
}

/// The quoted name of the place where a load stages its rows.
pub(super) fn staging(load: i64) -> String {
    quote(&staging_name(load))
}

/// The columns that a row has.
pub(super) fn columns_of(table: &Table) -> Vec<&str> {
    table.columns.iter().map(|column| &*column.name).chain([EXTRA]).collect()
}

/// Quoted names with commas between.
pub(super) fn list(names: &[impl AsRef<str>]) -> String {
    names.iter().map(|name| quote(name.as_ref())).collect::<Vec<_>>().join(", ")
}

/// A name as SQL writes it, whatever is in it.
pub(super) fn quote(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

fn staging_name(load: i64) -> String {
    format!("{RESERVED}staging_{load}")
}

fn create(table: &Table, name: &str, primary_key: &[String]) -> String {
    // Every record is looked at whether its key has values, and a column that is a key no longer
    // need not have any.
    let is_key = |name: &str| {
        table.write_disposition == WriteDisposition::Merge
            && table.primary_key.iter().chain(&table.merge_key).any(|key| key == name)
    };
    let mut lines = Vec::new();
    for column in &table.columns {
        let null = if column.nullable || is_key(&column.name) { "" } else { " NOT NULL" };
        lines.push(format!("{} {}{null}", quote(&column.name), column_type(column.data_type)));
    }
    lines.push(format!("{} TEXT", quote(EXTRA)));
    if !primary_key.is_empty() {
        lines.push(format!("PRIMARY KEY ({})", list(primary_key)));
    }
    // STRICT, because a column of another table keeps a text that looks like a number as a number.
    format!("CREATE TABLE {name} (\n  {}\n) STRICT", lines.join(",\n  "))
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
