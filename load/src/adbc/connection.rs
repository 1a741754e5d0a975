//! Statements on a connection. They are done when they are called.

use std::{any::type_name, fmt, marker::PhantomData};

use adbc_core::{
    Connection as _, Optionable as _, Statement as _,
    error::{Error as AdbcError, Result as AdbcResult},
    options::{IngestMode, OptionConnection, OptionStatement},
};
use adbc_driver_manager::{ManagedConnection, ManagedStatement};
use arrow_array::{Array, RecordBatch, cast::AsArray, types};
use arrow_schema::{ArrowError, DataType, TimeUnit};
use jiff::Timestamp;

use super::{filled::filled, vendor::Vendor};
use crate::{
    Error, moment,
    sql::{
        database::{Argument, Cell, Database, Row},
        failure::{Failed, Means, failed},
    },
};

/// A connection to a database of this vendor.
pub(crate) struct Connection<V>(ManagedConnection, PhantomData<V>);

impl<V: Vendor> Connection<V> {
    pub(crate) fn new(connection: ManagedConnection) -> Connection<V> {
        Connection(connection, PhantomData)
    }

    /// Does `work` in a transaction, of which nothing is left if it fails. `first` is its first statement, if
    /// there is one.
    pub(crate) fn transact<T>(
        &self,
        first: Option<&str>,
        work: impl FnOnce(&Connection<V>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let begun = self.commits_by_itself(false).map_err(V::failed);
        begun.map_err(failed("a transaction cannot begin"))?;
        let begun = first.map_or(Ok(0), |first| self.count(first));
        let done = begun.map_err(failed("a transaction cannot begin"));
        let done = done.and_then(|_| work(self)).and_then(|done| {
            let committed = self.0.clone().commit().map_err(V::failed);
            committed.map_err(failed("a transaction cannot be committed"))?;
            Ok(done)
        });
        if done.is_err() {
            // What has failed may have ended it.
            let _ = self.0.clone().rollback();
        }
        // Otherwise the next transaction would have begun already, and see what is there now.
        let _ = self.commits_by_itself(true);
        done
    }

    fn commits_by_itself(&self, each: bool) -> AdbcResult<()> {
        let each = if each { "true" } else { "false" };
        self.0.clone().set_option(OptionConnection::AutoCommit, each.into())
    }

    /// Executes a statement and gives what it returns.
    pub(super) fn rows(&self, sql: &str) -> Result<Vec<RecordBatch>, Failed> {
        let batches = || {
            let mut statement = self.statement()?;
            statement.set_sql_query(sql)?;
            let reader = statement.execute()?;
            reader.map(|batch| Ok(batch?)).collect::<AdbcResult<_>>()
        };
        batches().map_err(V::failed)
    }

    /// Executes a statement and gives how many rows it has changed.
    pub(super) fn count(&self, sql: &str) -> Result<u64, Failed> {
        let count = || {
            let mut statement = self.statement()?;
            statement.set_sql_query(sql)?;
            statement.execute_update()
        };
        // Less than zero where it does not say.
        let count = count().map_err(V::failed)?.unwrap_or(0);
        Ok(u64::try_from(count).unwrap_or(0))
    }

    /// Makes a temporary table of these rows.
    pub(super) fn ingest(&self, table: &str, rows: RecordBatch) -> Result<(), Failed> {
        let ingest = || {
            let mut statement = self.statement()?;
            statement.set_option(OptionStatement::TargetTable, table.into())?;
            statement.set_option(OptionStatement::IngestMode, IngestMode::Create.into())?;
            statement.set_option(OptionStatement::Temporary, true.into())?;
            statement.bind(rows)?;
            statement.execute_update()
        };
        ingest().map(drop).map_err(V::failed)
    }

    fn statement(&self) -> AdbcResult<ManagedStatement> {
        // Cloned, as a connection of ADBC is changed by whatever is done with it.
        let mut statement = self.0.clone().new_statement()?;
        for (name, value) in V::STATEMENT_OPTIONS {
            let name = OptionStatement::Other((*name).to_owned());
            statement.set_option(name, (*value).into())?;
        }
        Ok(statement)
    }
}

/// For `map_err`: what Arrow does not take.
pub(super) fn unfit<V: Vendor>(error: ArrowError) -> Failed {
    V::failed(AdbcError::from(error))
}

impl<V: Vendor> Database for Connection<V> {
    type Dialect = V;

    async fn query(&self, sql: &str, with: &[Argument<'_>]) -> Result<Vec<Row>, Failed> {
        let mut rows = Vec::new();
        for batch in self.rows(&filled(sql, with, V::ZERO_BYTE))? {
            for row in 0..batch.num_rows() {
                let cells = batch.columns().iter().map(|column| cell(column, row));
                rows.push(Row(cells.collect::<Result<_, Failed>>()?));
            }
        }
        Ok(rows)
    }

    async fn execute(&self, sql: &str, with: &[Argument<'_>]) -> Result<u64, Failed> {
        self.count(&filled(sql, with, V::ZERO_BYTE))
    }

    async fn run(&self, statements: &[impl AsRef<str>]) -> Result<(), Failed> {
        statements.iter().try_for_each(|sql| self.count(sql.as_ref()).map(drop))
    }
}

impl<V> fmt::Debug for Connection<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Connection")
    }
}

/// The value in a column, of those that the loader's own tables and the catalogues have.
fn cell(column: &dyn Array, row: usize) -> Result<Cell, Failed> {
    if column.is_null(row) {
        return Ok(Cell::Null);
    }
    Ok(match column.data_type() {
        DataType::Null => Cell::Null,
        DataType::Int64 => Cell::Number(column.as_primitive::<types::Int64Type>().value(row)),
        DataType::Int32 => {
            Cell::Number(column.as_primitive::<types::Int32Type>().value(row).into())
        }
        DataType::Boolean => Cell::Number(column.as_boolean().value(row).into()),
        DataType::Utf8 => Cell::Text(column.as_string::<i32>().value(row).to_owned()),
        DataType::Timestamp(TimeUnit::Microsecond, _) => {
            let since = column.as_primitive::<types::TimestampMicrosecondType>().value(row);
            // Those that are no moments of a calendar, such as `infinity`, are of no use.
            let moment = Timestamp::from_microsecond(since);
            Cell::Text(moment.map(moment::text).unwrap_or_default())
        }
        other => {
            let what = format!("{} cannot be made of {other}", type_name::<Cell>());
            return Err(Failed::new(what, Means::Nothing));
        }
    })
}
