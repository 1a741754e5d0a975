//! How SQLite spells what other databases spell differently.

mod rebuild;

use rest_source::plan::{Column, DataType};

use super::{
    RESERVED,
    database::{Database, Dialect, Kind},
    failure::Failed,
};
use crate::{Error, Table, names};

/// What SQLite speaks.
#[derive(Debug)]
pub(crate) struct SqliteDialect;

impl Dialect for SqliteDialect {
    /// SQLite has no bound on names.
    const MAX_NAME: usize = usize::MAX;
    const NOW: &'static str = "strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')";
    /// A column of another table keeps a text that looks like a number as a number.
    const TABLE_OPTIONS: &'static str = " STRICT";
    const FOR_UPDATE: &'static str = "";
    const KNOWN_ORDER: &'static str = "rowid";
    const ROW: (&'static str, &'static str) = ("_rowid_", "the last");
    const TYPES_TELL: bool = false;
    /// They are kept, and shown by SQLite's tools.
    const COMMENTS_WITHIN: bool = true;
    const EXISTS: &'static str =
        "SELECT 1 FROM sqlite_schema WHERE type IN ('table', 'view') AND name = $1 COLLATE NOCASE";
    const COLUMNS: &'static str =
        r#"SELECT name, type, "notnull" AND dflt_value IS NULL FROM pragma_table_info($1)"#;
    const PRIMARY_KEY: &'static str = "
        SELECT name, EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'table'
          AND name = $1 COLLATE NOCASE AND instr(sql, 'CONSTRAINT \"_rest_source_key_') > 0)
        FROM pragma_table_info($1) WHERE pk > 0 ORDER BY pk";
    const STAGED: &'static str = "SELECT name FROM sqlite_schema
        WHERE type = 'table' AND (name = $1 OR name GLOB $1 || '_*')";
    const OWNERS: &'static str = "
        SELECT t.name FROM sqlite_schema AS t, pragma_table_info(t.name) AS c
        WHERE t.type = 'table' AND c.name = $1 AND t.name NOT GLOB '_rest_source_*'";

    fn indexes(_: &str, _: &[&str]) -> String {
        r#"SELECT i.name, i.tbl_name, l."unique", c.name FROM sqlite_schema AS i
           JOIN pragma_index_list(i.tbl_name) AS l ON l.name = i.name
           JOIN pragma_index_info(i.name) AS c
           WHERE i.type = 'index' AND i.name GLOB '_rest_source_*' ORDER BY i.name, c.seqno"#
            .to_owned()
    }

    /// SQLite ignores the case of ASCII letters, and of no others.
    fn is_same_name(one: &str, other: &str) -> bool {
        one.eq_ignore_ascii_case(other)
    }

    fn column_type(column: &Column) -> String {
        column_type(column.data_type).to_owned()
    }

    fn takes(present: &str, declared: &str) -> bool {
        present.eq_ignore_ascii_case(declared)
    }

    fn own_type(kind: Kind) -> Option<&'static str> {
        match kind {
            Kind::Id => Some("INTEGER PRIMARY KEY"),
            // Its rows are numbered, and no commit of a file is in doubt.
            Kind::Order | Kind::Commits => None,
            Kind::Number | Kind::Bool => Some("INTEGER"),
            Kind::Name => Some("TEXT COLLATE NOCASE"),
            Kind::Text | Kind::Json | Kind::Moment => Some("TEXT"),
        }
    }

    /// SQLite takes no constraint of a table back.
    fn add_variant(create: Vec<String>, columns: &str) -> Vec<String> {
        let rename = "ALTER TABLE _rest_source_state RENAME TO _rest_source_state_earlier";
        let copy = format!(
            "INSERT INTO _rest_source_state ({columns})
               SELECT {columns} FROM _rest_source_state_earlier",
        );
        let drop = "DROP TABLE _rest_source_state_earlier";
        [vec![rename.to_owned()], create, vec![copy, drop.to_owned()]].concat()
    }

    fn check_names(tables: &[Table]) -> Result<(), Error> {
        names::check(tables, Self::MAX_NAME, &[RESERVED, "sqlite_"], Some("SQLite ignores"))
    }

    async fn drop_key<D: Database>(db: &D, table: &str, _: &[String]) -> Result<(), Failed> {
        rebuild::without_key(db, table).await
    }
}

/// The type of a column for values of this data type. The manual's table of types says the same.
fn column_type(data_type: DataType) -> &'static str {
    match data_type {
        DataType::Bigint | DataType::Bool => "INTEGER",
        DataType::Double => "REAL",
        DataType::Binary => "BLOB",
        // Decimal and wei too, because a SQLite number has 64 bits and they have more.
        DataType::Text
        | DataType::Timestamp
        | DataType::Date
        | DataType::Time
        | DataType::Decimal
        | DataType::Wei
        | DataType::Json => "TEXT",
    }
}
