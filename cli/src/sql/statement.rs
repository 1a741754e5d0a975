//! What a statement reads: SQLite itself says which tables it lacks, so that aliases, subqueries, common
//! table expressions and quoted names mean what they mean to it.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use rusqlite::{
    Connection, Error,
    config::DbConfig,
    hooks::{AuthAction, AuthContext, Authorization},
};

use super::{
    catalog::{Catalog, Declared},
    decimal,
    mistake::{self, Columns},
};
use crate::failure::Failure;

/// More tables than any statement can join, so that finding them ends.
const MOST_TABLES: usize = 1_000;

/// The tables that a statement names, found by preparing it with a database that has none of them at first.
///
/// A column that is not declared may show up when the table is loaded, so that nothing is said of it here,
/// unless none of the tables takes such columns.
///
/// # Errors
///
/// If the statement is none, is more than one or would write; if it names a table that is not declared.
pub(super) fn tables(sql: &str, catalog: &Catalog) -> Result<Vec<Declared>, Failure> {
    let cannot = |error: Error| mistake::of(&error, sql, &[]);
    let mut database = Connection::open_in_memory().map_err(cannot)?;
    let is_ours = Arc::new(AtomicBool::new(false));
    let declares = Arc::clone(&is_ours);
    configure(&database)?;
    decimal::define(&database).map_err(cannot)?;
    let allow = move |context: AuthContext<'_>| {
        if declares.load(Ordering::Relaxed) { Authorization::Allow } else { authorize(&context) }
    };
    database.authorizer(Some(allow)).map_err(cannot)?;
    let mut found: Vec<Declared> = Vec::new();
    loop {
        let Err(error) = database.prepare(sql) else { return Ok(found) };
        let Some(name) = mistake::missing_table(&error) else {
            let may_show_up = found.iter().any(|table| table.takes_columns);
            if may_show_up && mistake::depends_on_columns(&error) {
                return Ok(found);
            }
            return Err(mistake::of(&error, sql, &columns_of(&found)));
        };
        let is_new = !found.iter().any(|table| table.name.eq_ignore_ascii_case(name));
        let Some(table) = catalog.table(name).filter(|_| is_new && found.len() < MOST_TABLES)
        else {
            return Err(mistake::of_table(name, sql, catalog));
        };
        is_ours.store(true, Ordering::Relaxed);
        let created = database.execute_batch(&create(&table));
        is_ours.store(false, Ordering::Relaxed);
        created.map_err(cannot)?;
        found.push(table.into_owned());
    }
}

/// Has a connection take only what is read: `"paid"` in double quotes is a name and never a text.
pub(super) fn configure(database: &Connection) -> Result<(), Failure> {
    for config in [DbConfig::SQLITE_DBCONFIG_DQS_DML, DbConfig::SQLITE_DBCONFIG_DQS_DDL] {
        database
            .set_db_config(config, false)
            .map_err(|error| Failure::user(error.to_string(), "this build of SQLite is too old"))?;
    }
    Ok(())
}

/// Whether a statement may do this: read, and nothing else.
pub(super) fn authorize(context: &AuthContext<'_>) -> Authorization {
    match context.action {
        AuthAction::Select
        | AuthAction::Read { .. }
        | AuthAction::Function { .. }
        | AuthAction::Recursive => Authorization::Allow,
        _ => Authorization::Deny,
    }
}

fn columns_of(tables: &[Declared]) -> Vec<Columns> {
    tables.iter().map(|table| (table.name.clone(), table.columns.clone())).collect()
}

fn create(table: &Declared) -> String {
    let mut columns: Vec<_> = table.columns.iter().map(|column| quoted(column)).collect();
    if columns.is_empty() {
        // A table needs one.
        columns.push("\"\"".to_owned());
    }
    format!("CREATE TABLE {} ({})", quoted(&table.name), columns.join(", "))
}

/// A name in SQL.
pub(super) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
