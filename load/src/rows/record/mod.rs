//! One record after the other, as rows of its resource's tables.

mod fields;
mod lists;
mod version;

use std::borrow::Cow;

use rest_source::{
    Record,
    plan::{Column, WriteDisposition},
};

use super::{
    Shape, TableRows, Value,
    id::{Digest, Unique},
    shape::{Declared, Refusal},
};
use crate::{OnBadRecord, Strategy};

/// Whether a destination takes a value, and why not.
pub(crate) type Accept<'s> = dyn Fn(usize, &Column, &Value<'_>) -> Result<(), String> + Sync + 's;

/// Makes the rows of a batch.
pub(super) struct Builder<'s, 'a> {
    shape: &'s mut Shape,
    accept: &'s Accept<'s>,
    tables: Vec<TableRows<'a>>,
    /// How many values and rows each table had before the record at hand.
    marks: Vec<(usize, usize)>,
    /// How many columns each table had before the record at hand.
    columns: Vec<usize>,
    /// The position of the record at hand in the batch.
    position: usize,
    /// The place behind that of the last field that is not declared: most records have their fields in
    /// the same order.
    likely_place: usize,
    /// The fields of the record at hand that are not declared, and the name of the column of one.
    members: Vec<(Cow<'a, str>, &'a str)>,
    path: String,
    /// The places of the columns that rows are told apart by, as far as they are known.
    keys: Vec<usize>,
    /// How many elements of its lists have become rows, and how many of those of its page.
    elements: u64,
    page_elements: u64,
    ids: Unique,
    /// Whether rows are found again by their primary key.
    is_keyed: bool,
    /// What a change of which makes a new version of a row, with `scd2`.
    version: Option<Version>,
}

/// What tells the versions of a row apart.
enum Version {
    /// A digest of all that is in the record.
    Digest,
    /// The value of a column.
    Column(String),
}

/// What the rows of lists say of the row that they belong to.
struct Owner {
    row: String,
    root: String,
}

impl<'s, 'a> Builder<'s, 'a> {
    pub(super) fn new(shape: &'s mut Shape, accept: &'s Accept<'s>) -> Builder<'s, 'a> {
        let version = match shape.table.strategy() {
            Strategy::Scd2(scd2) => Some(match scd2.row_version_column {
                Some(column) => Version::Column(column.into_owned()),
                None => Version::Digest,
            }),
            _ => None,
        };
        // Versions of a row have one key and are rows all the same.
        let is_keyed = version.is_none()
            && shape.table.write_disposition == WriteDisposition::Merge
            && !shape.table.primary_key.is_empty();
        Builder {
            shape,
            accept,
            tables: Vec::new(),
            marks: Vec::new(),
            columns: Vec::new(),
            position: 0,
            likely_place: 0,
            members: Vec::new(),
            path: String::new(),
            keys: Vec::new(),
            elements: 0,
            page_elements: 0,
            ids: Unique::new(),
            is_keyed,
            version,
        }
    }

    /// Makes room for the rows of so many records.
    pub(super) fn reserve(&mut self, records: usize) {
        let values = records.saturating_mul(self.shape.tables()[0].columns.len());
        let rows =
            TableRows { values: Vec::with_capacity(values), ends: Vec::with_capacity(records) };
        self.tables.push(rows);
    }

    /// What follows are the records of another page.
    pub(super) fn begin_page(&mut self) {
        self.page_elements = 0;
    }

    pub(super) fn sets_aside(&self) -> bool {
        self.shape.table.on_bad_record == OnBadRecord::Quarantine
    }

