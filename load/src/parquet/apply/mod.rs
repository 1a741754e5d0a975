//! How staged rows become rows of their tables: what `sql/apply.rs` says in SQL, by rewriting the
//! files in which rows change.
//!
//! Nothing is changed before the commit that follows. In memory are, of each key among the new
//! records, a digest and a number; of each row that goes, another digest, if the table has lists; and
//! of the one file at hand, which of its rows stay.

mod chosen;
mod key;
mod order;
mod records;
mod rule;
mod versions;
mod write;

use std::collections::HashSet;

use arrow_array::RecordBatch;

pub(super) use self::versions::Versions;
use self::{
    chosen::{Chosen, are_deleted, numbers},
    key::Keys,
    order::Sort,
    rule::{Effect, Met, Rule},
};
use super::{
    file::{Names, Output, read},
    manifest::DataFile,
    store::Store,
    stored::Stored,
};
use crate::{Changes, Error, ROW_HASH, Shape, Strategy, Table, rows::SEQUENCE};

/// What is needed to make rows of staged ones.
pub(super) struct Apply<'a> {
    pub(super) store: &'a Store,
    pub(super) names: &'a Names,
    pub(super) table: &'a Table,
    pub(super) shape: &'a Shape,
    /// The tables of the resource: its own first, then those of its lists.
    pub(super) tables: &'a [Stored],
}

impl Apply<'_> {
    /// The files of each table when the staged rows are in them, and what these have changed.
    pub(super) async fn run(&self) -> Result<(Vec<Vec<DataFile>>, Changes), Error> {
        let Table { primary_key, merge_key, .. } = self.table;
        let (keys, mut key) = (Keys::new(), self.stored_names(primary_key));
        let rule = match self.table.strategy() {
            Strategy::Append | Strategy::Replace => {
                let added = self.tables[0].staged.iter().map(|file| file.rows).sum();
                return Ok((self.replace().await?, Changes::added(added)));
            }
            Strategy::Upsert => {
                let chosen = self.choose(&keys, &key, false).await?;
                let effect = Effect::Remove { merge_key: None };
                Rule { chosen, key, effect, gone: self.gone(), met: Met::default() }
            }
            Strategy::DeleteInsert => {
                let chosen = self.choose(&keys, &key, false).await?;
                let merge_key = self.among(&keys, merge_key, &chosen).await?;
                let effect = Effect::Remove { merge_key };
                Rule { chosen, key, effect, gone: self.gone(), met: Met::default() }
            }
            Strategy::InsertOnly => {
                let chosen = self.choose(&keys, &key, true).await?;
                let effect = Effect::InsertOnly;
                Rule { chosen, key, effect, gone: self.gone(), met: Met::default() }
            }
            Strategy::Scd2(scd2) => {
                let versions = Versions::new(&scd2, self.shape)?;
                key = vec![ROW_HASH.to_owned()];
                let chosen = self.choose(&keys, &key, false).await?;
                let only = self.among(&keys, merge_key, &chosen).await?;
                let effect = Effect::End { versions, only };
                Rule { chosen, key, effect, gone: None, met: Met::default() }
            }
        };
        let (files, mut changes) = self.write(&keys, rule).await?;
        if self.table.strategy() == Strategy::DeleteInsert {
            // Rows go by their merge key too, of which none need be the one that a record replaces.
            changes = Changes::default();
        }
        Ok((files, changes))
    }

    /// The staged rows take the place of all that are there.
    async fn replace(&self) -> Result<Vec<Vec<DataFile>>, Error> {
        let mut tables = Vec::new();
        for table in self.tables {
            let mut output = self.output(table);
            for file in &table.staged {
                output.copy(file, None, Ok).await?;
            }
            tables.push(output.finish(!table.columns.is_empty()).await?);
        }
        Ok(tables)
    }

    /// A place for the ids of rows that go, if there are rows of lists.
    fn gone(&self) -> Option<HashSet<u128>> {
        self.tables.iter().skip(1).any(|list| !list.files.is_empty()).then(HashSet::new)
    }

    /// Chooses one of the staged records with the same key.
    async fn choose(&self, keys: &Keys, key: &[String], first: bool) -> Result<Chosen, Error> {
        let root = &self.tables[0];
        let name = |name: &str| root.columns.name(name).to_owned();
        let columns = &self.shape.tables()[0].columns;
        let sorts = columns.iter().filter_map(|column| {
            let order = column.dedup_sort?;
            Some(Sort { column: name(&column.name), data_type: column.data_type, order })
        });
        let sorts: Vec<_> = sorts.collect();
        // A version of a row does not go: it ends.
        let is_versioned = matches!(self.table.strategy(), Strategy::Scd2(_));
        let deleted = columns.iter().filter(|column| column.hard_delete && !is_versioned);
        let deleted: Vec<_> = deleted.map(|column| name(&column.name)).collect();

        let columns = key.iter().chain(&deleted).cloned();
        let columns = columns.chain(sorts.iter().map(|sort| sort.column.clone()));
        let columns = columns.chain([SEQUENCE.to_owned()]).collect();
        let mut chosen = Chosen::new(sorts, first);
        for file in &root.staged {
            self.look(file, &columns, |batch| {
                let keys =
                    if key.is_empty() { vec![None; batch.num_rows()] } else { keys.of(batch, key) };
                chosen.add(batch, &keys, &are_deleted(batch, &deleted));
            })
            .await?;
        }
        Ok(chosen)
    }

    /// A key that is not the one by which records are chosen, and its values among them. `None` if
    /// there is no such key.
    async fn among(
        &self,
        keys: &Keys,
        key: &[String],
        chosen: &Chosen,
    ) -> Result<Option<(Vec<String>, HashSet<u128>)>, Error> {
        if key.is_empty() {
            return Ok(None);
        }
        let key = self.stored_names(key);
        let columns = key.iter().cloned().chain([SEQUENCE.to_owned()]).collect();
        let mut known = HashSet::new();
        for file in &self.tables[0].staged {
            self.look(file, &columns, |batch| {
                let keys = numbers(batch).zip(keys.of(batch, &key));
                let keys = keys.filter(|(number, _)| chosen.counts(*number));
                known.extend(keys.filter_map(|(_, key)| key));
            })
            .await?;
        }
        Ok(Some((key, known)))
    }

    /// Looks at the rows of a file, of which it reads these columns.
    async fn look(
        &self,
        file: &DataFile,
        columns: &HashSet<String>,
        mut look: impl FnMut(&RecordBatch),
    ) -> Result<(), Error> {
        let mut batches = read(self.store, file, Some(columns), None).await?;
        while let Some(batch) = batches.next().await? {
            look(&batch);
        }
        Ok(())
    }

    /// The names under which columns of the resource's own table are stored.
    fn stored_names(&self, names: &[String]) -> Vec<String> {
        let names = self.shape.stored(names);
        names.iter().map(|name| self.tables[0].columns.name(name).to_owned()).collect()
    }

    fn output(&self, table: &Stored) -> Output<'_> {
        Output::new(self.store, self.names, table.folder(), table.columns.schema())
    }
}
