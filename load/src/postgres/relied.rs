//! What a state relies on, as it is found in the dataset.

use tokio_postgres::{
    Client,
    types::{ToSql, Type},
};

use super::{error::failed, known, schema};
use crate::{
    Error, Run, Shape, Table,
    relied::{Left, Relied, Standing, committed},
    sql::{
        age::{AGE, Age, Begun, CLAIM},
        forget, quote,
    },
};

/// How the states that the run begins with stand to the history. Those that agree are of this run from
/// now on.
pub(super) async fn begin(
    client: &Client,
    run: &Run,
    number: i64,
) -> Result<Begun, tokio_postgres::Error> {
    let mut begun = Begun::new(has_states(client).await?);
    for table in &run.tables {
        let of: [(&(dyn ToSql + Sync), Type); 5] = [
            (&run.pipeline, Type::TEXT),
            (&run.source, Type::TEXT),
            (&table.resource, Type::TEXT),
            (&table.variant, Type::TEXT),
            (&number, Type::INT8),
        ];
        let row = client.query_typed_one(AGE, &of).await?;
        let age = Age {
            id: row.try_get(0)?,
            run: row.try_get(1)?,
            is_overtaken: row.try_get(2)?,
            last: row.try_get(3)?,
            last_written: row.try_get(4)?,
            has_failed: row.try_get(5)?,
            any: row.try_get(6)?,
        };
        if let (Some(id), Standing::Agrees) = (age.id, begun.add(table, &age)) {
            client.execute_typed(CLAIM, &[(&id, Type::INT8), (&number, Type::INT8)]).await?;
        }
    }
    Ok(begun)
}

/// Whether there is a state of any resource.
async fn has_states(client: &Client) -> Result<bool, tokio_postgres::Error> {
    let sql = "SELECT EXISTS (SELECT FROM _rest_source_state)";
    client.query_typed_one(sql, &[]).await?.try_get(0)
}

/// Whether a table has a row; `None` if there is no such table.
pub(super) async fn has_rows(
    client: &Client,
    table: &str,
) -> Result<Option<bool>, tokio_postgres::Error> {
    if !schema::exists(client, table).await? {
        return Ok(None);
    }
    let sql = format!("SELECT EXISTS (SELECT FROM {})", quote(table));
    client.query_typed_one(&sql, &[]).await?.try_get(0).map(Some)
}

/// Tells what is not as the state says. Gives whether everything must be loaded.
pub(super) async fn check(
    client: &Client,
    run: &Run,
    table: &Table,
    shape: &Shape,
    begun: &Begun,
) -> Result<bool, Error> {
    let found = find(client, run, table, shape, begun).await;
    let name = &shape.tables()[0].name;
    found.map_err(failed("the state cannot be used"))?.check(table, &format!("`{}`", forget(name)))
}

async fn find(
    client: &Client,
    run: &Run,
    table: &Table,
    shape: &Shape,
    begun: &Begun,
) -> Result<Relied, tokio_postgres::Error> {
    let name = &shape.tables()[0].name;
    let has_rows = has_rows(client, name).await?;
    // The source may be called otherwise than it was, and rows be those of another variant.
    let state = client
        .query_typed_opt(
            "SELECT id, CASE WHEN checkpoint IS NULL THEN 0 ELSE rows END, next_run IS NOT NULL,
               fingerprint
             FROM _rest_source_state WHERE pipeline = $1 AND resource = $3
             ORDER BY source <> $2, variant <> $4 LIMIT 1",
            &[
                (&run.pipeline, Type::TEXT),
                (&run.source, Type::TEXT),
                (&table.resource, Type::TEXT),
                (&table.variant, Type::TEXT),
            ],
        )
        .await?;
    let state = match state {
        None => None,
        Some(row) => {
            let is_staged = schema::has_staging(client, row.try_get(0)?).await?;
            let rows = u64::try_from(row.try_get::<_, i64>(1)?).unwrap_or(0);
            let rows = committed(table, is_staged, rows);
            let is_elsewhere = table.disposition_of(row.try_get(3)?).is_none();
            let is_incremental = row.try_get(2)?;
            Some(Left { rows, is_incremental, is_elsewhere, is_staged })
        }
    };
    let is_known = known::has_table(client, name).await?;
    // Another pipeline may have begun since, and have made the table.
    let others = "SELECT EXISTS (SELECT FROM _rest_source_state WHERE pipeline <> $1)";
    let others = client.query_typed_one(others, &[(&run.pipeline, Type::TEXT)]).await?;
    let had_states = begun.had_states || others.try_get(0)?;
    let standing = begun.standing(table);
    Ok(Relied { has_rows, is_known, had_states, state, standing })
}
