//! The columns that loads have made, in a table that a person can read. PostgreSQL itself would not
//! tell a wei from a decimal.

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
  is_declared boolean NOT NULL,
  PRIMARY KEY (table_name, column_name)
);
COMMENT ON COLUMN _rest_source_columns.root IS 'the table of the resource';
COMMENT ON COLUMN _rest_source_columns.parent IS
  'of the table of a list: the table whose rows its own belong to';
COMMENT ON COLUMN _rest_source_columns.data_type IS 'as in the description';
COMMENT ON COLUMN _rest_source_columns.is_declared IS
  'false: it was added because a field of its name showed up';
";

/// What earlier runs have made of the tables of a resource.
pub(super) async fn recall(client: &Client, shape: &Shape) -> Result<Vec<Known>, Error> {
    let sql = "SELECT table_name, parent, column_name, data_type, is_declared
               FROM _rest_source_columns WHERE root = $1 ORDER BY number";
    let rows = client.query_typed(sql, &[(&shape.tables()[0].name, Type::TEXT)]).await?;
    let mut known = Vec::new();
    for row in rows {
        // A word that is not known is a later release's.
        let Some(data_type) = DataType::named(row.try_get(3)?) else { continue };
        let (table, column): (String, String) = (row.try_get(0)?, row.try_get(2)?);
        let is_declared = row.try_get(4)?;
        known.push(Known::new(table, row.try_get(1)?, column, data_type).declared(is_declared));
    }
    Ok(known)
}

/// Whether a load has ever made this table.
pub(super) async fn has_table(client: &Client, table: &str) -> Result<bool, Error> {
    let sql = "SELECT EXISTS (SELECT FROM _rest_source_columns WHERE table_name = $1)";
    client.query_typed_one(sql, &[(&table, Type::TEXT)]).await?.try_get(0)
}

/// Remembers the columns of the table at this place of the shape.
pub(super) async fn remember(client: &Client, shape: &Shape, place: usize) -> Result<(), Error> {
    let known: Vec<_> = shape.known(place).collect();
    let Some(Known { table, parent, .. }) = known.first() else { return Ok(()) };
    let columns: Vec<_> = known.iter().map(|known| &*known.column).collect();
    let types: Vec<_> = known.iter().map(|known| known.data_type.name()).collect();
    let declared: Vec<_> = known.iter().map(|known| known.is_declared).collect();
    client
        .execute_typed(
            "INSERT INTO _rest_source_columns AS known
               (root, table_name, parent, column_name, data_type, is_declared)
             SELECT $1, $2, $3, * FROM unnest($4, $5, $6)
             ON CONFLICT (table_name, column_name) DO UPDATE SET
               data_type = excluded.data_type, is_declared = excluded.is_declared
             WHERE (known.data_type, known.is_declared)
               <> (excluded.data_type, excluded.is_declared)",
            &[
                (&shape.tables()[0].name, Type::TEXT),
                (table, Type::TEXT),
                (parent, Type::TEXT),
                (&columns, Type::TEXT_ARRAY),
                (&types, Type::TEXT_ARRAY),
                (&declared, Type::BOOL_ARRAY),
            ],
        )
        .await
        .map(drop)
}
