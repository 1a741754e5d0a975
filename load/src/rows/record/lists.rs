//! The lists of a record, as rows of tables of their own.

use std::borrow::Cow;

use rest_source::{FieldRef, List};

use super::{Builder, Owner};
use crate::{
    Value,
    rows::{
        shape::{Declared, Refusal},
        undeclared::Undeclared,
    },
};

/// How many rows the lists of one record may become, and those of one page: they are in memory together.
const MAX_ELEMENTS: u64 = 1_000_000;
const MAX_PAGE_ELEMENTS: u64 = 2_000_000;

/// A list that waits for the row to be complete which it is in.
pub(super) struct Pending<'d, 'a> {
    pub(super) elements: Elements<'d, 'a>,
    pub(super) nesting: u32,
}

pub(super) enum Elements<'d, 'a> {
    Declared(usize, &'d Declared, &'a dyn List),
    Undeclared(String, Vec<&'a str>),
}

impl<'a> Builder<'_, 'a> {
    pub(super) fn lists(
        &mut self,
        parent: usize,
        lists: Vec<Pending<'_, 'a>>,
        owner: &Owner,
    ) -> Result<(), Refusal> {
        for Pending { elements, nesting } in lists {
            match elements {
                Elements::Declared(table, item, list) => {
                    self.check_unshared(table, owner)?;
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
                    self.check_unshared(table, owner)?;
                    for (index, element) in elements.into_iter().enumerate() {
                        let mut lists = Vec::new();
                        let owner = self.begin_element(table, owner, index)?;
                        match Undeclared::read(element) {
                            Undeclared::Object(members) => {
                                let path = &mut String::new();
                                self.members(table, &members, path, nesting, &mut lists)?;
                            }
                            Undeclared::List(_) => {
                                let path = &mut "list".to_owned();
                                self.undeclared(table, path, element, nesting, &mut lists)?;
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

    /// Refuses a list whose table has the elements of another list of the same row.
    fn check_unshared(&self, table: usize, owner: &Owner) -> Result<(), Refusal> {
        let rows = self.tables.get(table).filter(|rows| !rows.is_empty());
        // Another record may have the same key, and thereby the same row.
        let last = rows.map(|rows| rows.row(rows.len() - 1));
        let last = last.filter(|last| last.record == self.position);
        match last.map(|last| last.value(1)) {
            Some(Value::Text(parent)) if **parent == *owner.row => {
                Err(Refusal::of_shared(&self.shape.tables()[table].name))
            }
            _ => Ok(()),
        }
    }

    /// Begins the row of an element of a list, and gives what rows of its own lists say of it.
    fn begin_element(
        &mut self,
        table: usize,
        owner: &Owner,
        index: usize,
    ) -> Result<Owner, Refusal> {
        self.elements += 1;
        self.page_elements += 1;
        if self.elements > MAX_ELEMENTS {
            return Err(Refusal::Error(format!(
                "its lists have more than {MAX_ELEMENTS} elements, each of which would be a row; \
                 declare the longest as a column with `data_type: json`",
            )));
        }
        if self.page_elements > MAX_PAGE_ELEMENTS {
            return Err(Refusal::Error(format!(
                "the lists of its page have more than {MAX_PAGE_ELEMENTS} elements, each of which would \
                 be a row; ask the server for smaller pages, or declare the longest as a column with \
                 `data_type: json`",
            )));
        }
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
}
