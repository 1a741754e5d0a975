//! One record after the other, as rows of its resource's tables.

use std::borrow::Cow;

use rest_source::{
    FieldRef, List, Record,
    plan::{Contract, WriteDisposition},
};

use super::{
    Accept, ROW_HASH, Row, Shape, TableRows, TableShape, Value,
    id::{Digest, Unique},
    shape::{Declared, Refusal, is_system},
    undeclared::Undeclared,
};
use crate::{OnBadRecord, Strategy};

/// Makes the rows of a batch.
pub(super) struct Builder<'s, 'a> {
    shape: &'s mut Shape,
    accept: &'s Accept<'s>,
    tables: Vec<TableRows<'a>>,
    /// The position of the record at hand in the batch.
    position: usize,
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
    Column(usize),
}

/// A list that waits for the row to be complete which it is in.
struct Pending<'d, 'a> {
    elements: Elements<'d, 'a>,
    nesting: u32,
}

enum Elements<'d, 'a> {
    Declared(usize, &'d Declared, &'a dyn List),
    Undeclared(String, Vec<&'a str>),
}

/// What the rows of lists say of the row that they belong to.
struct Owner {
    row: String,
    root: String,
}

impl<'s, 'a> Builder<'s, 'a> {
    pub(super) fn new(shape: &'s mut Shape, accept: &'s Accept<'s>) -> Builder<'s, 'a> {
        let place = |name: &str| shape.tables()[0].place(name);
        let version = match shape.table.strategy() {
            Strategy::Scd2(scd2) => Some(match &scd2.row_version_column {
                Some(column) => place(column).map_or(Version::Digest, Version::Column),
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
            position: 0,
            ids: Unique::new(),
            is_keyed,
            version,
        }
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
        let marks: Vec<_> =
            self.tables.iter().map(|table| (table.values.len(), table.ends.len())).collect();
        let added = self.root(fields, record);
        if added.is_err() {
            for (index, table) in self.tables.iter_mut().enumerate() {
                let (values, ends) = marks.get(index).copied().unwrap_or_default();
                table.values.truncate(values);
                table.ends.truncate(ends);
            }
        }
        added
    }

    fn root(&mut self, fields: &[Declared], record: &'a dyn Record) -> Result<(), Refusal> {
        self.shape.table.check_record(record).map_err(Refusal::Error)?;
        let begins: Vec<_> = self.tables.iter().map(|table| table.ends.len()).collect();
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
        self.versioned(&begins)
    }

    /// Refuses a record without a value for a key that is not declared.
    fn check_keys(&self) -> Result<(), Refusal> {
        let table = &self.shape.table;
        match table.keys().find(|key| self.value(key).is_null()) {
            Some(key) => Err(Refusal::Error(table.is_null(key))),
            None => Ok(()),
        }
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

    /// Puts the values of a record into the row at hand of a table, and its lists aside.
    fn fill<'d>(
        &mut self,
        table: usize,
        fields: &'d [Declared],
        record: &'a dyn Record,
        prefix: &str,
        nesting: u32,
        lists: &mut Vec<Pending<'d, 'a>>,
    ) -> Result<(), Refusal> {
        for (index, declared) in fields.iter().enumerate() {
            self.declared(table, declared, record.field(index), nesting, lists)?;
        }
        if record.extra().is_empty() {
            return Ok(());
        }
        let members: Vec<_> = record.extra().iter().collect();
        self.members(table, &members, prefix, nesting, lists)
    }

    fn declared<'d>(
        &mut self,
        table: usize,
        declared: &'d Declared,
        field: FieldRef<'a>,
        nesting: u32,
        lists: &mut Vec<Pending<'d, 'a>>,
    ) -> Result<(), Refusal> {
        match (declared, field) {
            (_, FieldRef::Null) => Ok(()),
            (Declared::Column(place), field) => self.put(table, *place, Value::of(field)),
            (Declared::Record(prefix, fields), FieldRef::Record(record)) => {
                self.fill(table, fields, record, prefix, nesting - 1, lists)
            }
            (Declared::List(child, item), FieldRef::List(list)) => {
                let elements = Elements::Declared(*child, item, list);
                lists.push(Pending { elements, nesting: nesting - 1 });
                Ok(())
            }
            // The field of a column is of the column's type.
            (Declared::Record(..) | Declared::List(..), _) => Ok(()),
        }
    }

    fn members<'d>(
        &mut self,
        table: usize,
        members: &[(Cow<'a, str>, &'a str)],
        prefix: &str,
        nesting: u32,
        lists: &mut Vec<Pending<'d, 'a>>,
    ) -> Result<(), Refusal> {
        for (index, (name, value)) in members.iter().enumerate() {
            // A name that is there twice counts as it does in JSON parsers: the last one.
            if members[index + 1..].iter().any(|(other, _)| other == name) {
                continue;
            }
            let name = format!("{prefix}{name}");
            self.undeclared(table, name, value, nesting, lists)?;
        }
        Ok(())
    }

    fn undeclared<'d>(
        &mut self,
        table: usize,
        name: String,
        value: &'a str,
        nesting: u32,
        lists: &mut Vec<Pending<'d, 'a>>,
    ) -> Result<(), Refusal> {
        match Undeclared::read(value) {
            Undeclared::Value(value) => self.place(table, &name, value),
            Undeclared::Object(members) if nesting > 0 => {
                self.members(table, &members, &format!("{name}__"), nesting - 1, lists)
            }
            Undeclared::List(elements) if nesting > 0 => {
                if !elements.is_empty() {
                    let elements = Elements::Undeclared(name, elements);
                    lists.push(Pending { elements, nesting: nesting - 1 });
                }
                Ok(())
            }
            Undeclared::Object(_) | Undeclared::List(_) => {
                self.place(table, &name, Value::Json(Cow::Borrowed(value)))
            }
        }
    }

