//! SQLite, by the driver `sqlite`.

use std::{path::Path, sync::Arc};

use adbc_core::error::Error as AdbcError;
use arrow_array::{ArrayRef, Int64Array};
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
    Error, ErrorKind, TableRows, Value,
    arrow::{Storage, encode_column},
    lock::RunLock,
    sql::{
        apply::Comparison,
        blocking::done,
        database::{Database as _, with},
        failure::{Failed, Means, failed},
        quote,
        sqlite::SqliteDialect,
        state,
    },
};

impl Vendor for SqliteDialect {
    /// The driver takes the types of the columns of a result from so many rows.
    const STATEMENT_OPTIONS: &'static [(&'static str, &'static str)] =
        &[("adbc.sqlite.query.batch_rows", "65536")];

    const ZERO_BYTE: &'static str = "char(0)";

    fn accepts(_: &Column, _: &Value<'_>, _: impl FnOnce() -> bool) -> Result<(), String> {
        Ok(())
    }

    /// As the destination `Sqlite` stores them: what SQLite has no type for is text.
    fn encode(rows: &TableRows<'_>, column: &Column, place: usize) -> Result<ArrayRef, ArrowError> {
        let storage = match column.data_type {
            DataType::Bool => {
                let numbers = rows.iter().map(|row| match row.value(place) {
                    Value::Bool(truth) => Some(i64::from(*truth)),
                    _ => None,
                });
                return Ok(Arc::new(numbers.collect::<Int64Array>()));
            }
            DataType::Bigint => Storage::Bigint,
            DataType::Double => Storage::Double,
            DataType::Binary => Storage::Binary,
            _ => Storage::Text,
        };
        encode_column(rows, &column.name, storage, Some(place))
    }

    fn comparison(_: bool) -> Comparison {
        Comparison {
            is_same: Some(is_same),
            asks_known: true,
            sorted_by: Some(sorted_by),
            ..Comparison::default()
        }
    }

    fn failed(error: AdbcError) -> Failed {
        let Cause(text) = cause(&error);
        let text = text.strip_prefix("failed to execute query: ").unwrap_or(&text);
        let by = text.strip_prefix("UNIQUE constraint failed: ").map(str::to_owned);
        let means = match by {
            Some(by) => Means::Unique(by),
            None if text.contains("database is locked") => Means::Busy,
            None => Means::Nothing,
        };
        Failed::new(Cause(text.to_owned()), means)
    }
}

/// The condition that the rows of two names are the same in these columns. Whatever collation a column has, the texts
/// are compared.
fn is_same(one: &str, other: &str, columns: &[&Column]) -> String {
    let same = |column: &&Column| {
        let name = quote(&column.name);
        format!("{one}.{name} COLLATE BINARY IS {other}.{name}")
    };
    format!("({})", columns.iter().map(same).collect::<Vec<_>>().join(" AND "))
}

/// The expression by which a staged column of numbers is sorted that are stored as text, as a text that sorts as they
/// do: the sign, how many digits are before the point, and all digits; those of negative numbers as letters, of
/// which the last is the least digit.
fn sorted_by(column: &Column) -> Option<String> {
    if !matches!(column.data_type, DataType::Decimal | DataType::Wei) {
        return None;
    }
    let name = quote(&column.name);
    let digits = format!("ltrim({name}, '-')");
    let point = format!("instr({digits} || '.', '.')");
    let whole = format!("substr({digits}, 1, {point} - 1)");
    let behind = format!("rtrim(substr({digits}, {point} + 1), '0')");
    let size = format!("printf('%010d', length({whole})) || {whole} || '.' || {behind}");
    let letters = ('0'..='9').zip(('a'..='j').rev());
    let least_last = letters.fold(size.clone(), |text, (digit, letter)| {
        format!("replace({text}, '{digit}', '{letter}')")
    });
    Some(format!(
        "CASE WHEN {name} LIKE '-%' THEN '-' || {least_last} || '~' ELSE '0' || {size} END"
    ))
}

impl Server for SqliteDialect {
    type Held = RunLock;

    /// A transaction that reads first cannot wait for another one to end.
    const FIRST: Option<&'static str> = Some("UPDATE _rest_source_state SET id = id WHERE FALSE");

    fn set_up(db: &Connection<Self>, dataset: Option<&str>) -> Result<(), Error> {
        if dataset.is_some() {
            let message = "SQLite has no datasets; name another file instead";
            return Err(Error::new(ErrorKind::Destination, message));
        }
        let wait = "PRAGMA busy_timeout = 30000";
        done(db.query(wait, with![])).map(drop).map_err(failed("SQLite cannot be set up"))
    }

    fn prepare(db: &Connection<Self>, opened: &Opened, pipeline: &str) -> Result<RunLock, Error> {
        let cannot = || format!("{} cannot be used", opened.address);
        let path = async {
            let sql = "SELECT file FROM pragma_database_list WHERE name = 'main'";
            let row = db.first(sql, with![]).await?;
            row.map_or(Ok(String::new()), |row| row.get(0))
        };
        let path = done(path).map_err(failed::<Failed>(cannot()))?;
        if path.is_empty() {
            let message =
                format!("{}: it is not in a file; name one by the option `uri`", cannot());
            return Err(Error::new(ErrorKind::Destination, message));
        }
        let lock = RunLock::beside(Path::new(&path), pipeline)?;
        let prepare = async {
            // Where the file system does not allow it, the log is another one.
            let _ = db.query("PRAGMA journal_mode = WAL", with![]).await;
            let mode = db.first("PRAGMA journal_mode", with![]).await?;
            if mode.is_some_and(|mode| mode.get::<String>(0).is_ok_and(|mode| mode == "wal")) {
                db.run(&["PRAGMA synchronous = NORMAL"]).await?;
            }
            // Not in a transaction of the driver's, which would read first.
            db.run(&["BEGIN IMMEDIATE"]).await?;
            let prepared = state::prepare(db).await;
            db.run(&[if prepared.is_ok() { "COMMIT" } else { "ROLLBACK" }]).await?;
            prepared
        };
        done(prepare).map_err(failed(cannot()))?;
        Ok(lock)
    }
}
