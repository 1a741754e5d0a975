//! A schema of the server as a place to load into.

use std::sync::atomic::{AtomicU64, Ordering};

use rest_source_load::Postgres;
use tokio_postgres::{Client, NoTls, types::Type};

use super::cluster::Cluster;
use crate::suite::{Place, counts, split};

static COUNT: AtomicU64 = AtomicU64::new(0);

/// A dataset of its own.
pub(crate) struct PostgresPlace {
    /// The URL of the database.
    pub(crate) url: String,
    pub(crate) dataset: String,
}

impl PostgresPlace {
    /// A dataset by way of this URL.
    pub(crate) fn at(url: String) -> PostgresPlace {
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        PostgresPlace { url, dataset: format!("Test {number}") }
    }

    /// A connection of the test's own, to the dataset.
    pub(crate) async fn client(&self) -> Client {
        connect(&format!("{}?sslmode=disable", Cluster::get().url()), &self.dataset).await
    }

    pub(crate) async fn execute(&self, sql: &str) {
        self.client().await.batch_execute(sql).await.unwrap();
    }

    /// The rows of a query: one text for each, its values with `|` between.
    pub(crate) async fn query(&self, sql: &str) -> Vec<String> {
        query(&self.client().await, sql).await
    }

    /// The types of a table's columns.
    pub(crate) async fn types(&self, table: &str) -> Vec<String> {
        self.query(&format!(
            "SELECT a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
             FROM pg_attribute AS a JOIN pg_class AS c ON c.oid = a.attrelid
             WHERE c.relnamespace = '\"{}\"'::regnamespace AND c.relname = '{table}'
               AND a.attnum > 0 ORDER BY a.attnum",
            self.dataset,
        ))
        .await
    }
}

/// A connection to a dataset, which need not exist yet.
pub(crate) async fn connect(url: &str, dataset: &str) -> Client {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await.unwrap();
    tokio::spawn(connection);
    let set = format!("SET search_path = \"{dataset}\"; SET TimeZone = 'UTC'");
    client.batch_execute(&set).await.unwrap();
    client
}

pub(crate) async fn query(client: &Client, sql: &str) -> Vec<String> {
    let statement = client.prepare(sql).await.unwrap();
    let columns = statement.columns().iter().enumerate().map(|(index, column)| {
        let name = format!("c{index}");
        match *column.type_() {
            Type::BOOL => format!("{name}::int::text"),
            Type::TIMESTAMPTZ => format!("replace({name}::text, ' ', 'T') || ':00'"),
            Type::TIMESTAMP => format!("replace({name}::text, ' ', 'T')"),
            _ => format!("{name}::text"),
        }
    });
    let columns = columns.collect::<Vec<_>>().join(", ");
    let names: Vec<_> = (0..statement.columns().len()).map(|index| format!("c{index}")).collect();
    let sql = format!("SELECT ARRAY[{columns}] FROM ({sql}) AS q ({})", names.join(", "));
    let rows = client.query(&sql, &[]).await.unwrap();
    rows.iter()
        .map(|row| {
            let cells: Vec<Option<String>> = row.get(0);
            let cells = cells.into_iter().map(|cell| cell.unwrap_or_else(|| "NULL".to_owned()));
            cells.collect::<Vec<_>>().join("|")
        })
        .collect()
}

impl Place for PostgresPlace {
    type Destination = Postgres;

    const CALLED: &str = "PostgreSQL";

    const JSON_DEPTH: usize = 1_000;

    /// `jsonb` sorts the members.
    const KEEPS_JSON: bool = false;

    const PAGES: i64 = 400;

    async fn new() -> PostgresPlace {
        PostgresPlace::at(format!("{}?sslmode=disable", Cluster::get().url()))
    }

    fn name(&self) -> String {
        format!("{}\n{}", self.url, self.dataset)
    }

    fn named(name: &str) -> PostgresPlace {
        let (url, dataset) = name.split_once('\n').unwrap();
        PostgresPlace { url: url.to_owned(), dataset: dataset.to_owned() }
    }

    fn destination(&self) -> Postgres {
        Postgres::at(&self.url).unwrap().dataset(&self.dataset)
    }

    async fn rows(&self, table: &str, columns: &[&str]) -> Vec<String> {
        let columns: Vec<_> = columns.iter().map(|name| format!("\"{name}\"")).collect();
        let sql = format!("SELECT {} FROM \"{table}\"", columns.join(", "));
        let mut rows = self.query(&sql).await;
        rows.sort();
        rows
    }

    async fn counts(&self, table: &str, columns: &[&str]) -> Vec<String> {
        if self.columns(table).await.is_empty() {
            return Vec::new();
        }
        split(&self.query(&counts(table, columns)).await)
    }

    async fn delete(&self, table: &str) {
        self.execute(&format!("DROP TABLE \"{table}\"")).await;
    }

    async fn type_of(&self, table: &str, column: &str) -> String {
        let types = self.types(table).await;
        let named = |named: &String| named.strip_prefix(&format!("{column} ")).map(str::to_owned);
        types.iter().find_map(named).unwrap()
    }

    async fn columns(&self, table: &str) -> Vec<String> {
        self.query(&format!(
            "SELECT column_name FROM information_schema.columns
             WHERE table_schema = '{}' AND table_name = '{table}' ORDER BY ordinal_position",
            self.dataset,
        ))
        .await
    }
}
