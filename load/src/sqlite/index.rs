//! Indexes of the loader's own, as SQLite has them: created, found and dropped.

use rusqlite::{Connection, ErrorCode};

use super::{error::failed, name::MAX_NAME};
use crate::{
    Error, Shape, Table,
    sql::{
        RESERVED,
        index::{Index, Made, wanted},
        quote,
    },
};

/// Sees to it that the table at `place` of the shape has its indexes, and no others of the loader's.
pub(super) fn settle(
    connection: &Connection,
    table: &Table,
    shape: &Shape,
    place: usize,
) -> Result<(), Error> {
    let cannot = || failed("the table's indexes cannot be prepared");
    let name = &shape.tables()[place].name;
    let made = made(connection, name).map_err(cannot())?;
    let wanted = wanted(table, shape, place, &made, MAX_NAME)?;
    let mut present = Vec::new();
    for index in indexes(connection, name, &wanted).map_err(cannot())? {
        if wanted.iter().any(|wanted| is_same(wanted, &index)) {
            present.push(index);
        } else {
            let drop = format!("DROP INDEX {}", quote(&index.name));
            connection.execute_batch(&drop).map_err(cannot())?;
        }
    }
    let is_present = |wanted: &&Index| present.iter().any(|index| is_same(index, wanted));
    for index in wanted.iter().filter(|wanted| !is_present(wanted)) {
        connection.execute_batch(&index.create()).map_err(|error| {
            match error.sqlite_error_code() {
                Some(ErrorCode::ConstraintViolation) => {
                    index.duplicates(shape, "_rowid_", "the last")
                }
                _ => cannot()(error),
            }
        })?;
    }
    Ok(())
}

/// Whether two indexes are the same, in whatever case their names are written.
fn is_same(one: &Index, other: &Index) -> bool {
    let folded = |index: &Index| {
        let columns = index.columns.iter().map(|column| column.to_ascii_lowercase());
        Index {
            name: index.name.to_ascii_lowercase(),
            table: index.table.to_ascii_lowercase(),
            columns: columns.collect(),
            is_unique: index.is_unique,
        }
    };
    folded(one) == folded(other)
}

/// Those on the table and those of the names that are wanted. They are not the same when somebody
/// has renamed a table, which its indexes follow under their old names.
fn indexes(connection: &Connection, table: &str, wanted: &[Index]) -> rusqlite::Result<Vec<Index>> {
    let sql = format!(
        r#"SELECT i.name, i.tbl_name, l."unique" FROM sqlite_schema AS i
           JOIN pragma_index_list(i.tbl_name) AS l ON l.name = i.name
           WHERE i.type = 'index' AND i.name GLOB '{RESERVED}*'"#
    );
    let mut statement = connection.prepare(&sql)?;
    let found = statement.query_map([], |row| {
        Ok(Index {
            name: row.get(0)?,
            table: row.get(1)?,
            is_unique: row.get(2)?,
            columns: Vec::new(),
        })
    })?;
    let mut indexes = Vec::new();
    for index in found {
        let mut index = index?;
        if index.table.eq_ignore_ascii_case(table)
            || wanted.iter().any(|wanted| wanted.name.eq_ignore_ascii_case(&index.name))
        {
            let sql = "SELECT name FROM pragma_index_info(?1) ORDER BY seqno";
            index.columns = columns(connection, sql, &index.name)?;
            indexes.push(index);
        }
    }
    Ok(indexes)
}

/// The primary key that a table was made with.
pub(super) fn made(connection: &Connection, table: &str) -> rusqlite::Result<Made> {
    let key = "SELECT name FROM pragma_table_info(?1) WHERE pk > 0 ORDER BY pk";
    let columns = columns(connection, key, table)?;
    let own = "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'table'
               AND name = ?1 COLLATE NOCASE AND instr(sql, 'CONSTRAINT \"' || ?2 || 'key_') > 0)";
    let is_own = connection.query_row(own, (table, RESERVED), |row| row.get(0))?;
    Ok(Made { columns, is_own })
}

fn columns(connection: &Connection, sql: &str, of: &str) -> rusqlite::Result<Vec<String>> {
    connection.prepare(sql)?.query_map([of], |row| row.get(0))?.collect()
}
