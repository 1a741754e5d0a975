//! How the rows of a batch get into tables.

use std::pin::pin;

use rest_source::plan::Column;
use tokio_postgres::{Client, SimpleQueryMessage, binary_copy::BinaryCopyInWriter, types::Type};

use super::value::Cell;
use crate::{
    Batch, Changes, Error, Row, Rows, Shape, Strategy, Table, TableRows, Value,
    sql::{
        RESERVED, SEQUENCE,
        apply::{Counted, apply, count, uncounted, upserted},
        database::Dialect as _,
        failure::{Failed, failed},
        index::primary_key,
        list, list_columns, now,
        postgres::{
            PostgresDialect,
            merge::{analyze, comparison},
            value,
        },
        quote,
        schema::create_staged,
        session::{Target, Write},
        unique::refused,
    },
};

const MAX_NAME: usize = PostgresDialect::MAX_NAME;

impl Write for Client {
    fn accepts(
        column: &Column,
        value: &Value<'_>,
        is_key: impl FnOnce() -> bool,
    ) -> Result<(), String> {
        value::check(column, value, is_key)
    }

    async fn write(
        &self,
        target: &Target,
        batch: &Batch,
        rows: &Rows<'_>,
    ) -> Result<Changes, Error> {
        let Target { table, shape, load, .. } = target;
        if rows.tables[0].is_empty() || shape.tables()[0].columns.is_empty() {
            return Ok(Changes::NONE);
        }
        let first = Some(load.next_record());
        if table.is_staged() {
            check_keys(self, table, shape, batch, rows).await?;
            let places = target.staging::<Client>();
            copy_all(self, shape, &places, first, batch, rows).await?;
            return Ok(Changes::NONE);
        }
        if table.strategy() == Strategy::Append {
            let names: Vec<_> = shape.tables().iter().map(|table| quote(&table.name)).collect();
            copy_all(self, shape, &names, None, batch, rows).await?;
            return Ok(Changes::added(rows.tables[0].len() as u64));
        }
        let what = "the rows cannot be moved into the table";
        let places: Vec<_> =
            (0..shape.tables().len()).map(|place| format!("{RESERVED}batch_{place}")).collect();
        let mut create = String::new();
        for (stored, place) in shape.tables().iter().zip(&places) {
            create += &create_staged::<Client>("TEMPORARY TABLE", stored, place);
            create += " ON COMMIT DROP;";
        }
        self.batch_execute(&create).await.map_err(failed(what))?;
        copy_all(self, shape, &places, first, batch, rows).await?;
        self.move_in(target, &places).await.map_err(refused(shape, MAX_NAME, what.to_owned()))
    }

    async fn move_in(&self, target: &Target, places: &[String]) -> Result<Changes, Failed> {
        let Target { table, shape, is_partitioned, .. } = target;
        let (mut sql, mut counts) = (analyze(table, shape, places), vec![None]);
        for statement in apply(table, shape, places, &now(), comparison(*is_partitioned)) {
            sql += ";";
            sql += &statement.sql;
            counts.push(statement.counts);
        }
        let mut changes = uncounted(table);
        let mut counts = counts.into_iter();
        let mut row = None;
        // One message for each statement, after the rows that it gives.
        for message in self.simple_query(&sql).await? {
            match message {
                SimpleQueryMessage::Row(written) => row = Some(written),
                SimpleQueryMessage::CommandComplete(rows) => match counts.next().flatten() {
                    Some(Counted::Written) => {
                        let row = row.take();
                        let number = |place| row.as_ref()?.try_get(place).ok()??.parse().ok();
                        changes = changes.and(upserted(number));
                    }
                    Some(counted) => count(&mut changes, counted, rows),
                    None => {}
                },
                _ => {}
            }
        }
        Ok(changes)
    }
}

/// From this size on a value may be too large for an index, which depends on how it compresses.
const LONG_KEY: usize = 2_600;

