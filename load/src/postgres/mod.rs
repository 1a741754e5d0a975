//! The destination PostgreSQL.

mod address;
mod budget;
mod connect;
mod database;
mod error;
mod grants;
mod numeric;
mod session;
mod tls;
mod value;
mod write;

use std::sync::Arc;

use tokio_postgres::Client;

use self::{address::Address, connect::Connections, session::BEGIN};
pub use self::{
    budget::PostgresBudget,
    session::{PostgresSession, PostgresWriter},
};
use crate::{
    Destination, Error, ErrorKind, ResourceState, Run,
    sql::{
        catalog,
        database::Dialect as _,
        failure::{Failed, failed},
        history,
        postgres::{PostgresDialect, dataset, lock},
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
            dataset::check(name)?;
        }
        Ok(Arc::new(Connections::new(self.address.clone(), self.dataset.clone())))
    }
}

impl Destination for Postgres {
    type Session = PostgresSession;

    async fn begin(&self, run: Run) -> Result<PostgresSession, Error> {
        PostgresDialect::check_names(&run.tables)?;
        let connections = self.connections()?;
        let client = connections.connect().await?;
        let dataset = match &self.dataset {
            Some(name) => name.clone(),
            None => dataset::current(&client).await?,
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
        let dataset = dataset::current(&client).await?;
        lock::take(&client, &self.address, &dataset, pipeline).await?;
        let reset = async {
            client.batch_execute(BEGIN).await?;
            dataset::prepare(&client, &dataset).await?;
            let reset = state::reset(&client, pipeline, resource).await?;
            client.batch_execute("COMMIT").await?;
            Ok::<_, Failed>(reset)
        };
        let reset = reset.await.map_err(cannot());
        lock::release(&client, &dataset, pipeline).await;
        reset
    }
}

/// Prepares the dataset, and records that a run has begun.
async fn begin(client: &Client, dataset: &str, run: Run) -> Result<Started, Failed> {
    client.batch_execute(BEGIN).await?;
    dataset::prepare(client, dataset).await?;
    let number = history::begin(client, &run).await?;
    let started = Started::new(client, run, number).await?;
    client.batch_execute("COMMIT").await?;
    Ok(started)
}
