//! Keys: what identifies a record.

use std::collections::HashSet;

use rest_source_plan::{DataType, WriteDisposition};

use super::stored_name::{self, EACH, SEPARATOR};
use crate::{
    config::{Column, Columns, Disposition, MergeStrategy, Resource},
    diagnostic::{Code, Diagnostic, Diagnostics, either},
    parse::{OneOrMany, Setting},
    source::Spanned,
};

fn names(key: &Setting<OneOrMany<String>>) -> Vec<String> {
    key.get().into_iter().flat_map(|OneOrMany(names)| names).map(|n| n.value.clone()).collect()
}

/// Without a key every run would add all records again, which is what dlt does.
pub(super) fn check_merge(
    name: &Spanned<String>,
    resource: &Resource,
    diagnostics: &mut Diagnostics,
) {
    let Some(Disposition { word: merge, options }) = resource.write_disposition.get() else {
        return;
    };
    if merge.value != WriteDisposition::Merge {
        if let Some(strategy) = options.strategy.get() {
            let message = format!("a strategy requires `merge`, not `{}`", merge.value.name());
            diagnostics.push(Diagnostic::error(Code::Unused, strategy.span, message));
        }
        return;
    }
    // A key that is wrong has been reported, and is there.
    let none =
        |key: &Setting<_>, names: Vec<_>| !matches!(key, Setting::Invalid) && names.is_empty();
    let no_primary_key = none(&resource.primary_key, primary(resource));
    let no_merge_key = none(&resource.merge_key, self::merge(resource));
    let strategy = options.strategy.get().map(|strategy| strategy.value);
    // The history of `scd2` compares whole rows, and needs no key.
    let needed = match strategy {
        Some(MergeStrategy::Scd2) => false,
        Some(MergeStrategy::Upsert | MergeStrategy::InsertOnly) => no_primary_key,
        Some(MergeStrategy::DeleteInsert) | None => no_primary_key && no_merge_key,
    };
    if needed {
        // In defaults it is one mistake, whatever the number of resources that have it.
        let message = "`merge` requires a key that identifies the row a record replaces";
        let mut diagnostic = Diagnostic::error(Code::MergeWithoutKey, merge.span, message);
        if name.span.start > merge.span.start {
            diagnostic = diagnostic.label(name.span, "this resource has no key");
        }
        diagnostics.push(
            diagnostic
                .help("say which field identifies a record, `primary_key: id`")
                .help("or add all records to the table, `write_disposition: append`"),
        );
    }
}

fn missing(key: &Setting<OneOrMany<String>>) -> bool {
    key.is_absent() || key.get().is_some_and(|OneOrMany(names)| names.is_empty())
}

/// A key is a list of different columns.
pub(super) fn check_names(resource: &Resource, diagnostics: &mut Diagnostics) {
    for (key, setting) in
        [("primary_key", &resource.primary_key), ("merge_key", &resource.merge_key)]
    {
        let mut seen: HashSet<&str> = HashSet::new();
        for name in setting.get().into_iter().flat_map(|OneOrMany(names)| names) {
            if name.value.is_empty() {
                let message = format!("`{key}` names columns, and this name is empty");
                diagnostics.push(Diagnostic::error(Code::InvalidName, name.span, message));
            } else if !seen.insert(&name.value) {
                let message = format!("`{key}` names `{}` twice", name.value);
                diagnostics.push(Diagnostic::error(Code::DuplicateName, name.span, message));
            }
        }
    }
}

/// The primary key, named as a whole or by hints of its columns.
pub(super) fn primary(resource: &Resource) -> Vec<String> {
    named_or_hinted(&resource.primary_key, resource, |column| &column.primary_key)
}

/// The merge key, named as a whole or by hints of its columns.
pub(super) fn merge(resource: &Resource) -> Vec<String> {
    named_or_hinted(&resource.merge_key, resource, |column| &column.merge_key)
}

fn named_or_hinted(
    key: &Setting<OneOrMany<String>>,
    resource: &Resource,
    hint: fn(&Column) -> &Setting<bool>,
) -> Vec<String> {
    if !missing(key) {
        return names(key).iter().map(|name| column_name(resource, name)).collect();
    }
    let mut hinted = Vec::new();
    if let Some(columns) = resource.columns.get() {
        add_hinted(columns, "", hint, &mut hinted);
    }
    hinted
}

/// Adds the columns with a hint, those of fields within others by the names that they have in a table.
fn add_hinted(
    columns: &Columns,
    prefix: &str,
    hint: fn(&Column) -> &Setting<bool>,
    hinted: &mut Vec<String>,
) {
    for (name, column) in &columns.entries {
        let name = format!("{prefix}{}", name.value);
        if let Some(fields) = column.fields.get() {
            add_hinted(fields, &format!("{name}{SEPARATOR}"), hint, hinted);
        } else if hint(column).get() == Some(&true) {
            hinted.push(name);
        }
    }
}

