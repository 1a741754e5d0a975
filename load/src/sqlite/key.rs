//! The uniqueness of a primary key, which a table has as long as it is merged by that key.
//!
//! It is an index of the loader's own rather than a constraint of the table, because SQLite takes
//! no constraint back when another write disposition or key is declared.

use rusqlite::{Connection, ErrorCode};

use super::{
    failed,
    schema::{RESERVED, columns_of, list, quote},
    write::is_keyed,
};
use crate::{Error, ErrorKind, Table};

/// Sees to it that no two rows have one primary key if the table is merged by it, and that they may
/// if it is not.
pub(super) fn settle(connection: &Connection, table: &Table) -> Result<(), Error> {
    let cannot = || failed("the table's key cannot be prepared");
    let wanted = wanted(connection, table)?;
    let name = format!("{RESERVED}key_{}", table.name);
    let mut present = false;
    for index in indexes(connection, &table.name, &name).map_err(cannot())? {
        if !wanted.is_empty() && index.is(&name, &table.name, wanted) {
            present = true;
        } else {
            let drop = format!("DROP INDEX {}", quote(&index.name));
            connection.execute_batch(&drop).map_err(cannot())?;
        }
    }
    if present || wanted.is_empty() {
        return Ok(());
    }
    let (index, target, key) = (quote(&name), quote(&table.name), list(wanted));
    let create = format!("CREATE UNIQUE INDEX {index} ON {target} ({key})");
    connection.execute_batch(&create).map_err(|error| match error.sqlite_error_code() {
        Some(ErrorCode::ConstraintViolation) => duplicates(table),
        _ => cannot()(error),
    })
}

/// The columns that an index must keep unique: none if the table has them for its primary key.
fn wanted<'a>(connection: &Connection, table: &'a Table) -> Result<&'a [String], Error> {
    if !is_keyed(table) {
        return Ok(&[]);
    }
    let made = columns(
        connection,
        "SELECT name FROM pragma_table_info(?1) WHERE pk > 0 ORDER BY pk",
        &table.name,
    )
    .map_err(failed("the table's key cannot be read"))?;
    let has = |names: &[&str], name: &str| names.iter().any(|one| one.eq_ignore_ascii_case(name));
    let key: Vec<_> = table.primary_key.iter().map(String::as_str).collect();
    if made.len() == key.len() && made.iter().all(|name| has(&key, name)) {
        return Ok(&[]);
    }
    let declared = columns_of(table);
    // What SQLite itself numbers, say, is not in the way.
    if made.is_empty() || !made.iter().all(|name| has(&declared, name)) {
        return Ok(&table.primary_key);
    }
    let message = format!(
        "the table's primary key is ({}), and the source declares ({}); rename the table so that a \
         new one is created, or declare that key",
        list(&made),
        list(&table.primary_key),
    );
    Err(Error::new(ErrorKind::Schema, message))
}

/// An index of the loader's own.
struct Index {
    name: String,
    table: String,
    columns: Vec<String>,
}

impl Index {
    fn is(&self, name: &str, table: &str, columns: &[String]) -> bool {
        self.name.eq_ignore_ascii_case(name)
            && self.table.eq_ignore_ascii_case(table)
            && self.columns.len() == columns.len()
            && self.columns.iter().zip(columns).all(|(a, b)| a.eq_ignore_ascii_case(b))
    }
}

/// Those on the table and the one of this name. They are not the same when somebody has renamed a
/// table, which its index follows under its old name.
fn indexes(connection: &Connection, table: &str, name: &str) -> rusqlite::Result<Vec<Index>> {
    let sql = format!(
        "SELECT name, tbl_name FROM sqlite_schema
         WHERE type = 'index' AND name GLOB '{RESERVED}key_*'
           AND (tbl_name = ?1 COLLATE NOCASE OR name = ?2 COLLATE NOCASE)"
    );
    let mut statement = connection.prepare(&sql)?;
    let found = statement.query_map([table, name], |row| {
        let name: String = row.get(0)?;
        let sql = "SELECT name FROM pragma_index_info(?1) ORDER BY seqno";
        Ok(Index { columns: columns(connection, sql, &name)?, table: row.get(1)?, name })
    })?;
    found.collect()
}

fn columns(connection: &Connection, sql: &str, of: &str) -> rusqlite::Result<Vec<String>> {
    connection.prepare(sql)?.query_map([of], |row| row.get(0))?.collect()
}

fn duplicates(table: &Table) -> Error {
    let (target, key) = (quote(&table.name), list(&table.primary_key));
    let all: Vec<_> =
        table.primary_key.iter().map(|name| format!("{} IS NOT NULL", quote(name))).collect();
    let message = format!(
        "the table cannot be merged into, because several of its rows have the same primary key \
         ({key}); declare another one, or keep only the last row of each: `DELETE FROM {target} \
         WHERE {} AND _rowid_ NOT IN (SELECT max(_rowid_) FROM {target} GROUP BY {key})`",
        all.join(" AND "),
    );
    Error::new(ErrorKind::Schema, message)
}
