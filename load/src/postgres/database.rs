//! Statements on a connection.

use std::error::Error as StdError;

use bytes::{BufMut, BytesMut};
use jiff::Timestamp;
use postgres_protocol::types as protocol;
use tokio_postgres::{
    Client,
    types::{FromSql, IsNull, ToSql, Type, to_sql_checked},
};

use crate::{
    moment,
    sql::{
        database::{Argument, Cell, Database, Row},
        failure::Failed,
        postgres::{PostgresDialect, value::EPOCH},
    },
};

/// What a value of a parameter or of a row cannot be.
type Unfit = Box<dyn StdError + Sync + Send>;

/// The version of the form of JSON, which is text.
const JSON_VERSION: u8 = 1;

impl Database for Client {
    type Dialect = PostgresDialect;

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

    /// In one message.
    async fn run(&self, statements: &[impl AsRef<str>]) -> Result<(), Failed> {
        let statements: Vec<_> = statements.iter().map(AsRef::as_ref).collect();
        Ok(self.batch_execute(&statements.join(";\n")).await?)
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