/// The column that a key names: a column by its name, or a field within others by the path to it,
/// `data.id`, which is stored as the column `data__id`.
pub(super) fn column_name(resource: &Resource, name: &str) -> String {
    let mut columns = resource.columns.get().into_iter().flat_map(|columns| &columns.entries);
    if columns.any(|(declared, _)| declared.value == name) {
        return name.to_owned();
    }
    match stored_name::path(name) {
        Some(keys) if keys.len() > 1 => keys.join(SEPARATOR),
        _ => name.to_owned(),
    }
}

/// Whether a column of this name may be that of a field within another one.
pub(super) fn is_nested(column: &str) -> bool {
    column.contains(SEPARATOR) && column.split(SEPARATOR).all(|key| !key.is_empty())
}

/// A key is one of the columns, where these are declared, a field that is made, or a value of `for_each` that the
/// records get.
pub(super) fn check_declared(resource: &Resource, made: &[String], diagnostics: &mut Diagnostics) {
    let columns = resource.columns.get().filter(|columns| !columns.entries.is_empty());
    let nesting = resource.max_table_nesting.get().map(|nesting| nesting.value);
    let lists = resource.for_each.get().into_iter().flat_map(|lists| &lists.entries);
    let lists: Vec<&str> = lists.map(|(name, _)| name.value.as_str()).collect();
    let included = resource.include_from_each.get().into_iter().flat_map(|of| &of.entries);
    let included: Vec<String> = included.map(|of| stored_name::included_name(EACH, of)).collect();
    let keys = [("primary_key", &resource.primary_key), ("merge_key", &resource.merge_key)];
    for (key, setting) in keys {
        let names = setting.get().into_iter().flat_map(|OneOrMany(names)| names);
        for name in names {
            let is_declared = columns.is_some_and(|columns| {
                columns.entries.iter().any(|(column, _)| column.value == name.value)
            });
            if is_declared || made.contains(&name.value) || included.contains(&name.value) {
                continue;
            }
            let list = lists.iter().find(|list| name.value == format!("_{EACH}_{list}"));
            if let Some(list) = list {
                let message = format!("`{key}` names `{}`, which no record has", name.value);
                diagnostics.push(
                    Diagnostic::error(Code::UnknownColumn, name.span, message).help(format!(
                        "add the list to the records, `include_from_each: [{list}]`"
                    )),
                );
            } else if let Some(columns) = columns {
                let found = find(columns, &column_name(resource, &name.value), nesting);
                check_found(key, name, &found, columns, diagnostics);
            }
        }
    }
}

/// A key that is none of the columns.
fn check_found(
    key: &str,
    name: &Spanned<String>,
    found: &Found,
    columns: &Columns,
    diagnostics: &mut Diagnostics,
) {
    let declared = columns.entries.iter().map(|(name, _)| name.value.as_str());
    let diagnostic = match found {
        Found::Column => return,
        Found::Json(within) => {
            let message = format!("`{key}` names `{}`, which is no column", name.value);
            Diagnostic::error(Code::UnknownColumn, name.span, message)
                .says(format!("`{within}` is stored whole, as JSON"))
                .help(format!(
                    "say what is in it by `fields` of the column `{within}`, and leave its \
                     `data_type` and `max_table_nesting` out"
                ))
        }
        Found::Nothing => {
            let message =
                format!("`{key}` names `{}`, which is not one of the columns", name.value);
            let diagnostic = Diagnostic::error(Code::UnknownColumn, name.span, message);
            match diagnostics.closest(&name.value, declared.clone()) {
                Some(meant) => diagnostic.meant(&name.value, meant),
                None => diagnostic.help(format!("declared are {}", either(declared))),
            }
        }
    };
    diagnostics.push(diagnostic);
}

/// What a key is the name of.
enum Found {
    Column,
    /// Something in this column, which is not taken apart.
    Json(String),
    Nothing,
}

/// Looks for a column by the name that it has in a table.
fn find(columns: &Columns, name: &str, nesting: Option<u64>) -> Found {
    if columns.entries.iter().any(|(declared, _)| declared.value == name) {
        return Found::Column;
    }
    for (outer, column) in &columns.entries {
        let within = name.strip_prefix(outer.value.as_str());
        let Some(within) = within.and_then(|within| within.strip_prefix(SEPARATOR)) else {
            continue;
        };
        let is_json = column.data_type.get().is_some_and(|of| of.value == DataType::Json);
        return match column.fields.get() {
            Some(_) if nesting == Some(0) => Found::Json(outer.value.clone()),
            Some(fields) => find(fields, within, nesting.map(|nesting| nesting - 1)),
            None if is_json => Found::Json(outer.value.clone()),
            None => Found::Nothing,
        };
    }
    Found::Nothing
}
