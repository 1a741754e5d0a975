//! How the rows of a batch get into tables: as Arrow into temporary tables, and from there by statements.

use std::sync::Arc;

use arrow_array::{RecordBatch, cast::AsArray as _};
use arrow_schema::{DataType, Field, Schema};
use rest_source::plan::Column;

use super::{
    connection::{Connection, unfit},
    vendor::Vendor,
};
use crate::{
    Batch, Changes, Error, Rows, Strategy, TableRows, TableShape, Value,
    arrow::sequence,
    sql::{
        RESERVED, SEQUENCE,
        apply::{Counted, apply, count, uncounted, upserted},
        database::{Database as _, with},
        failure::Failed,
        list_columns, now, quote,
        schema::create_staged,
        session::{Target, Write},
        unique::refused,
    },
};

impl<V: Vendor> Write for Connection<V> {
    fn accepts(
        column: &Column,
        value: &Value<'_>,
        is_key: impl FnOnce() -> bool,
    ) -> Result<(), String> {
        V::accepts(column, value, is_key)
    }

    async fn write(&self, target: &Target, _: &Batch, rows: &Rows<'_>) -> Result<Changes, Error> {
        if rows.tables[0].is_empty() || target.shape.tables()[0].columns.is_empty() {
            return Ok(Changes::NONE);
        }
        let what = "the rows cannot be written into the table";
        let written = self.write_rows(target, rows).await;
        written.map_err(refused(&target.shape, V::MAX_NAME, what.to_owned()))
    }

    async fn move_in(&self, target: &Target, places: &[String]) -> Result<Changes, Failed> {
        let Target { table, shape, is_partitioned, .. } = target;
        if let Some(analyze) = V::analyze(table, shape, places) {
            self.count(&analyze)?;
        }
        let mut changes = uncounted(table);
        let comparison = V::comparison(*is_partitioned);
        let mut known = None;
        for statement in apply(table, shape, places, &now(), comparison) {
            let sql = &statement.sql;
            match statement.counts {
                Some(Counted::Known) => known = self.first(sql, with![]).await?,
                Some(Counted::Written) if comparison.is_new.is_some() => {
                    let row = self.first(sql, with![]).await?;
                    let number = |place| row.as_ref()?.get(place).ok();
                    changes = changes.and(upserted(number));
                }
                Some(Counted::Written) => {
                    let written = self.count(sql)?;
                    let number = |place: usize| {
                        let known = known.as_ref()?;
                        let (staged, known): (u64, u64) = (known.get(0).ok()?, known.get(1).ok()?);
                        let new = staged.saturating_sub(known);
                        Some([new, written.saturating_sub(new), staged][place])
                    };
                    changes = changes.and(upserted(number));
                }
                Some(Counted::Merged) => {
                    let (mut new, mut updated) = (0, 0);
                    for batch in self.rows(sql)? {
                        for action in batch.column(0).as_string::<i32>().iter().flatten() {
                            *(if action == "INSERT" { &mut new } else { &mut updated }) += 1;
                        }
                    }
                    count(&mut changes, Counted::New, new);
                    count(&mut changes, Counted::Updated, updated);
                }
                Some(Counted::Staged) => {
                    let row = self.first(sql, with![]).await?;
                    let rows = row.map_or(Ok(0), |row| row.get(0))?;
                    count(&mut changes, Counted::Staged, rows);
                }
                Some(counted) => count(&mut changes, counted, self.count(sql)?),
                None => self.count(sql).map(drop)?,
            }
        }
        Ok(changes)
    }
}

impl<V: Vendor> Connection<V> {
    async fn write_rows(&self, target: &Target, rows: &Rows<'_>) -> Result<Changes, Failed> {
        let Target { table, shape, load, .. } = target;
        let named = |kind: &str| -> Vec<_> {
            (0..shape.tables().len()).map(|place| format!("{RESERVED}{kind}_{place}")).collect()
        };
        let mut made = named("batch");
        for ((stored, rows), name) in shape.tables().iter().zip(&rows.tables).zip(&made) {
            self.ingest(name, encode::<V>(stored, rows, load.next_record())?)?;
        }
        let changes = if table.is_staged() {
            self.copy(target, &made, &target.staging::<Connection<V>>(), true)?;
            Changes::NONE
        } else if table.strategy() == Strategy::Append {
            let tables: Vec<_> = shape.tables().iter().map(|table| quote(&table.name)).collect();
            self.copy(target, &made, &tables, false)?;
            Changes::added(rows.tables[0].len() as u64)
        } else if V::INGESTS_TYPES {
            self.move_in(target, &made).await?
        } else {
            let typed = named("typed");
            for (stored, place) in shape.tables().iter().zip(&typed) {
                self.count(&create_staged::<Connection<V>>("TEMPORARY TABLE", stored, place))?;
            }
            self.copy(target, &made, &typed, true)?;
            let changes = self.move_in(target, &typed).await?;
            made.extend(typed);
            changes
        };
        for place in &made {
            self.count(&format!("DROP TABLE {place}"))?;
        }
        Ok(changes)
    }

    /// Copies the rows that the driver has put into places to others, with the numbers of their records if they are
    /// staged there.
    fn copy(
        &self,
        target: &Target,
        from: &[String],
        to: &[String],
        is_staged: bool,
    ) -> Result<(), Failed> {
        for ((stored, from), to) in target.shape.tables().iter().zip(from).zip(to) {
            let converted =
                |column: &Column| V::converted(column).unwrap_or_else(|| quote(&column.name));
            let converted = stored.columns.iter().map(converted).collect::<Vec<_>>().join(", ");
            let columns = list_columns(&stored.columns);
            let number = if is_staged { format!("{SEQUENCE}, ") } else { String::new() };
            self.count(&format!(
                "INSERT INTO {to} ({number}{columns}) SELECT {number}{converted} FROM {from}"
            ))?;
        }
        Ok(())
    }
}

/// The rows of a table with their numbers in the load.
fn encode<V: Vendor>(
    stored: &TableShape,
    rows: &TableRows<'_>,
    first: i64,
) -> Result<RecordBatch, Failed> {
    let mut fields = Vec::with_capacity(stored.columns.len() + 1);
    let mut arrays = Vec::with_capacity(stored.columns.len() + 1);
    for (place, column) in stored.columns.iter().enumerate() {
        let values = V::encode(rows, column, place).map_err(unfit::<V>)?;
        fields.push(Field::new(&*column.name, values.data_type().clone(), true));
        arrays.push(values);
    }
    fields.push(Field::new(SEQUENCE, DataType::Int64, false));
    arrays.push(sequence(rows, first));
    RecordBatch::try_new(Arc::new(Schema::new(fields)), arrays).map_err(unfit::<V>)
}
