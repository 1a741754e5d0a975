//! One run of a pipeline at a time.

use std::time::Duration;

use sha2::{Digest, Sha256};
use tokio_postgres::{Client, types::Type};

use super::address::Address;
use crate::{Error, ErrorKind, sql::failure::failed};

/// How often the lock is tried, as the connection of a process that has just been killed takes a
/// moment to end, and how long it takes until the next try.
const TRIES: u32 = 6;
const WAIT: Duration = Duration::from_millis(50);

/// The number that locks are taken by. PostgreSQL has them for a whole database, and a dataset is a
/// part of it.
fn key(what: &str, dataset: &str, name: &str) -> i64 {
    let mut sha = Sha256::new();
    for text in ["rest_source", what, dataset, name] {
        sha.update(text);
        sha.update([0]);
    }
    let digest = sha.finalize();
    digest.iter().take(8).fold(0, |key, byte| (key << 8) | i64::from(*byte))
}

/// Takes the lock of a pipeline. It is held until the connection ends, however it ends.
pub(super) async fn take(
    client: &Client,
    address: &Address,
    dataset: &str,
    pipeline: &str,
) -> Result<(), Error> {
    for _ in 0..TRIES {
        let key = key("run", dataset, pipeline);
        let row = client
            .query_typed_one("SELECT pg_try_advisory_lock($1)", &[(&key, Type::INT8)])
            .await
            .map_err(failed("the pipeline cannot be locked"))?;
        if row.get(0) {
            return Ok(());
        }
        tokio::time::sleep(WAIT).await;
    }
    let message = format!(
        "pipeline `{pipeline}` is being run on {address} already; wait until that run has ended, or \
         stop it: the next one continues after it"
    );
    Err(Error::new(ErrorKind::Busy, message))
}

/// Lets go of the lock at once, which closing the connection does a moment later.
pub(super) async fn release(client: &Client, dataset: &str, pipeline: &str) {
    let key = key("run", dataset, pipeline);
    // Without a connection there is no lock either.
    let _ = client.query_typed("SELECT pg_advisory_unlock($1)", &[(&key, Type::INT8)]).await;
}

/// Waits until no other pipeline creates or extends the tables of this one, which PostgreSQL refuses to
/// one of two that do so at once. To the end of the transaction.
pub(super) async fn prepare(client: &Client, table: &str) -> Result<(), tokio_postgres::Error> {
    let sql = "SELECT pg_advisory_xact_lock(
                 hashtextextended('rest_source ' || current_schema() || ' ' || $1, 0))";
    client.query_typed(sql, &[(&table, Type::TEXT)]).await.map(drop)
}

/// Waits until no other run creates the loader's own tables in the dataset, or counts itself. To the
/// end of the transaction.
pub(super) async fn set_up(client: &Client, dataset: &str) -> Result<(), tokio_postgres::Error> {
    let key = key("set up", dataset, "");
    let sql = "SELECT pg_advisory_xact_lock($1)";
    client.query_typed(sql, &[(&key, Type::INT8)]).await.map(drop)
}
