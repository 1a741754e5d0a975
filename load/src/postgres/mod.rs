//! The destination PostgreSQL.

mod address;
mod budget;
mod connect;
mod database;
mod dialect;
mod error;
mod grants;
mod json;
mod lock;
mod numeric;
mod refused;
mod session;
mod tls;
mod value;
mod write;

use std::sync::Arc;

use rest_source::plan::Column;
use tokio_postgres::{Client, types::Type};

use self::{address::Address, connect::Connections, session::BEGIN};
pub use self::{
    budget::PostgresBudget,
    session::{PostgresSession, PostgresWriter},
};
use crate::{
    Destination, Error, ErrorKind, ResourceState, Run, Shape, Table, names,
    sql::{
        RESERVED, catalog,
        database::Dialect,
        failure::{Failed, failed},
        history, quote,
        session::Started,
        state,
    },
};

#[doc = include_str!("page.md")]
#[derive(Debug, Clone)]
pub struct Postgres {
    address: Address,
    dataset: Option<String>,
}

impl Postgres {
    /// The database at a URL. It is connected to when a run begins.
    ///
    /// # Errors
    ///
    /// If the URL cannot be understood, or asks for what is not supported.
    pub fn at(url: impl AsRef<str>) -> Result<Postgres, Error> {
        Ok(Postgres { address: Address::parse(url.as_ref())?, dataset: None })
    }

    /// The database at the URL in an environment variable.
    ///
    /// # Errors
    ///
    /// If the variable is not set; as [`at`](Postgres::at).
    pub fn from_env(variable: &str) -> Result<Postgres, Error> {
        match std::env::var(variable) {
            Ok(url) => Postgres::at(url),
            // What a variable that is no UTF-8 has in it may be a password.
            Err(_) => {
                let message = format!(
                    "the environment variable `{variable}` is not set; set it to the URL of the \
                     PostgreSQL database"
                );
                Err(Error::new(ErrorKind::Destination, message))
            }
        }
    }

    /// The schema that is written to, which is created if it does not exist. Unless set, it is the
    /// first in the search path of the database's user, which is mostly `public`.
    #[must_use]
    pub fn dataset(mut self, name: impl Into<String>) -> Postgres {
        self.dataset = Some(name.into());
        self
    }

    fn connections(&self) -> Result<Arc<Connections>, Error> {
        if let Some(name) = &self.dataset {
            check_dataset(name)?;
        }
        Ok(Arc::new(Connections::new(self.address.clone(), self.dataset.clone())))
    }
}

fn check_dataset(name: &str) -> Result<(), Error> {
    let what = if name.is_empty() {
        "is empty"
    } else if name.len() > Client::MAX_NAME {
        "is longer than the 63 bytes that PostgreSQL takes"
    } else if name.contains('\0') {
        "has a zero byte in it"
    } else if name.starts_with("pg_") {
        "begins with `pg_`, which is reserved"
    } else {
        return Ok(());
    };
    Err(Error::new(ErrorKind::Schema, format!("the name of the dataset {what}")))
}

/// Refuses names that PostgreSQL does not take, and resources that would share a table.
fn check_names(tables: &[Table]) -> Result<(), Error> {
    names::refuse_empty(tables)?;
    names::check(tables, Client::MAX_NAME, &[RESERVED, "pg_"], None)?;
    for table in tables {
        for stored in Shape::of(table, Client::MAX_NAME)?.tables() {
            let is_reserved = |column: &&Column| Client::RESERVED_COLUMNS.contains(&&*column.name);
            if let Some(column) = stored.columns.iter().find(is_reserved) {
                let message = format!("PostgreSQL takes no column of the name `{}`", column.name);
                return Err(table.schema(&message));
            }
        }
    }
    Ok(())
}

impl Destination for Postgres {
    type Session = PostgresSession;

    async fn begin(&self, run: Run) -> Result<PostgresSession, Error> {
        check_names(&run.tables)?;
        let connections = self.connections()?;
        let client = connections.connect().await?;
        let dataset = match &self.dataset {
            Some(name) => name.clone(),
            None => current(&client).await?,
        };
        lock::take(&client, &self.address, &dataset, &run.pipeline).await?;
        let started = begin(&client, &dataset, run)
            .await
            .map_err(failed(format!("the dataset `{dataset}` cannot be prepared")))?;
        Ok(PostgresSession { started, dataset, connections, client })
    }

    async fn state(&self) -> Result<Vec<ResourceState>, Error> {
        let client = self.connections()?.connect().await?;
        state::all(&client).await.map_err(failed("the state cannot be read"))
    }

    async fn reset(&self, pipeline: &str, resource: Option<&str>) -> Result<u64, Error> {
        let client = self.connections()?.connect().await?;
        let cannot = || failed("the state cannot be reset");
        if !catalog::exists(&client, state::NAME).await.map_err(cannot())? {
            return Ok(0);
        }
        let dataset = current(&client).await?;
        lock::take(&client, &self.address, &dataset, pipeline).await?;
        let reset = async {
            client.batch_execute(BEGIN).await?;
            lock::set_up(&client, &dataset).await?;
            state::prepare(&client).await?;
            let reset = state::reset(&client, pipeline, resource).await?;
            client.batch_execute("COMMIT").await?;
            Ok::<_, Failed>(reset)
        };
        let reset = reset.await.map_err(cannot());
        lock::release(&client, &dataset, pipeline).await;
        reset
    }
}

/// The schema that names without one belong to.
async fn current(client: &Client) -> Result<String, Error> {
    let row = client.query_typed_one("SELECT current_schema()::text", &[]).await;
    let name: Option<String> = row.map_err(failed("the search path cannot be read"))?.get(0);
    name.ok_or_else(|| {
        let message = "no schema of the user's search path exists; name one as the dataset";
        Error::new(ErrorKind::Schema, message)
    })
}

/// Creates the dataset and the loader's own tables in it, and records that a run has begun.
async fn begin(client: &Client, dataset: &str, run: Run) -> Result<Started, Failed> {
    client.batch_execute(BEGIN).await?;
    lock::set_up(client, dataset).await?;
    // PostgreSQL asks for the right to create schemas even if there is nothing to create.
    let exists = "SELECT EXISTS (SELECT FROM pg_catalog.pg_namespace WHERE nspname = $1)";
    let exists = client.query_typed_one(exists, &[(&dataset, Type::TEXT)]).await?;
    if !exists.try_get::<_, bool>(0)? {
        client.batch_execute(&format!("CREATE SCHEMA {}", quote(dataset))).await?;
    }
    state::prepare(client).await?;
    let number = history::begin(client, &run).await?;
    let started = Started::new(client, run, number).await?;
    client.batch_execute("COMMIT").await?;
    Ok(started)
}