    pub(super) fn finish(mut self) -> Vec<TableRows<'a>> {
        self.tables.resize_with(self.shape.tables().len(), TableRows::default);
        self.tables
    }

    /// Adds the rows of a record, or none at all.
    pub(super) fn record(
        &mut self,
        position: usize,
        fields: &[Declared],
        record: &'a dyn Record,
    ) -> Result<(), Refusal> {
        self.position = position;
        self.elements = 0;
        self.marks.clear();
        let marks = self.tables.iter().map(|table| (table.values.len(), table.ends.len()));
        self.marks.extend(marks);
        self.shape.mark(&mut self.columns);
        let added = self.root(fields, record);
        if added.is_err() {
            // What only this record would have needed is not added.
            self.shape.roll_back(&self.columns);
            self.keys.clear();
            self.tables.truncate(self.columns.len());
            for (index, table) in self.tables.iter_mut().enumerate() {
                let (values, ends) = self.marks.get(index).copied().unwrap_or_default();
                table.values.truncate(values);
                table.ends.truncate(ends);
            }
        }
        added
    }

    fn root(&mut self, fields: &[Declared], record: &'a dyn Record) -> Result<(), Refusal> {
        // Or else the page with it was refused before.
        if self.shape.table.on_bad_record == OnBadRecord::Quarantine {
            self.shape.table.check_record(record).map_err(Refusal::Error)?;
        }
        let mut lists = Vec::new();
        self.begin(0);
        self.fill(0, fields, record, "", self.shape.nesting(), &mut lists)?;
        self.check_keys()?;
        if lists.is_empty() && !self.shape.has_children() {
            self.end(0);
        } else {
            let id = self.root_id();
            let place = self.shape.row_id(0)?;
            self.put(0, place, Value::Text(Cow::Owned(id.clone())))?;
            self.end(0);
            let owner = Owner { root: id.clone(), row: id };
            self.lists(0, lists, &owner)?;
        }
        if self.shape.tables()[0].columns.is_empty() {
            let reason = "it has no value, and nothing is declared: there is no column to hold it";
            return Err(Refusal::Error(reason.to_owned()));
        }
        self.versioned()
    }

    /// Refuses a record without a value for a key that is not declared.
    fn check_keys(&mut self) -> Result<(), Refusal> {
        let (table, shape) = (&self.shape.table, &*self.shape);
        let (rows, places) = (&self.tables[0], &mut self.keys);
        for (index, key) in table.keys().enumerate() {
            let place = places.get(index).copied().or_else(|| shape.column(0, key));
            let value = place.and_then(|place| rows.values.get(rows.begin() + place));
            let Some(place) = place.filter(|_| value.is_some_and(|value| !value.is_null())) else {
                return Err(Refusal::Error(table.lacks(key, "null")));
            };
            if places.len() == index {
                places.push(place);
            }
        }
        Ok(())
    }

    /// Whether this is a column that rows are merged by.
    fn is_key(&self, table: usize, column: &str) -> bool {
        table == 0 && self.shape.table.keys().any(|key| key.eq_ignore_ascii_case(column))
    }

    /// The value of a column in the row at hand of the resource's own table.
    fn value(&self, column: &str) -> &Value<'a> {
        let rows = &self.tables[0];
        let place = self.shape.column(0, column);
        place.and_then(|place| rows.values.get(rows.begin() + place)).unwrap_or(&Value::Null)
    }

    fn root_id(&mut self) -> String {
        if !self.is_keyed {
            return self.ids.next();
        }
        let mut digest = Digest::default();
        for key in &self.shape.table.primary_key {
            digest.add(self.value(key));
        }
        digest.digits()
    }

    fn begin(&mut self, table: usize) {
        if self.tables.len() <= table {
            self.tables.resize_with(table + 1, TableRows::default);
        }
        let columns = self.shape.tables()[table].columns.len();
        let values = &mut self.tables[table].values;
        values.resize(values.len() + columns, Value::Null);
    }

    fn end(&mut self, table: usize) {
        let rows = &mut self.tables[table];
        rows.ends.push((rows.values.len(), self.position));
    }

    /// Puts a value into the row at hand.
    fn put(&mut self, table: usize, place: usize, value: Value<'a>) -> Result<(), Refusal> {
        self.put_of(None, table, place, value)
    }

    /// The same of a field of this name, which is not declared.
    fn put_of(
        &mut self,
        field: Option<&str>,
        table: usize,
        place: usize,
        value: Value<'a>,
    ) -> Result<(), Refusal> {
        let column = &self.shape.tables()[table].columns[place];
        (self.accept)(table, column, &value)?;
        let rows = &mut self.tables[table];
        let at = rows.begin() + place;
        if at >= rows.values.len() {
            rows.values.resize(at + 1, Value::Null);
        }
        if rows.values[at].is_null() {
            rows.values[at] = value;
            return Ok(());
        }
        let name = &column.name;
        Err(Refusal::Error(match field {
            Some(field) if *field != *name && field.eq_ignore_ascii_case(name) => format!(
                "`{name}` and `{field}` would be one column, as databases ignore the case of \
                 letters; declare the one to keep, with the other columns, and leave what is not \
                 declared out by `schema_contract: {{columns: discard_value}}`",
            ),
            _ => format!(
                "two of its fields would be the column `{name}`; declare what one of them is in as \
                 a column with `data_type: json`",
            ),
        }))
    }
}
