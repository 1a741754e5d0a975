//! The statements that put rows into tables.

use std::iter::Peekable;

use rest_source::plan::{Column, DataType};
use rusqlite::{Connection, Statement};

use super::{
    number,
    tally::{Tally, differs},
    value,
};
use crate::{
    Batch, Changes, Error, ROOT_ID, ROW_ID, Row, Rows, Strategy, Value,
    sql::{
        SEQUENCE,
        apply::{Comparison, Counted, apply, count, uncounted},
        database::Dialect as _,
        failure::{Failed, failed},
        list, list_columns, now, on_conflict_update, quote,
        session::{Target, Write},
        sqlite::SqliteDialect,
        unique::refused,
    },
};

impl Write for Connection {
    async fn write(
        &self,
        target: &Target,
        batch: &Batch,
        rows: &Rows<'_>,
    ) -> Result<Changes, Error> {
        let shape = &target.shape;
        if rows.tables[0].is_empty() || shape.tables()[0].columns.is_empty() {
            return Ok(Changes::NONE);
        }
        let tally = Tally::on(self).map_err(failed("rows cannot be counted"))?;
        let mut writer = Writer::new(self, target).map_err(failed("rows cannot be written"))?;
        let mut lists: Vec<_> =
            rows.tables.iter().skip(1).map(|rows| rows.iter().peekable()).collect();
        for row in rows.tables[0].iter() {
            let place = || batch.place(row.record);
            writer.write(row, &mut lists).map_err(|error| {
                refused::<rusqlite::Error>(shape, SqliteDialect::MAX_NAME, place())(error)
            })?;
        }
        if target.table.is_staged() {
            return Ok(Changes::NONE);
        }
        Ok(Changes { unchanged: Some(writer.unchanged), ..tally.changes(writer.written) })
    }

    async fn move_in(&self, target: &Target, staging: &[String]) -> Result<Changes, Failed> {
        let (table, shape) = (&target.table, &target.shape);
        let mut changes = uncounted(table);
        let comparison = Comparison {
            differs: Some(differs),
            sorted_by: Some(number::sorted_by),
            ..Comparison::default()
        };
        let tally = Tally::on(self)?;
        for statement in apply(table, shape, staging, &now(), comparison) {
            let rows = Connection::execute(self, &statement.sql, [])? as u64;
            match statement.counts {
                Some(Counted::Written) => changes = changes.and(tally.changes(rows)),
                Some(counted) => count(&mut changes, counted, rows),
                None => {}
            }
        }
        Ok(changes)
    }
}

struct Writer<'c> {
    /// Inserts into the resource's own table.
    root: Insert<'c>,
    /// Inserts into those of its lists.
    lists: Vec<Insert<'c>>,
    /// Removes the rows of lists that belong to the row with a key, or to one that a user has
    /// deleted and that had the id of the row at hand; one statement for each.
    remove_lists: Vec<Statement<'c>>,
    /// Removes the row with a key.
    remove: Option<Statement<'c>>,
    /// The columns of the key.
    key: Vec<usize>,
    /// The same and that of the id, if there are lists.
    key_and_id: Vec<usize>,
    /// The columns that say that a record is deleted.
    deleted: Vec<(usize, DataType)>,
    /// Whether the rows of lists are written only if that of their record is.
    only_new: bool,
    /// Rows that were inserted or updated.
    written: u64,
    /// Records whose row was there and was left as it was.
    unchanged: u64,
    text: String,
}

