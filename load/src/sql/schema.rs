//! Tables and columns of loads: creation, and what may be added to a table that exists.

use rest_source::plan::Column;

use super::{
    SEQUENCE,
    catalog::{self, Existing, exists},
    database::{Database, Dialect as _, Kind, with},
    failure::{Failed, failed},
    forget,
    index::{self, constraint, is_kept},
    known, orphans, quote, required_column,
    staging::{staging_name, staging_root},
    state::Stored,
};
use crate::{
    Error, ErrorKind, ROW_ID, Shape, Table, TableShape,
    resume::{bring_back, warn_of_orphans},
    rows::is_kept_as,
};

/// How much of a shape the database has: how many columns of each of its first tables.
#[derive(Debug, Default, Clone)]
pub(crate) struct Present(Vec<usize>);

/// Creates the tables of a shape, or adds the columns that they lack. Gives what is there then, and
/// whether everything must be loaded: the resource's own table is new, or that of a list was
/// deleted.
pub(super) async fn prepare<D: Database>(
    db: &D,
    table: &Table,
    shape: &Shape,
) -> Result<(Present, bool), Error> {
    let cannot = || failed("the table cannot be prepared");
    let created = !exists(db, &shape.tables()[0].name).await.map_err(cannot())?;
    let deleted = if created { None } else { deleted(db, shape).await.map_err(cannot())? };
    if let Some(list) = deleted {
        bring_back(table, shape, list, Some(&forget(list)))?;
    }
    let mut present = Present::default();
    present.extend(db, table, shape, None).await?;
    if created {
        // Behind the tables, as DuckDB does not alter one whose rows the transaction has changed.
        remove_orphans(db, shape).await.map_err(cannot())?;
    }
    Ok((present, created || deleted.is_some()))
}

/// Removes the rows of lists that belonged to the rows of a table which was deleted, unless it
/// was only renamed.
async fn remove_orphans<D: Database>(db: &D, shape: &Shape) -> Result<(), Failed> {
    for TableShape { name: list, .. } in &shape.tables()[1..] {
        if !exists(db, list).await? {
            continue;
        }
        let owners = db.query(D::Dialect::OWNERS, with![ROW_ID]).await?;
        let owners = owners.iter().map(|row| row.get(0)).collect::<Result<Vec<String>, _>>()?;
        let owners = owners.into_iter().filter(|owner| !D::Dialect::is_same_name(owner, list));
        let removed = db.execute(&orphans(list, owners), with![]).await?;
        warn_of_orphans(shape, list, removed);
    }
    Ok(())
}

/// The table of a list that was deleted.
async fn deleted<'s, D: Database>(db: &D, shape: &'s Shape) -> Result<Option<&'s str>, Failed> {
    for TableShape { name, .. } in &shape.tables()[1..] {
        if !exists(db, name).await? && known::has_table(db, name).await? {
            return Ok(Some(name));
        }
    }
    Ok(None)
}

impl Present {
    /// All of a shape.
    #[cfg(feature = "postgres")]
    pub(crate) fn all_of(shape: &Shape) -> Present {
        let columns = shape.tables().iter().map(|table| table.columns.len());
        Present(columns.take_while(|columns| *columns > 0).collect())
    }

    /// Whether there are any tables.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds what the database lacks of a shape, to the places where a load stages its rows too.
    pub(super) async fn extend<D: Database>(
        &mut self,
        db: &D,
        table: &Table,
        shape: &Shape,
        staging: Option<i64>,
    ) -> Result<(), Error> {
        let cannot = || failed("the table cannot be prepared");
        let mut is_held = false;
        for (place, stored) in shape.tables().iter().enumerate() {
            // Of a resource without declared columns nothing is known before its first record.
            if stored.columns.is_empty() {
                break;
            }
            if self.0.get(place) == Some(&stored.columns.len()) {
                continue;
            }
            if !std::mem::replace(&mut is_held, true) {
                D::Dialect::hold(db, &shape.tables()[0].name).await.map_err(cannot())?;
            }
            // Also where the table is known: a column that is declared no longer is there already.
            ensure(db, table, shape, place).await?;
            if let Some(load) = staging {
                stage(db, shape, place, load).await.map_err(cannot())?;
            }
            known::remember(db, shape, place).await.map_err(cannot())?;
            index::settle(db, table, shape, place).await?;
            match self.0.get_mut(place) {
                Some(columns) => *columns = stored.columns.len(),
                None => self.0.push(stored.columns.len()),
            }
        }
        Ok(())
    }
}

