//! How the rows of a batch get into tables: as Arrow into temporary tables, and from there by statements.

use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch, cast::AsArray, types::TimestampNanosecondType};
use arrow_schema::{ArrowError, DataType, Field, Schema};
use rest_source::plan::Column;

use super::{database::Connection, value};
use crate::{
    Batch, Changes, Error, Rows, Strategy, TableRows, TableShape, Value,
    arrow::{Storage, encode_column, sequence},
    sql::{
        RESERVED, SEQUENCE,
        apply::{Comparison, Counted, apply, count, uncounted},
        database::Dialect as _,
        failure::Failed,
        list_columns, now, quote,
        session::{Target, Write},
        unique::refused,
    },
};

impl Write for Connection {
    fn accepts(column: &Column, value: &Value<'_>) -> Result<(), String> {
        value::accepts(column, value)
    }

    async fn write(&self, target: &Target, _: &Batch, rows: &Rows<'_>) -> Result<Changes, Error> {
        if rows.tables[0].is_empty() || target.shape.tables()[0].columns.is_empty() {
            return Ok(Changes::NONE);
        }
        let what = "the rows cannot be written into the table";
        let written = self.write_rows(target, rows).await;
        written.map_err(refused(&target.shape, Self::MAX_NAME, what.to_owned()))
    }

    async fn move_in(&self, target: &Target, places: &[String]) -> Result<Changes, Failed> {
        let Target { table, shape, .. } = target;
        let mut changes = uncounted(table);
        let comparison = Comparison {
            merges: Some(is_same),
            sorted_by: Some(value::sorted_by),
            ..Comparison::default()
        };
        for statement in apply(table, shape, places, &now(), comparison) {
            match statement.counts {
                Some(Counted::Merged) => {
                    let (new, updated) = self.merge(&statement.sql)?;
                    count(&mut changes, Counted::New, new);
                    count(&mut changes, Counted::Updated, updated);
                }
                Some(counted) => count(&mut changes, counted, self.count(&statement.sql)?),
                None => drop(self.run(&statement.sql)?),
            }
        }
        Ok(changes)
    }
}

impl Connection {
    async fn write_rows(&self, target: &Target, rows: &Rows<'_>) -> Result<Changes, Failed> {
        let Target { table, shape, load, .. } = target;
        let names: Vec<_> =
            (0..shape.tables().len()).map(|place| format!("{RESERVED}batch_{place}")).collect();
        for ((stored, rows), name) in shape.tables().iter().zip(&rows.tables).zip(&names) {
            self.ingest(name, encode(stored, rows, load.next_record())?)?;
        }
        let places: Vec<_> = names.iter().map(|name| quote(name)).collect();
        let changes = if table.is_staged() {
            let staging = target.staging::<Connection>();
            for ((stored, place), staging) in shape.tables().iter().zip(&places).zip(&staging) {
                let columns = list_columns(&stored.columns);
                self.count(&format!(
                    "INSERT INTO {staging} ({SEQUENCE}, {columns}) \
                     SELECT {SEQUENCE}, {columns} FROM {place}",
                ))?;
            }
            Changes::NONE
        } else if table.strategy() == Strategy::Append {
            for (stored, place) in shape.tables().iter().zip(&places) {
                let (table, columns) = (quote(&stored.name), list_columns(&stored.columns));
                self.count(&format!(
                    "INSERT INTO {table} ({columns}) SELECT {columns} FROM {place}"
                ))?;
            }
            Changes::added(rows.tables[0].len() as u64)
        } else {
            self.move_in(target, &places).await?
        };
        for place in &places {
            self.run(&format!("DROP TABLE {place}"))?;
        }
        Ok(changes)
    }
}

/// The rows of a table with their numbers in the load.
fn encode(
    stored: &TableShape,
    rows: &TableRows<'_>,
    first: i64,
) -> Result<RecordBatch, ArrowError> {
    let mut fields = Vec::with_capacity(stored.columns.len() + 1);
    let mut arrays: Vec<ArrayRef> = Vec::with_capacity(stored.columns.len() + 1);
    for (place, column) in stored.columns.iter().enumerate() {
        let storage = Storage::of(column);
        let mut values = encode_column(rows, &column.name, storage, Some(place))?;
        if let Storage::Timestamp { nanoseconds: true, utc: true } = storage {
            let of_utc = values.as_primitive::<TimestampNanosecondType>().clone();
            values = Arc::new(of_utc.with_timezone_opt(None::<Arc<str>>));
        }
        fields.push(Field::new(&*column.name, value::arrow_type(storage), true));
        arrays.push(values);
    }
    fields.push(Field::new(SEQUENCE, DataType::Int64, false));
    arrays.push(sequence(rows, first));
    RecordBatch::try_new(Arc::new(Schema::new(fields)), arrays)
}

/// The condition that the rows of two names are the same in these columns.
fn is_same(one: &str, other: &str, columns: &[&Column]) -> String {
    let same = |column: &&Column| {
        let name = quote(&column.name);
        format!("{one}.{name} IS NOT DISTINCT FROM {other}.{name}")
    };
    format!("({})", columns.iter().map(same).collect::<Vec<_>>().join(" AND "))
}
