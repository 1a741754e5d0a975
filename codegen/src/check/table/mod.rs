//! Names in a database, where the case of ASCII letters makes no other name.

mod layout;
mod shared;

use std::collections::HashMap;

use self::layout::{Stored, Table};
pub(super) use self::shared::check_shared;
use super::{name, stored_name::SEPARATOR};
use crate::{
    config::Resource,
    diagnostic::{Code, Diagnostic, Diagnostics},
    source::Spanned,
};

/// What the names of a loader's own tables begin with.
const RESERVED: &str = "_rest_source_";

const IGNORED: &str = "databases ignore the case of letters";

/// A resource with names of its own.
pub(super) struct Named<'a> {
    pub(super) name: &'a Spanned<String>,
    pub(super) resource: &'a Resource,
    /// The resources that fields are included from.
    pub(super) origins: Vec<String>,
}

/// Resources whose rows would be in one table by accident, and fields that would be in one column. By
/// intention resources name the same table: dlt writes the records of both into it.
pub(super) fn check(resources: &[Named<'_>], diagnostics: &mut Diagnostics) {
    let mut known: HashMap<String, Table> = HashMap::new();
    for Named { name, resource, origins } in resources {
        for table in layout::tables(name, resource, origins) {
            check_columns(&table.columns, diagnostics);
            let folded = table.name.to_ascii_lowercase();
            if table.list.is_none() && folded.starts_with(RESERVED) {
                diagnostics.push(loaders_own(&table));
            }
            match known.get(&folded) {
                Some(first) if first.name != table.name || first.list != table.list => {
                    diagnostics.push(one_table(first, &table));
                }
                Some(_) => {}
                None => drop(known.insert(folded, table)),
            }
        }
    }
}

fn loaders_own(table: &Table) -> Diagnostic {
    let Table { name, span, .. } = table;
    let message = format!("`{name}` would be one of the loader's own tables");
    Diagnostic::error(Code::NameClash, *span, message)
        .says("names that begin so are reserved")
        .help(format!("name the table otherwise, `table_name: records{name}`"))
}

fn one_table(first: &Table, second: &Table) -> Diagnostic {
    let describe = |table: &Table| match &table.list {
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

fn check_columns(columns: &[Stored], diagnostics: &mut Diagnostics) {
    let mut known: HashMap<String, &Stored> = HashMap::new();
    for column in columns {
        let folded = column.name.to_ascii_lowercase();
        let Some(first) = known.get(&folded) else {
            known.insert(folded, column);
            continue;
        };
        // A name that stands twice is one column, and what is one field in Rust has been reported.
        let field = |stored: &Stored| name::function(&stored.field, &[]);
        let is_one = first.field == column.field
            || (first.is_declared && column.is_declared && field(first) == field(column));
        if first.record == column.record && is_one {
            continue;
        }
        diagnostics.push(one_column(first, column));
    }
}

fn one_column(first: &Stored, second: &Stored) -> Diagnostic {
    let describe = |column: &Stored| match column.record.as_str() {
        "" => format!("`{}`", column.field),
        record => format!("`{}` in `{record}`", column.field),
    };
    let message = format!("{} and {} would be one column", describe(first), describe(second));
    let mut diagnostic = Diagnostic::error(Code::NameClash, second.span, message)
        .says("the second")
        .label(first.span, "the first")
        .help("leave one of them out: the field `extra` keeps what is not declared");
    if first.record != second.record {
        diagnostic = diagnostic.note(format!("the column of a field is `RECORD{SEPARATOR}FIELD`"));
    }
    if first.name == second.name { diagnostic } else { diagnostic.note(IGNORED) }
}
