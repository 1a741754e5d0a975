//! How staged rows become rows of their tables: what `sql/apply.rs` says in SQL, by writing the files
//! anew in which rows change.
//!
//! Nothing is changed before the commit that follows. In memory are, of each key among the new
//! records, a digest; of each row that goes, another, if the table has lists; and of each file at
//! hand, which of its rows stay.

mod chosen;
mod key;
mod order;
mod versions;

use std::collections::HashSet;

use ::parquet::arrow::arrow_reader::RowSelection;
use arrow_array::{BooleanArray, RecordBatch};

pub(super) use self::versions::Versions;
use self::{
    chosen::{Chosen, are_deleted, numbers},
    key::Keys,
    order::Sort,
};
use super::{
    compact,
    file::{Names, Output, read},
    manifest::DataFile,
    store::Store,
    stored::Stored,
};
use crate::{Error, ROOT_ID, ROW_HASH, ROW_ID, Strategy, Table, rows::SEQUENCE};

/// What is needed to make rows of staged ones.
pub(super) struct Apply<'a> {
    pub(super) store: &'a Store,
    pub(super) names: &'a Names,
    pub(super) table: &'a Table,
    /// The tables of the resource: its own first, then those of its lists.
    pub(super) tables: &'a [Stored],
}

/// What becomes of the rows of a file.
enum Fate {
    /// They stay.
    Stay,
    /// Those stay for which it is true.
    Some(Vec<bool>),
    /// Those are versions that end for which it is true.
    End(Vec<bool>),
}

/// What becomes of everything.
struct Plan {
    /// Of each file of the resource's own table.
    root: Vec<Fate>,
    /// The ids of the rows that go: what is in lists of theirs goes too.
    gone: HashSet<u128>,
    /// The numbers of the staged records that become rows.
    new: HashSet<i64>,
}

