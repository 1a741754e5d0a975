//! The destination PostgreSQL.

mod address;
mod connect;
mod error;
mod history;
mod index;
mod json;
mod known;
mod lock;
mod numeric;
mod rejected;
mod schema;
mod state;
mod tls;
mod value;
mod write;

use std::sync::Arc;

use rest_source::{Checkpoint, plan::Column};
use tokio_postgres::{Client, types::Type};

use self::{
    address::Address,
    connect::{Connections, Lent},
    error::{Tries, failed},
    schema::Present,
    state::Load,
};
use crate::{
    Batch, Destination, Error, ErrorKind, ResourceState, Rows, Run, RunReport, Session, Shape,
    Table, Value, Writer, Written, sql::quote,
};

/// A database of a PostgreSQL server, release 12 or later.
///
/// ```no_run
/// use rest_source_load::{Pipeline, Postgres};
///
/// # async fn load(client: impl rest_source::Source) -> Result<(), rest_source_load::Error> {
/// // postgres://loader:secret@db.example.com/warehouse?sslmode=verify-full
/// let postgres = Postgres::from_env("DATABASE_URL")?.dataset("payments");
/// let report = Pipeline::new("payments", postgres).run(&client).await?;
/// println!("{report}");
/// # Ok(())
/// # }
/// ```
///
/// # How the data types are stored
///
/// | data type | column | stored as |
/// | --- | --- | --- |
/// | `text` | `text`; with `precision: n` `character varying(n)` | the text, without zero bytes |
/// | `bigint` | `bigint` | the number |
/// | `double` | `double precision` | the number, bit by bit |
/// | `bool` | `boolean` | |
/// | `timestamp` | `timestamp with time zone` | the moment, to the microsecond |
/// | `timestamp` with `timezone: false` | `timestamp without time zone` | to the microsecond |
/// | `date` | `date` | |
/// | `time` | `time without time zone` | to the microsecond |
/// | `decimal` | `numeric`; with `precision` and `scale` `numeric(p,s)` | exact, with its zeros |
/// | `wei` | `numeric` | all digits |
/// | `json` | `jsonb` | the value: the order of members, and all but the last of one name, are not kept |
/// | `enum` | `text` | the word |
/// | `binary` | `bytea` | the bytes |
///
/// What a time has behind the microsecond is cut off, towards the past; so is what it has behind the
/// digits that `precision` says (`timestamp(3) with time zone`). In a key that would make two records
/// one, so there it is an error; declare such a key as `text`.
///
/// PostgreSQL does not take text with a zero byte, JSON with the character U+0000, with half a
/// surrogate pair or deeper than 1,000 levels, times before the year −4713, more digits or
/// characters than a column has, nor fields called `ctid` and the like. A record with one cannot be
/// stored: it is an error that names its place, or is set aside
/// ([`OnBadRecord::Quarantine`](crate::OnBadRecord::Quarantine)).
///
/// Columns are added without `NOT NULL`; a column that is there with a type that does not take every
/// value of the declared one is an error that says what to do. `unique` and `sort` are indexes. Names
/// keep their case, and are shortened to 63 bytes so that they stay apart.
///
/// # How rows get there
///
/// By binary `COPY`: of an `append` into the table, of a `merge` into a temporary table and from there
/// by one statement into the table, of a `replace` and whatever else waits for the end of the load
/// into tables `_rest_source_staging_…`. These are logged like any other, so that they survive a crash
/// of the server as the state does. A `replace` deletes the old rows and inserts the new ones, rather
/// than truncate or rename the table, because readers would see an empty one then, or lose their
/// views, indexes and grants; a table that is replaced often is one for `VACUUM` to look after, which
/// it does by itself unless told otherwise.
///
/// Each resource that is being loaded has a connection, and the run has one more. By this one it holds
/// an advisory lock, which the server lets go of when the process ends, however it ends. So the
/// database must not be behind a pool that gives each transaction another connection.
///
/// # When a connection is lost
///
/// A batch whose connection is lost, or that a deadlock breaks off, is tried again up to four times,
/// within three seconds. It begins with the state: if the state has the batch already, only the answer
/// to its commit was lost, and it is not made again. Then the load fails with an error that
/// [`is_transient`](crate::Error::is_transient), and the next run continues.
///
/// A run whose lock was lost with its connection goes on. If another one begins meanwhile, it takes
/// the loads over; the first finds that in the state, commits nothing more and ends as
/// [`Busy`](crate::ErrorKind::Busy).
///
/// # What is beside the tables
///
/// `_rest_source_state` says for each resource where its load goes on; its columns have comments. To
/// load one from the beginning, set its `checkpoint` to `NULL`; an `append` that is half-way adds the
/// rows that it has written a second time then, so delete these first.
/// [`Pipeline::full_refresh`](crate::Pipeline::full_refresh) does so for all resources, and refuses
/// that case. `_rest_source_runs` has what each run has done, `_rest_source_columns` what was added to
/// the declared columns. All are in the dataset.
///
/// # The address
///
/// A URL, `postgres://user:password@host:5432/database`, with `%40` for `@` and the like inside of its
/// parts. Behind a `?` may stand what libpq knows as `sslmode`, `sslrootcert`, `application_name`,
/// `connect_timeout`, `target_session_attrs`, `options`, `host` (a folder with a socket file, as
/// `%2Frun%2Fpostgresql`) and some more. `~/.pgpass` and the variables `PGHOST`, `PGPASSWORD` … are not
/// read. No error, log line or `Debug` shows the password.
///
/// | `sslmode` | TLS |
/// | --- | --- |
/// | `disable` | none |
/// | `prefer`, unless set | if the server has it, with any certificate: of no use against somebody who stands in between |
/// | `require` | always, with any certificate; with `sslrootcert` as `verify-ca` |
/// | `verify-ca` | always, with a certificate of the authorities in the file `sslrootcert` |
/// | `verify-full` | always, with a certificate for the host's name, of the authorities in `sslrootcert` or those that the operating system trusts |
///
/// These are libpq's meanings. Say `verify-full` for a server that is not in the same network.
/// Certificates of clients are not supported.
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
    } else if name.len() > schema::MAX_NAME {
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

impl Destination for Postgres {
    type Session = PostgresSession;

    async fn begin(&self, run: Run) -> Result<PostgresSession, Error> {
        schema::check_names(&run.tables)?;
        let connections = self.connections()?;
        let client = connections.connect().await?;
        let dataset = match &self.dataset {
            Some(name) => name.clone(),
            None => current(&client).await?,
        };
        lock::take(&client, &self.address, &dataset, &run.pipeline).await?;
        let number = set_up(&client, &dataset, &run)
            .await
            .map_err(failed(format!("the dataset `{dataset}` cannot be prepared")))?;
        Ok(PostgresSession { run, number, dataset, connections, client })
    }

    async fn state(&self) -> Result<Vec<ResourceState>, Error> {
        let client = self.connections()?.connect().await?;
        state::all(&client).await.map_err(failed("the state cannot be read"))
    }

    async fn reset(&self, pipeline: &str, resource: Option<&str>) -> Result<u64, Error> {
        let client = self.connections()?.connect().await?;
        let cannot = || failed("the state cannot be reset");
        if !schema::exists(&client, "_rest_source_state").await.map_err(cannot())? {
            return Ok(0);
        }
        let dataset = current(&client).await?;
        lock::take(&client, &self.address, &dataset, pipeline).await?;
        let reset = state::reset(&client, pipeline, resource).await.map_err(cannot());
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
async fn set_up(client: &Client, dataset: &str, run: &Run) -> Result<i64, tokio_postgres::Error> {
    client.batch_execute(BEGIN).await?;
    lock::set_up(client, dataset).await?;
    // PostgreSQL asks for the right to create schemas even if there is nothing to create.
    let exists = "SELECT EXISTS (SELECT FROM pg_catalog.pg_namespace WHERE nspname = $1)";
    let exists = client.query_typed_one(exists, &[(&dataset, Type::TEXT)]).await?;
    if !exists.try_get::<_, bool>(0)? {
        client.batch_execute(&format!("CREATE SCHEMA {}", quote(dataset))).await?;
    }
    for (name, create) in [
        ("_rest_source_state", state::CREATE),
        ("_rest_source_columns", known::CREATE),
        ("_rest_source_runs", history::CREATE),
    ] {
        if !schema::exists(client, name).await? {
            client.batch_execute(create).await?;
        }
    }
    let number = history::begin(client, run).await?;
    client.batch_execute("COMMIT").await?;
    Ok(number)
}

/// Each statement sees what others have committed before it, whatever the role's default is: a load
/// that waits for a row of the state must see what has become of it.
const BEGIN: &str = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE";

/// A run on a [`Postgres`].
#[derive(Debug)]
pub struct PostgresSession {
    run: Run,
    /// Its number in the history.
    number: i64,
    dataset: String,
    connections: Arc<Connections>,
    /// Holds the lock of the pipeline, and does nothing else until the run ends.
    client: Client,
}

impl PostgresSession {
    async fn try_open(&self, lent: &mut Lent, table: &Table) -> Result<Target, Error> {
        let cannot = || failed("the table cannot be prepared");
        let client = lent.take().await?;
        client.batch_execute(BEGIN).await.map_err(cannot())?;
        let mut shape = Shape::of(table, schema::MAX_NAME)?.reserving(&schema::RESERVED_COLUMNS);
        let known = known::recall(&client, &shape);
        shape.add_known(&known.await.map_err(failed("the known columns cannot be read"))?)?;
        let (load, present) = state::open(&client, &self.run, self.number, table, &shape).await?;
        client.batch_execute("COMMIT").await.map_err(cannot())?;
        lent.give_back(client);
        Ok(Target { table: table.clone(), shape, present, load })
    }

    async fn try_end(&self, lent: &mut Lent, report: &RunReport) -> Result<(), Error> {
        let cannot = failed("the end of the run cannot be recorded");
        let client = lent.take().await?;
        history::end(&client, self.number, report).await.map_err(cannot)?;
        lent.give_back(client);
        Ok(())
    }
}

impl Session for PostgresSession {
    type Writer = PostgresWriter;

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

/// Writes into the tables of one resource on a [`Postgres`].
#[derive(Debug)]
pub struct PostgresWriter {
    lent: Lent,
    checkpoint: Option<Checkpoint>,
    target: Target,
}

/// What a writer writes into, and how far it has come.
#[derive(Debug)]
struct Target {
    table: Table,
    shape: Shape,
    present: Present,
    load: Load,
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
        let rows = target.rows(&batch)?;
        let mut tries = Tries::default();
        while let Err(error) = target.try_write(lent, &batch, &rows, !tries.is_first()).await {
            tries.again(error).await?;
        }
        Ok(rows.written())
    }
}

impl Target {
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
    ) -> Result<(), Error> {
        let Target { table, shape, present, load } = self;
        let client = lent.take().await?;
        client.batch_execute(BEGIN).await.map_err(failed("a transaction cannot begin"))?;
        let Some(advanced) = state::advance(&client, load, batch, tries_again).await? else {
            // It was the answer to the commit that was lost, and not the commit.
            client.batch_execute("ROLLBACK").await.map_err(failed("the state cannot be used"))?;
            (*load, *present) = (state::advanced(load, batch), Present::all_of(shape));
            lent.give_back(client);
            return Ok(());
        };
        let mut extended = present.clone();
        let staging = table.is_staged().then_some(load.id);
        extended.extend(&client, table, shape, staging).await?;
        write::write(&client, table, shape, load, batch, rows).await?;
        rejected::write(&client, shape, &rows.rejected)
            .await
            .map_err(failed("rejected records cannot be set aside"))?;
        if batch.checkpoint.is_none() && table.is_staged() {
            let cannot = || failed("the staged rows cannot be moved into the table");
            if !extended.is_empty() {
                let staging = schema::staging(shape, load.id);
                write::move_in(&client, table, shape, &staging).await.map_err(cannot())?;
            }
            schema::drop_staging(&client, load.id).await.map_err(cannot())?;
        }
        client
            .batch_execute("COMMIT")
            .await
            .map_err(failed("a transaction cannot be committed"))?;
        (*load, *present) = (advanced, extended);
        lent.give_back(client);
        Ok(())
    }
}
