//! Connections to one dataset: each writer has one of its own, so that the tables of a run are
//! written at the same time; one that a writer is done with is the next writer's.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use tokio::time::timeout;
use tokio_postgres::Client;
use tokio_postgres_rustls::MakeRustlsConnect;

use super::address::Address;
use crate::{
    Error, ErrorKind,
    sql::{
        failure::{self, failed},
        postgres::dataset,
    },
};

/// How long a connection may take until it can be used.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(30);

/// Makes connections to a dataset, and keeps those that are idle.
#[derive(Debug)]
pub(super) struct Connections {
    address: Address,
    dataset: Option<String>,
    idle: Mutex<Vec<Client>>,
}

impl Connections {
    pub(super) fn new(address: Address, dataset: Option<String>) -> Connections {
        Connections { address, dataset, idle: Mutex::default() }
    }

    /// An idle one.
    pub(super) async fn take(&self) -> Result<Client, Error> {
        loop {
            let idle = self.idle().pop();
            match idle {
                Some(client) if client.is_closed() => {}
                Some(client) => return Ok(client),
                None => return self.connect().await,
            }
        }
    }

    /// Keeps one for the next use. It must not be in a transaction.
    pub(super) fn keep(&self, client: Client) {
        if !client.is_closed() {
            self.idle().push(client);
        }
    }

    /// A new one.
    pub(super) async fn connect(&self) -> Result<Client, Error> {
        let what = || format!("the PostgreSQL server {} cannot be used", self.address);
        match timeout(CONNECT_TIMEOUT, self.try_connect()).await {
            Ok(connected) => connected.map_err(|error| match error {
                Failed::Client(error) => failed(what())(error),
                Failed::Other(error) => error,
            }),
            Err(_) => {
                let message = format!("{}: it does not answer", what());
                Err(Error::new(ErrorKind::Destination, message).transient())
            }
        }
    }

    async fn try_connect(&self) -> Result<Client, Failed> {
        let Address { config, trust } = &self.address;
        let tls: MakeRustlsConnect =
            trust.connector(config.get_ssl_negotiation()).map_err(Failed::Other)?;
        let (client, connection) = config.connect(tls).await?;
        // It ends when the client is dropped, or when the server closes it, which the client then
        // says too.
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(%error, "connection to PostgreSQL lost");
            }
        });
        dataset::connect(&client, self.dataset.as_deref()).await?;
        Ok(client)
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Client>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

enum Failed {
    Client(failure::Failed),
    Other(Error),
}

impl<E: Into<failure::Failed>> From<E> for Failed {
    fn from(error: E) -> Failed {
        Failed::Client(error.into())
    }
}

/// A connection while a writer has it.
#[derive(Debug)]
pub(super) struct Lent {
    connections: Arc<Connections>,
    client: Option<Client>,
}

impl Lent {
    pub(super) fn new(connections: Arc<Connections>) -> Lent {
        Lent { connections, client: None }
    }

    /// The connection, a new one if it is lost. It is to be given back when its transaction
    /// has ended; otherwise it is closed, whereupon the server rolls back what was begun.
    pub(super) async fn take(&mut self) -> Result<Client, Error> {
        match self.client.take() {
            Some(client) if !client.is_closed() => Ok(client),
            _ => self.connections.take().await,
        }
    }

    pub(super) fn give_back(&mut self, client: Client) {
        self.client = Some(client);
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        if let Some(client) = self.client.take() {
            self.connections.keep(client);
        }
    }
}
