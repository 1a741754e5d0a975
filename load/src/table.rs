//! What a resource looks like as a table, the same for every destination.

use rest_source::{
    __private::is_deleted,
    AnyPage, AnyResource, FieldRef, Record,
    plan::{Column, Contract, MergeStrategy, ResourcePlan, Scd2, SchemaContract, WriteDisposition},
};

use crate::{
    Error, ErrorKind, OnBadRecord,
    fingerprint::{Fingerprints, changed, disposition_of, fingerprints},
};

/// A resource as a table.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Table {
    /// The table's name. A destination makes it safe by quoting, not by change.
    pub name: String,
    /// The name of the resource that is loaded into it.
    pub resource: String,
    /// The declared columns in the order of the records' fields, and behind them those that other
    /// resources declare for the same table. A key is never nullable here, whatever the file says.
    pub columns: Vec<Column>,
    /// The other resources of the run that are loaded into the same table.
    pub sharers: Vec<String>,
    /// What loading does to the rows that are there already.
    pub write_disposition: WriteDisposition,
    /// How rows are merged, with the write disposition `merge`.
    pub merge_strategy: MergeStrategy,
    /// Columns that identify a record. Names of `columns`.
    pub primary_key: Vec<String>,
    /// Columns whose values say which existing rows a load removes. Names of `columns`.
    pub merge_key: Vec<String>,
    /// What happens to what is not declared.
    pub contract: SchemaContract,
    /// Down to which depth nested data becomes columns and tables. `None`: down to a depth that no
    /// record of a sensible API has.
    pub max_nesting: Option<u32>,
    /// The names of the run's other tables, as far as they are declared, and of those in which records
    /// of other resources are set aside: no list becomes one of them.
    pub others: Vec<String>,
    /// What happens to a record that cannot be stored.
    pub on_bad_record: OnBadRecord,
    /// The settings and arguments that the resource's requests are made of, `repo=a`: each has a state
    /// of its own.
    pub variant: String,
    /// Of everything that an interrupted load relies on, also of the server's address. If it differs
    /// from the one that a checkpoint was committed with, the checkpoint is of no use.
    pub fingerprint: String,
    /// The same of what tells where a next run begins: the server's address, the endpoint's path and
    /// its incremental cursor, and of what else selects records.
    pub range_fingerprint: String,
    /// Whether lists are columns of their row's table, as JSON, where they would have tables.
    pub(crate) lists_are_json: bool,
    /// The same two as earlier releases have made them.
    pub(crate) earlier_fingerprints: [String; 2],
}

impl Table {
    /// The table of a resource, as far as its plan says: of no server, no settings and no other resources.
    /// With [`Shape::of`](crate::Shape::of) it tells which tables and columns are declared.
    ///
    /// # Errors
    ///
    /// If a key that the write disposition needs is not declared.
    pub fn of_plan(plan: &ResourcePlan) -> Result<Table, Error> {
        Table::with(plan, OnBadRecord::Fail, Fingerprints::default())
    }

    pub(crate) fn of(resource: &AnyResource, on_bad_record: OnBadRecord) -> Result<Table, Error> {
        Table::with(resource.plan(), on_bad_record, fingerprints(resource))
    }

    fn with(
        plan: &ResourcePlan,
        on_bad_record: OnBadRecord,
        fingerprints: Fingerprints,
    ) -> Result<Table, Error> {
        let Fingerprints { variant, load, range, earlier } = fingerprints;
        let names = |key: &[_]| key.iter().map(ToString::to_string).collect::<Vec<_>>();
        let mut table = Table {
            name: plan.table_name.to_string(),
            resource: plan.name.to_string(),
            columns: plan.columns.to_vec(),
            sharers: Vec::new(),
            write_disposition: plan.write_disposition,
            merge_strategy: plan.merge_strategy.clone(),
            primary_key: names(&plan.primary_key),
            merge_key: names(&plan.merge_key),
            contract: plan.schema_contract,
            max_nesting: plan.max_table_nesting,
            others: Vec::new(),
            on_bad_record,
            variant,
            fingerprint: load,
            range_fingerprint: range,
            lists_are_json: false,
            earlier_fingerprints: earlier,
        };
        table.require_keys()?;
        Ok(table)
    }

