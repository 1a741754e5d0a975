//! Indexes of the loader's own: that a primary key and what is declared `unique` is so, and those by
//! which rows are found.
//!
//! They are indexes rather than constraints of the table, because SQLite takes no constraint back
//! when another write disposition or key is declared.

use rusqlite::{Connection, ErrorCode};

use super::failed;
use crate::{
    Error, ErrorKind, ROOT_ID, ROW_ID, Shape, Strategy, Table,
    sql::{RESERVED, list, quote},
};

/// An index of the loader's own.
struct Index {
    name: String,
    table: String,
    columns: Vec<String>,
    is_unique: bool,
}

impl Index {
    fn new(kind: &str, table: &str, columns: &[String], is_unique: bool) -> Index {
        Index {
            name: format!("{RESERVED}{kind}_{table}"),
            table: table.to_owned(),
            columns: columns.to_vec(),
            is_unique,
        }
    }

    fn is(&self, other: &Index) -> bool {
        self.name.eq_ignore_ascii_case(&other.name)
            && self.table.eq_ignore_ascii_case(&other.table)
            && self.is_unique == other.is_unique
            && self.columns.len() == other.columns.len()
            && self.columns.iter().zip(&other.columns).all(|(a, b)| a.eq_ignore_ascii_case(b))
    }

    fn create(&self) -> String {
        format!(
            "CREATE {}INDEX {} ON {} ({})",
            if self.is_unique { "UNIQUE " } else { "" },
            quote(&self.name),
            quote(&self.table),
            list(&self.columns),
        )
    }
}

/// Sees to it that the table at `place` of the shape has its indexes, and no others of the loader's.
pub(super) fn settle(
    connection: &Connection,
    table: &Table,
    shape: &Shape,
    place: usize,
) -> Result<(), Error> {
    let cannot = || failed("the table's indexes cannot be prepared");
    let name = &shape.tables()[place].name;
    let wanted = wanted(connection, table, shape, place)?;
    let mut present = Vec::new();
    for index in indexes(connection, name, &wanted).map_err(cannot())? {
        if wanted.iter().any(|wanted| wanted.is(&index)) {
            present.push(index);
        } else {
            let drop = format!("DROP INDEX {}", quote(&index.name));
            connection.execute_batch(&drop).map_err(cannot())?;
        }
    }
    for index in wanted.iter().filter(|wanted| !present.iter().any(|index| index.is(wanted))) {
        connection.execute_batch(&index.create()).map_err(|error| {
            match error.sqlite_error_code() {
                Some(ErrorCode::ConstraintViolation) => duplicates(index),
                _ => cannot()(error),
            }
        })?;
    }
    Ok(())
}

/// The indexes that a table has.
fn wanted(
    connection: &Connection,
    table: &Table,
    shape: &Shape,
    place: usize,
) -> Result<Vec<Index>, Error> {
    let stored = &shape.tables()[place];
    let one = |kind: &str, column: &str, is_unique| {
        let name = format!("{}.{column}", stored.name);
        Index { table: stored.name.clone(), ..Index::new(kind, &name, &[column.into()], is_unique) }
    };
    let mut wanted = Vec::new();
    if place > 0 {
        // Rows of lists are removed with the row that they belong to.
        wanted.push(one("list", ROOT_ID, false));
    } else {
        if matches!(
            table.strategy(),
            Strategy::Upsert | Strategy::InsertOnly | Strategy::DeleteInsert
        ) && !table.primary_key.is_empty()
            && !is_made_with_key(connection, table, shape)?
        {
            wanted.push(Index::new("key", &stored.name, &table.primary_key, true));
        }
        if shape.has_children() && stored.place(ROW_ID).is_some() {
            wanted.push(one("row", ROW_ID, false));
        }
    }
    // What is declared of a version of a row does not hold for all of its versions.
    if !matches!(table.strategy(), Strategy::Scd2(_)) {
        let unique = stored.columns.iter().filter(|column| column.unique);
        wanted.extend(unique.map(|column| one("unique", &column.name, true)));
    }
    let sorted = stored.columns.iter().filter(|column| column.sort);
    wanted.extend(sorted.map(|column| one("sort", &column.name, false)));
    Ok(wanted)
}

/// Whether the table was made with the primary key that is declared, by somebody else.
fn is_made_with_key(connection: &Connection, table: &Table, shape: &Shape) -> Result<bool, Error> {
    let made = columns(
        connection,
        "SELECT name FROM pragma_table_info(?1) WHERE pk > 0 ORDER BY pk",
        &table.name,
    )
    .map_err(failed("the table's key cannot be read"))?;
    let is_key = |name: &String| table.primary_key.iter().any(|key| key.eq_ignore_ascii_case(name));
    if made.len() == table.primary_key.len() && made.iter().all(is_key) {
        return Ok(true);
    }
    // What SQLite itself numbers, say, is not in the way.
    if made.is_empty() || !made.iter().all(|name| shape.tables()[0].place(name).is_some()) {
        return Ok(false);
    }
    let message = format!(
        "the table's primary key is ({}), and the source declares ({}); rename the table so that a \
         new one is created, or declare that key",
        list(&made),
        list(&table.primary_key),
    );
    Err(Error::new(ErrorKind::Schema, message))
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

fn columns(connection: &Connection, sql: &str, of: &str) -> rusqlite::Result<Vec<String>> {
    connection.prepare(sql)?.query_map([of], |row| row.get(0))?.collect()
}

fn duplicates(index: &Index) -> Error {
    let (target, key) = (quote(&index.table), list(&index.columns));
    let all: Vec<_> =
        index.columns.iter().map(|name| format!("{} IS NOT NULL", quote(name))).collect();
    let what = if index.name.starts_with(&format!("{RESERVED}key_")) {
        "the table cannot be merged into, because several of its rows have the same primary key"
    } else {
        "several rows of the table have the same value in a column that is declared `unique`"
    };
    let message = format!(
        "{what} ({key}); declare another one, or keep only the last row of each: `DELETE FROM \
         {target} WHERE {} AND _rowid_ NOT IN (SELECT max(_rowid_) FROM {target} GROUP BY {key})`",
        all.join(" AND "),
    );
    Error::new(ErrorKind::Schema, message)
}
