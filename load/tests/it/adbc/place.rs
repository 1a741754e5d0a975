//! A schema of the server as a place to load into by the driver.

use rest_source_load::Adbc;

use super::library;
use crate::{postgres::PostgresPlace, suite::Place};

/// A dataset of its own.
pub(crate) struct AdbcPostgresPlace(pub(crate) PostgresPlace);

impl Place for AdbcPostgresPlace {
    type Destination = Adbc;

    /// What is said and stored is that of the other destination.
    const CALLED: &str = PostgresPlace::CALLED;

    const NAMED: &str = "ADBC-PostgreSQL";

    const JSON_DEPTH: usize = PostgresPlace::JSON_DEPTH;

    const KEEPS_JSON: bool = PostgresPlace::KEEPS_JSON;

    const PAGES: i64 = 200;

    async fn new() -> AdbcPostgresPlace {
        AdbcPostgresPlace(PostgresPlace::new().await)
    }

    fn name(&self) -> String {
        self.0.name()
    }

    fn named(name: &str) -> AdbcPostgresPlace {
        AdbcPostgresPlace(PostgresPlace::named(name))
    }

    fn destination(&self) -> Adbc {
        let driver = Adbc::driver(library("ADBC_POSTGRESQL_LIBRARY"));
        driver.option("uri", &self.0.url).dataset(&self.0.dataset)
    }

    async fn rows(&self, table: &str, columns: &[&str]) -> Vec<String> {
        self.0.rows(table, columns).await
    }

    async fn counts(&self, table: &str, columns: &[&str]) -> Vec<String> {
        self.0.counts(table, columns).await
    }

    async fn delete(&self, table: &str) {
        self.0.delete(table).await;
    }

    async fn type_of(&self, table: &str, column: &str) -> String {
        self.0.type_of(table, column).await
    }

    async fn columns(&self, table: &str) -> Vec<String> {
        self.0.columns(table).await
    }
}
