//! Tables and columns: names, creation, and what may be added to a table that exists.

use rest_source::plan::Column;
use tokio_postgres::{Client, types::Type};

use super::{
    error::failed,
    index, known, lock,
    name::{HERE, MAX_NAME},
    value::{column_type, takes},
};
use crate::{
    Error, ErrorKind, ROW_ID, Shape, Table, TableShape, names,
    resume::{bring_back, warn_of_orphans},
    sql::{
        RESERVED, SEQUENCE, forget,
        index::{constraint, is_kept},
        orphans, quote, required_column,
        staging::{staging_name, staging_root},
    },
};

/// Columns that every table has already, and the name that none can have.
pub(super) const RESERVED_COLUMNS: [&str; 7] =
    ["", "tableoid", "ctid", "xmin", "xmax", "cmin", "cmax"];

/// Refuses names that PostgreSQL does not take, and resources that would share a table.
pub(super) fn check_names(tables: &[Table]) -> Result<(), Error> {
    names::refuse_empty(tables)?;
    names::check(tables, MAX_NAME, &[RESERVED, "pg_"], None)?;
    for table in tables {
        for stored in Shape::of(table, MAX_NAME)?.tables() {
            let is_reserved = |column: &&Column| RESERVED_COLUMNS.contains(&&*column.name);
            if let Some(column) = stored.columns.iter().find(is_reserved) {
                let message = format!("PostgreSQL takes no column of the name `{}`", column.name);
                return Err(table.schema(&message));
            }
        }
    }
    Ok(())
}

/// How much of a shape the database has: how many columns of each of its first tables.
#[derive(Debug, Default, Clone)]
pub(super) struct Present(Vec<usize>);

/// Creates the tables of a shape, or adds the columns that they lack. Gives what is there then, and
/// whether everything must be loaded: the resource's own table is new, or somebody has deleted that
/// of a list.
pub(super) async fn prepare(
    client: &Client,
    table: &Table,
    shape: &Shape,
) -> Result<(Present, bool), Error> {
    let cannot = || failed("the table cannot be prepared");
    let created = !exists(client, &shape.tables()[0].name).await.map_err(cannot())?;
    let deleted = if created { None } else { deleted(client, shape).await.map_err(cannot())? };
    if let Some(list) = deleted {
        bring_back(table, shape, list, Some(&forget(list)))?;
    }
    if created {
        remove_orphans(client, shape).await.map_err(cannot())?;
    }
    let mut present = Present::default();
    present.extend(client, table, shape, None).await?;
    Ok((present, created || deleted.is_some()))
}

/// Removes the rows of lists that belonged to the rows of a table which somebody has deleted, unless it
/// was only renamed.
async fn remove_orphans(client: &Client, shape: &Shape) -> Result<(), tokio_postgres::Error> {
    for TableShape { name: list, .. } in &shape.tables()[1..] {
        if !exists(client, list).await? {
            continue;
        }
        let sql = format!(
            "SELECT c.relname::text FROM pg_catalog.pg_class AS c
             JOIN pg_catalog.pg_attribute AS a ON a.attrelid = c.oid
             WHERE c.relnamespace = {HERE} AND c.relkind IN ('r', 'p') AND a.attname = $1
               AND NOT a.attisdropped AND c.relname <> $2
               AND NOT starts_with(c.relname, '{RESERVED}')"
        );
        let owners =
            client.query_typed(&sql, &[(&ROW_ID, Type::TEXT), (&list, Type::TEXT)]).await?;
        let owners = owners.iter().map(|row| row.try_get(0)).collect::<Result<Vec<String>, _>>()?;
        let removed = client.execute_typed(&orphans(list, owners), &[]).await?;
        warn_of_orphans(shape, list, removed);
    }
    Ok(())
}

/// The table of a list that somebody has deleted.
async fn deleted<'s>(
    client: &Client,
    shape: &'s Shape,
) -> Result<Option<&'s str>, tokio_postgres::Error> {
    for TableShape { name, .. } in &shape.tables()[1..] {
        if !exists(client, name).await? && known::has_table(client, name).await? {
            return Ok(Some(name));
        }
    }
    Ok(None)
}

impl Present {
    /// All of a shape.
    pub(super) fn all_of(shape: &Shape) -> Present {
        let columns = shape.tables().iter().map(|table| table.columns.len());
        Present(columns.take_while(|columns| *columns > 0).collect())
    }

