//! How the records of a resource are stored: a loader makes columns of the fields of nested records,
//! and tables of lists.

use super::super::{
    key, relation,
    stored_name::{EACH, SEPARATOR, included_name},
};
use crate::{
    config::{Column, Columns, Resource},
    parse::OneOrMany,
    source::{Span, Spanned},
};

/// How deep a loader goes where the file sets no bound.
const MAX_NESTING: u64 = 32;

/// A table of records, or that of a list in them.
pub(super) struct Table {
    pub(super) name: String,
    /// The table whose records have the list, and where it is in them.
    pub(super) list: Option<(String, String)>,
    pub(super) span: Span,
    pub(super) columns: Vec<Stored>,
}

/// A column of a table.
pub(super) struct Stored {
    pub(super) name: String,
    /// The record in the table's records that has the field, and the field; none for the elements of a
    /// list.
    pub(super) record: String,
    pub(super) field: String,
    pub(super) span: Span,
    /// Whether the file declares it, and it is not a field of the parent's.
    pub(super) is_declared: bool,
}

/// The tables of a resource, its own first. `origins` are the resources that fields are included from.
pub(super) fn tables(
    name: &Spanned<String>,
    resource: &Resource,
    origins: &[String],
) -> Vec<Table> {
    let named = resource.table_name.get().unwrap_or(name);
    let own =
        Table { name: named.value.clone(), list: None, span: named.span, columns: Vec::new() };
    let mut layout = Layout { tables: vec![own] };
    if let Some(columns) = resource.columns.get() {
        let nesting = resource.max_table_nesting.get().map_or(MAX_NESTING, |max| max.value);
        layout.add_all(0, columns, "", nesting.min(MAX_NESTING));
    } else {
        let keys = [&resource.primary_key, &resource.merge_key].into_iter().filter_map(|k| k.get());
        for name in keys.flat_map(|OneOrMany(names)| names) {
            layout.add(0, "", &key::column_name(resource, &name.value), name.span, true);
        }
    }
    for (origin, included) in relation::included(resource, origins) {
        let span = included.column.as_ref().map_or(included.field.span, |name| name.span);
        layout.add(0, "", &included_name(origin, &included), span, false);
    }
    for included in resource.include_from_each.get().into_iter().flat_map(|of| &of.entries) {
        let span = included.column.as_ref().map_or(included.field.span, |name| name.span);
        layout.add(0, "", &included_name(EACH, included), span, false);
    }
    layout.tables
}

struct Layout {
    tables: Vec<Table>,
}

impl Layout {
    /// Adds the columns of a table that are in `record`, of which `nesting` more levels are taken
    /// apart.
    fn add_all(&mut self, table: usize, columns: &Columns, record: &str, nesting: u64) {
        for (name, column) in &columns.entries {
            self.add_column(table, column, record, name, nesting);
        }
    }

    fn add_column(
        &mut self,
        table: usize,
        column: &Column,
        record: &str,
        name: &Spanned<String>,
        nesting: u64,
    ) {
        let Some(deeper) = nesting.checked_sub(1) else {
            return self.add(table, record, &name.value, name.span, true);
        };
        let path = joined(record, &name.value);
        if let Some(fields) = column.fields.get() {
            return self.add_all(table, fields, &path, deeper);
        }
        let Some(element) = column.items.get() else {
            return self.add(table, record, &name.value, name.span, true);
        };
        let of = &self.tables[table].name;
        let list = Table {
            name: joined(of, &path),
            list: Some((of.clone(), path)),
            span: name.span,
            columns: Vec::new(),
        };
        self.tables.push(list);
        let list = self.tables.len() - 1;
        match element.fields.get() {
            Some(fields) => self.add_all(list, fields, "", deeper),
            None => {
                let value = if element.items.get().is_some() { "list" } else { "value" };
                let name = Spanned { value: value.to_owned(), span: name.span };
                self.add_column(list, element, "", &name, deeper);
            }
        }
    }

    fn add(&mut self, table: usize, record: &str, field: &str, span: Span, is_declared: bool) {
        self.tables[table].columns.push(Stored {
            name: joined(record, field),
            record: record.to_owned(),
            field: field.to_owned(),
            span,
            is_declared,
        });
    }
}

fn joined(before: &str, name: &str) -> String {
    if before.is_empty() { name.to_owned() } else { format!("{before}{SEPARATOR}{name}") }
}
