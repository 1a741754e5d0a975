//! A database file as a place to load into.

use std::path::{Path, PathBuf};

use rest_source_load::DuckDb;
use tempfile::TempDir;

use super::reader::ask;
use crate::suite::{Place, counts, split};

/// A DuckDB database file.
pub(crate) struct DuckDbPlace {
    pub(crate) path: PathBuf,
    _folder: Option<TempDir>,
}

impl DuckDbPlace {
    /// The rows of a query: one text for each, its values with `|` between.
    pub(crate) fn query(&self, sql: &str) -> Vec<String> {
        ask(&self.path, sql, true)
    }

    pub(crate) fn execute(&self, sql: &str) {
        ask(&self.path, sql, false);
    }
}

impl Place for DuckDbPlace {
    type Destination = DuckDb;

    const CALLED: &str = "DuckDB";

    /// Each run waits for a look at the file, and each look for a run.
    const PAGES: i64 = 300;

    async fn new() -> DuckDbPlace {
        // Each commit waits for the disk, if it is one.
        let memory = Path::new("/dev/shm");
        let folder = if memory.is_dir() { TempDir::new_in(memory) } else { TempDir::new() };
        let folder = folder.unwrap();
        DuckDbPlace { path: folder.path().join("shop.duckdb"), _folder: Some(folder) }
    }

    fn name(&self) -> String {
        self.path.to_str().unwrap().to_owned()
    }

    fn named(name: &str) -> DuckDbPlace {
        DuckDbPlace { path: name.into(), _folder: None }
    }

    fn destination(&self) -> DuckDb {
        DuckDb::at(&self.path)
    }

    async fn rows(&self, table: &str, columns: &[&str]) -> Vec<String> {
        let columns: Vec<_> = columns.iter().map(|name| format!("\"{name}\"")).collect();
        let mut rows = self.query(&format!("SELECT {} FROM \"{table}\"", columns.join(", ")));
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
        self.execute(&format!("DROP TABLE \"{table}\""));
    }

    async fn type_of(&self, table: &str, column: &str) -> String {
        let sql = format!(
            "SELECT data_type FROM duckdb_columns()
             WHERE table_name = '{table}' AND column_name = '{column}'",
        );
        self.query(&sql).remove(0)
    }

    async fn columns(&self, table: &str) -> Vec<String> {
        self.query(&format!(
            "SELECT column_name FROM duckdb_columns() WHERE table_name = '{table}'
             ORDER BY column_index",
        ))
    }
}