    fn lists(
        &mut self,
        parent: usize,
        lists: Vec<Pending<'_, 'a>>,
        owner: &Owner,
    ) -> Result<(), Refusal> {
        for Pending { elements, nesting } in lists {
            match elements {
                Elements::Declared(table, item, list) => {
                    for index in 0..list.len() {
                        let mut lists = Vec::new();
                        let owner = self.begin_element(table, owner, index)?;
                        let element = list.get(index);
                        match (item, element) {
                            (Declared::Record(_, fields), FieldRef::Record(record)) => {
                                self.fill(table, fields, record, "", nesting, &mut lists)?;
                            }
                            _ => self.declared(table, item, element, nesting, &mut lists)?,
                        }
                        self.end(table);
                        self.lists(table, lists, &owner)?;
                    }
                }
                Elements::Undeclared(name, elements) => {
                    let Some(table) = self.shape.list(parent, &name)? else { continue };
                    for (index, element) in elements.into_iter().enumerate() {
                        let mut lists = Vec::new();
                        let owner = self.begin_element(table, owner, index)?;
                        match Undeclared::read(element) {
                            Undeclared::Object(members) => {
                                self.members(table, &members, "", nesting, &mut lists)?;
                            }
                            Undeclared::List(_) => {
                                self.undeclared(
                                    table,
                                    "list".into(),
                                    element,
                                    nesting,
                                    &mut lists,
                                )?;
                            }
                            Undeclared::Value(value) => self.place(table, "value", value)?,
                        }
                        self.end(table);
                        self.lists(table, lists, &owner)?;
                    }
                }
            }
        }
        Ok(())
    }

    /// Begins the row of an element of a list, and gives what rows of its own lists say of it.
    fn begin_element(
        &mut self,
        table: usize,
        owner: &Owner,
        index: usize,
    ) -> Result<Owner, Refusal> {
        let row = format!("{}-{index}", owner.row);
        self.begin(table);
        let text = |text: &str| Value::Text(Cow::Owned(text.to_owned()));
        let index = i64::try_from(index).unwrap_or(i64::MAX);
        // The first four columns of every such table, in this order.
        let values = [text(&row), text(&owner.row), text(&owner.root), Value::Bigint(index)];
        for (place, value) in values.into_iter().enumerate() {
            self.put(table, place, value)?;
        }
        Ok(Owner { row, root: owner.root.clone() })
    }

    /// Puts a value that is not declared into the column of its name; if that is of another type,
    /// into one beside it that is named after the type too.
    fn place(&mut self, table: usize, name: &str, value: Value<'a>) -> Result<(), Refusal> {
        if value.is_null() {
            return Ok(());
        }
        let Some(place) = self.shape.column(table, name) else {
            let place = self.shape.add(table, name, value.data_type())?;
            return self.put(table, place, value);
        };
        let column = &self.shape.tables()[table].columns[place];
        let value = match value.fit(column) {
            Ok(value) => return self.put(table, place, value),
            Err(value) => value,
        };
        match self.shape.table.contract.data_type {
            Contract::Evolve => {}
            Contract::DiscardValue => return Ok(()),
            Contract::DiscardRow => return Err(Refusal::Discard),
            Contract::Freeze => {
                return Err(Refusal::Error(format!(
                    "`{name}` is {}, and its column is {}, and `schema_contract` says `data_type: \
                     freeze`",
                    value.data_type().name(),
                    column.data_type.name(),
                )));
            }
        }
        let name = format!("{name}__v_{}", value.data_type().name());
        match self.shape.column(table, &name) {
            Some(place) => self.put(table, place, value),
            None => {
                let place = self.shape.add(table, &name, value.data_type())?;
                self.put(table, place, value)
            }
        }
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
        Err(Refusal::Error(format!(
            "two of its fields would be the column `{name}`; declare one of them, or what it is \
             in, as a column with `data_type: json`",
        )))
    }

    /// Says what tells this version of the record from others.
    fn versioned(&mut self, begins: &[usize]) -> Result<(), Refusal> {
        let Some(version) = &self.version else { return Ok(()) };
        let Some(place) = self.shape.tables()[0].place(ROW_HASH) else { return Ok(()) };
        let begin = |table: usize| begins.get(table).copied().unwrap_or_default();
        let row = self.tables[0].row(begin(0));
        let hash = match version {
            Version::Column(column) => row.value(*column).text(),
            Version::Digest => {
                let mut digest = Digest::default();
                for (index, (rows, table)) in
                    self.tables.iter().zip(self.shape.tables()).enumerate()
                {
                    for row in begin(index)..rows.len() {
                        add_row(&mut digest, table, rows.row(row));
                    }
                }
                digest.digits()
            }
        };
        let end = self.tables[0].ends.pop();
        let put = self.put(0, place, Value::Text(Cow::Owned(hash)));
        self.tables[0].ends.extend(end);
        put
    }
}

/// Adds what is in a row to the digest of its record: neither what tells it from others nor the order
/// of the columns, which another order in the file would change.
fn add_row(digest: &mut Digest, table: &TableShape, row: Row<'_, '_>) {
    digest.add_text(&table.name);
    if table.parent.is_some()
        && let (Value::Text(id), Value::Text(root)) = (row.value(0), row.value(2))
    {
        digest.add_text(id.strip_prefix(&**root).unwrap_or_default());
    }
    let mut values: Vec<_> = table
        .columns
        .iter()
        .zip(row.values)
        .filter(|(column, value)| !value.is_null() && !is_system(&column.name))
        .collect();
    values.sort_unstable_by_key(|(column, _)| &column.name);
    for (column, value) in values {
        digest.add_text(&column.name);
        digest.add(value);
    }
}
