//! PostgreSQL, by the driver `postgresql`.

use std::sync::Arc;

use adbc_core::error::{Error as AdbcError, Status};
use arrow_array::{ArrayRef, Int64Array, TimestampMicrosecondArray};
use arrow_schema::ArrowError;
use rest_source::plan::{Column, DataType};

use super::{
    connection::Connection,
    error::{Cause, cause},
    opened::Opened,
    store::Server,
    vendor::Vendor,
};
use crate::{
    Error, Shape, Table, TableRows, Value,
    arrow::{Storage, encode_column},
    sql::{
        apply::Comparison,
        blocking::done,
        database::{Database as _, Dialect as _},
        failure::{Failed, Means, failed},
        postgres::{
            PostgresDialect, dataset,
            failure::Said,
            lock, merge,
            value::{self, EPOCH},
        },
        quote,
    },
};

impl Vendor for PostgresDialect {
    /// Not as a stream of what is copied out, in which an error has no code.
    const STATEMENT_OPTIONS: &'static [(&'static str, &'static str)] =
        &[("adbc.postgresql.use_copy", "false")];

    const INGESTS_TYPES: bool = false;

    fn accepts(
        column: &Column,
        value: &Value<'_>,
        is_key: impl FnOnce() -> bool,
    ) -> Result<(), String> {
        value::check(column, value, is_key)
    }

    fn encode(rows: &TableRows<'_>, column: &Column, place: usize) -> Result<ArrayRef, ArrowError> {
        let microseconds = |since: i64| {
            let values = rows.iter().map(move |row| row.value(place));
            values.map(move |value| {
                (!value.is_null()).then(|| value::microseconds(value, column) + since)
            })
        };
        Ok(match column.data_type {
            DataType::Timestamp => {
                let moments: TimestampMicrosecondArray = microseconds(EPOCH).collect();
                Arc::new(moments.with_timezone_opt(column.timezone.then_some("UTC")))
            }
            DataType::Time => Arc::new(microseconds(0).collect::<Int64Array>()),
            // In PostgreSQL's own type each has the digits that it has.
            DataType::Decimal => encode_column(rows, &column.name, Storage::Text, Some(place))?,
            _ => encode_column(rows, &column.name, Storage::of(column), Some(place))?,
        })
    }

    fn converted(column: &Column) -> Option<String> {
        let name = quote(&column.name);
        match column.data_type {
            DataType::Decimal | DataType::Wei | DataType::Json => {
                Some(format!("CAST({name} AS {})", Self::column_type(column)))
            }
            DataType::Time => Some(format!("(TIME '00:00' + {name} * INTERVAL '1 microsecond')")),
            _ => None,
        }
    }

    fn comparison(is_partitioned: bool) -> Comparison {
        merge::comparison(is_partitioned)
    }

    fn analyze(table: &Table, shape: &Shape, places: &[String]) -> Option<String> {
        Some(merge::analyze(table, shape, places))
    }

    fn failed(error: AdbcError) -> Failed {
        let code: String =
            error.sqlstate.iter().map(|byte| char::from(byte.cast_unsigned())).collect();
        let detail = |name: &str| {
            let details = error.details.iter().flatten();
            let detail = details.into_iter().find(|(key, _)| key == name);
            detail.and_then(|(_, value)| std::str::from_utf8(value).ok())
        };
        let Some(message) = detail("PG_DIAG_MESSAGE_PRIMARY") else {
            let is_lost = error.status == Status::IO;
            let means = if is_lost { Means::Transient } else { Means::Nothing };
            return Failed::new(cause(&error), means);
        };
        let said = Said {
            code: &code,
            message,
            detail: detail("PG_DIAG_MESSAGE_DETAIL"),
            hint: detail("PG_DIAG_MESSAGE_HINT"),
            schema: detail("PG_DIAG_SCHEMA_NAME"),
            constraint: detail("PG_DIAG_CONSTRAINT_NAME"),
        };
        Failed::new(Cause(said.to_string()), said.means())
    }
}

impl Server for PostgresDialect {
    /// The lock is the connection's.
    type Held = ();

    fn set_up(db: &Connection<Self>, dataset: Option<&str>) -> Result<(), Error> {
        if let Some(dataset) = dataset {
            dataset::check(dataset)?;
        }
        // As transactions of the other destination begin.
        let isolation =
            "SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL READ COMMITTED, READ WRITE";
        let set_up = async {
            dataset::connect(db, dataset).await?;
            db.run(&[isolation]).await
        };
        done(set_up).map_err(failed("PostgreSQL cannot be set up"))
    }

    fn prepare(db: &Connection<Self>, opened: &Opened, pipeline: &str) -> Result<(), Error> {
        let address = &opened.address;
        let dataset = match &address.dataset {
            Some(dataset) => dataset.clone(),
            None => done(dataset::current(db))?,
        };
        done(lock::take(db, address, &dataset, pipeline))?;
        let cannot = format!("the dataset `{dataset}` cannot be prepared");
        db.transact(None, |db| done(dataset::prepare(db, &dataset)).map_err(failed(cannot)))
    }
}
