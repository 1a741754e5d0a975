//! Records that are set aside because they cannot be stored.

use rusqlite::{Connection, params};

use crate::{
    Rejected, Shape,
    sql::{now, quote},
};

/// Writes them into the table beside that of their resource, which is created for the first.
pub(super) fn write(
    connection: &Connection,
    shape: &Shape,
    rejected: &[Rejected],
) -> rusqlite::Result<()> {
    if rejected.is_empty() {
        return Ok(());
    }
    let table = quote(&shape.rejected());
    connection.execute_batch(&format!(
        "CREATE TABLE IF NOT EXISTS {table} (
           page INTEGER NOT NULL, -- of the fetch, from 1
           record INTEGER NOT NULL, -- of the page, from 1
           reason TEXT NOT NULL,
           json TEXT NOT NULL, -- the record
           rejected_at TEXT NOT NULL
         ) STRICT"
    ))?;
    let sql = format!("INSERT INTO {table} VALUES (?1, ?2, ?3, ?4, ?5)");
    let mut statement = connection.prepare(&sql)?;
    for Rejected { page, record, reason, json } in rejected {
        let [page, record] =
            [page, record].map(|number| i64::try_from(*number).unwrap_or(i64::MAX));
        statement.execute(params![page, record, reason, json, now()])?;
    }
    Ok(())
}
