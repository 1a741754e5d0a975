//! Statements on a connection. They are done when they are called.

use std::{any::type_name, fmt};

use adbc_core::{
    Connection as _, Optionable as _, Statement as _,
    options::{IngestMode, OptionStatement},
};
use adbc_driver_manager::{ManagedConnection, ManagedStatement};
use arrow_array::{Array, RecordBatch, cast::AsArray, types};
use arrow_schema::{DataType, TimeUnit};
use jiff::Timestamp;

use crate::{
    moment,
    sql::{
        database::{Argument, Cell, Database, Row},
        failure::{Failed, Means},
        literal,
    },
};

/// A connection to a database.
pub(super) struct Connection(ManagedConnection);

impl Connection {
    pub(super) fn new(connection: ManagedConnection) -> Connection {
        Connection(connection)
    }

    /// Executes statements with semicolons between, and gives what the last one returns.
    pub(super) fn run(&self, sql: &str) -> Result<Vec<RecordBatch>, Failed> {
        let mut statement = self.statement()?;
        statement.set_sql_query(sql)?;
        let reader = statement.execute()?;
        reader.map(|batch| Ok(batch?)).collect()
    }

    /// Executes a `MERGE` that returns the word `INSERT` or `UPDATE` for each row, and gives how many are
    /// new and how many are updated.
    pub(super) fn merge(&self, sql: &str) -> Result<(u64, u64), Failed> {
        let mut statement = self.statement()?;
        statement.set_sql_query(sql)?;
        let (mut new, mut updated) = (0, 0);
        for batch in statement.execute()? {
            for action in batch?.column(0).as_string::<i32>().iter().flatten() {
                *(if action == "INSERT" { &mut new } else { &mut updated }) += 1;
            }
        }
        Ok((new, updated))
    }

    /// Executes a statement and gives how many rows it has changed, or the number that a query returns.
    pub(super) fn count(&self, sql: &str) -> Result<u64, Failed> {
        let batches = self.run(sql)?;
        let count = batches.iter().find(|batch| batch.num_rows() > 0 && batch.num_columns() > 0);
        let Some(count) = count else { return Ok(0) };
        match cell(count.column(0), 0)? {
            Cell::Number(count) => Ok(u64::try_from(count).unwrap_or(0)),
            _ => Ok(0),
        }
    }

    /// Makes a temporary table of these rows.
    pub(super) fn ingest(&self, table: &str, rows: RecordBatch) -> Result<(), Failed> {
        let mut statement = self.statement()?;
        statement.set_option(OptionStatement::TargetTable, table.into())?;
        statement.set_option(OptionStatement::IngestMode, IngestMode::Create.into())?;
        statement.set_option(OptionStatement::Temporary, true.into())?;
        statement.bind(rows)?;
        statement.execute_update()?;
        Ok(())
    }

    fn statement(&self) -> Result<ManagedStatement, Failed> {
        // Cloned, as a connection of ADBC is changed by whatever is done with it.
        Ok(self.0.clone().new_statement()?)
    }
}

impl Database for Connection {
    async fn query(&self, sql: &str, with: &[Argument<'_>]) -> Result<Vec<Row>, Failed> {
        let mut rows = Vec::new();
        for batch in self.run(&filled(sql, with))? {
            for row in 0..batch.num_rows() {
                let cells = batch.columns().iter().map(|column| cell(column, row));
                rows.push(Row(cells.collect::<Result<_, Failed>>()?));
            }
        }
        Ok(rows)
    }

    async fn execute(&self, sql: &str, with: &[Argument<'_>]) -> Result<u64, Failed> {
        self.count(&filled(sql, with))
    }

    async fn batch(&self, sql: &str) -> Result<(), Failed> {
        self.run(sql).map(drop)
    }

    /// The loader makes no tables with keys.
    async fn drop_key(&self, _: &str, _: &[String]) -> Result<(), Failed> {
        Ok(())
    }
}

impl fmt::Debug for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Connection")
    }
}

/// A statement with its arguments instead of its parameters. DuckDB refuses arguments that a statement
/// does not use, and one whose type it cannot tell, such as that of `$1 IS NULL`.
fn filled(sql: &str, with: &[Argument<'_>]) -> String {
    let mut filled = String::with_capacity(sql.len());
    let mut rest = sql;
    while let Some(place) = rest.find(['\'', '"', '$']) {
        filled.push_str(&rest[..place]);
        rest = &rest[place..];
        let quote = rest.chars().next().filter(|first| *first != '$');
        let end = match quote {
            // Two of them within a name or a text are the end of one and the beginning of another.
            Some(quote) => rest[1..].find(quote).map_or(rest.len(), |end| end + 2),
            None => {
                let is_digit = |byte: &u8| byte.is_ascii_digit();
                1 + rest.bytes().skip(1).take_while(is_digit).count()
            }
        };
        let (token, behind) = rest.split_at(end);
        let number = token.strip_prefix('$').and_then(|digits| digits.parse::<usize>().ok());
        match number.and_then(|number| with.get(number.checked_sub(1)?)) {
            Some(argument) => filled.push_str(&written(argument)),
            None => filled.push_str(token),
        }
        rest = behind;
    }
    filled.push_str(rest);
    filled
}

fn written(argument: &Argument<'_>) -> String {
    match argument {
        Argument::Text(Some(text)) | Argument::Json(Some(text)) => {
            let parts: Vec<_> = text.split('\0').map(literal).collect();
            // A statement ends with its first zero byte.
            if parts.len() == 1 {
                literal(text)
            } else {
                format!("({})", parts.join(" || chr(0) || "))
            }
        }
        Argument::Number(Some(number)) => number.to_string(),
        Argument::Bool(truth) => truth.to_string(),
        Argument::Text(None) | Argument::Json(None) | Argument::Number(None) => "NULL".to_owned(),
    }
}

/// The value in a column, of those that the loader's own tables and DuckDB's catalogue have.
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
