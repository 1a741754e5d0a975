//! Indexes of the loader's own: that a primary key and what is declared `unique` is so, and those by
//! which rows are found.
//!
//! They are indexes rather than constraints of the table, because they change with what is declared,
//! and constraints are the table's owner's.

use tokio_postgres::{Client, error::SqlState, types::Type};

use super::{
    error::failed,
    schema::{HERE, MAX_NAME},
};
use crate::{
    Error, ErrorKind, ROOT_ID, ROW_ID, Shape, Strategy, Table,
    rows::shortened,
    sql::{RESERVED, list, quote},
};

/// An index of the loader's own.
#[derive(PartialEq)]
struct Index {
    name: String,
    table: String,
    columns: Vec<String>,
    is_unique: bool,
}

impl Index {
    fn new(kind: &str, of: &str, table: &str, columns: Vec<String>, is_unique: bool) -> Index {
        let name = shortened(&format!("{RESERVED}{kind}_{of}"), MAX_NAME);
        Index { name, table: table.to_owned(), columns, is_unique }
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
pub(super) async fn settle(
    client: &Client,
    table: &Table,
    shape: &Shape,
    place: usize,
) -> Result<(), Error> {
    let cannot = || failed("the table's indexes cannot be prepared");
    let name = &shape.tables()[place].name;
    let wanted = wanted(client, table, shape, place).await?;
    let mut present = Vec::new();
    for index in indexes(client, name, &wanted).await.map_err(cannot())? {
        if wanted.contains(&index) {
            present.push(index);
        } else {
            let drop = format!("DROP INDEX {}", quote(&index.name));
            client.batch_execute(&drop).await.map_err(cannot())?;
        }
    }
    for index in wanted.iter().filter(|wanted| !present.contains(wanted)) {
        client.batch_execute(&index.create()).await.map_err(|error| match error.code() {
            Some(code) if *code == SqlState::UNIQUE_VIOLATION => duplicates(index),
            _ => cannot()(error),
        })?;
    }
    Ok(())
}

/// The indexes that a table has.
async fn wanted(
    client: &Client,
    table: &Table,
    shape: &Shape,
    place: usize,
) -> Result<Vec<Index>, Error> {
    let stored = &shape.tables()[place];
    let one = |kind: &str, column: &str, is_unique| {
        let of = format!("{}.{column}", stored.name);
        Index::new(kind, &of, &stored.name, vec![column.to_owned()], is_unique)
    };
    let mut wanted = Vec::new();
    if place > 0 {
        // Rows of lists are removed with the row that they belong to.
        wanted.push(one("list", ROOT_ID, false));
    } else {
        let key = shape.stored(&table.primary_key);
        let is_keyed = matches!(
            table.strategy(),
            Strategy::Upsert | Strategy::InsertOnly | Strategy::DeleteInsert
        );
        // A key that is not declared becomes a column with its first record.
        let is_there = !key.is_empty() && key.iter().all(|column| stored.place(column).is_some());
        if is_keyed && is_there && !is_made_with_key(client, shape, &key).await? {
            wanted.push(Index::new("key", &stored.name, &stored.name, key, true));
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
async fn is_made_with_key(client: &Client, shape: &Shape, key: &[String]) -> Result<bool, Error> {
    let stored = &shape.tables()[0];
    let sql = format!(
        "SELECT {COLUMNS} FROM pg_catalog.pg_index AS x
         JOIN pg_catalog.pg_class AS t ON t.oid = x.indrelid
         WHERE t.relnamespace = {HERE} AND t.relname = $1 AND x.indisprimary"
    );
    let row = client
        .query_typed_opt(&sql, &[(&stored.name, Type::TEXT)])
        .await
        .map_err(failed("the table's key cannot be read"))?;
    let made: Vec<String> = row.map(|row| row.get(0)).unwrap_or_default();
    if made.len() == key.len() && made.iter().all(|name| key.contains(name)) {
        return Ok(true);
    }
    // A number that PostgreSQL itself counts, say, is not in the way.
    if made.is_empty() || !made.iter().all(|name| stored.place(name).is_some()) {
        return Ok(false);
    }
    let message = format!(
        "the table's primary key is ({}), and the source declares ({}); rename the table so that a \
         new one is created, or declare that key",
        list(&made),
        list(key),
    );
    Err(Error::new(ErrorKind::Schema, message))
}

/// The names of an index's columns, in order.
const COLUMNS: &str = "ARRAY(
  SELECT a.attname::text FROM unnest(x.indkey) WITH ORDINALITY AS k (number, place)
  JOIN pg_catalog.pg_attribute AS a ON a.attrelid = x.indrelid AND a.attnum = k.number
  ORDER BY k.place)";

/// Those on the table and those of the names that are wanted. They are not the same when somebody
/// has renamed a table, which its indexes follow under their old names.
async fn indexes(
    client: &Client,
    table: &str,
    wanted: &[Index],
) -> Result<Vec<Index>, tokio_postgres::Error> {
    let sql = format!(
        "SELECT i.relname::text, t.relname::text, x.indisunique, {COLUMNS}
         FROM pg_catalog.pg_index AS x
         JOIN pg_catalog.pg_class AS i ON i.oid = x.indexrelid
         JOIN pg_catalog.pg_class AS t ON t.oid = x.indrelid
         WHERE i.relnamespace = {HERE} AND starts_with(i.relname, '{RESERVED}')
           AND (t.relname = $1 OR i.relname = ANY ($2))"
    );
    let names: Vec<_> = wanted.iter().map(|index| &*index.name).collect();
    let rows =
        client.query_typed(&sql, &[(&table, Type::TEXT), (&names, Type::TEXT_ARRAY)]).await?;
    rows.iter()
        .map(|row| {
            Ok(Index {
                name: row.try_get(0)?,
                table: row.try_get(1)?,
                is_unique: row.try_get(2)?,
                columns: row.try_get(3)?,
            })
        })
        .collect()
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
        "{what} ({key}); declare another one, or keep only one row of each: `DELETE FROM {target} \
         WHERE {} AND ctid NOT IN (SELECT max(ctid) FROM {target} GROUP BY {key})`",
        all.join(" AND "),
    );
    Error::new(ErrorKind::Schema, message)
}
