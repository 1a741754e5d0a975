//! Statements on a connection.

use std::error::Error as StdError;

use bytes::{BufMut, BytesMut};
use jiff::Timestamp;
use postgres_protocol::types as protocol;
use tokio_postgres::{
    Client,
    types::{FromSql, IsNull, ToSql, Type, to_sql_checked},
};

use super::{dialect::here, lock, value::EPOCH};
use crate::{
    moment,
    sql::{
        RESERVED,
        database::{Argument, Cell, Database, Dialect, Row, with},
        failure::Failed,
        index::key_name,
        quote,
    },
};

/// What a value of a parameter or of a row cannot be.
type Unfit = Box<dyn StdError + Sync + Send>;

/// The version of the form of JSON, which is text.
const JSON_VERSION: u8 = 1;

impl Database for Client {
    async fn query(&self, sql: &str, with: &[Argument<'_>]) -> Result<Vec<Row>, Failed> {
        let rows = self.query_typed(sql, &typed(with)).await?;
        let cells = |row: &tokio_postgres::Row| {
            let cells = (0..row.len()).map(|place| row.try_get::<_, Cell>(place));
            Ok(Row(cells.collect::<Result<_, _>>()?))
        };
        rows.iter().map(cells).collect()
    }

    async fn execute(&self, sql: &str, with: &[Argument<'_>]) -> Result<u64, Failed> {
        Ok(self.execute_typed(sql, &typed(with)).await?)
    }

    async fn batch(&self, sql: &str) -> Result<(), Failed> {
        Ok(self.batch_execute(sql).await?)
    }

    /// PostgreSQL refuses to create or extend a table to one of two that do so at once.
    async fn hold(&self, table: &str) -> Result<(), Failed> {
        Ok(lock::prepare(self, table).await?)
    }

    /// A table that a user has renamed keeps the name of its key's index.
    async fn free_key_name(&self, table: &str) -> Result<(), Failed> {
        let sql = format!(
            "SELECT 'ALTER INDEX ' || quote_ident(relname) || ' RENAME TO '
               || quote_ident('{RESERVED}key_' || oid)
             FROM pg_catalog.pg_class
             WHERE relnamespace = {} AND relname = $1 AND relkind IN ('i', 'I')",
            here!(),
        );
        match self.first(&sql, with![&key_name(table, Self::MAX_NAME)]).await? {
            Some(row) => self.batch(&row.get::<String>(0)?).await,
            None => Ok(()),
        }
    }

    async fn drop_key(&self, table: &str, columns: &[String]) -> Result<(), Failed> {
        let sql = format!(
            "SELECT c.conname FROM pg_catalog.pg_constraint AS c
             JOIN pg_catalog.pg_class AS t ON t.oid = c.conrelid
             WHERE t.relnamespace = {} AND t.relname = $1 AND c.contype = 'p'",
            here!(),
        );
        let Some(row) = self.first(&sql, with![table]).await? else { return Ok(()) };
        let name = quote(&row.get::<String>(0)?);
        let null = columns.iter().map(|column| format!(", ALTER {} DROP NOT NULL", quote(column)));
        let (table, null) = (quote(table), null.collect::<String>());
        self.batch(&format!("ALTER TABLE {table} DROP CONSTRAINT {name}{null}")).await
    }

    async fn is_partitioned(&self, table: &str) -> Result<bool, Failed> {
        let sql = format!(
            "SELECT 1 FROM pg_catalog.pg_class
             WHERE relnamespace = {} AND relname = $1 AND relkind = 'p'",
            here!(),
        );
        self.has(&sql, with![table]).await
    }
}

fn typed<'a>(with: &'a [Argument<'_>]) -> Vec<(&'a (dyn ToSql + Sync), Type)> {
    let of = |argument: &Argument<'_>| match argument {
        Argument::Text(_) => Type::TEXT,
        Argument::Json(_) => Type::JSONB,
        Argument::Number(_) => Type::INT8,
        Argument::Bool(_) => Type::BOOL,
    };
    with.iter().map(|argument| (argument as &(dyn ToSql + Sync), of(argument))).collect()
}

impl ToSql for Argument<'_> {
    fn to_sql(&self, _: &Type, out: &mut BytesMut) -> Result<IsNull, Unfit> {
        match self {
            Argument::Text(Some(text)) => protocol::text_to_sql(text, out),
            Argument::Json(Some(text)) => {
                out.put_u8(JSON_VERSION);
                protocol::text_to_sql(text, out);
            }
            Argument::Number(Some(number)) => protocol::int8_to_sql(*number, out),
            Argument::Bool(truth) => protocol::bool_to_sql(*truth, out),
            Argument::Text(None) | Argument::Json(None) | Argument::Number(None) => {
                return Ok(IsNull::Yes);
            }
        }
        Ok(IsNull::No)
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

impl<'a> FromSql<'a> for Cell {
    fn from_sql(of: &Type, raw: &'a [u8]) -> Result<Cell, Unfit> {
        Ok(match *of {
            Type::BOOL => Cell::Number(protocol::bool_from_sql(raw)?.into()),
            Type::INT4 => Cell::Number(protocol::int4_from_sql(raw)?.into()),
            Type::INT8 => Cell::Number(protocol::int8_from_sql(raw)?),
            Type::TIMESTAMPTZ => {
                let since_epoch = protocol::timestamp_from_sql(raw)?.saturating_add(EPOCH);
                // Those that are no moments of a calendar, such as `infinity`, are of no use.
                let moment = Timestamp::from_microsecond(since_epoch);
                Cell::Text(moment.map(moment::text).unwrap_or_default())
            }
            Type::JSONB => {
                Cell::Text(protocol::text_from_sql(raw.get(1..).unwrap_or_default())?.to_owned())
            }
            _ => Cell::Text(protocol::text_from_sql(raw)?.to_owned()),
        })
    }

    fn from_sql_null(_: &Type) -> Result<Cell, Unfit> {
        Ok(Cell::Null)
    }

    fn accepts(_: &Type) -> bool {
        true
    }
}
