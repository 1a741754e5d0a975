//! A run, and what writes into its tables.

use std::sync::Arc;

use rest_source::{Checkpoint, plan::Column};
use tokio_postgres::Client;

use super::{
    connect::{Connections, Lent},
    error::{Tries, failed},
    history, known, lock, name, rejected, relied,
    schema::{self, Present},
    state::{self, Load},
    unique, value, write,
};
use crate::{
    Batch, Changes, Error, Rows, Run, RunReport, Session, Shape, Table, Value, Writer, Written,
    sql::{age::Begun, staging::staging},
    table::Created,
};

/// Each statement sees what others have committed before it, whatever the role's default is: a load
/// that waits for a row of the state must see what has become of it.
pub(super) const BEGIN: &str = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE";

/// A run on a [`Postgres`](crate::Postgres).
#[derive(Debug)]
pub struct PostgresSession {
    pub(super) run: Run,
    /// Its number in the history.
    pub(super) number: i64,
    pub(super) completed: Vec<String>,
    pub(super) begun: Begun,
    pub(super) dataset: String,
    pub(super) connections: Arc<Connections>,
    /// Holds the lock of the pipeline, and does nothing else until the run ends.
    pub(super) client: Client,
    pub(super) created: Created,
}

impl PostgresSession {
    async fn try_open(&self, lent: &mut Lent, table: &Table) -> Result<Target, Error> {
        let cannot = || failed("the table cannot be prepared");
        let client = lent.take().await?;
        client.batch_execute(BEGIN).await.map_err(cannot())?;
        let mut shape = Shape::of(table, name::MAX_NAME)?.reserving(&schema::RESERVED_COLUMNS);
        let known = known::recall(&client, &shape);
        shape.add_known(&known.await.map_err(failed("the known columns cannot be read"))?)?;
        let is_gone = relied::check(&client, &self.run, table, &shape, &self.begun).await?;
        let (run, created) = (&self.run, &self.created);
        let open = state::open(&client, run, self.number, table, &shape, is_gone, created);
        let (load, present) = open.await?;
        let is_partitioned = schema::is_partitioned(&client, &shape.tables()[0].name).await;
        let is_partitioned = is_partitioned.map_err(cannot())?;
        client.batch_execute("COMMIT").await.map_err(cannot())?;
        lent.give_back(client);
        Ok(Target { table: table.clone(), shape, present, load, is_partitioned })
    }

    async fn try_end(&self, lent: &mut Lent, report: &RunReport) -> Result<(), Error> {
        let cannot = failed("the end of the run cannot be recorded");
        let client = lent.take().await?;
        let recorded = async {
            client.batch_execute(BEGIN).await?;
            history::end(&client, self.number, report).await?;
            state::end(&client, &self.run, self.number, report).await?;
            client.batch_execute("COMMIT").await
        };
        recorded.await.map_err(cannot)?;
        lent.give_back(client);
        Ok(())
    }
}

impl Session for PostgresSession {
    type Writer = PostgresWriter;

    fn completed(&self) -> &[String] {
        &self.completed
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
        lock::release(&self.client, &self.dataset, &self.run.pipeline).await;
        Ok(())
    }
}

/// Writes into the tables of one resource on a [`Postgres`](crate::Postgres).
#[derive(Debug)]
pub struct PostgresWriter {
    lent: Lent,
    checkpoint: Option<Checkpoint>,
    target: Target,
}

/// What a writer writes into, and how far it has come.
#[derive(Debug)]
pub(super) struct Target {
    pub(super) table: Table,
    shape: Shape,
    present: Present,
    load: Load,
    is_partitioned: bool,
}

impl Writer for PostgresWriter {
    fn checkpoint(&self) -> Option<&Checkpoint> {
        self.checkpoint.as_ref()
    }

    fn start_over(&self) -> String {
        self.target.load.start_over.clone()
    }

