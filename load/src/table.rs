//! What a resource looks like as a table, the same for every destination.

use rest_source::{
    AnyPage, AnyResource, FieldRef,
    plan::{Column, WriteDisposition},
};

use crate::{
    Error, ErrorKind,
    fingerprint::{fingerprint, range_fingerprint},
};

/// A resource as a table.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Table {
    /// The resource's name and the table's. A destination makes it safe by quoting, not by change.
    pub name: String,
    /// The declared columns in the order of the records' fields. A key of a `merge` is never
    /// nullable here, whatever the file says.
    pub columns: Vec<Column>,
    /// What loading does to the rows that are there already.
    pub write_disposition: WriteDisposition,
    /// Columns that identify a record. Names of `columns`.
    pub primary_key: Vec<String>,
    /// Columns whose values say which existing rows a load removes. Names of `columns`.
    pub merge_key: Vec<String>,
    /// Of everything that a load half-way relies on, also of the server's address. If it differs
    /// from the one that a checkpoint was committed with, the checkpoint is of no use.
    pub fingerprint: String,
    /// The same of what tells where a next run begins: the server's address, the endpoint's path and
    /// its incremental cursor. If it differs, the next run begins at the beginning.
    pub range_fingerprint: String,
}

impl Table {
    pub(crate) fn of(resource: &AnyResource) -> Result<Table, Error> {
        let plan = resource.plan();
        let names = |key: &[_]| key.iter().map(ToString::to_string).collect::<Vec<_>>();
        let mut table = Table {
            name: plan.name.to_string(),
            columns: plan.columns.to_vec(),
            write_disposition: plan.write_disposition,
            primary_key: names(&plan.primary_key),
            merge_key: names(&plan.merge_key),
            fingerprint: fingerprint(resource),
            range_fingerprint: range_fingerprint(resource),
        };
        if plan.write_disposition == WriteDisposition::Merge {
            table.require_keys()?;
        }
        Ok(table)
    }

    fn require_keys(&mut self) -> Result<(), Error> {
        if self.primary_key.is_empty() && self.merge_key.is_empty() {
            return Err(self.schema("`merge` needs a `primary_key` or a `merge_key`"));
        }
        for key in self.primary_key.iter().chain(&self.merge_key) {
            let Some(column) = self.columns.iter_mut().find(|column| column.name == *key) else {
                return Err(self.schema(&format!("declare the key `{key}` under `columns`")));
            };
            column.nullable = false;
        }
        Ok(())
    }

    /// An error that says what is wrong with this table before its load begins, which would name it.
    pub(crate) fn schema(&self, message: &str) -> Error {
        Error::new(ErrorKind::Schema, format!("table `{}`: {message}", self.name))
    }

    /// Refuses a page with a record that lacks a value which a row must have.
    pub(crate) fn check(&self, page: &AnyPage) -> Result<(), Error> {
        let required = || self.columns.iter().enumerate().filter(|(_, column)| !column.nullable);
        for number in 0..page.records.len() {
            let record = page.records.get(number);
            for (index, column) in required() {
                if record.field(index) == FieldRef::Null {
                    return Err(Error::new(
                        ErrorKind::Record,
                        format!(
                            "page {}, record {}: `{}` is null, but {}",
                            page.number,
                            number + 1,
                            column.name,
                            self.why_required(column),
                        ),
                    ));
                }
            }
        }
        Ok(())
    }

    fn why_required(&self, column: &Column) -> &'static str {
        let is_key = |key: &[String]| key.iter().any(|name| *name == column.name);
        if self.write_disposition != WriteDisposition::Merge {
            "its column is not nullable"
        } else if is_key(&self.primary_key) {
            "the primary key must have a value to merge by"
        } else if is_key(&self.merge_key) {
            "the merge key must have a value to merge by"
        } else {
            "its column is not nullable"
        }
    }
}