/// Creates a table, or adds the columns that it lacks.
async fn ensure<D: Database>(
    db: &D,
    table: &Table,
    shape: &Shape,
    place: usize,
) -> Result<(), Error> {
    let stored = &shape.tables()[place];
    let cannot = || failed("the table cannot be prepared");
    if !exists(db, &stored.name).await.map_err(cannot())? {
        if place == 0 {
            D::Dialect::free_key_name(db, &stored.name).await.map_err(cannot())?;
        }
        return db.run(&[create::<D>(table, shape, place)]).await.map_err(cannot());
    }
    if place == 0 {
        let made = index::made(db, &stored.name).await.map_err(cannot())?;
        if made.is_own && !is_kept(table, shape, &made) {
            let dropped = D::Dialect::drop_key(db, &stored.name, &made.columns).await;
            dropped.map_err(cannot())?;
        }
    }
    let existing = catalog::columns(db, &stored.name).await.map_err(cannot())?;
    let known = if D::Dialect::TYPES_TELL {
        Vec::new()
    } else {
        known::data_types(db, &stored.name).await.map_err(cannot())?
    };
    let mut missing = Vec::new();
    for column in &stored.columns {
        let Some(existing) = find::<D>(&existing, &column.name) else {
            missing.push(column);
            continue;
        };
        let declared = D::Dialect::column_type(column);
        if !D::Dialect::takes(&existing.sql_type, &declared) {
            let why = format!(
                "is {}, and the source declares a type that is stored as {declared}",
                existing.sql_type,
            );
            let change = D::Dialect::change_type(&stored.name, &column.name, &declared);
            return Err(other_type(&column.name, &why, change.as_deref()));
        }
        let known = known.iter().find(|(known, _)| D::Dialect::is_same_name(known, &column.name));
        let declared = known::data_type::<D>(column);
        if let Some((_, known)) = known.filter(|(_, known)| !is_kept_as(known, &declared)) {
            let why = format!("holds {known}, and the source declares {declared}");
            return Err(other_type(&column.name, &why, None));
        }
    }
    add_columns(db, &stored.name, &missing).await.map_err(cannot())?;
    match existing.iter().find(|column| column.required && stored.place(&column.name).is_none()) {
        Some(column) => Err(required_column(&column.name)),
        None => Ok(()),
    }
}

fn find<'e, D: Database>(existing: &'e [Existing], name: &str) -> Option<&'e Existing> {
    existing.iter().find(|existing| D::Dialect::is_same_name(&existing.name, name))
}

/// A column that cannot hold what is declared. `change` is a statement by which it could.
fn other_type(column: &str, why: &str, change: Option<&str>) -> Error {
    let change = change.map(|change| format!("change it yourself (`{change}`), "));
    let change = change.unwrap_or_default();
    let message = format!(
        "the table's column `{column}` {why}; columns are only ever added, so {change}rename the old \
         column or the table, or declare the old type"
    );
    Error::new(ErrorKind::Schema, message)
}

/// Without NOT NULL, because the rows that are there have no value for it.
async fn add_columns<D: Database>(db: &D, table: &str, columns: &[&Column]) -> Result<(), Failed> {
    let table = quote(table);
    let add = |column: &&Column| format!("ALTER TABLE {table} ADD COLUMN {}", define::<D>(column));
    db.run(&columns.iter().map(add).collect::<Vec<_>>()).await
}