    fn require_keys(&mut self) -> Result<(), Error> {
        let is_merged = self.write_disposition == WriteDisposition::Merge;
        let has_no_primary_key = self.primary_key.is_empty();
        match &self.merge_strategy {
            _ if !is_merged => {}
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
        let keys: Vec<_> = self.keys().cloned().collect();
        for key in &keys {
            let is_within = self.is_declared_within(key);
            match self.columns.iter_mut().find(|column| column.name == *key) {
                Some(column) => column.nullable = false,
                None if is_within => {}
                // It becomes a column when it shows up.
                None if self.contract.columns == Contract::Evolve => {}
                None => {
                    return Err(self.schema(&format!("declare the key `{key}` under `columns`")));
                }
            }
        }
        Ok(())
    }

    /// What has changed since a load began with this fingerprint.
    pub(crate) fn load_changes(&self, fingerprint: &str) -> Vec<String> {
        changed(fingerprint, &self.fingerprint, &self.earlier_fingerprints)
    }

    /// What has changed since an incremental range had this fingerprint.
    pub(crate) fn range_changes(&self, fingerprint: &str) -> Vec<String> {
        changed(fingerprint, &self.range_fingerprint, &self.earlier_fingerprints)
    }

    /// What the load with this fingerprint did to the rows of this table. `None` if it loaded into
    /// another one.
    pub(crate) fn disposition_of(&self, fingerprint: &str) -> Option<WriteDisposition> {
        disposition_of(fingerprint, &self.name, self.write_disposition)
    }

    /// The columns of the keys, which have a value in each row: those of the primary key, and those of
    /// the merge key where rows are merged.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &String> {
        let is_merged = self.write_disposition == WriteDisposition::Merge;
        self.primary_key.iter().chain(self.merge_key.iter().filter(move |_| is_merged))
    }

    /// Whether the description declares the column of this name as a field within another one.
    fn is_declared_within(&self, name: &str) -> bool {
        fn is_within(columns: &[Column], name: &str) -> bool {
            columns.iter().any(|column| {
                let within =
                    name.strip_prefix(&*column.name).and_then(|rest| rest.strip_prefix("__"));
                within.is_some_and(|within| {
                    let is_field = |field: &Column| field.name == within && field.fields.is_empty();
                    column.fields.iter().any(is_field) || is_within(&column.fields, within)
                })
            })
        }
        is_within(&self.columns, name)
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
        let missing = |(index, column): &(usize, &Column)| {
            !column.nullable && matches!(record.field(*index), FieldRef::Null)
        };
        let mut columns = self.columns.iter().enumerate();
        if !columns.clone().any(|column| missing(&column)) {
            return Ok(());
        }
        // What removes a row needs its key only.
        let removes = self.write_disposition == WriteDisposition::Merge && is_deleted(record);
        let is_key = |column: &Column| self.keys().any(|key| *key == column.name);
        match columns.find(|column| missing(column) && (!removes || is_key(column.1))) {
            Some((_, column)) => Err(self.lacks(&column.name, "null")),
            None => Ok(()),
        }
    }

    /// Whether a column of the table at this place of its shape is created so that it must have a
    /// value. `keys` are its keys as they are stored.
    #[cfg(any(feature = "sqlite", feature = "postgres", feature = "adbc"))]
    pub(crate) fn is_required(place: usize, column: &Column, keys: &[String]) -> bool {
        place == 0 && (!column.nullable || keys.iter().any(|key| *key == column.name))
    }

    /// Why a record whose value for this column `is` none cannot be stored.
    pub(crate) fn lacks(&self, column: &str, is: &str) -> String {
        let discarded = match self.contract.data_type {
            Contract::DiscardValue if is == "null" => {
                ", or was discarded by `schema_contract` because it is not of the column's type"
            }
            _ => "",
        };
        format!("`{column}` is {is}{discarded}, but {}", self.why_required(column))
    }

    fn why_required(&self, column: &str) -> &'static str {
        let is_key = |key: &[String]| key.iter().any(|name| name.eq_ignore_ascii_case(column));
        if self.write_disposition == WriteDisposition::Merge && is_key(&self.primary_key) {
            "the primary key must have a value to merge by"
        } else if is_key(&self.primary_key) {
            "a column of the primary key must have a value"
        } else if self.write_disposition == WriteDisposition::Merge && is_key(&self.merge_key) {
            "the merge key must have a value to merge by"
        } else {
            "its column is not nullable"
        }
    }
}

/// What loading does to the rows that are there, as the file's keys come to.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
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
            Strategy::Upsert | Strategy::InsertOnly => sorts(&self.columns),
        }
    }
}

/// The tables that a run has found missing, of those that several resources share.
#[cfg(any(feature = "sqlite", feature = "postgres", feature = "adbc"))]
#[derive(Debug, Default)]
pub(crate) struct Created(std::sync::Mutex<std::collections::HashSet<String>>);

#[cfg(any(feature = "sqlite", feature = "postgres", feature = "adbc"))]
impl Created {
    /// Whether a table was missing when the run began, from whether it `is_missing` now.
    pub(crate) fn is_new(&self, table: &str, is_missing: bool) -> bool {
        let mut tables = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if is_missing {
            tables.insert(table.to_owned());
        }
        tables.contains(table)
    }
}

/// Whether one of these columns, or of the fields in them, tells which of several records with one key
/// counts.
fn sorts(columns: &[Column]) -> bool {
    columns.iter().any(|column| column.dedup_sort.is_some() || sorts(&column.fields))
}
