//! The destination of databases that have a driver of ADBC, and what DuckDB shares with it: connections that take and
//! give Arrow.

mod address;
mod connection;
mod driver;
mod error;
mod filled;
mod opened;
mod postgres;
mod sqlite;
mod store;
mod vendor;
mod write;

use std::sync::Arc;

use self::{
    address::Address,
    opened::Opened,
    store::{Server, Store},
};
pub(crate) use self::{connection::Connection, driver::load_driver, error::cause, vendor::Vendor};
use crate::{
    AnySession, Destination, Error, ErrorKind, ResourceState, Run,
    background::in_background,
    sql::{
        blocking::{self, BlockingSession},
        postgres::PostgresDialect,
        sqlite::SqliteDialect,
    },
};

#[doc = include_str!("page.md")]
#[derive(Debug, Clone)]
pub struct Adbc {
    address: Address,
}

impl Adbc {
    /// The database to which this driver leads: its name, or the path of its library or manifest. It is opened when
    /// a run begins.
    pub fn driver(name: impl Into<String>) -> Adbc {
        Adbc { address: Address::of(name.into()) }
    }

    /// The database of an address, `adbc:postgresql?uri=env:DATABASE_URL`, as the command line takes it: options of the
    /// driver behind the `?`, percent-encoded. A value `env:VARIABLE` is that of an environment variable.
    ///
    /// # Errors
    ///
    /// If the address cannot be understood, or a variable is not set.
    pub fn from_url(url: impl AsRef<str>) -> Result<Adbc, Error> {
        Ok(Adbc { address: Address::parse(url.as_ref())? })
    }

    /// Sets an option of the driver's database: `uri`, mostly, or one that only this driver has.
    #[must_use]
    pub fn option(mut self, name: impl Into<String>, value: impl Into<String>) -> Adbc {
        self.address.options.push((name.into(), value.into()));
        self
    }

    /// The schema that is written to, of PostgreSQL, which is created if it does not exist. Unless set, it is the
    /// first in the search path of the database's user.
    #[must_use]
    pub fn dataset(mut self, name: impl Into<String>) -> Adbc {
        self.address.dataset = Some(name.into());
        self
    }

    async fn open(&self) -> Result<Database, Error> {
        let address = self.address.clone();
        let opened = in_background("opening a database", move || Opened::at(address)).await?;
        match &*opened.vendor {
            "PostgreSQL" => Ok(Database::Postgres(Arc::new(opened))),
            "SQLite" => Ok(Database::Sqlite(Arc::new(opened))),
            _ => Err(unsupported(&opened)),
        }
    }
}

/// A database whose vendor's SQL is known.
enum Database {
    Postgres(Arc<Opened>),
    Sqlite(Arc<Opened>),
}

fn unsupported(opened: &Opened) -> Error {
    let vendor = match &*opened.vendor {
        "" => "a database that does not say its vendor".to_owned(),
        vendor => format!("{vendor:?}"),
    };
    let message = format!(
        "{} is {vendor}, whose SQL the loader does not know; it knows that of PostgreSQL and SQLite",
        opened.address,
    );
    let advice = if opened.vendor.eq_ignore_ascii_case("duckdb") {
        "load into it as `duckdb:payments.duckdb`, in a program by `DuckDb::at`"
    } else {
        "load into Parquet files or a Delta table that the database reads, or take the records as Arrow and ingest \
         them with the driver"
    };
    Error::new(ErrorKind::Destination, message).with_advice(advice.to_owned())
}

impl Destination for Adbc {
    type Session = AnySession;

    async fn begin(&self, run: Run) -> Result<AnySession, Error> {
        match self.open().await? {
            Database::Postgres(opened) => begin::<PostgresDialect>(opened, run).await,
            Database::Sqlite(opened) => begin::<SqliteDialect>(opened, run).await,
        }
    }

    async fn state(&self) -> Result<Vec<ResourceState>, Error> {
        match self.open().await? {
            Database::Postgres(opened) => blocking::state::<Store<PostgresDialect>>(opened).await,
            Database::Sqlite(opened) => blocking::state::<Store<SqliteDialect>>(opened).await,
        }
    }

    async fn reset(&self, pipeline: &str, resource: Option<&str>) -> Result<u64, Error> {
        match self.open().await? {
            Database::Postgres(opened) => {
                blocking::reset::<Store<PostgresDialect>>(opened, pipeline, resource).await
            }
            Database::Sqlite(opened) => {
                blocking::reset::<Store<SqliteDialect>>(opened, pipeline, resource).await
            }
        }
    }
}

async fn begin<V: Server>(opened: Arc<Opened>, run: Run) -> Result<AnySession, Error> {
    V::check_names(&run.tables)?;
    BlockingSession::<Store<V>>::begin(opened, run).await.map(AnySession::new)
}
