//! How a batch gets into the tables of its resource.

use std::sync::Arc;

use rest_source::{Checkpoint, plan::Column};

use super::{
    apply::{Apply, Versions},
    compact::compact,
    encode::encode,
    file::{Names, Output},
    garbage::staging,
    rejected, relied,
    shared::Shared,
    state::{self, Load, is_staged},
    stored::{Stored, known},
};
use crate::{
    Batch, Changes, Error, Rejected, Rows, Shape, Strategy, Table, TableShape, Value, Written,
    arrow::takes,
    resume::{bring_back, tell_others},
};

/// The longest name of a table in bytes, so that it can be that of a folder on every file system. It
/// holds for columns too.
pub(super) const MAX_NAME: usize = 200;

/// What a writer writes into, and how far it has come.
#[derive(Debug)]
pub(super) struct Target {
    shared: Arc<Shared>,
    names: Names,
    table: Table,
    shape: Shape,
    /// One for each table of the shape.
    stored: Vec<Stored>,
    /// The table of records that are set aside.
    rejected: Stored,
    load: Load,
}

impl Target {
    /// Makes the tables ready, and finds out where the load resumes.
    pub(super) async fn open(shared: Arc<Shared>, table: Table) -> Result<Target, Error> {
        let manifest = shared.ledger.current().await;
        let mut shape = Shape::of(&table, MAX_NAME)?;
        if let Strategy::Scd2(scd2) = table.strategy() {
            // Refused now rather than when all has come.
            Versions::new(&scd2, &shape)?;
        }
        shape.add_known(&known(&shape, &manifest))?;
        let created = manifest.table(&shape.tables()[0].name).is_none();
        let is_deleted =
            |list: &&TableShape| manifest.table(&list.name).is_some_and(|stored| stored.is_deleted);
        let deleted = shape.tables()[1..].iter().find(is_deleted);
        if let Some(list) = deleted {
            bring_back(&table, &shape, &list.name, None)?;
        }
        let is_gone = relied::check(&manifest, &shared.run, &table, &shape)?;
        let is_missing = created || deleted.is_some() || is_gone;
        let rejected = Stored::of_rejected(&shape, &manifest);
        let mut stored = Vec::new();
        let log = shared.ledger.log();
        for table in shape.tables() {
            let mut of_table = Stored::of(&shape, table, &manifest);
            of_table.columns.extend(table, log)?;
            stored.push(of_table);
        }
        let open = |manifest: &mut _| {
            stored.iter().try_for_each(|stored| stored.put_into(manifest))?;
            if is_missing {
                tell_others(&table, state::reset_others(manifest, &shared.run, &table));
            }
            state::open(manifest, &shared.run, &table, &shape, is_missing)
        };
        let load = shared.ledger.commit(&[], open).await?;
        let manifest = shared.ledger.current().await;
        let state = manifest.state(&shared.run, &table);
        for stored in &mut stored {
            stored.staged = state::staged(state, stored.name());
        }
        Ok(Target {
            names: Names::new(shared.number),
            shared,
            table,
            shape,
            stored,
            rejected,
            load,
        })
    }

    pub(super) fn checkpoint(&self) -> Option<&Checkpoint> {
        self.load.checkpoint.as_ref()
    }

    pub(super) fn start_over(&self) -> &str {
        &self.load.start_over
    }