fn define<D: Database>(column: &Column) -> String {
    format!("{} {}", quote(&column.name), D::Dialect::column_type(column))
}

/// Creates the places where the rows of this load are staged, or adds what they lack: what another
/// pipeline has added to the tables since.
pub(super) async fn prepare_staging<D: Database>(
    db: &D,
    table: &Table,
    shape: &Shape,
    load: i64,
) -> Result<(), Failed> {
    if table.is_staged() {
        for (place, stored) in shape.tables().iter().enumerate() {
            if stored.columns.is_empty() {
                break;
            }
            stage(db, shape, place, load).await?;
        }
    }
    Ok(())
}

/// Creates the place where rows of one table are staged, or adds the columns that it lacks.
async fn stage<D: Database>(db: &D, shape: &Shape, place: usize, load: i64) -> Result<(), Failed> {
    let stored = &shape.tables()[place];
    let name = staging_name(load, shape, place, D::Dialect::MAX_NAME);
    if !exists(db, &name).await? {
        // As any table, not in a form that is empty after a crash of the server, as the state would not
        // be.
        return db.run(&[create_staged::<D>("TABLE", stored, &quote(&name))]).await;
    }
    let existing = catalog::columns(db, &name).await?;
    let is_missing = |column: &&Column| find::<D>(&existing, &column.name).is_none();
    let missing: Vec<_> = stored.columns.iter().filter(is_missing).collect();
    add_columns(db, &name, &missing).await
}

/// Drops the places where the rows of this load were staged.
pub(super) async fn drop_staging<D: Database>(db: &D, load: i64) -> Result<(), Failed> {
    for name in staged(db, load).await? {
        db.run(&[format!("DROP TABLE {}", quote(&name))]).await?;
    }
    Ok(())
}

/// The places where this load stages its rows that are there.
pub(super) async fn staged<D: Database>(db: &D, load: i64) -> Result<Vec<String>, Failed> {
    let rows = db.query(D::Dialect::STAGED, with![&staging_root(load)]).await?;
    rows.iter().map(|row| row.get(0)).collect()
}

/// Whether every place is there where a load has staged its rows, with those of the resource's own table.
pub(super) async fn has_staging<D: Database>(db: &D, stored: &Stored) -> Result<bool, Failed> {
    let (root, there) = (staging_root(stored.id), staged(db, stored.id).await?);
    let has_all = stored.staged.iter().chain([&root]).all(|name| there.contains(name));
    Ok(has_all && (stored.state.rows == 0 || catalog::has_rows(db, &root).await? == Some(true)))
}

fn create<D: Database>(table: &Table, shape: &Shape, place: usize) -> String {
    let stored = &shape.tables()[place];
    let keys = shape.stored(table.keys());
    let columns = stored.columns.iter().map(|column| {
        let null = if Table::is_required(place, column, &keys) { " NOT NULL" } else { "" };
        format!("{}{null}", define::<D>(column))
    });
    let key = (place == 0 && D::Dialect::HAS_KEYS)
        .then(|| constraint(table, shape, D::Dialect::MAX_NAME))
        .flatten();
    let lines: Vec<_> = columns.chain(key).collect();
    let (name, options) = (quote(&stored.name), D::Dialect::TABLE_OPTIONS);
    format!("CREATE TABLE {name} (\n  {}\n){options}", lines.join(",\n  "))
}

/// What creates a table for rows that are numbered.
pub(crate) fn create_staged<D: Database>(what: &str, stored: &TableShape, name: &str) -> String {
    let columns: Vec<_> = stored.columns.iter().map(define::<D>).collect();
    let (columns, options) = (columns.join(", "), D::Dialect::TABLE_OPTIONS);
    let number = D::Dialect::own_type(Kind::Number).unwrap_or_default();
    format!("CREATE {what} {name} ({SEQUENCE} {number} NOT NULL, {columns}){options}")
}