impl Apply<'_> {
    /// The files of each table when the staged rows are in them.
    pub(super) async fn run(&self) -> Result<Vec<Vec<DataFile>>, Error> {
        let keys = Keys::new();
        let (plan, versions) = match self.table.strategy() {
            Strategy::Append | Strategy::Replace => return self.replace().await,
            Strategy::Upsert => (self.remove(&keys, &[&self.table.primary_key]).await?, None),
            Strategy::DeleteInsert => {
                let by = [&self.table.primary_key, &self.table.merge_key];
                (self.remove(&keys, &by).await?, None)
            }
            Strategy::InsertOnly => (self.insert_only(&keys).await?, None),
            Strategy::Scd2(scd2) => {
                let versions = Versions::new(&scd2)?;
                (self.end_versions(&keys, &versions).await?, Some(versions))
            }
        };
        let mut tables = vec![self.write_root(&plan, versions.as_ref()).await?];
        for table in self.tables.iter().skip(1) {
            tables.push(self.write_list(&keys, &plan, table).await?);
        }
        Ok(tables)
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

    /// Rows with a key of a chosen record go, and the records become rows.
    async fn remove(&self, keys: &Keys, by: &[&Vec<String>]) -> Result<Plan, Error> {
        let chosen = self.choose(keys, &self.table.primary_key, false).await?;
        let all = chosen.all();
        let mut by_key = Vec::new();
        for key in by.iter().filter(|key| !key.is_empty()).map(|key| self.stored_names(key)) {
            let known = self.staged_keys(keys, &key, &all).await?;
            by_key.push((key, known));
        }
        let (mut root, mut gone) = (Vec::new(), HashSet::new());
        let row_id = vec![ROW_ID.to_owned()];
        let columns = by_key.iter().flat_map(|(key, _)| key).chain(&row_id);
        let columns = columns.map(String::as_str).collect();
        for file in &self.tables[0].files {
            let fate = self
                .each_row(file, &columns, |batch| {
                    let mut stays = vec![true; batch.num_rows()];
                    for (key, known) in &by_key {
                        for (stays, key) in stays.iter_mut().zip(keys.of(batch, key)) {
                            *stays &= key.is_none_or(|key| !known.contains(&key));
                        }
                    }
                    if self.tables.len() > 1 {
                        let ids = keys.of(batch, &row_id).into_iter().zip(&stays);
                        gone.extend(ids.filter(|(_, stays)| !**stays).filter_map(|(id, _)| id));
                    }
                    stays
                })
                .await?;
            root.push(if fate.iter().all(|stays| *stays) { Fate::Stay } else { Fate::Some(fate) });
        }
        Ok(Plan { root, gone, new: chosen.rows() })
    }

    /// Records become rows whose key no row has.
    async fn insert_only(&self, keys: &Keys) -> Result<Plan, Error> {
        let mut chosen = self.choose(keys, &self.table.primary_key, true).await?;
        let key = self.stored_names(&self.table.primary_key);
        let columns = key.iter().map(String::as_str).collect();
        for file in &self.tables[0].files {
            self.each_row(file, &columns, |batch| {
                keys.of(batch, &key).into_iter().flatten().for_each(|key| chosen.remove(key));
                Vec::<()>::new()
            })
            .await?;
        }
        Ok(self.plan_to_add(chosen.rows()))
    }

    /// Valid versions end that no record equals, and records become versions that none equals.
    async fn end_versions(&self, keys: &Keys, versions: &Versions) -> Result<Plan, Error> {
        let hash = vec![ROW_HASH.to_owned()];
        let mut chosen = self.choose(keys, &hash, false).await?;
        let merge_key = self.stored_names(&self.table.merge_key);
        let ends_only = match merge_key.is_empty() {
            true => None,
            false => Some(self.staged_keys(keys, &merge_key, &chosen.all()).await?),
        };
        let columns = hash.iter().chain(&merge_key).map(String::as_str);
        let columns = columns.chain([versions.to()]).collect();
        let (mut plan, mut equal) = (self.plan_to_add(HashSet::new()), HashSet::new());
        for (place, file) in self.tables[0].files.iter().enumerate() {
            let ends = self
                .each_row(file, &columns, |batch| {
                    let hashes = keys.of(batch, &hash);
                    let merge_keys = keys.of(batch, &merge_key);
                    let valid = versions.are_valid(batch);
                    let may_end = |row: usize| match &ends_only {
                        Some(known) => merge_keys[row].is_some_and(|key| known.contains(&key)),
                        None => true,
                    };
                    let ends = |row: usize| match hashes[row] {
                        Some(hash) if valid[row] && chosen.has(hash) => {
                            equal.insert(hash);
                            false
                        }
                        Some(_) => valid[row] && may_end(row),
                        None => false,
                    };
                    (0..batch.num_rows()).map(ends).collect()
                })
                .await?;
            if ends.contains(&true) {
                plan.root[place] = Fate::End(ends);
            }
        }
        equal.into_iter().for_each(|hash| chosen.remove(hash));
        plan.new = chosen.rows();
        Ok(plan)
    }

    /// Nothing that is there changes.
    fn plan_to_add(&self, new: HashSet<i64>) -> Plan {
        let root = self.tables[0].files.iter().map(|_| Fate::Stay).collect();
        Plan { root, gone: HashSet::new(), new }
    }

    /// Chooses one of the staged records with the same key.
    async fn choose(&self, keys: &Keys, key: &[String], first: bool) -> Result<Chosen, Error> {
        let root = &self.tables[0];
        let name = |name: &str| root.columns.name(name).to_owned();
        let declared = &self.table.columns;
        let sorts = declared.iter().filter_map(|column| {
            let order = column.dedup_sort?;
            Some(Sort { column: name(&column.name), data_type: column.data_type, order })
        });
        let sorts: Vec<_> = sorts.collect();
        let deleted = declared.iter().filter(|column| column.hard_delete);
        // A version of a row does not go: it ends.
        let deleted = deleted.filter(|_| !matches!(self.table.strategy(), Strategy::Scd2(_)));
        let deleted: Vec<_> = deleted.map(|column| name(&column.name)).collect();
        let key = self.stored_names(key);

        let columns = key.iter().chain(&deleted).chain(sorts.iter().map(|sort| &sort.column));
        let columns: HashSet<String> = columns.cloned().chain([SEQUENCE.to_owned()]).collect();
        let columns = columns.iter().map(String::as_str).collect();
        let mut chosen = Chosen::new(sorts, first);
        for file in &root.staged {
            self.each_row(file, &columns, |batch| {
                let keys = if key.is_empty() {
                    vec![None; batch.num_rows()]
                } else {
                    keys.of(batch, &key)
                };
                chosen.add(batch, &keys, &are_deleted(batch, &deleted));
                Vec::<()>::new()
            })
            .await?;
        }
        Ok(chosen)
    }

    /// The keys of the staged records with these numbers.
    async fn staged_keys(
        &self,
        keys: &Keys,
        key: &[String],
        records: &HashSet<i64>,
    ) -> Result<HashSet<u128>, Error> {
        let columns = key.iter().map(String::as_str).chain([SEQUENCE]).collect();
        let mut known = HashSet::new();
        for file in &self.tables[0].staged {
            self.each_row(file, &columns, |batch| {
                let keys = numbers(batch).zip(keys.of(batch, key));
                known.extend(
                    keys.filter(|(number, _)| records.contains(number)).filter_map(|(_, key)| key),
                );
                Vec::<()>::new()
            })
            .await?;
        }
        Ok(known)
    }

    async fn write_root(
        &self,
        plan: &Plan,
        versions: Option<&Versions>,
    ) -> Result<Vec<DataFile>, Error> {
        let table = &self.tables[0];
        let mut output = self.output(table);
        let mut kept = Vec::new();
        let stay = plan.root.iter().map(|fate| matches!(fate, Fate::Stay));
        let untouched = untouched(&table.files, stay, !plan.new.is_empty());
        for ((file, fate), is_untouched) in table.files.iter().zip(&plan.root).zip(untouched) {
            match fate {
                _ if is_untouched => kept.push(file.clone()),
                Fate::Stay => output.copy(file, None, Ok).await?,
                Fate::Some(stay) => copy_some(&mut output, file, stay).await?,
                Fate::End(ends) => {
                    let mut row = 0;
                    let end = |batch: RecordBatch| {
                        let ends = &ends[row..row + batch.num_rows()];
                        row += batch.num_rows();
                        versions.map_or(Ok(batch.clone()), |versions| versions.end(&batch, ends))
                    };
                    output.copy(file, None, end).await?;
                }
            }
        }
        let begin = |batch: RecordBatch| match versions {
            Some(versions) => versions.begin(&batch),
            None => Ok(batch),
        };
        self.write_new(&mut output, table, plan, begin).await?;
        kept.extend(output.finish(kept.is_empty() && !table.columns.is_empty()).await?);
        Ok(kept)
    }

    async fn write_list(
        &self,
        keys: &Keys,
        plan: &Plan,
        table: &Stored,
    ) -> Result<Vec<DataFile>, Error> {
        let root_id = vec![ROOT_ID.to_owned()];
        let columns = HashSet::from([ROOT_ID]);
        let mut stay = Vec::new();
        for file in &table.files {
            stay.push(if plan.gone.is_empty() {
                Vec::new()
            } else {
                self.each_row(file, &columns, |batch| {
                    let ids = keys.of(batch, &root_id).into_iter();
                    ids.map(|id| id.is_none_or(|id| !plan.gone.contains(&id))).collect()
                })
                .await?
            });
        }
        let mut output = self.output(table);
        let mut kept = Vec::new();
        let all_stay = stay.iter().map(|stay| stay.iter().all(|stays| *stays));
        let untouched = untouched(&table.files, all_stay, !table.staged.is_empty());
        for ((file, stay), is_untouched) in table.files.iter().zip(&stay).zip(untouched) {
            match is_untouched {
                true => kept.push(file.clone()),
                false => copy_some(&mut output, file, stay).await?,
            }
        }
        self.write_new(&mut output, table, plan, Ok).await?;
        kept.extend(output.finish(kept.is_empty() && !table.columns.is_empty()).await?);
        Ok(kept)
    }

    /// Writes the staged rows of the records that become rows.
    async fn write_new(
        &self,
        output: &mut Output<'_>,
        table: &Stored,
        plan: &Plan,
        mut change: impl FnMut(RecordBatch) -> Result<RecordBatch, arrow_schema::ArrowError>,
    ) -> Result<(), Error> {
        let columns = HashSet::from([SEQUENCE]);
        for file in &table.staged {
            let is_new = |number| plan.new.contains(&number);
            let new =
                self.each_row(file, &columns, |batch| numbers(batch).map(is_new).collect()).await?;
            if new.contains(&true) {
                output.copy(file, Some(select(&new)), &mut change).await?;
            }
        }
        Ok(())
    }

    /// Looks at the rows of a file, of which it reads these columns, and gives what is said of each.
    async fn each_row<T>(
        &self,
        file: &DataFile,
        columns: &HashSet<&str>,
        mut look: impl FnMut(&RecordBatch) -> Vec<T>,
    ) -> Result<Vec<T>, Error> {
        let mut said = Vec::new();
        let mut batches = read(self.store, file, Some(columns), None).await?;
        while let Some(batch) = batches.next().await? {
            said.extend(look(&batch));
        }
        Ok(said)
    }

    /// The names under which columns of the resource's own table are stored.
    fn stored_names(&self, names: &[String]) -> Vec<String> {
        names.iter().map(|name| self.tables[0].columns.name(name).to_owned()).collect()
    }

    fn output(&self, table: &Stored) -> Output<'_> {
        Output::new(self.store, self.names, table.folder(), table.columns.schema())
    }
}

/// Which files stay as they are: those all of whose rows stay, but for small ones at the end if more
/// rows come, which are better together with them.
fn untouched(
    files: &[DataFile],
    all_stay: impl Iterator<Item = bool>,
    more_come: bool,
) -> Vec<bool> {
    let small = if more_come { compact::small_at_end(files) } else { 0 };
    let large = files.len() - small;
    all_stay.enumerate().map(|(place, all_stay)| all_stay && place < large).collect()
}

/// Writes those rows of a file that stay; an empty list says that all do.
async fn copy_some(output: &mut Output<'_>, file: &DataFile, stay: &[bool]) -> Result<(), Error> {
    if stay.iter().all(|stays| *stays) {
        output.copy(file, None, Ok).await
    } else if stay.contains(&true) {
        output.copy(file, Some(select(stay)), Ok).await
    } else {
        Ok(())
    }
}

fn select(rows: &[bool]) -> RowSelection {
    RowSelection::from_filters(&[BooleanArray::from(rows.to_vec())])
}
