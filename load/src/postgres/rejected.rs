//! Records that are set aside because they cannot be stored.

use tokio_postgres::{Client, Error, types::Type};

use super::schema;
use crate::{Rejected, Shape, sql::quote};

/// Writes them into the table beside that of their resource, which is created for the first.
pub(super) async fn write(
    client: &Client,
    shape: &Shape,
    run: i64,
    rejected: &[Rejected],
) -> Result<(), Error> {
    if rejected.is_empty() {
        return Ok(());
    }
    let table = quote(&shape.rejected());
    // Text rather than jsonb, which may be what the record was refused by.
    client
        .batch_execute(&format!(
            "CREATE TABLE IF NOT EXISTS {table} (
               run bigint,
               page bigint NOT NULL,
               record bigint NOT NULL,
               reason text NOT NULL,
               json text NOT NULL,
               rejected_at timestamptz NOT NULL
             )"
        ))
        .await?;
    // Earlier versions did not say which run it was.
    if !schema::has_column(client, &shape.rejected(), "run").await? {
        client.batch_execute(&format!("ALTER TABLE {table} ADD COLUMN run bigint")).await?;
    }
    let number = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    let pages: Vec<_> = rejected.iter().map(|rejected| number(rejected.page)).collect();
    let records: Vec<_> = rejected.iter().map(|rejected| number(rejected.record)).collect();
    let reasons: Vec<_> = rejected.iter().map(|rejected| &*rejected.reason).collect();
    let texts: Vec<_> = rejected.iter().map(|rejected| &*rejected.json).collect();
    client
        .execute_typed(
            &format!(
                "INSERT INTO {table} (run, page, record, reason, json, rejected_at)
                 SELECT $5, *, clock_timestamp() FROM unnest($1, $2, $3, $4)"
            ),
            &[
                (&pages, Type::INT8_ARRAY),
                (&records, Type::INT8_ARRAY),
                (&reasons, Type::TEXT_ARRAY),
                (&texts, Type::TEXT_ARRAY),
                (&run, Type::INT8),
            ],
        )
        .await
        .map(drop)
}