    async fn write(&mut self, batch: Batch) -> Result<Written, Error> {
        let PostgresWriter { lent, target, .. } = self;
        let mut tries = Tries::default();
        while let Err(error) = target.refresh(lent).await {
            tries.again(error).await?;
        }
        let mut rows = target.rows(&batch)?;
        let mut tries = Tries::default();
        loop {
            let error = match target.try_write(lent, &batch, &rows, !tries.is_first()).await {
                Ok(changes) => return Ok(Written { changes, ..rows.written() }),
                Err(error) => error,
            };
            if !error.refuses_rows() {
                tries.again(error).await?;
                continue;
            }
            match target.without_refused(lent, &batch, &rows).await? {
                Some(others) => rows = others,
                None => return Err(error),
            }
        }
    }
}

impl Target {
    /// Takes note of what the other resources of a shared table have added to it meanwhile.
    async fn refresh(&mut self, lent: &mut Lent) -> Result<(), Error> {
        if self.table.sharers.is_empty() {
            return Ok(());
        }
        let client = lent.take().await?;
        let known = known::recall(&client, &self.shape).await;
        self.shape.add_known(&known.map_err(failed("the known columns cannot be read"))?)?;
        lent.give_back(client);
        Ok(())
    }

    /// The rows of a batch, without those that PostgreSQL would refuse.
    fn rows<'a>(&mut self, batch: &'a Batch) -> Result<Rows<'a>, Error> {
        let keys = self.shape.stored(self.table.keys());
        let accept = |table: usize, column: &Column, value: &Value<'_>| {
            let is_key = table == 0 && keys.iter().any(|key| *key == column.name);
            value::check(column, value, is_key)
        };
        self.shape.rows_if(batch, &accept)
    }

    /// Writes a batch in one transaction, of which nothing is left if it fails.
    async fn try_write(
        &mut self,
        lent: &mut Lent,
        batch: &Batch,
        rows: &Rows<'_>,
        tries_again: bool,
    ) -> Result<Changes, Error> {
        let Target { shape, present, load, .. } = self;
        let client = lent.take().await?;
        client.batch_execute(BEGIN).await.map_err(failed("a transaction cannot begin"))?;
        let Some(advanced) =
            state::advance(&client, load, batch, rows.written(), tries_again).await?
        else {
            // It was the answer to the commit that was lost, and not the commit.
            client.batch_execute("ROLLBACK").await.map_err(failed("the state cannot be used"))?;
            (*load, *present) = (state::advanced(load, rows.written()), Present::all_of(shape));
            lent.give_back(client);
            // What it changed was in the answers to the first try.
            return Ok(Changes::default());
        };
        let (extended, changes) = self.write_rows(&client, batch, rows).await?;
        rejected::write(&client, &self.shape, self.load.run, &rows.rejected)
            .await
            .map_err(failed("rejected records cannot be set aside"))?;
        client
            .batch_execute("COMMIT")
            .await
            .map_err(failed("a transaction cannot be committed"))?;
        (self.load, self.present) = (advanced, extended);
        lent.give_back(client);
        Ok(changes)
    }

    /// Writes the rows of a batch in the transaction at hand, and gives what is there then, and what was
    /// changed.
    pub(super) async fn write_rows(
        &self,
        client: &Client,
        batch: &Batch,
        rows: &Rows<'_>,
    ) -> Result<(Present, Changes), Error> {
        let Target { table, shape, present, load, is_partitioned } = self;
        let mut extended = present.clone();
        let staged = table.is_staged().then_some(load.id);
        extended.extend(client, table, shape, staged).await?;
        let written = write::write(client, table, shape, load, batch, rows, *is_partitioned).await;
        let mut changes = written?;
        if batch.checkpoint.is_none() && table.is_staged() {
            let what = "the staged rows cannot be moved into the table";
            if !extended.is_empty() {
                let staging = staging(load.id, shape, name::MAX_NAME);
                let moved = write::move_in(client, table, shape, &staging, *is_partitioned).await;
                changes = moved.map_err(unique::refused(shape, what.to_owned()))?;
            }
            schema::drop_staging(client, load.id).await.map_err(failed(what))?;
        }
        Ok((extended, changes))
    }
}
