//! What a state relies on, as it is found in the database.

use rusqlite::{Connection, OptionalExtension};

use super::{error::failed, known, schema};
use crate::{
    Error, Run, Shape, Table,
    relied::{Left, Relied, Standing, committed},
    sql::{
        age::{AGE, Age, Begun, CLAIM},
        forget, quote,
    },
};

/// How the states that the run begins with stand to the history. Those that agree are of this run from
/// now on.
pub(super) fn begin(connection: &Connection, run: &Run, number: i64) -> rusqlite::Result<Begun> {
    let mut begun = Begun::new(has_states(connection)?);
    for table in &run.tables {
        let of = (&run.pipeline, &run.source, &table.resource, &table.variant, number);
        let age = connection.query_row(&numbered(AGE), of, |row| {
            Ok(Age {
                id: row.get(0)?,
                run: row.get(1)?,
                is_overtaken: row.get(2)?,
                last: row.get(3)?,
                last_written: row.get(4)?,
                has_failed: row.get(5)?,
                any: row.get(6)?,
            })
        })?;
        if let (Some(id), Standing::Agrees) = (age.id, begun.add(table, &age)) {
            connection.execute(&numbered(CLAIM), [id, number])?;
        }
    }
    Ok(begun)
}

/// SQLite takes `$2` for a name, and gives it the number of its place in the statement.
fn numbered(sql: &str) -> String {
    sql.replace('$', "?")
}

/// Whether there is a state of any resource.
fn has_states(connection: &Connection) -> rusqlite::Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM _rest_source_state)";
    connection.query_row(sql, [], |row| row.get(0))
}

/// Whether a table has a row; `None` if there is no such table.
pub(super) fn has_rows(connection: &Connection, table: &str) -> rusqlite::Result<Option<bool>> {
    if !schema::exists(connection, table)? {
        return Ok(None);
    }
    let sql = format!("SELECT EXISTS (SELECT 1 FROM {})", quote(table));
    connection.query_row(&sql, [], |row| row.get(0)).map(Some)
}

/// Tells what is not as the state says. Gives whether everything must be loaded.
pub(super) fn check(
    connection: &Connection,
    run: &Run,
    table: &Table,
    shape: &Shape,
    begun: &Begun,
) -> Result<bool, Error> {
    let found = find(connection, run, table, shape, begun);
    let name = &shape.tables()[0].name;
    found.map_err(failed("the state cannot be used"))?.check(table, &format!("`{}`", forget(name)))
}

fn find(
    connection: &Connection,
    run: &Run,
    table: &Table,
    shape: &Shape,
    begun: &Begun,
) -> rusqlite::Result<Relied> {
    let name = &shape.tables()[0].name;
    let has_rows = has_rows(connection, name)?;
    // The source may be called otherwise than it was, and rows be those of another variant.
    let state = connection
        .query_row(
            "SELECT id, iif(checkpoint IS NULL, 0, rows), next_run IS NOT NULL,
               fingerprint
             FROM _rest_source_state WHERE pipeline = ?1 AND resource = ?3
             ORDER BY source <> ?2, variant <> ?4 LIMIT 1",
            (&run.pipeline, &run.source, &table.resource, &table.variant),
            |row| Ok((row.get(0)?, row.get::<_, i64>(1)?, row.get(2)?, row.get::<_, String>(3)?)),
        )
        .optional()?;
    let state = match state {
        None => None,
        Some((id, rows, is_incremental, fingerprint)) => {
            let is_staged = schema::has_staging(connection, id)?;
            let rows = committed(table, is_staged, u64::try_from(rows).unwrap_or(0));
            let is_elsewhere = table.disposition_of(&fingerprint).is_none();
            Some(Left { rows, is_incremental, is_elsewhere, is_staged })
        }
    };
    let is_known = known::has_table(connection, name)?;
    // Another pipeline may have begun since, and have made the table.
    let others = "SELECT EXISTS (SELECT 1 FROM _rest_source_state WHERE pipeline <> ?1)";
    let had_states =
        begun.had_states || connection.query_row(others, [&run.pipeline], |row| row.get(0))?;
    let standing = begun.standing(table);
    Ok(Relied { has_rows, is_known, had_states, state, standing })
}
