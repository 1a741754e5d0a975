//! The columns and tables that loads have added to what the description declares, in a table that a
//! person can read. PostgreSQL itself would not tell a wei from a decimal.

use rest_source::plan::DataType;
use tokio_postgres::{Client, Error, types::Type};

use crate::{Known, Shape};

pub(super) const CREATE: &str = "
CREATE TABLE IF NOT EXISTS _rest_source_columns (
  number bigint GENERATED ALWAYS AS IDENTITY,
  root text NOT NULL,
  table_name text NOT NULL,
  parent text,
  column_name text NOT NULL,
  data_type text NOT NULL,
  PRIMARY KEY (table_name, column_name)
);
COMMENT ON COLUMN _rest_source_columns.root IS 'the table of the resource';
COMMENT ON COLUMN _rest_source_columns.parent IS
  'of the table of a list: the table whose rows its own belong to';
COMMENT ON COLUMN _rest_source_columns.data_type IS 'as in the description';
";

/// What earlier runs have added to the tables of a resource.
pub(super) async fn recall(client: &Client, shape: &Shape) -> Result<Vec<Known>, Error> {
    let sql = "SELECT table_name, parent, column_name, data_type FROM _rest_source_columns
               WHERE root = $1 ORDER BY number";
    let rows = client.query_typed(sql, &[(&shape.tables()[0].name, Type::TEXT)]).await?;
    let mut known = Vec::new();
    for row in rows {
        // A word that is not known is a later release's.
        let Some(data_type) = DataType::named(row.try_get(3)?) else { continue };
        let (table, column): (String, String) = (row.try_get(0)?, row.try_get(2)?);
        known.push(Known::new(table, row.try_get(1)?, column, data_type));
    }
    Ok(known)
}

/// Remembers what has been added to the table at this place of the shape.
pub(super) async fn remember(client: &Client, shape: &Shape, place: usize) -> Result<(), Error> {
    let known: Vec<_> = shape.known(place).collect();
    if known.is_empty() {
        return Ok(());
    }
    let parent = known[0].parent.as_deref();
    let columns: Vec<_> = known.iter().map(|known| &*known.column).collect();
    let types: Vec<_> = known.iter().map(|known| known.data_type.name()).collect();
    client
        .execute_typed(
            "INSERT INTO _rest_source_columns (root, table_name, parent, column_name, data_type)
             SELECT $1, $2, $3, column_name, data_type
             FROM unnest($4, $5) AS known (column_name, data_type) ON CONFLICT DO NOTHING",
            &[
                (&shape.tables()[0].name, Type::TEXT),
                (&known[0].table, Type::TEXT),
                (&parent, Type::TEXT),
                (&columns, Type::TEXT_ARRAY),
                (&types, Type::TEXT_ARRAY),
            ],
        )
        .await
        .map(drop)
}
