//! What destinations that speak SQL have in common, over a dialect and a connection (`database.rs`): the
//! loader's own tables, tables and indexes of loads, state, history, quarantine, and how staged rows become
//! the table's. Rows are written by each in its fastest way (`session.rs`).

mod age;
pub(crate) mod apply;
#[cfg(any(feature = "sqlite", feature = "adbc"))]
pub(crate) mod blocking;
pub(crate) mod catalog;
pub(crate) mod database;
pub(crate) mod failure;
pub(crate) mod history;
pub(crate) mod index;
#[cfg(any(feature = "postgres", feature = "adbc"))]
pub(crate) mod json;
mod known;
mod load;
mod own;
#[cfg(any(feature = "postgres", feature = "adbc"))]
pub(crate) mod postgres;
#[cfg(any(feature = "postgres", feature = "adbc"))]
pub(crate) mod refused;
mod rejected;
mod relied;
pub(crate) mod schema;
pub(crate) mod session;
#[cfg(any(feature = "sqlite", feature = "adbc"))]
pub(crate) mod sqlite;
mod staging;
pub(crate) mod state;
pub(crate) mod unique;

use rest_source::plan::Column;

use crate::{Error, ErrorKind};
pub(crate) use crate::{moment::now, rows::SEQUENCE};

/// Tables and indexes that belong to the loader begin with this.
pub(crate) const RESERVED: &str = "_rest_source_";

/// A name as SQL writes it, whatever is in it.
pub(crate) fn quote(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// Text as SQL writes it.
pub(crate) fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// What has the next run forget that there was the table of a list.
pub(crate) fn forget(list: &str) -> String {
    format!("DELETE FROM _rest_source_columns WHERE table_name = {}", literal(list))
}

/// Removes the rows of a list whose record's row is in none of these tables.
pub(crate) fn orphans(list: &str, owners: impl IntoIterator<Item = String>) -> String {
    let row = quote(crate::ROW_ID);
    let rows =
        |owner: String| format!("SELECT {row} FROM {} WHERE {row} IS NOT NULL", quote(&owner));
    let rows: Vec<_> = owners.into_iter().map(rows).collect();
    let only = match &*rows {
        [] => String::new(),
        rows => format!(" WHERE {} NOT IN ({})", quote(crate::ROOT_ID), rows.join(" UNION ALL ")),
    };
    format!("DELETE FROM {}{only}", quote(list))
}

/// Quoted names with commas between.
pub(crate) fn list<S: AsRef<str>>(names: impl IntoIterator<Item = S>) -> String {
    names.into_iter().map(|name| quote(name.as_ref())).collect::<Vec<_>>().join(", ")
}

/// The quoted names of these columns with commas between.
pub(crate) fn list_columns(columns: &[Column]) -> String {
    list(columns.iter().map(|column| &column.name))
}

/// What an insert does where a row has the primary key already: its other columns are updated, if
/// they have to differ for that, by a condition on the row `target`.
pub(crate) fn on_conflict_update(
    primary_key: &[String],
    columns: &[Column],
    differs: Option<fn(&[&Column]) -> String>,
) -> String {
    let others: Vec<_> = updated(primary_key, columns).collect();
    let set = |name: &str| format!("{0} = excluded.{0}", quote(name));
    let mut sets: Vec<_> = others.iter().map(|column| set(&column.name)).collect();
    if differs.is_some() && sets.is_empty() {
        // It is never done, and the condition is asked all the same.
        sets.extend(primary_key.first().map(|name| set(name)));
    }
    let key = list(primary_key);
    if sets.is_empty() {
        return format!(" ON CONFLICT ({key}) DO NOTHING");
    }
    let only = differs.map(|differs| format!(" WHERE {}", differs(&others))).unwrap_or_default();
    format!(" ON CONFLICT ({key}) DO UPDATE SET {}{only}", sets.join(", "))
}

/// The columns that are updated in a row with the primary key: those that are not of it.
fn updated<'c>(primary_key: &[String], columns: &'c [Column]) -> impl Iterator<Item = &'c Column> {
    let is_key = |name: &str| primary_key.iter().any(|key| key.eq_ignore_ascii_case(name));
    columns.iter().filter(move |column| !is_key(&column.name))
}

/// An error about a column that must have a value, and that no record has any more.
pub(crate) fn required_column(name: &str) -> Error {
    let message = format!(
        "the table's column `{name}` must have a value, and the source does not declare it any more; \
         declare it again, or rename the table so that a new one is created"
    );
    Error::new(ErrorKind::Schema, message)
}

/// The condition under which a row's record says that it is deleted. `None` if no column says so.
pub(crate) fn is_deleted(columns: &[Column]) -> Option<String> {
    use rest_source::plan::DataType;

    let conditions: Vec<_> = columns
        .iter()
        .filter(|column| column.hard_delete)
        .map(|column| {
            let is = if column.data_type == DataType::Bool { "IS TRUE" } else { "IS NOT NULL" };
            format!("{} {is}", quote(&column.name))
        })
        .collect();
    (!conditions.is_empty()).then(|| conditions.join(" OR "))
}
