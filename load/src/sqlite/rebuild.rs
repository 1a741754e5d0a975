//! A table made again without the primary key that the loader has made it with: SQLite takes no
//! constraint of a table back.

use rusqlite::Connection;

use crate::sql::{list, quote};

/// The name of the table as long as it is made.
const NAME: &str = "_rest_source_rebuilt";

/// Makes a table again without its primary key, whose columns may be null then, with its rows, indexes
/// and triggers.
pub(super) fn without_key(connection: &Connection, table: &str) -> rusqlite::Result<()> {
    let mut columns = Vec::new();
    let mut names = Vec::new();
    connection
        .prepare(
            r#"SELECT name, type, "notnull" AND pk = 0, dflt_value FROM pragma_table_info(?1)"#,
        )?
        .query_map([table], |row| {
            let (name, of, required): (String, String, bool) =
                (row.get(0)?, row.get(1)?, row.get(2)?);
            let default: Option<String> = row.get(3)?;
            let default = default.map(|value| format!(" DEFAULT ({value})")).unwrap_or_default();
            let null = if required { " NOT NULL" } else { "" };
            columns.push(format!("{} {of}{null}{default}", quote(&name)));
            names.push(name);
            Ok(())
        })?
        .collect::<rusqlite::Result<()>>()?;
    let of_table = "SELECT sql FROM sqlite_schema
                    WHERE tbl_name = ?1 COLLATE NOCASE AND type <> 'table' AND sql IS NOT NULL";
    let others: Vec<String> = connection
        .prepare(of_table)?
        .query_map([table], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let (columns, names, table) = (columns.join(", "), list(names), quote(table));
    // Views that name the table are not looked at while it is gone.
    connection.execute_batch(&format!(
        "PRAGMA legacy_alter_table = ON;
         CREATE TABLE {NAME} ({columns}) STRICT;
         INSERT INTO {NAME} ({names}) SELECT {names} FROM {table} ORDER BY rowid;
         DROP TABLE {table};
         ALTER TABLE {NAME} RENAME TO {table};
         PRAGMA legacy_alter_table = OFF;
         {}",
        others.into_iter().map(|sql| sql + ";").collect::<String>(),
    ))
}
