//! The dataset of a run, a schema of the database, and what is set for each connection to it.

use super::{PostgresDialect, lock};
use crate::{
    Error, ErrorKind,
    sql::{
        database::{Database, Dialect as _, with},
        failure::{Failed, failed},
        quote, state,
    },
};

/// What is set for each connection. Text and times are read and written in one way whatever the
/// role's settings are. A wait for another session's lock ends after half a minute. If this program is
/// gone without a word, its transaction, and with it its locks, are given up within minutes.
const SETTINGS: [&str; 7] = [
    "SET standard_conforming_strings = on",
    "SET TimeZone = 'UTC'",
    "SET lock_timeout = '30s'",
    "SET idle_in_transaction_session_timeout = '5min'",
    "SET tcp_keepalives_idle = 30",
    "SET tcp_keepalives_interval = 10",
    "SET tcp_keepalives_count = 3",
];

/// Sets a new connection up, on which names without a schema are those of the dataset if there is one.
pub(crate) async fn connect<D: Database>(db: &D, dataset: Option<&str>) -> Result<(), Failed> {
    let path = dataset.map(|dataset| format!("SET search_path = {}", quote(dataset)));
    let settings: Vec<_> = SETTINGS.into_iter().chain(path.as_deref()).collect();
    db.run(&settings).await
}

/// Refuses names that no dataset can have.
pub(crate) fn check(name: &str) -> Result<(), Error> {
    let what = if name.is_empty() {
        "is empty"
    } else if name.len() > PostgresDialect::MAX_NAME {
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

/// The schema that names without one belong to.
pub(crate) async fn current<D: Database>(db: &D) -> Result<String, Error> {
    let name = async {
        let row = db.first("SELECT current_schema()::text", with![]).await?;
        row.map_or(Ok(None), |row| row.get::<Option<String>>(0))
    };
    let name = name.await.map_err(failed::<Failed>("the search path cannot be read"))?;
    name.ok_or_else(|| {
        let message = "no schema of the user's search path exists; name one as the dataset";
        Error::new(ErrorKind::Schema, message)
    })
}

/// Creates the dataset and the loader's own tables in it, in the transaction at hand.
pub(crate) async fn prepare<D: Database>(db: &D, dataset: &str) -> Result<(), Failed> {
    lock::set_up(db, dataset).await?;
    // PostgreSQL asks for the right to create schemas even if there is nothing to create.
    let exists = "SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = $1";
    if !db.has(exists, with![dataset]).await? {
        db.run(&[format!("CREATE SCHEMA {}", quote(dataset))]).await?;
    }
    state::prepare(db).await
}
