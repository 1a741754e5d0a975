//! Names in a database, where the case of ASCII letters makes no other name.

use std::collections::HashMap;

use super::name;
use crate::{
    config::{Column, Columns, Resource},
    diagnostic::{Code, Diagnostic, Diagnostics},
    parse::OneOrMany,
    source::{Span, Spanned},
};

/// What separates a table from a list of its records in the name of the list's own table.
const SEPARATOR: &str = "__";

/// A table of records, or that of the lists in them.
struct Table<'a> {
    name: String,
    /// The table whose records have the list, and where it is in them.
    list: Option<(&'a str, String)>,
    span: Span,
}

/// Resources whose rows would be in one table by accident. By intention they name the same one: dlt
/// writes the records of both into it.
pub(super) fn check_tables(
    resources: &[(&Spanned<String>, &Resource)],
    diagnostics: &mut Diagnostics,
) {
    let mut tables: HashMap<String, Table<'_>> = HashMap::new();
    for (name, resource) in resources {
        let named = resource.table_name.get().unwrap_or(name);
        let mut all = vec![Table { name: named.value.clone(), list: None, span: named.span }];
        if let Some(columns) = resource.columns.get() {
            let nesting = resource.max_table_nesting.get().map_or(u64::MAX, |max| max.value);
            add_lists(&named.value, "", columns, nesting, &mut all);
        }
        for table in all {
            let folded = table.name.to_ascii_lowercase();
            match tables.get(&folded) {
                Some(first) if first.name != table.name || first.list != table.list => {
                    diagnostics.push(one_table(first, &table));
                }
                Some(_) => {}
                None => drop(tables.insert(folded, table)),
            }
        }
    }
}

/// Adds the tables of the lists in columns that are at `path` in the records of `table`.
fn add_lists<'a>(
    table: &'a str,
    path: &str,
    columns: &Columns,
    nesting: u64,
    tables: &mut Vec<Table<'a>>,
) {
    for (name, column) in &columns.entries {
        let path = if path.is_empty() {
            name.value.clone()
        } else {
            format!("{path}{SEPARATOR}{}", name.value)
        };
        let element = column.items.get();
        if element.is_some() && nesting > 0 {
            let list = Some((table, path.clone()));
            tables.push(Table { name: format!("{table}{SEPARATOR}{path}"), list, span: name.span });
        }
        let nesting = if element.is_some() { nesting.saturating_sub(1) } else { nesting };
        let inner = element.map_or(column, |element| element);
        if let Some(fields) = inner.fields.get() {
            add_lists(table, &path, fields, nesting, tables);
        }
    }
}

fn one_table(first: &Table<'_>, second: &Table<'_>) -> Diagnostic {
    let describe = |table: &Table<'_>| match &table.list {
        Some((of, path)) => format!("the list `{path}` of `{of}`"),
        None => format!("`{}`", table.name),
    };
    let message = format!("{} and {} would be one table", describe(first), describe(second));
    let mut diagnostic = Diagnostic::error(Code::NameClash, second.span, message)
        .says("the second")
        .label(first.span, "the first")
        .help(format!("name one of the tables otherwise, `table_name: {}_records`", second.name));
    if first.list.is_some() || second.list.is_some() {
        diagnostic = diagnostic.note(format!("the table of a list is `TABLE{SEPARATOR}LIST`"));
    }
    if first.name == second.name { diagnostic } else { diagnostic.note(IGNORED) }
}

const IGNORED: &str = "databases ignore the case of letters";

/// Columns of one table that a database could not tell apart. `parent` is the resource that fields are
/// included from.
pub(super) fn check_columns(
    resource: &Resource,
    parent: Option<&str>,
    diagnostics: &mut Diagnostics,
) {
    let mut names: Vec<Spanned<String>> = match resource.columns.get() {
        Some(columns) => columns.entries.iter().map(|(name, _)| name.clone()).collect(),
        None => {
            let keys = [&resource.primary_key, &resource.merge_key];
            keys.into_iter()
                .filter_map(|key| key.get())
                .flat_map(|OneOrMany(names)| names.iter().cloned())
                .collect()
        }
    };
    let declared = names.len();
    for field in resource.include_from_parent.get().into_iter().flatten() {
        if let Some(parent) = parent {
            names.push(Spanned { value: included_name(parent, &field.value), span: field.span });
        }
    }
    check_distinct(&names, declared, diagnostics);
    if let Some(columns) = resource.columns.get() {
        check_lists(columns, diagnostics);
    }
}

/// How a field of the parent's record is called in a child's, as in dlt.
pub(super) fn included_name(parent: &str, field: &str) -> String {
    format!("_{parent}_{field}")
}

/// The same in the tables of lists.
fn check_lists(columns: &Columns, diagnostics: &mut Diagnostics) {
    let fields = |column: &Column| column.fields.get().cloned();
    for (_, column) in &columns.entries {
        if let Some(fields) = column.items.get().and_then(|items| fields(items)) {
            let names: Vec<_> = fields.entries.iter().map(|(name, _)| name.clone()).collect();
            check_distinct(&names, names.len(), diagnostics);
            check_lists(&fields, diagnostics);
        } else if let Some(fields) = fields(column) {
            check_lists(&fields, diagnostics);
        }
    }
}

/// Checks the names of columns. Those that are `declared` come first; of them, what is one field in
/// Rust has been reported as that.
fn check_distinct(names: &[Spanned<String>], declared: usize, diagnostics: &mut Diagnostics) {
    let mut known: HashMap<String, &Spanned<String>> = HashMap::new();
    for (at, name) in names.iter().enumerate() {
        let folded = name.value.to_ascii_lowercase();
        let Some(first) = known.get(&folded) else {
            known.insert(folded, name);
            continue;
        };
        let field = |name: &str| name::function(name, &[]);
        let is_reported = at < declared && field(&first.value) == field(&name.value);
        if first.value == name.value || is_reported {
            continue;
        }
        let message = format!("`{}` and `{}` would be one column", first.value, name.value);
        diagnostics.push(
            Diagnostic::error(Code::NameClash, name.span, message)
                .says("the second")
                .label(first.span, "the first")
                .note(IGNORED)
                .help("leave one of them out: the field `extra` keeps what is not declared"),
        );
    }
}
