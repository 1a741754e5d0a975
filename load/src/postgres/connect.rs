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
    sql::{failure::failed, quote},
};

/// How long a connection may take until it can be used.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(30);

/// What is set for each connection. Text and times are read and written in one way whatever the
/// role's settings are. A wait for another session's lock ends after half a minute. If this program is
/// gone without a word, its transaction, and with it its locks, are given up within minutes.
const SETTINGS: &str = "
SET standard_conforming_strings = on;
SET TimeZone = 'UTC';
SET lock_timeout = '30s';
SET idle_in_transaction_session_timeout = '5min';
SET tcp_keepalives_idle = 30;
SET tcp_keepalives_interval = 10;
SET tcp_keepalives_count = 3;
";

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
        client.batch_execute(SETTINGS).await?;
        if let Some(dataset) = &self.dataset {
            client.batch_execute(&format!("SET search_path = {}", quote(dataset))).await?;
        }
        Ok(client)
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Client>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

enum Failed {
    Client(tokio_postgres::Error),
    Other(Error),
}

impl From<tokio_postgres::Error> for Failed {
    fn from(error: tokio_postgres::Error) -> Failed {
        Failed::Client(error)
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
