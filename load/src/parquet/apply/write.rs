//! The files that a merge leaves: those none of whose rows change, and new ones.

use std::collections::HashSet;

use ::parquet::arrow::arrow_reader::RowSelection;
use arrow_array::{BooleanArray, RecordBatch};
use arrow_schema::ArrowError;

use super::{Apply, chosen::numbers, key::Keys, rule::Rule};
use crate::{
    Changes, Error, ROOT_ID, ROW_ID,
    parquet::{compact::small_at_end, file::Output, manifest::DataFile, stored::Stored},
    rows::SEQUENCE,
};

impl Apply<'_> {
    /// The files of each table, and what has changed.
    pub(super) async fn write(
        &self,
        keys: &Keys,
        mut rule: Rule,
    ) -> Result<(Vec<Vec<DataFile>>, Changes), Error> {
        let mut tables = vec![self.write_root(keys, &mut rule).await?];
        self.add_ids(keys, &mut rule).await?;
        for table in self.tables.iter().skip(1) {
            tables.push(self.write_list(keys, &rule, table).await?);
        }
        Ok((tables, rule.changes()))
    }

    /// The files of the resource's own table.
    async fn write_root(&self, keys: &Keys, rule: &mut Rule) -> Result<Vec<DataFile>, Error> {
        let table = &self.tables[0];
        let (mut kept, mut output) = (Vec::new(), self.output(table));
        let columns = rule.columns();
        let large = large(&table.files, rule.chosen.has_rows());
        for (place, file) in table.files.iter().enumerate() {
            let mut stay = Vec::new();
            self.look(file, &columns, |batch| stay.extend(rule.stay(keys, batch))).await?;
            match rule.versions() {
                _ if place < large && all(&stay) => kept.push(file.clone()),
                Some(versions) if !all(&stay) => {
                    let mut row = 0;
                    let end = |batch: RecordBatch| {
                        let stay = &stay[row..row + batch.num_rows()];
                        row += batch.num_rows();
                        versions.end(&batch, stay)
                    };
                    output.copy(file, None, end).await?;
                }
                _ => copy(&mut output, file, &stay).await?,
            }
        }
        let begin = |batch: RecordBatch| match rule.versions() {
            Some(versions) => versions.begin(&batch),
            None => Ok(batch),
        };
        self.write_added(&mut output, table, rule, begin).await?;
        finish(table, kept, output).await
    }

    /// Adds the ids that new rows will have to those of the rows that go: if a row was deleted
    /// by hand, the rows of its lists may still be there.
    async fn add_ids(&self, keys: &Keys, rule: &mut Rule) -> Result<(), Error> {
        let Some(gone) = &mut rule.gone else { return Ok(()) };
        let row_id = [ROW_ID.to_owned()];
        let columns = row_id.iter().cloned().chain([SEQUENCE.to_owned()]).collect();
        for file in &self.tables[0].staged {
            self.look(file, &columns, |batch| {
                let ids = numbers(batch).zip(keys.of(batch, &row_id));
                let ids = ids.filter(|(number, _)| rule.chosen.is_row(*number));
                gone.extend(ids.filter_map(|(_, id)| id));
            })
            .await?;
        }
        Ok(())
    }

    /// The files of the table of a list.
    async fn write_list(
        &self,
        keys: &Keys,
        rule: &Rule,
        table: &Stored,
    ) -> Result<Vec<DataFile>, Error> {
        let (mut kept, mut output) = (Vec::new(), self.output(table));
        let root_id = [ROOT_ID.to_owned()];
        let columns = HashSet::from(root_id.clone());
        let large = large(&table.files, !table.staged.is_empty());
        for (place, file) in table.files.iter().enumerate() {
            let mut stay = Vec::new();
            if let Some(gone) = rule.gone.as_ref().filter(|gone| !gone.is_empty()) {
                let stays = |id: Option<u128>| id.is_none_or(|id| !gone.contains(&id));
                self.look(file, &columns, |batch| {
                    stay.extend(keys.of(batch, &root_id).into_iter().map(stays));
                })
                .await?;
            }
            if place < large && all(&stay) {
                kept.push(file.clone());
            } else {
                copy(&mut output, file, &stay).await?;
            }
        }
        self.write_added(&mut output, table, rule, Ok).await?;
        finish(table, kept, output).await
    }

    /// Writes the staged rows of the records that become rows.
    async fn write_added(
        &self,
        output: &mut Output<'_>,
        table: &Stored,
        rule: &Rule,
        mut change: impl FnMut(RecordBatch) -> Result<RecordBatch, ArrowError>,
    ) -> Result<(), Error> {
        let columns = HashSet::from([SEQUENCE.to_owned()]);
        for file in &table.staged {
            let mut are_added = Vec::new();
            let is_added = |number| rule.chosen.is_row(number);
            self.look(file, &columns, |batch| are_added.extend(numbers(batch).map(is_added)))
                .await?;
            if are_added.contains(&true) {
                output.copy(file, Some(select(are_added)), &mut change).await?;
            }
        }
        Ok(())
    }
}

/// How many of the files are rewritten only if their rows change. Small ones at the end are in any
/// case if more rows come, which are better together with them.
fn large(files: &[DataFile], more_come: bool) -> usize {
    files.len() - if more_come { small_at_end(files) } else { 0 }
}

/// Whether all rows of a file stay. An empty list says so too.
fn all(stay: &[bool]) -> bool {
    stay.iter().all(|stays| *stays)
}

/// Writes those rows of a file that stay.
async fn copy(output: &mut Output<'_>, file: &DataFile, stay: &[bool]) -> Result<(), Error> {
    if all(stay) {
        output.copy(file, None, Ok).await
    } else if stay.contains(&true) {
        output.copy(file, Some(select(stay.to_vec())), Ok).await
    } else {
        Ok(())
    }
}

fn select(rows: Vec<bool>) -> RowSelection {
    RowSelection::from_filters(&[BooleanArray::from(rows)])
}

async fn finish(
    table: &Stored,
    mut kept: Vec<DataFile>,
    output: Output<'_>,
) -> Result<Vec<DataFile>, Error> {
    let never_none = kept.is_empty() && !table.columns.is_empty();
    kept.extend(output.finish(never_none).await?);
    Ok(kept)
}