impl<'c> Writer<'c> {
    fn new(connection: &'c Connection, target: &Target) -> rusqlite::Result<Writer<'c>> {
        let Target { table, shape, load, .. } = target;
        let root = &shape.tables()[0];
        let strategy = table.strategy();
        let key = &table.primary_key;
        let staged = table.is_staged().then(|| target.staging::<Connection>());
        let target = |place: usize| match &staged {
            Some(staging) => staging[place].clone(),
            None => quote(&shape.tables()[place].name),
        };
        let sequence = staged.as_ref().map(|_| load.next_record());
        let is_direct = staged.is_none();
        let on_conflict = match strategy {
            Strategy::Upsert if is_direct => on_conflict_update(key, &root.columns, Some(differs)),
            Strategy::InsertOnly if is_direct => {
                format!(" ON CONFLICT ({}) DO NOTHING", list(key))
            }
            _ => String::new(),
        };
        let is_merged = is_direct && matches!(strategy, Strategy::Upsert | Strategy::InsertOnly);
        let with_key = key.iter().map(|name| format!("{} = ?", quote(name))).collect::<Vec<_>>();
        let with_key = with_key.join(" AND ");
        let (mut remove_lists, mut remove) = (Vec::new(), None);
        if is_merged {
            let (row, target_row) = (quote(ROW_ID), target(0));
            let rows =
                format!("SELECT {row} FROM {target_row} WHERE {with_key} UNION ALL SELECT ?");
            for place in 1..shape.tables().len() {
                let (list, root) = (target(place), quote(ROOT_ID));
                remove_lists.push(
                    connection.prepare(&format!("DELETE FROM {list} WHERE {root} IN ({rows})"))?,
                );
            }
            if strategy == Strategy::Upsert && root.columns.iter().any(|column| column.hard_delete)
            {
                let sql = format!("DELETE FROM {} WHERE {with_key}", target(0));
                remove = Some(connection.prepare(&sql)?);
            }
        }
        let says_deleted = |column: &Column| is_merged && column.hard_delete;
        let deleted = root.columns.iter().enumerate().filter(|(_, column)| says_deleted(column));
        let key = key.iter().filter_map(|name| root.place(name));
        Ok(Writer {
            root: Insert::new(connection, &target(0), &root.columns, sequence, &on_conflict)?,
            lists: (1..shape.tables().len())
                .map(|place| {
                    let columns = &shape.tables()[place].columns;
                    Insert::new(connection, &target(place), columns, sequence, "")
                })
                .collect::<Result<_, _>>()?,
            remove_lists,
            remove,
            key_and_id: key.clone().chain(root.place(ROW_ID)).collect(),
            key: key.collect(),
            deleted: deleted.map(|(place, column)| (place, column.data_type)).collect(),
            only_new: is_direct && strategy == Strategy::InsertOnly,
            written: 0,
            unchanged: 0,
            text: String::new(),
        })
    }

    /// Writes the row of a record, and the rows of its lists.
    fn write<'r, 'a: 'r>(
        &mut self,
        row: Row<'r, 'a>,
        lists: &mut [Peekable<impl Iterator<Item = Row<'r, 'a>>>],
    ) -> rusqlite::Result<()> {
        if !self.only_new {
            self.remove_lists(row)?;
        }
        let is_deleted =
            self.deleted.iter().any(|(place, data_type)| is_deleted(row.value(*place), *data_type));
        let is_written = if is_deleted {
            if let Some(remove) = &mut self.remove {
                execute_with(remove, &self.key, row, &mut self.text)?;
            }
            false
        } else {
            let changed = self.root.execute(row, &mut self.text)?;
            let is_changed = changed > 0;
            self.written += u64::from(is_changed);
            self.unchanged += u64::from(!is_changed);
            is_changed || !self.only_new
        };
        if self.only_new && is_written {
            self.remove_lists(row)?;
        }
        for (rows, insert) in lists.iter_mut().zip(&mut self.lists) {
            while let Some(element) = rows.next_if(|element| element.record == row.record) {
                if is_written {
                    insert.execute(element, &mut self.text)?;
                }
            }
        }
        Ok(())
    }

    fn remove_lists(&mut self, row: Row<'_, '_>) -> rusqlite::Result<()> {
        let mut lists = self.remove_lists.iter_mut();
        lists.try_for_each(|remove| execute_with(remove, &self.key_and_id, row, &mut self.text))
    }
}

/// Executes a statement with the values of these columns.
fn execute_with(
    statement: &mut Statement<'_>,
    columns: &[usize],
    row: Row<'_, '_>,
    text: &mut String,
) -> rusqlite::Result<()> {
    for (index, place) in columns.iter().enumerate() {
        value::bind(statement, index + 1, row.value(*place), text)?;
    }
    statement.raw_execute().map(drop)
}

fn is_deleted(value: &Value<'_>, data_type: DataType) -> bool {
    if data_type == DataType::Bool { *value == Value::Bool(true) } else { !value.is_null() }
}

/// Inserts rows into one table.
struct Insert<'c> {
    statement: Statement<'c>,
    columns: usize,
    /// The number of the batch's first record in the load, if rows are staged with it.
    sequence: Option<i64>,
}

impl<'c> Insert<'c> {
    fn new(
        connection: &'c Connection,
        target: &str,
        columns: &[Column],
        sequence: Option<i64>,
        on_conflict: &str,
    ) -> rusqlite::Result<Insert<'c>> {
        let mut names = list_columns(columns);
        let mut values = vec!["?"; columns.len()];
        if sequence.is_some() {
            names = format!("{names}, {SEQUENCE}");
            values.push("?");
        }
        let values = values.join(", ");
        let sql =
            format!("INSERT INTO {target} AS target ({names}) VALUES ({values}){on_conflict}");
        Ok(Insert { statement: connection.prepare(&sql)?, columns: columns.len(), sequence })
    }

    fn execute(&mut self, row: Row<'_, '_>, text: &mut String) -> rusqlite::Result<usize> {
        for place in 0..self.columns {
            value::bind(&mut self.statement, place + 1, row.value(place), text)?;
        }
        if let Some(first) = self.sequence {
            let sequence = first.saturating_add(i64::try_from(row.record).unwrap_or(i64::MAX));
            self.statement.raw_bind_parameter(self.columns + 1, sequence)?;
        }
        self.statement.raw_execute()
    }
}