/// Refuses records with a key that the table's index would not take, as long as it is known which they
/// are: staged rows are moved into the table when the load is complete.
async fn check_keys(
    client: &Client,
    table: &Table,
    shape: &Shape,
    batch: &Batch,
    rows: &Rows<'_>,
) -> Result<(), Error> {
    let key = primary_key(table, shape);
    let root = &shape.tables()[0];
    let places: Vec<_> = key.iter().filter_map(|name| root.place(name)).collect();
    let length = |row: Row<'_, '_>| -> usize {
        let lengths = places.iter().map(|place| match row.value(*place) {
            Value::Text(text) => text.len(),
            _ => 0,
        });
        lengths.sum()
    };
    let long = rows.tables[0].iter().filter(|row| length(*row) >= LONG_KEY);
    let long: Vec<_> = long.map(|row| row.record).collect();
    if long.is_empty() {
        return Ok(());
    }
    let place = format!("{RESERVED}keys");
    let create = create_staged::<Client>("TEMPORARY TABLE", root, &place);
    let prepare = format!("{create} ON COMMIT DROP; CREATE INDEX ON {place} ({})", list(&key));
    let cannot = || failed("the keys cannot be checked");
    client.batch_execute(&prepare).await.map_err(cannot())?;
    let long = rows.only(|record| long.contains(&record));
    copy_all(client, shape, std::slice::from_ref(&place), Some(0), batch, &long).await?;
    client.batch_execute(&format!("DROP TABLE {place}")).await.map_err(cannot())
}

/// Copies the rows of each table of a shape to its place, with numbers from `first` on for their
/// records if they are staged.
async fn copy_all(
    client: &Client,
    shape: &Shape,
    places: &[String],
    first: Option<i64>,
    batch: &Batch,
    rows: &Rows<'_>,
) -> Result<(), Error> {
    for ((stored, place), rows) in shape.tables().iter().zip(places).zip(&rows.tables) {
        if rows.is_empty() {
            continue;
        }
        copy(client, place, &stored.columns, first, rows).await.map_err(
            |error| match refused_row(&error).filter(|row| *row < rows.len()) {
                Some(row) => refused(shape, MAX_NAME, batch.place(rows.row(row).record))(error),
                None => refused(shape, MAX_NAME, "the rows cannot be copied".to_owned())(error),
            },
        )?;
    }
    Ok(())
}

async fn copy(
    client: &Client,
    place: &str,
    columns: &[Column],
    first: Option<i64>,
    rows: &TableRows<'_>,
) -> Result<(), tokio_postgres::Error> {
    let mut names = list_columns(columns);
    let mut types: Vec<_> = columns.iter().map(Cell::type_of).collect();
    if first.is_some() {
        names = format!("{names}, {SEQUENCE}");
        types.push(Type::INT8);
    }
    let sql = format!("COPY {place} ({names}) FROM STDIN (FORMAT binary)");
    let sink = client.copy_in(&sql).await?;
    let mut writer = pin!(BinaryCopyInWriter::new(sink, &types));
    let mut cells = Vec::with_capacity(types.len());
    for row in rows.iter() {
        cells.clear();
        cells.extend(
            columns.iter().enumerate().map(|(place, column)| Cell::Value(row.value(place), column)),
        );
        if let Some(first) = first {
            let record = i64::try_from(row.record).unwrap_or(i64::MAX);
            cells.push(Cell::Sequence(first.saturating_add(record)));
        }
        writer.as_mut().write_raw(&cells).await?;
    }
    writer.finish().await.map(drop)
}

/// Which row of a COPY, from 0, PostgreSQL has refused: `COPY payments, line 3, column id`. Only if
/// its messages are English.
fn refused_row(error: &tokio_postgres::Error) -> Option<usize> {
    let (_, line) = error.as_db_error()?.where_()?.split_once(", line ")?;
    let digits = line.split(|byte: char| !byte.is_ascii_digit()).next()?;
    digits.parse::<usize>().ok()?.checked_sub(1)
}
