//! A file of SQLite as a place to load into by the driver. It is looked into by the same one: two libraries of SQLite in
//! a process let go of each other's locks.

use std::path::PathBuf;

use adbc_core::{
    Connection as _, Database as _, Driver as _, Statement as _,
    options::{AdbcVersion, OptionDatabase},
};
use adbc_driver_manager::{ManagedConnection, ManagedDriver};
use arrow_array::{Array, cast::AsArray as _, types::Int64Type};
use arrow_schema::DataType;
use rest_source_load::Adbc;
use tempfile::TempDir;

use super::library;
use crate::suite::{Place, counts, split};

/// A database file.
pub(crate) struct AdbcSqlitePlace {
    path: PathBuf,
    _folder: Option<TempDir>,
}

impl AdbcSqlitePlace {
    fn connect(&self) -> ManagedConnection {
        let library = library("ADBC_SQLITE_LIBRARY");
        let driver = ManagedDriver::load_dynamic_from_filename(library, None, AdbcVersion::V110);
        let options = [(OptionDatabase::Uri, self.path.to_str().unwrap().into())];
        let database = driver.unwrap().new_database_with_opts(options).unwrap();
        let connection = database.new_connection().unwrap();
        run(&connection, "PRAGMA busy_timeout = 30000");
        connection
    }

    /// The rows of a query: one text for each, its values with `|` between.
    pub(crate) fn query(&self, sql: &str) -> Vec<String> {
        run(&self.connect(), sql)
    }

    /// Each value as a text, as the driver gives all values of a column in one type.
    fn select(&self, table: &str, columns: &[&str]) -> Vec<String> {
        let text = |name: &&str| {
            format!(
                r#"CASE typeof("{name}") WHEN 'null' THEN 'NULL' WHEN 'blob' THEN '\x' || lower(hex("{name}"))
                   ELSE CAST("{name}" AS TEXT) END"#
            )
        };
        let columns: Vec<_> = columns.iter().map(text).collect();
        self.query(&format!("SELECT {} FROM \"{table}\"", columns.join(" || '|' || ")))
    }
}

fn run(connection: &ManagedConnection, sql: &str) -> Vec<String> {
    let mut statement = connection.clone().new_statement().unwrap();
    statement.set_sql_query(sql).unwrap();
    let mut rows = Vec::new();
    for batch in statement.execute().unwrap() {
        let batch = batch.unwrap();
        for row in 0..batch.num_rows() {
            let texts = batch.columns().iter().map(|column| match column.data_type() {
                _ if column.is_null(row) => "NULL".to_owned(),
                DataType::Utf8 => column.as_string::<i32>().value(row).to_owned(),
                DataType::Int64 => column.as_primitive::<Int64Type>().value(row).to_string(),
                other => panic!("{other} in {sql}"),
            });
            rows.push(texts.collect::<Vec<_>>().join("|"));
        }
    }
    rows
}

impl Place for AdbcSqlitePlace {
    type Destination = Adbc;

    /// What is said and stored is that of the other destination.
    const CALLED: &str = "SQLite";

    const NAMED: &str = "ADBC-SQLite";

    const PAGES: i64 = 400;

    async fn new() -> AdbcSqlitePlace {
        let folder = TempDir::new().unwrap();
        AdbcSqlitePlace { path: folder.path().join("shop.db"), _folder: Some(folder) }
    }

    fn name(&self) -> String {
        self.path.to_str().unwrap().to_owned()
    }

    fn named(name: &str) -> AdbcSqlitePlace {
        AdbcSqlitePlace { path: name.into(), _folder: None }
    }

    fn destination(&self) -> Adbc {
        Adbc::driver(library("ADBC_SQLITE_LIBRARY")).option("uri", self.name())
    }

    async fn rows(&self, table: &str, columns: &[&str]) -> Vec<String> {
        let mut rows = self.select(table, columns);
        rows.sort();
        rows
    }

    async fn counts(&self, table: &str, columns: &[&str]) -> Vec<String> {
        if self.columns(table).await.is_empty() {
            return Vec::new();
        }
        split(&self.query(&counts(table, columns)))
    }

    async fn delete(&self, table: &str) {
        self.query(&format!("DROP TABLE \"{table}\""));
    }

    async fn check(&self) {
        assert_eq!(self.query("PRAGMA integrity_check"), ["ok"]);
    }

    async fn type_of(&self, table: &str, column: &str) -> String {
        let sql = format!("SELECT type FROM pragma_table_info('{table}') WHERE name = '{column}'");
        self.query(&sql).remove(0)
    }

    async fn columns(&self, table: &str) -> Vec<String> {
        self.query(&format!("SELECT name FROM pragma_table_info('{table}')"))
    }
}
