//! A table made again without the primary key that the loader has made it with: SQLite takes no
//! constraint of a table back.

use crate::sql::{
    database::{Database, Row, with},
    failure::Failed,
    list, quote,
};

/// The name of the table as long as it is made.
const NAME: &str = "_rest_source_rebuilt";

/// Makes a table again without its primary key, whose columns may be null then, with its rows, indexes
/// and triggers.
pub(super) async fn without_key<D: Database>(db: &D, table: &str) -> Result<(), Failed> {
    let sql = r#"SELECT name, type, "notnull" AND pk = 0, dflt_value FROM pragma_table_info($1)"#;
    let mut columns = Vec::new();
    let mut names: Vec<String> = Vec::new();
    for row in db.query(sql, with![table]).await? {
        let (name, of): (String, String) = (row.get(0)?, row.get(1)?);
        let null = if row.get(2)? { " NOT NULL" } else { "" };
        let default: Option<String> = row.get(3)?;
        let default = default.map(|value| format!(" DEFAULT ({value})")).unwrap_or_default();
        columns.push(format!("{} {of}{null}{default}", quote(&name)));
        names.push(name);
    }
    let of_table = "SELECT sql FROM sqlite_schema
                    WHERE tbl_name = $1 COLLATE NOCASE AND type <> 'table' AND sql IS NOT NULL";
    let others = db.query(of_table, with![table]).await?;
    let others: Vec<String> =
        others.iter().map(|row: &Row| row.get(0)).collect::<Result<_, _>>()?;
    let (columns, names, table) = (columns.join(", "), list(names), quote(table));
    // Views that name the table are not looked at while it is gone.
    let rebuild = [
        "PRAGMA legacy_alter_table = ON".to_owned(),
        format!("CREATE TABLE {NAME} ({columns}) STRICT"),
        format!("INSERT INTO {NAME} ({names}) SELECT {names} FROM {table} ORDER BY rowid"),
        format!("DROP TABLE {table}"),
        format!("ALTER TABLE {NAME} RENAME TO {table}"),
        "PRAGMA legacy_alter_table = OFF".to_owned(),
    ];
    db.run(&rebuild).await?;
    db.run(&others).await
}