    /// Whether there are any tables.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds what the database lacks of a shape, to the places where a load stages its rows too.
    pub(super) async fn extend(
        &mut self,
        client: &Client,
        table: &Table,
        shape: &Shape,
        staging: Option<i64>,
    ) -> Result<(), Error> {
        let cannot = || failed("the table cannot be prepared");
        let mut is_locked = false;
        for (place, stored) in shape.tables().iter().enumerate() {
            // Of a resource without declared columns nothing is known before its first record.
            if stored.columns.is_empty() {
                break;
            }
            if self.0.get(place) == Some(&stored.columns.len()) {
                continue;
            }
            if !std::mem::replace(&mut is_locked, true) {
                lock::prepare(client, &shape.tables()[0].name).await.map_err(cannot())?;
            }
            // Also where the table is known: a column that is declared no longer is there already.
            ensure(client, table, shape, place).await?;
            if let Some(load) = staging {
                stage(client, shape, place, load).await.map_err(cannot())?;
            }
            known::remember(client, shape, place).await.map_err(cannot())?;
            index::settle(client, table, shape, place).await?;
            match self.0.get_mut(place) {
                Some(columns) => *columns = stored.columns.len(),
                None => self.0.push(stored.columns.len()),
            }
        }
        Ok(())
    }
}

/// Creates a table, or adds the columns that it lacks.
async fn ensure(client: &Client, table: &Table, shape: &Shape, place: usize) -> Result<(), Error> {
    let stored = &shape.tables()[place];
    let cannot = || failed("the table cannot be prepared");
    if !exists(client, &stored.name).await.map_err(cannot())? {
        if place == 0 {
            index::free_key_name(client, &stored.name).await.map_err(cannot())?;
        }
        return client.batch_execute(&create(table, shape, place)).await.map_err(cannot());
    }
    if place == 0 {
        let made = index::made(client, &stored.name).await.map_err(cannot())?;
        if made.is_own && !is_kept(table, shape, &made) {
            index::drop_key(client, &stored.name, &made).await.map_err(cannot())?;
        }
    }
    let existing = existing_columns(client, &stored.name).await.map_err(cannot())?;
    let mut missing = Vec::new();
    for column in &stored.columns {
        let declared = column_type(column);
        match existing.iter().find(|existing| existing.name == *column.name) {
            Some(column) if takes(&column.sql_type, &declared) => {}
            Some(ExistingColumn { name, sql_type, .. }) => {
                let message = format!(
                    "the table's column `{name}` is {sql_type}, and the source declares a type that \
                     is stored as {declared}; columns are only ever added, so change it yourself \
                     (`ALTER TABLE {} ALTER {} TYPE {declared}`), rename the old column or the \
                     table, or declare the old type",
                    quote(&stored.name),
                    quote(name),
                );
                return Err(Error::new(ErrorKind::Schema, message));
            }
            None => missing.push(column.clone()),
        }
    }
    add_columns(client, &stored.name, &missing).await.map_err(cannot())?;
    match existing.iter().find(|column| column.required && stored.place(&column.name).is_none()) {
        Some(column) => Err(required_column(&column.name)),
        None => Ok(()),
    }
}

/// Without NOT NULL, because the rows that are there have no value for it.
async fn add_columns(
    client: &Client,
    table: &str,
    columns: &[Column],
) -> Result<(), tokio_postgres::Error> {
    if columns.is_empty() {
        return Ok(());
    }
    let add: Vec<_> =
        columns.iter().map(|column| format!("ADD COLUMN {}", define(column))).collect();
    client.batch_execute(&format!("ALTER TABLE {} {}", quote(table), add.join(", "))).await
}

fn define(column: &Column) -> String {
    format!("{} {}", quote(&column.name), column_type(column))
}

/// Creates the places where the rows of this load are staged, or adds what they lack: what another
/// pipeline has added to the tables since.
pub(super) async fn prepare_staging(
    client: &Client,
    table: &Table,
    shape: &Shape,
    load: i64,
) -> Result<(), tokio_postgres::Error> {
    if table.is_staged() {
        for (place, stored) in shape.tables().iter().enumerate() {
            if stored.columns.is_empty() {
                break;
            }
            stage(client, shape, place, load).await?;
        }
    }
    Ok(())
}

/// Creates the place where rows of one table are staged, or adds the columns that it lacks.
async fn stage(
    client: &Client,
    shape: &Shape,
    place: usize,
    load: i64,
) -> Result<(), tokio_postgres::Error> {
    let (stored, name) = (&shape.tables()[place], staging_name(load, shape, place, MAX_NAME));
    if !exists(client, &name).await? {
        // Logged as any table: an unlogged one is empty after a crash of the server, and the state
        // would not be.
        return client.batch_execute(&create_staged("TABLE", stored, &quote(&name))).await;
    }
    let existing = existing_columns(client, &name).await?;
    let is_there = |column: &&Column| existing.iter().any(|other| other.name == *column.name);
    let missing = stored.columns.iter().filter(|column| !is_there(column));
    add_columns(client, &name, &missing.cloned().collect::<Vec<_>>()).await
}

