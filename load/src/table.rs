//! What a resource looks like as a table, the same for every destination.

use rest_source::{
    AnyPage, AnyResource, FieldRef, Record,
    plan::{Column, Contract, MergeStrategy, Scd2, SchemaContract, WriteDisposition},
};

use crate::{
    Error, ErrorKind, OnBadRecord, Shape,
    fingerprint::{fingerprint, range_fingerprint},
};

/// A resource as a table.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Table {
    /// The table's name. A destination makes it safe by quoting, not by change.
    pub name: String,
    /// The name of the resource that is loaded into it.
    pub resource: String,
    /// The declared columns in the order of the records' fields. A key of a `merge` is never
    /// nullable here, whatever the file says.
    pub columns: Vec<Column>,
    /// What loading does to the rows that are there already.
    pub write_disposition: WriteDisposition,
    /// How rows are merged, with the write disposition `merge`.
    pub merge_strategy: MergeStrategy,
    /// Columns that identify a record. Names of `columns`.
    pub primary_key: Vec<String>,
    /// Columns whose values say which existing rows a load removes. Names of `columns`.
    pub merge_key: Vec<String>,
    /// What becomes of what is not declared.
    pub contract: SchemaContract,
    /// Down to which depth nested data becomes columns and tables. `None`: down to a depth that no
    /// record of a sensible API has.
    pub max_nesting: Option<u32>,
    /// The names of the run's other tables, as far as they are declared, and of those in which records
    /// of other resources are set aside: no list becomes one of them.
    pub others: Vec<String>,
    /// What becomes of a record that cannot be stored.
    pub on_bad_record: OnBadRecord,
    /// Of everything that a load half-way relies on, also of the server's address. If it differs
    /// from the one that a checkpoint was committed with, the checkpoint is of no use.
    pub fingerprint: String,
    /// The same of what tells where a next run begins: the server's address, the endpoint's path and
    /// its incremental cursor. If it differs, the next run begins at the beginning.
    pub range_fingerprint: String,
}

impl Table {
    fn of(resource: &AnyResource, on_bad_record: OnBadRecord) -> Result<Table, Error> {
        let plan = resource.plan();
        let names = |key: &[_]| key.iter().map(ToString::to_string).collect::<Vec<_>>();
        let mut table = Table {
            name: plan.table_name.to_string(),
            resource: plan.name.to_string(),
            columns: plan.columns.to_vec(),
            write_disposition: plan.write_disposition,
            merge_strategy: plan.merge_strategy.clone(),
            primary_key: names(&plan.primary_key),
            merge_key: names(&plan.merge_key),
            contract: plan.schema_contract,
            max_nesting: plan.max_table_nesting,
            others: Vec::new(),
            on_bad_record,
            fingerprint: fingerprint(resource),
            range_fingerprint: range_fingerprint(resource),
        };
        if plan.write_disposition == WriteDisposition::Merge {
            table.require_keys()?;
        }
        Ok(table)
    }

    /// The tables of these resources, each knowing the others.
    pub(crate) fn all(
        resources: &[AnyResource],
        on_bad_record: OnBadRecord,
    ) -> Result<Vec<Table>, Error> {
        let tables = resources.iter().map(|resource| Table::of(resource, on_bad_record));
        let mut tables = tables.collect::<Result<Vec<_>, _>>()?;
        let mut names = Vec::new();
        for table in &tables {
            let shape = Shape::of(table, usize::MAX)?;
            let rejected = match on_bad_record {
                OnBadRecord::Quarantine => Some(shape.rejected()),
                OnBadRecord::Fail => None,
            };
            let stored = shape.tables().iter().map(|stored| stored.name.clone());
            names.push(stored.chain(rejected).collect::<Vec<_>>());
        }
        for (place, table) in tables.iter_mut().enumerate() {
            let others = names.iter().enumerate().filter(|(other, _)| *other != place);
            table.others = others.flat_map(|(_, names)| names.clone()).collect();
        }
        Ok(tables)
    }

    fn require_keys(&mut self) -> Result<(), Error> {
        let has_no_primary_key = self.primary_key.is_empty();
        match &self.merge_strategy {
            MergeStrategy::Upsert | MergeStrategy::InsertOnly if has_no_primary_key => {
                return Err(self.schema("`merge` by this strategy needs a `primary_key`"));
            }
            MergeStrategy::Default | MergeStrategy::DeleteInsert
                if has_no_primary_key && self.merge_key.is_empty() =>
            {
                return Err(self.schema("`merge` needs a `primary_key` or a `merge_key`"));
            }
            _ => {}
        }
        for key in self.primary_key.iter().chain(&self.merge_key) {
            match self.columns.iter_mut().find(|column| column.name == *key) {
                Some(column) => column.nullable = false,
                // It becomes a column when it shows up.
                None if self.contract.columns == Contract::Evolve => {}
                None => {
                    return Err(self.schema(&format!("declare the key `{key}` under `columns`")));
                }
            }
        }
        Ok(())
    }

