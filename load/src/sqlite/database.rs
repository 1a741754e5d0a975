//! Statements on the connection to a database file. They are done when they are called.

use rusqlite::{
    Connection, Statement,
    types::{Null, ValueRef},
};

use crate::sql::{
    database::{Argument, Cell, Database, Row},
    failure::Failed,
    sqlite::SqliteDialect,
};

impl Database for Connection {
    type Dialect = SqliteDialect;

    async fn query(&self, sql: &str, with: &[Argument<'_>]) -> Result<Vec<Row>, Failed> {
        let mut statement = self.prepare(sql)?;
        bind(&mut statement, with)?;
        let columns = statement.column_count();
        let mut found = statement.raw_query();
        let mut rows = Vec::new();
        while let Some(row) = found.next()? {
            let cells = (0..columns).map(|place| cell(row.get_ref(place)?));
            rows.push(Row(cells.collect::<Result<_, Failed>>()?));
        }
        Ok(rows)
    }

    async fn execute(&self, sql: &str, with: &[Argument<'_>]) -> Result<u64, Failed> {
        let mut statement = self.prepare(sql)?;
        bind(&mut statement, with)?;
        Ok(statement.raw_execute()? as u64)
    }

    async fn run(&self, statements: &[impl AsRef<str>]) -> Result<(), Failed> {
        for sql in statements {
            self.execute_batch(sql.as_ref())?;
        }
        Ok(())
    }
}

/// SQLite takes `$2` for a name, which need not be in the statement.
fn bind(statement: &mut Statement<'_>, with: &[Argument<'_>]) -> rusqlite::Result<()> {
    for (place, argument) in with.iter().enumerate() {
        let Some(index) = statement.parameter_index(&format!("${}", place + 1))? else { continue };
        match argument {
            Argument::Text(Some(text)) | Argument::Json(Some(text)) => {
                statement.raw_bind_parameter(index, text)?;
            }
            Argument::Number(Some(number)) => statement.raw_bind_parameter(index, number)?,
            Argument::Bool(truth) => statement.raw_bind_parameter(index, truth)?,
            Argument::Text(None) | Argument::Json(None) | Argument::Number(None) => {
                statement.raw_bind_parameter(index, Null)?;
            }
        }
    }
    Ok(())
}

fn cell(value: ValueRef<'_>) -> Result<Cell, Failed> {
    match value {
        ValueRef::Null => Ok(Cell::Null),
        ValueRef::Integer(number) => Ok(Cell::Number(number)),
        ValueRef::Text(_) => {
            Ok(Cell::Text(value.as_str().map_err(rusqlite::Error::from)?.to_owned()))
        }
        ValueRef::Real(_) | ValueRef::Blob(_) => Err(rusqlite::Error::InvalidQuery.into()),
    }
}
