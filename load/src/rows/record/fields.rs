//! The fields of a record, as values of a row.

use std::{borrow::Cow, collections::HashMap, mem};

use rest_source::{FieldRef, Record, plan::Contract};

use super::{
    Builder,
    lists::{Elements, Pending},
};
use crate::{
    Value,
    rows::{
        shape::{Declared, Refusal},
        undeclared::{Undeclared, has_half_pair},
    },
};

impl<'a> Builder<'_, 'a> {
    /// Puts the values of a record into the row at hand of a table, and its lists aside.
    pub(super) fn fill<'d>(
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
        // Their memory is used again for each record.
        let (mut members, mut path) = (mem::take(&mut self.members), mem::take(&mut self.path));
        members.extend(record.extra().iter());
        path.push_str(prefix);
        let filled = self.members(table, &members, &mut path, nesting, lists);
        members.clear();
        path.clear();
        (self.members, self.path) = (members, path);
        filled
    }

    pub(super) fn declared<'d>(
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
            (Declared::Inferred(name), FieldRef::Json(json)) => {
                self.inferred(table, name, json.as_str())
            }
            (Declared::Inferred(name), field) => self.place(table, name, Value::of(field)),
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

    /// Puts a value into the column of its name, which is of its type: what is nested is not taken
    /// apart, since the description names it as one field.
    fn inferred(&mut self, table: usize, name: &str, value: &'a str) -> Result<(), Refusal> {
        match Undeclared::read(value) {
            Undeclared::Value(read) => self.single(table, name, value, read),
            nested if self.is_key(table, name) => Err(self.no_key(name, &nested)),
            Undeclared::Object(_) | Undeclared::List(_) => {
                self.place(table, name, Value::Json(Cow::Borrowed(value)))
            }
        }
    }

    /// What becomes several columns or rows tells no rows apart.
    fn no_key(&self, column: &str, nested: &Undeclared<'_>) -> Refusal {
        let is = if matches!(nested, Undeclared::List(_)) { "a list" } else { "an object" };
        Refusal::Error(self.shape.table.lacks(column, is))
    }

    /// `path` is what the names of their columns begin with.
    pub(super) fn members<'d>(
        &mut self,
        table: usize,
        members: &[(Cow<'a, str>, &'a str)],
        path: &mut String,
        nesting: u32,
        lists: &mut Vec<Pending<'d, 'a>>,
    ) -> Result<(), Refusal> {
        let prefix = path.len();
        // A name that is there twice counts as it does in JSON parsers: the last one.
        let last: HashMap<&str, usize> = if may_repeat(members) {
            members.iter().enumerate().map(|(index, (name, _))| (&**name, index)).collect()
        } else {
            HashMap::new()
        };
        for (index, (name, value)) in members.iter().enumerate() {
            if last.get(&**name).is_some_and(|last| *last != index) {
                continue;
            }
            path.push_str(name);
            self.undeclared(table, path, value, nesting, lists)?;
            path.truncate(prefix);
        }
        Ok(())
    }

    /// `path` is the name of its column.
    pub(super) fn undeclared<'d>(
        &mut self,
        table: usize,
        path: &mut String,
        value: &'a str,
        nesting: u32,
        lists: &mut Vec<Pending<'d, 'a>>,
    ) -> Result<(), Refusal> {
        match Undeclared::read(value) {
            Undeclared::Value(read) => self.single(table, path, value, read),
            nested @ (Undeclared::Object(_) | Undeclared::List(_))
                if nesting > 0 && self.is_key(table, path) =>
            {
                Err(self.no_key(path, &nested))
            }
            Undeclared::Object(members) if nesting > 0 => {
                let name = path.len();
                path.push_str("__");
                self.members(table, &members, path, nesting - 1, lists)?;
                path.truncate(name);
                Ok(())
            }
            Undeclared::List(elements) if nesting > 0 && !self.shape.table.lists_are_json => {
                if !elements.is_empty() {
                    let elements = Elements::Undeclared(path.clone(), elements);
                    lists.push(Pending { elements, nesting: nesting - 1 });
                }
                Ok(())
            }
            Undeclared::Object(_) | Undeclared::List(_) => {
                self.place(table, path, Value::Json(Cow::Borrowed(value)))
            }
        }
    }

    /// Puts a value that was read from JSON into the column of its name, unless it would make a key the same
    /// as another one.
    fn single(
        &mut self,
        table: usize,
        name: &str,
        json: &str,
        value: Value<'a>,
    ) -> Result<(), Refusal> {
        // Only a text with escapes is not borrowed.
        let has_escapes = matches!(value, Value::Text(Cow::Owned(_)));
        if has_escapes && has_half_pair(json) && self.is_key(table, name) {
            return Err(Refusal::Error(format!(
                "`{name}` has half of a surrogate pair, which stands for no character, and rows are told \
                 apart by it"
            )));
        }
        self.place(table, name, value)
    }

    /// Puts a value that is not declared into the column of its name; if that is of another type,
    /// into one beside it that is named after the type too.
    pub(super) fn place(
        &mut self,
        table: usize,
        name: &str,
        value: Value<'a>,
    ) -> Result<(), Refusal> {
        if value.is_null() {
            return Ok(());
        }
        let place = match self.shape.likely_column(table, name, self.likely_place) {
            Some(place) => {
                self.shape.check_column(table, name)?;
                place
            }
            None => {
                self.shape.check_not_variant(table, name)?;
                self.shape.check_no_variant(table, name)?;
                let formerly = self.shape.formerly(table, name);
                let data_type = formerly.unwrap_or_else(|| value.data_type());
                self.shape.add(table, name, data_type)?
            }
        };
        self.likely_place = place + 1;
        let column = &self.shape.tables()[table].columns[place];
        let value = match value.fit(column) {
            Ok(value) => return self.put_of(Some(name), table, place, value),
            Err(value) => value,
        };
        match self.shape.table.contract.data_type {
            Contract::Evolve | Contract::DiscardValue if self.is_key(table, name) => {
                return Err(Refusal::Error(format!(
                    "`{name}` is {}, but its column is {}, and rows are merged by it",
                    value.data_type().name(),
                    column.data_type.name(),
                )));
            }
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
        let place = self.shape.variant(table, name, value.data_type())?;
        self.put(table, place, value)
    }
}

/// Whether two members may have the same name. Of few the marks of their names are compared, which nearly
/// always differ.
fn may_repeat(members: &[(Cow<'_, str>, &str)]) -> bool {
    const FEW: usize = 32;
    let mut marks = [0; FEW];
    if members.len() > FEW {
        return true;
    }
    for (index, (name, _)) in members.iter().enumerate() {
        let mark = mark(name);
        if marks[..index].contains(&mark) {
            return true;
        }
        marks[index] = mark;
    }
    false
}

/// The length of a name and its first and last letters.
fn mark(name: &str) -> u64 {
    let name = name.as_bytes();
    let letters = match (name.first_chunk::<4>(), name.last_chunk::<4>()) {
        (Some(first), Some(last)) => {
            u64::from(u32::from_le_bytes(*first)) << 32 | u64::from(u32::from_le_bytes(*last))
        }
        _ => name.iter().fold(0, |letters, letter| letters << 8 | u64::from(*letter)),
    };
    letters ^ (name.len() as u64) << 56
}
