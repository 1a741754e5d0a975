//! Indexes of the loader's own, as PostgreSQL has them: created, found and dropped.

use tokio_postgres::{Client, error::SqlState, types::Type};

use super::{
    error::failed,
    name::{HERE, MAX_NAME},
};
use crate::{
    Error, Shape, Table,
    sql::{
        RESERVED,
        index::{Index, Made, key_name, wanted},
        quote,
    },
};

/// Sees to it that the table at `place` of the shape has its indexes, and no others of the loader's.
pub(super) async fn settle(
    client: &Client,
    table: &Table,
    shape: &Shape,
    place: usize,
) -> Result<(), Error> {
    let cannot = || failed("the table's indexes cannot be prepared");
    let name = &shape.tables()[place].name;
    let made = made(client, name).await.map_err(cannot())?;
    let wanted = wanted(table, shape, place, &made, MAX_NAME)?;
    let mut present = Vec::new();
    for index in indexes(client, name, &wanted).await.map_err(cannot())? {
        if wanted.contains(&index) {
            present.push(index);
        } else if !(made.is_own && index.is_unique && index.columns == made.columns) {
            let drop = format!("DROP INDEX {}", quote(&index.name));
            client.batch_execute(&drop).await.map_err(cannot())?;
        }
    }
    for index in wanted.iter().filter(|wanted| !present.contains(wanted)) {
        client.batch_execute(&index.create()).await.map_err(|error| match error.code() {
            Some(code) if *code == SqlState::UNIQUE_VIOLATION => {
                index.duplicates(shape, "ctid", "one")
            }
            _ => cannot()(error),
        })?;
    }
    Ok(())
}

/// The primary key that a table was made with.
pub(super) async fn made(client: &Client, table: &str) -> Result<Made, tokio_postgres::Error> {
    let sql = format!(
        "SELECT {COLUMNS}, starts_with(i.relname, '{RESERVED}key_') FROM pg_catalog.pg_index AS x
         JOIN pg_catalog.pg_class AS i ON i.oid = x.indexrelid
         JOIN pg_catalog.pg_class AS t ON t.oid = x.indrelid
         WHERE t.relnamespace = {HERE} AND t.relname = $1 AND x.indisprimary"
    );
    let row = client.query_typed_opt(&sql, &[(&table, Type::TEXT)]).await?;
    row.map_or(Ok(Made::default()), |row| {
        Ok(Made { columns: row.try_get(0)?, is_own: row.try_get(1)? })
    })
}

/// Gives the index another name that is called as the primary key of a new table is to be: a table that
/// somebody has renamed keeps it.
pub(super) async fn free_key_name(
    client: &Client,
    table: &str,
) -> Result<(), tokio_postgres::Error> {
    let sql = format!(
        "SELECT 'ALTER INDEX ' || quote_ident(relname) || ' RENAME TO '
           || quote_ident('{RESERVED}key_' || oid)
         FROM pg_catalog.pg_class
         WHERE relnamespace = {HERE} AND relname = $1 AND relkind IN ('i', 'I')"
    );
    let name = key_name(table, MAX_NAME);
    match client.query_typed_opt(&sql, &[(&name, Type::TEXT)]).await? {
        Some(row) => client.batch_execute(row.try_get(0)?).await,
        None => Ok(()),
    }
}

/// Drops the primary key that the loader has made a table with, whose columns may be null then.
pub(super) async fn drop_key(
    client: &Client,
    table: &str,
    made: &Made,
) -> Result<(), tokio_postgres::Error> {
    let sql = format!(
        "SELECT c.conname::text FROM pg_catalog.pg_constraint AS c
         JOIN pg_catalog.pg_class AS t ON t.oid = c.conrelid
         WHERE t.relnamespace = {HERE} AND t.relname = $1 AND c.contype = 'p'"
    );
    let name: String = client.query_typed_one(&sql, &[(&table, Type::TEXT)]).await?.try_get(0)?;
    let columns = made.columns.iter();
    let columns = columns.map(|column| format!(", ALTER {} DROP NOT NULL", quote(column)));
    let drop = format!("DROP CONSTRAINT {}{}", quote(&name), columns.collect::<String>());
    client.batch_execute(&format!("ALTER TABLE {} {drop}", quote(table))).await
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
