//! A folder of Delta tables, and how a test looks into it: by Python's `deltalake`.

use std::{collections::HashSet, path::PathBuf};

use rest_source_load::Delta;
use serde_json::json;
use tempfile::TempDir;

use super::reader::ask;
use crate::{parquet::runs, suite::Place};

/// A folder of Delta tables.
pub(crate) struct DeltaPlace {
    pub(crate) path: PathBuf,
    _folder: Option<TempDir>,
}

impl DeltaPlace {
    /// The path of a table.
    pub(super) fn table(&self, name: &str) -> String {
        self.path.join(name).to_str().unwrap().to_owned()
    }
}

impl Place for DeltaPlace {
    type Destination = Delta;

    const CALLED: &str = "Delta";

    const KEEPS_UNIQUE: bool = false;

    const SHARES_TABLES: bool = false;

    /// Each commit waits for the disk.
    const PAGES: i64 = 300;

    async fn new() -> DeltaPlace {
        let folder = TempDir::new().unwrap();
        DeltaPlace { path: folder.path().join("shop"), _folder: Some(folder) }
    }

    fn name(&self) -> String {
        self.path.to_str().unwrap().to_owned()
    }

    fn named(name: &str) -> DeltaPlace {
        DeltaPlace { path: name.into(), _folder: None }
    }

    fn destination(&self) -> Delta {
        Delta::at(&self.path)
    }

    async fn rows(&self, table: &str, columns: &[&str]) -> Vec<String> {
        let mut rows = ask(&json!(["rows", self.table(table), columns]));
        rows.sort();
        rows
    }

    async fn counts(&self, table: &str, columns: &[&str]) -> Vec<String> {
        if self.columns(table).await.is_empty() {
            return Vec::new();
        }
        let rows = self.rows(table, columns).await;
        let distinct = |column: usize| {
            let values = rows.iter().filter_map(|row| row.split('|').nth(column));
            values.filter(|value| *value != "NULL").collect::<HashSet<_>>().len()
        };
        let counts = [rows.len()].into_iter().chain((0..columns.len()).map(distinct));
        counts.map(|count| count.to_string()).collect()
    }

    async fn columns(&self, table: &str) -> Vec<String> {
        let columns = ask(&json!(["columns", self.table(table)]));
        columns.iter().map(|column| column.split('|').next().unwrap().to_owned()).collect()
    }

    async fn delete(&self, table: &str) {
        std::fs::remove_dir_all(self.path.join(table)).unwrap();
    }

    async fn type_of(&self, table: &str, column: &str) -> String {
        let columns = ask(&json!(["columns", self.table(table)]));
        let found = columns.iter().find_map(|found| found.strip_prefix(&format!("{column}|")));
        found.unwrap().to_owned()
    }

    async fn runs(&self, columns: &[&str]) -> Vec<String> {
        runs(&self.path, columns)
    }
}
