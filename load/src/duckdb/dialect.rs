//! How DuckDB spells what other databases spell differently.

use rest_source::plan::Column;

use super::value;
use crate::{
    Error, Table, names,
    sql::{
        RESERVED,
        database::{Dialect, Kind},
    },
};

/// What is in the schema at hand, as a condition on the catalogue's functions.
macro_rules! here {
    () => {
        "database_name = current_database() AND schema_name = current_schema()"
    };
}

/// A name without upper case; the case of ASCII letters alone is ignored.
macro_rules! folded {
    ($name:literal) => {
        concat!(
            "translate(",
            $name,
            ", 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz')"
        )
    };
}

/// What DuckDB speaks.
#[derive(Debug)]
pub(super) struct DuckDbDialect;

impl Dialect for DuckDbDialect {
    /// DuckDB has no bound on names.
    const MAX_NAME: usize = usize::MAX;
    const RESERVED_COLUMNS: &'static [&'static str] = &["", "rowid"];
    /// When the transaction began.
    const NOW: &'static str = "now()";
    /// Not of a sequence: what has one in its table's definition cannot be read from the log behind a crash.
    const NEXT_ID: Option<&'static str> =
        Some("(SELECT coalesce(max(id), 0) + 1 FROM _rest_source_state)");
    const TABLE_OPTIONS: &'static str = "";
    const FOR_UPDATE: &'static str = "";
    const KNOWN_ORDER: &'static str = "rowid";
    const ROW: (&'static str, &'static str) = ("rowid", "the last");
    /// Numbers of any size are text.
    const TYPES_TELL: bool = false;
    /// An index makes merging several times as slow, and columns are read without one.
    const HAS_KEYS: bool = false;
    const COMMENTS_WITHIN: bool = false;
    const EXISTS: &'static str = concat!(
        "SELECT 1 FROM duckdb_tables() WHERE ",
        here!(),
        " AND ",
        folded!("table_name"),
        " = ",
        folded!("$1"),
        " UNION ALL SELECT 1 FROM duckdb_views() WHERE ",
        here!(),
        " AND ",
        folded!("view_name"),
        " = ",
        folded!("$1"),
    );
    const COLUMNS: &'static str = concat!(
        "SELECT column_name, data_type, NOT is_nullable AND column_default IS NULL
         FROM duckdb_columns() WHERE ",
        here!(),
        " AND ",
        folded!("table_name"),
        " = ",
        folded!("$1"),
        " ORDER BY column_index",
    );
    const PRIMARY_KEY: &'static str = concat!(
        "SELECT unnest(constraint_column_names), false FROM duckdb_constraints() WHERE ",
        here!(),
        " AND ",
        folded!("table_name"),
        " = ",
        folded!("$1"),
        " AND constraint_type = 'PRIMARY KEY'",
    );
    const STAGED: &'static str = concat!(
        "SELECT table_name FROM duckdb_tables() WHERE ",
        here!(),
        " AND (table_name = $1 OR starts_with(table_name, $1 || '_'))",
    );
    const OWNERS: &'static str = concat!(
        "SELECT DISTINCT table_name FROM duckdb_columns()
         WHERE column_name = $1 AND NOT starts_with(table_name, '_rest_source_') AND ",
        here!(),
        " AND table_name IN (SELECT table_name FROM duckdb_tables() WHERE ",
        here!(),
        ")",
    );

    /// Each is on one column, which its name tells.
    fn indexes(_: &str, _: &[&str]) -> String {
        concat!(
            "SELECT index_name, table_name, is_unique,
               substr(index_name, length('_rest_source_unique_' || table_name || '.') + 1)
             FROM duckdb_indexes()
             WHERE starts_with(index_name, '_rest_source_unique_') AND ",
            here!(),
            " ORDER BY index_name",
        )
        .to_owned()
    }

    /// DuckDB ignores the case of ASCII letters, and of no others.
    fn is_same_name(one: &str, other: &str) -> bool {
        one.eq_ignore_ascii_case(other)
    }

    fn column_type(column: &Column) -> String {
        value::column_type(column)
    }

    fn takes(present: &str, declared: &str) -> bool {
        value::takes(present, declared)
    }

    fn own_type(kind: Kind) -> Option<&'static str> {
        match kind {
            Kind::Id => Some("BIGINT PRIMARY KEY"),
            // Its rows are numbered, and no commit of a file is in doubt.
            Kind::Order | Kind::Commits => None,
            Kind::Number => Some("BIGINT"),
            Kind::Bool => Some("BOOLEAN"),
            Kind::Text | Kind::Name => Some("VARCHAR"),
            Kind::Json => Some("JSON"),
            Kind::Moment => Some("TIMESTAMP WITH TIME ZONE"),
        }
    }

    /// No version has made a table without it.
    fn add_variant(_: Vec<String>, _: &str) -> Vec<String> {
        vec!["ALTER TABLE _rest_source_state ADD COLUMN variant VARCHAR DEFAULT ''".to_owned()]
    }

    fn check_names(tables: &[Table]) -> Result<(), Error> {
        names::check(tables, Self::MAX_NAME, &[RESERVED], Some("DuckDB ignores"))
    }
}
