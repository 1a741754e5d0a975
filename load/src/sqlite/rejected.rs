//! Records that are set aside because they cannot be stored.

use rusqlite::{Connection, params};

use super::schema;
use crate::{
    Rejected, Shape,
    sql::{now, quote},
};

/// Writes them into the table beside that of their resource, which is created for the first.
pub(super) fn write(
    connection: &Connection,
    shape: &Shape,
    run: i64,
    rejected: &[Rejected],
) -> rusqlite::Result<()> {
    if rejected.is_empty() {
        return Ok(());
    }
    let name = shape.rejected();
    let table = quote(&name);
    connection.execute_batch(&format!(
        "CREATE TABLE IF NOT EXISTS {table} (
           run INTEGER, -- as `_rest_source_runs` counts them
           page INTEGER NOT NULL, -- of the fetch, from 1
           record INTEGER NOT NULL, -- of the page, from 1
           reason TEXT NOT NULL,
           json TEXT NOT NULL, -- the record
           rejected_at TEXT NOT NULL
         ) STRICT"
    ))?;
    schema::add_missing(connection, &name, "run", "INTEGER")?;
    let sql = format!(
        "INSERT INTO {table} (run, page, record, reason, json, rejected_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
    );
    let mut statement = connection.prepare(&sql)?;
    for Rejected { page, record, reason, json } in rejected {
        let [page, record] =
            [page, record].map(|number| i64::try_from(*number).unwrap_or(i64::MAX));
        statement.execute(params![run, page, record, reason, json, now()])?;
    }
    Ok(())
}
