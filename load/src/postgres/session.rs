//! A run, and what writes into its tables.

use std::sync::Arc;

use rest_source::Checkpoint;
use tokio_postgres::Client;

use super::{
    connect::{Connections, Lent},
    error::Tries,
};
use crate::{
    Batch, Error, Rows, RunReport, Session, Table, Writer, Written,
    sql::{
        failure::failed,
        postgres::lock,
        refused::{Probe, without_refused},
        session::{Started, Target},
    },
};

/// Each statement sees what others have committed before it, whatever the role's default is: a load
/// that waits for a row of the state must see what has become of it.
pub(super) const BEGIN: &str = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE";

/// A run on a [`Postgres`](crate::Postgres).
#[derive(Debug)]
pub struct PostgresSession {
    pub(super) started: Started,
    pub(super) dataset: String,
    pub(super) connections: Arc<Connections>,
    /// Holds the lock of the pipeline, and does nothing else until the run ends.
    pub(super) client: Client,
}

impl PostgresSession {
    async fn try_open(&self, lent: &mut Lent, table: &Table) -> Result<Target, Error> {
        let cannot = || failed("the table cannot be prepared");
        let client = lent.take().await?;
        client.batch_execute(BEGIN).await.map_err(cannot())?;
        let target = self.started.open(&client, table).await?;
        client.batch_execute("COMMIT").await.map_err(cannot())?;
        lent.give_back(client);
        Ok(target)
    }

    async fn try_end(&self, lent: &mut Lent, report: &RunReport) -> Result<(), Error> {
        let cannot = || failed("the end of the run cannot be recorded");
        let client = lent.take().await?;
        client.batch_execute(BEGIN).await.map_err(cannot())?;
        self.started.end(&client, report).await?;
        client.batch_execute("COMMIT").await.map_err(cannot())?;
        lent.give_back(client);
        Ok(())
    }
}

impl Session for PostgresSession {
    type Writer = PostgresWriter;

    fn completed(&self) -> &[String] {
        &self.started.completed
    }

    async fn open(&self, table: &Table) -> Result<PostgresWriter, Error> {
        let mut lent = Lent::new(Arc::clone(&self.connections));
        let mut tries = Tries::default();
        loop {
            match self.try_open(&mut lent, table).await {
                Ok(target) => {
                    let checkpoint = target.load.checkpoint.clone();
                    return Ok(PostgresWriter { lent, checkpoint, target });
                }
                Err(error) => tries.again(error).await?,
            }
        }
    }

    async fn end(self, report: &RunReport) -> Result<(), Error> {
        let mut lent = Lent::new(Arc::clone(&self.connections));
        let mut tries = Tries::default();
        while let Err(error) = self.try_end(&mut lent, report).await {
            tries.again(error).await?;
        }
        lock::release(&self.client, &self.dataset, &self.started.run.pipeline).await;
        Ok(())
    }
}

/// Writes into the tables of one resource on a [`Postgres`](crate::Postgres).
#[derive(Debug)]
pub struct PostgresWriter {
    pub(super) lent: Lent,
    checkpoint: Option<Checkpoint>,
    pub(super) target: Target,
}

impl Writer for PostgresWriter {
    fn checkpoint(&self) -> Option<&Checkpoint> {
        self.checkpoint.as_ref()
    }

    fn start_over(&self) -> String {
        self.target.load.start_over.clone()
    }

    async fn write(&mut self, batch: Batch) -> Result<Written, Error> {
        let mut tries = Tries::default();
        while let Err(error) = self.refresh().await {
            tries.again(error).await?;
        }
        let mut rows = self.target.rows::<Client>(&batch)?;
        let mut tries = Tries::default();
        loop {
            let error = match self.try_write(&batch, &rows, !tries.is_first()).await {
                Ok(written) => return Ok(written),
                Err(error) => error,
            };
            if !error.refuses_rows() {
                tries.again(error).await?;
                continue;
            }
            match without_refused(self, &batch, &rows).await? {
                Some(others) => rows = others,
                None => return Err(error),
            }
        }
    }
}

impl PostgresWriter {
    async fn refresh(&mut self) -> Result<(), Error> {
        let client = self.lent.take().await?;
        self.target.refresh(&client).await?;
        self.lent.give_back(client);
        Ok(())
    }

    /// Writes a batch in one transaction, of which nothing is left if it fails.
    async fn try_write(
        &mut self,
        batch: &Batch,
        rows: &Rows<'_>,
        tries_again: bool,
    ) -> Result<Written, Error> {
        let PostgresWriter { lent, target, .. } = self;
        let client = lent.take().await?;
        client.batch_execute(BEGIN).await.map_err(failed("a transaction cannot begin"))?;
        let written = match target.write(&client, batch, rows, tries_again).await? {
            Some(committed) => {
                let commit = client.batch_execute("COMMIT").await;
                commit.map_err(failed("a transaction cannot be committed"))?;
                target.committed(committed)
            }
            None => {
                // It was the answer to the commit that was lost, and not the commit.
                let rollback = client.batch_execute("ROLLBACK").await;
                rollback.map_err(failed("the state cannot be used"))?;
                target.committed_before(rows)
            }
        };
        lent.give_back(client);
        Ok(written)
    }
}

impl Probe for PostgresWriter {
    fn table(&self) -> &Table {
        &self.target.table
    }

    async fn probe(&mut self, batch: &Batch, rows: &Rows<'_>) -> Result<Option<Error>, Error> {
        let client = self.lent.take().await?;
        let cannot = || failed("a transaction cannot be tried");
        client.batch_execute(BEGIN).await.map_err(cannot())?;
        let written = self.target.write_rows(&client, batch, rows).await;
        client.batch_execute("ROLLBACK").await.map_err(cannot())?;
        self.lent.give_back(client);
        match written {
            Ok(_) => Ok(None),
            Err(error) if error.refuses_rows() => Ok(Some(error)),
            Err(error) => Err(error),
        }
    }
}