/// Drops the places where the rows of this load were staged.
pub(super) async fn drop_staging(client: &Client, load: i64) -> Result<(), tokio_postgres::Error> {
    let sql = format!(
        "SELECT relname::text FROM pg_catalog.pg_class WHERE relnamespace = {HERE}
           AND relkind = 'r' AND (relname = $1 OR starts_with(relname, $1 || '_'))"
    );
    let names = client.query_typed(&sql, &[(&staging_root(load), Type::TEXT)]).await?;
    for name in names {
        let name: String = name.try_get(0)?;
        client.batch_execute(&format!("DROP TABLE {}", quote(&name))).await?;
    }
    Ok(())
}

/// Whether the place where this load stages its rows is there.
pub(super) async fn has_staging(client: &Client, load: i64) -> Result<bool, tokio_postgres::Error> {
    exists(client, &staging_root(load)).await
}

fn create(table: &Table, shape: &Shape, place: usize) -> String {
    let stored = &shape.tables()[place];
    let keys = shape.stored(table.keys());
    let columns = stored.columns.iter().map(|column| {
        let null = if Table::is_required(place, column, &keys) { " NOT NULL" } else { "" };
        format!("{}{null}", define(column))
    });
    let key = (place == 0).then(|| constraint(table, shape, MAX_NAME)).flatten();
    let lines: Vec<_> = columns.chain(key).collect();
    format!("CREATE TABLE {} (\n  {}\n)", quote(&stored.name), lines.join(",\n  "))
}

/// What creates a table for rows that are numbered.
pub(super) fn create_staged(what: &str, stored: &TableShape, quoted_name: &str) -> String {
    let columns: Vec<_> = stored.columns.iter().map(define).collect();
    let columns = columns.join(", ");
    format!("CREATE {what} {quoted_name} ({SEQUENCE} bigint NOT NULL, {columns})")
}

struct ExistingColumn {
    name: String,
    sql_type: String,
    /// Whether a row cannot be added without a value for it.
    required: bool,
}

async fn existing_columns(
    client: &Client,
    table: &str,
) -> Result<Vec<ExistingColumn>, tokio_postgres::Error> {
    let sql = format!(
        "SELECT a.attname::text, format_type(a.atttypid, a.atttypmod),
           a.attnotnull AND NOT a.atthasdef AND a.attidentity = ''
         FROM pg_catalog.pg_attribute AS a JOIN pg_catalog.pg_class AS c ON c.oid = a.attrelid
         WHERE c.relnamespace = {HERE} AND c.relname = $1 AND a.attnum > 0 AND NOT a.attisdropped"
    );
    let rows = client.query_typed(&sql, &[(&table, Type::TEXT)]).await?;
    rows.iter()
        .map(|row| {
            Ok(ExistingColumn {
                name: row.try_get(0)?,
                sql_type: row.try_get(1)?,
                required: row.try_get(2)?,
            })
        })
        .collect()
}

/// Whether there is something in the dataset that rows can be in, of this name.
pub(super) async fn exists(client: &Client, table: &str) -> Result<bool, tokio_postgres::Error> {
    let sql = format!(
        "SELECT EXISTS (SELECT FROM pg_catalog.pg_class WHERE relnamespace = {HERE}
           AND relname = $1 AND relkind IN ('r', 'p', 'v', 'f'))"
    );
    client.query_typed_one(&sql, &[(&table, Type::TEXT)]).await?.try_get(0)
}

/// Whether there is a table of this name that is partitioned.
pub(super) async fn is_partitioned(
    client: &Client,
    table: &str,
) -> Result<bool, tokio_postgres::Error> {
    let sql = format!(
        "SELECT EXISTS (SELECT FROM pg_catalog.pg_class WHERE relnamespace = {HERE}
           AND relname = $1 AND relkind = 'p')"
    );
    client.query_typed_one(&sql, &[(&table, Type::TEXT)]).await?.try_get(0)
}

/// Whether a table of the dataset has a column.
pub(super) async fn has_column(
    client: &Client,
    table: &str,
    column: &str,
) -> Result<bool, tokio_postgres::Error> {
    let sql = format!(
        "SELECT EXISTS (SELECT FROM pg_catalog.pg_attribute AS a
           JOIN pg_catalog.pg_class AS c ON c.oid = a.attrelid
           WHERE c.relnamespace = {HERE} AND c.relname = $1 AND a.attname = $2
             AND NOT a.attisdropped)"
    );
    let row = client.query_typed_one(&sql, &[(&table, Type::TEXT), (&column, Type::TEXT)]).await?;
    row.try_get(0)
}
