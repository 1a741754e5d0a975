//! One run of a pipeline at a time.

use std::{fmt::Display, time::Duration};

use sha2::{Digest, Sha256};

use crate::{
    Error, ErrorKind,
    sql::{
        database::{Database, with},
        failure::{Failed, failed},
    },
};

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

/// Takes the lock of a pipeline on the database of this `address`. It is held until the connection ends, however
/// it ends.
pub(crate) async fn take<D: Database>(
    db: &D,
    address: &impl Display,
    dataset: &str,
    pipeline: &str,
) -> Result<(), Error> {
    for _ in 0..TRIES {
        let key = key("run", dataset, pipeline);
        let locked = async {
            let row = db.first("SELECT pg_try_advisory_lock($1)", with![key]).await?;
            row.map_or(Ok(false), |row| row.get(0))
        };
        if locked.await.map_err(failed::<Failed>("the pipeline cannot be locked"))? {
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
#[cfg(feature = "postgres")]
pub(crate) async fn release<D: Database>(db: &D, dataset: &str, pipeline: &str) {
    let key = key("run", dataset, pipeline);
    // Without a connection there is no lock either.
    let _ = db.query("SELECT pg_advisory_unlock($1)", with![key]).await;
}

/// Waits until no other pipeline creates or extends the tables of this one, which PostgreSQL refuses to
/// one of two that do so at once. To the end of the transaction.
pub(super) async fn prepare<D: Database>(db: &D, table: &str) -> Result<(), Failed> {
    let sql = "SELECT pg_advisory_xact_lock(
                 hashtextextended('rest_source ' || current_schema() || ' ' || $1, 0))::text";
    db.query(sql, with![table]).await.map(drop)
}

/// Waits until no other run creates the loader's own tables in the dataset, or counts itself. To the
/// end of the transaction.
pub(crate) async fn set_up<D: Database>(db: &D, dataset: &str) -> Result<(), Failed> {
    let key = key("set up", dataset, "");
    db.query("SELECT pg_advisory_xact_lock($1)::text", with![key]).await.map(drop)
}