    /// Writes the rows of a batch into files, and commits these with its checkpoint.
    pub(super) async fn write(&mut self, batch: &Batch) -> Result<Written, Error> {
        let (stored, log) = (&self.stored, self.shared.ledger.log());
        let accept = |table: usize, column: &Column, value: &Value<'_>| {
            let known = stored.get(table).map(|stored| stored.columns.storage(column, log));
            let storage = known.unwrap_or_else(|| log.storage(column));
            takes(storage, value).map_err(|reason| format!("`{}` {reason}", column.name))
        };
        let rows = self.shape.rows_if(batch, &accept)?;
        self.extend().await?;
        let mut changes = self.add(&rows).await?;
        self.set_aside(&rows.rejected).await?;
        if let Some(arranged) = self.arrange(batch.checkpoint.is_none()).await? {
            changes = arranged;
        }
        let written = Written { changes, ..rows.written() };
        self.commit(batch, written).await?;
        self.load.records = self.load.records.saturating_add(written.records());
        Ok(written)
    }

    /// Adds what the shape has become to the tables.
    async fn extend(&mut self) -> Result<(), Error> {
        if self.stored.len() < self.shape.tables().len() {
            let manifest = self.shared.ledger.current().await;
            for table in &self.shape.tables()[self.stored.len()..] {
                self.stored.push(Stored::of(&self.shape, table, &manifest));
            }
        }
        let (tables, log) = (self.shape.tables().iter(), self.shared.ledger.log());
        self.stored
            .iter_mut()
            .zip(tables)
            .try_for_each(|(stored, table)| stored.columns.extend(table, log))
    }

    /// Writes rows into files of their own.
    async fn add(&mut self, rows: &Rows<'_>) -> Result<Changes, Error> {
        let (store, names) = (&self.shared.store, &self.names);
        let is_staged = is_staged(&self.table);
        let first = i64::try_from(self.load.records).unwrap_or(i64::MAX);
        for (rows, stored) in rows.tables.iter().zip(&mut self.stored) {
            // Of a record without a single field there is nothing that a file could hold.
            if rows.is_empty() || stored.columns.is_empty() {
                continue;
            }
            let cannot = store.failed(|| "rows cannot be made columns".to_owned());
            let batch =
                encode(rows, &stored.columns, is_staged.then_some(first)).map_err(cannot)?;
            let folder = if is_staged { staging() } else { stored.folder() };
            let mut output = Output::new(store, names, folder, batch.schema());
            output.write(&batch).await?;
            let files = if is_staged { &mut stored.staged } else { &mut stored.files };
            files.extend(output.finish(false).await?);
        }
        let has_rows = !is_staged && !self.stored[0].columns.is_empty();
        let added = if has_rows { rows.tables[0].len() as u64 } else { 0 };
        Ok(Changes::added(added))
    }

    async fn set_aside(&mut self, records: &[Rejected]) -> Result<(), Error> {
        if records.is_empty() {
            return Ok(());
        }
        let (store, names) = (&self.shared.store, &self.names);
        let cannot = store.failed(|| "rejected records cannot be set aside".to_owned());
        let rows = rejected::rows(records, self.shared.number).map_err(cannot)?;
        let mut output = Output::new(store, names, self.rejected.folder(), rows.schema());
        output.write(&rows).await?;
        self.rejected.files.extend(output.finish(false).await?);
        Ok(())
    }

    /// Makes rows of the staged ones if the load is complete, and few files of many. Gives what the staged
    /// rows have changed.
    async fn arrange(&mut self, is_complete: bool) -> Result<Option<Changes>, Error> {
        let mut changes = None;
        let (store, names) = (&self.shared.store, &self.names);
        let is_staged = is_staged(&self.table);
        let deletes_files = self.shared.ledger.log().deletes_files();
        if is_staged && is_complete {
            let (table, shape) = (&self.table, &self.shape);
            let apply = Apply { store, names, table, shape, tables: &self.stored };
            let (files, applied) = apply.run().await?;
            changes = Some(applied);
            for (stored, files) in self.stored.iter_mut().zip(files) {
                stored.files = files;
                stored.staged.clear();
            }
        }
        for stored in self.stored.iter_mut().chain([&mut self.rejected]) {
            let (folder, columns) = (stored.folder(), &stored.columns);
            if is_staged && !is_complete {
                let schema = columns.staged_schema();
                compact(store, names, &staging(), schema, &mut stored.staged, false).await?;
            }
            let is_appended = !is_staged || stored.name() == self.shape.rejected();
            if is_appended && deletes_files {
                let schema = columns.schema();
                compact(store, names, &folder, schema, &mut stored.files, is_complete).await?;
            }
        }
        if is_complete && !is_staged {
            // A reader shall find out what the columns of an empty table are.
            for stored in self.stored.iter_mut().filter(|stored| !stored.columns.is_empty()) {
                if stored.files.is_empty() {
                    let schema = stored.columns.schema();
                    let output = Output::new(store, names, stored.folder(), schema);
                    stored.files = output.finish(true).await?;
                }
            }
        }
        Ok(changes)
    }

    async fn commit(&self, batch: &Batch, written: Written) -> Result<(), Error> {
        let staged = self.stored.iter().filter(|stored| !stored.staged.is_empty());
        let staged = staged.map(Stored::staged_table).collect();
        let change = |manifest: &mut _| {
            self.stored.iter().try_for_each(|stored| stored.put_into(manifest))?;
            if !self.rejected.files.is_empty() {
                self.rejected.put_into(manifest)?;
            }
            let staged = is_staged(&self.table).then_some(staged);
            state::advance(manifest, &self.shared.run, &self.table, batch, written, staged)
        };
        self.shared.ledger.commit(&self.names.take(), change).await
    }
}
