//! The rows of a statement, and how they are printed.

mod csv;
mod json;
mod stopped;
mod table;
mod value;

use std::{
    collections::HashMap,
    io::{BufWriter, Write as _},
};

use clap::ValueEnum;
use rest_source::plan::DataType;
use rusqlite::{Connection, Error, Statement};

pub(super) use self::stopped::Stopped;
use self::value::Column;
use super::{
    catalog::Declared,
    decimal,
    mistake::{self, Columns},
    statement::{authorize, configure, quoted},
};
use crate::{failure::Failure, output};

/// How rows are printed.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum Format {
    /// Aligned columns; on a terminal that is too narrow for them, a line for each value
    Table,
    /// A line of JSON for each row
    Json,
    /// RFC 4180 with a header and `\n` behind each line; NULL is an empty field, and an empty text is quoted
    Csv,
}

/// Prints the rows of a statement that reads these tables.
pub(super) fn print(
    connection: Connection,
    sql: &str,
    format: Format,
    tables: &[Declared],
) -> Result<(), Stopped> {
    let cannot = |error: Error| Stopped::Failed(mistake::of(&error, sql, &[]));
    let types = types(&connection).map_err(cannot)?;
    decimal::define(&connection).map_err(cannot)?;
    let tables = stored(&connection, tables, &types).map_err(cannot)?;
    configure(&connection)?;
    let mut connection = connection;
    connection
        .authorizer(Some(|context: rusqlite::hooks::AuthContext<'_>| authorize(&context)))
        .map_err(cannot)?;

    let wrong = |error: Error| Stopped::Failed(mistake::of(&error, sql, &tables));
    let mut statement = connection.prepare(sql).map_err(wrong)?;
    if statement.parameter_count() > 0 {
        let help = "write the values themselves, a text in single quotes";
        return Err(Failure::user("the statement has parameters, which have no value", help).into());
    }
    let columns = columns(&statement, &types);
    let mut out = BufWriter::new(output::standard()?);
    let mut rows = statement.query([]).map_err(wrong)?;
    match format {
        Format::Table => table::print(&mut rows, &columns, &mut out, wrong)?,
        Format::Json => json::print(&mut rows, &columns, &mut out, wrong)?,
        Format::Csv => csv::print(&mut rows, &columns, &mut out, wrong)?,
    }
    Ok(out.flush()?)
}

/// The data types of columns, by the names of their tables and their own.
type Types = HashMap<(String, String), DataType>;

/// What loads have stored, as they say it themselves.
fn types(connection: &Connection) -> rusqlite::Result<Types> {
    const NAME: &str = "_rest_source_columns";
    if !connection.table_exists(None, NAME)? {
        return Ok(Types::new());
    }
    let sql = format!("SELECT table_name, column_name, data_type FROM {NAME}");
    let mut statement = connection.prepare(&sql)?;
    let mut types = Types::new();
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let data_type: String = row.get(2)?;
        let word = data_type.split(' ').next().unwrap_or_default();
        if let Some(data_type) = DataType::named(word) {
            types.insert((row.get(0)?, row.get(1)?), data_type);
        }
    }
    Ok(types)
}

/// The columns that the tables have. One with numbers that are stored as text gets a view of its name, in
/// which these are compared as numbers.
fn stored(
    connection: &Connection,
    tables: &[Declared],
    types: &Types,
) -> rusqlite::Result<Vec<Columns>> {
    let mut stored = Vec::new();
    for table in tables {
        let mut statement = connection.prepare(
            "SELECT p.name, s.name FROM sqlite_schema s, pragma_table_info(s.name) p
                 WHERE s.type = 'table' AND s.name = ?1 COLLATE NOCASE ORDER BY p.cid",
        )?;
        let columns = statement.query_map([&table.name], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let columns = columns.collect::<rusqlite::Result<Vec<(String, String)>>>()?;
        let Some((_, name)) = columns.first().cloned() else { continue };
        let is_number = |column: &String| {
            let data_type = types.get(&(name.clone(), column.clone()));
            matches!(data_type, Some(DataType::Decimal | DataType::Wei))
        };
        let columns: Vec<String> = columns.into_iter().map(|(column, _)| column).collect();
        if columns.iter().any(is_number) {
            let select = columns.iter().map(|column| {
                let name = quoted(column);
                let collate = format!(" COLLATE {} AS {name}", decimal::COLLATION);
                format!("{name}{}", if is_number(column) { &collate } else { "" })
            });
            let (select, name) = (select.collect::<Vec<_>>().join(", "), quoted(&name));
            connection.execute_batch(&format!(
                "CREATE TEMP VIEW {name} AS SELECT {select} FROM main.{name}"
            ))?;
        }
        stored.push((name, columns));
    }
    // For errors, the tables that the statement does not name.
    let others = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '\\_rest\\_source%' ESCAPE '\\'";
    let mut statement = connection.prepare(others)?;
    for name in statement.query_map([], |row| row.get(0))? {
        let name: String = name?;
        if !stored.iter().any(|(known, _)| *known == name) {
            stored.push((name, Vec::new()));
        }
    }
    Ok(stored)
}

fn columns(statement: &Statement<'_>, types: &Types) -> Vec<Column> {
    let columns = statement.columns_with_metadata().map(|column| {
        let data_type = column
            .table_name()
            .zip(column.origin_name())
            .and_then(|(table, column)| types.get(&(table.to_owned(), column.to_owned())).copied());
        Column { name: column.name().to_owned(), data_type }
    });
    columns.collect()
}