    /// The columns of the keys that rows are merged by.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &String> {
        let is_merged = self.write_disposition == WriteDisposition::Merge;
        self.primary_key.iter().chain(&self.merge_key).filter(move |_| is_merged)
    }

    /// An error that says what is wrong with this table before its load begins, which would name it.
    pub(crate) fn schema(&self, message: &str) -> Error {
        Error::new(ErrorKind::Schema, format!("table `{}`: {message}", self.name))
    }

    /// Refuses a page with a record that lacks a value which a row must have, unless such records
    /// are set aside.
    pub(crate) fn check(&self, page: &AnyPage) -> Result<(), Error> {
        if self.on_bad_record == OnBadRecord::Quarantine {
            return Ok(());
        }
        for index in 0..page.records.len() {
            self.check_record(page.records.get(index)).map_err(|reason| {
                let message = format!("page {}, record {}: {reason}", page.number, index + 1);
                Error::new(ErrorKind::Record, message)
            })?;
        }
        Ok(())
    }

    /// Refuses a record that lacks a value which a row must have, and says why.
    pub(crate) fn check_record(&self, record: &dyn Record) -> Result<(), String> {
        let missing = self
            .columns
            .iter()
            .enumerate()
            .find(|(index, column)| !column.nullable && record.field(*index) == FieldRef::Null);
        match missing {
            Some((_, column)) => Err(self.lacks(&column.name, "null")),
            None => Ok(()),
        }
    }

    /// Whether a column of the table at this place of its shape is created so that it must have a
    /// value. A key is not: every record is looked at whether it has one, and a column that is a key
    /// no longer need not have any.
    #[cfg(any(feature = "sqlite", feature = "postgres"))]
    pub(crate) fn is_required(&self, place: usize, column: &Column) -> bool {
        place == 0 && !column.nullable && !self.keys().any(|key| *key == column.name)
    }

    /// Why a record whose value for this column `is` none cannot be stored.
    pub(crate) fn lacks(&self, column: &str, is: &str) -> String {
        format!("`{column}` is {is}, but {}", self.why_required(column))
    }

    fn why_required(&self, column: &str) -> &'static str {
        let is_key = |key: &[String]| key.iter().any(|name| name.eq_ignore_ascii_case(column));
        if self.write_disposition == WriteDisposition::Merge && is_key(&self.primary_key) {
            "the primary key must have a value to merge by"
        } else if self.write_disposition == WriteDisposition::Merge && is_key(&self.merge_key) {
            "the merge key must have a value to merge by"
        } else {
            "its column is not nullable"
        }
    }
}

/// What loading does to the rows that are there, as the file's keys come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Strategy {
    /// Every record is inserted.
    Append,
    /// The new rows take the place of all old ones at the end of the load.
    Replace,
    /// A row with the primary key of a record is updated; if there is none, it is inserted.
    Upsert,
    /// At the end of the load, rows with the primary key or the merge key of a record are removed,
    /// and the new ones inserted.
    DeleteInsert,
    /// A record is inserted if no row has its primary key.
    InsertOnly,
    /// At the end of the load, rows that no record equals any more are said to have ended, and
    /// records that no row equals are inserted.
    Scd2(Scd2),
}

impl Table {
    /// What loading does to the rows that are there.
    pub fn strategy(&self) -> Strategy {
        match (self.write_disposition, &self.merge_strategy) {
            (WriteDisposition::Append | WriteDisposition::Skip, _) => Strategy::Append,
            (WriteDisposition::Replace, _) => Strategy::Replace,
            (WriteDisposition::Merge, MergeStrategy::Upsert) => Strategy::Upsert,
            (WriteDisposition::Merge, MergeStrategy::InsertOnly) => Strategy::InsertOnly,
            (WriteDisposition::Merge, MergeStrategy::Scd2(scd2)) => Strategy::Scd2(scd2.clone()),
            (WriteDisposition::Merge, MergeStrategy::Default) if self.merge_key.is_empty() => {
                Strategy::Upsert
            }
            (WriteDisposition::Merge, MergeStrategy::DeleteInsert | MergeStrategy::Default) => {
                Strategy::DeleteInsert
            }
        }
    }

    /// Whether every run must fetch everything, because what it does not fetch is taken for gone. It
    /// then begins at the beginning, also where the resource is fetched incrementally.
    pub fn needs_everything(&self) -> bool {
        match self.strategy() {
            Strategy::Replace => true,
            Strategy::Scd2(_) => self.merge_key.is_empty(),
            Strategy::Append | Strategy::Upsert | Strategy::DeleteInsert | Strategy::InsertOnly => {
                false
            }
        }
    }

    /// Whether a row whose record does not come is deleted or retired, so that a load which only seems
    /// complete would do harm.
    pub fn takes_missing_for_deleted(&self) -> bool {
        matches!(self.strategy(), Strategy::Replace | Strategy::Scd2(_))
    }

    /// Whether the rows are gathered in a place of their own until the load is complete, because
    /// what happens to the old ones depends on all of the new ones.
    pub fn is_staged(&self) -> bool {
        match self.strategy() {
            Strategy::Append => false,
            Strategy::Replace | Strategy::DeleteInsert | Strategy::Scd2(_) => true,
            // The first of several records with one key may not be the one that counts.
            Strategy::Upsert | Strategy::InsertOnly => {
                self.columns.iter().any(|column| column.dedup_sort.is_some())
            }
        }
    }
}
