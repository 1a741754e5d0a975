//! Keys: what identifies a record.

use std::collections::HashSet;

use crate::{
    config::{Column, Disposition, MergeStrategy, Resource, WriteDisposition},
    diagnostic::{Code, Diagnostic, Diagnostics, closest, either},
    parse::{OneOrMany, Setting},
    source::Spanned,
};

pub(super) fn names(key: &Setting<OneOrMany<String>>) -> Vec<String> {
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
            let message = format!("a strategy belongs to `merge`, not to `{}`", merge.value.word());
            diagnostics.push(Diagnostic::error(Code::Conflict, strategy.span, message));
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
        let message = "records cannot be merged without a key that tells which row one replaces";
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
                diagnostics.push(Diagnostic::error(Code::Conflict, name.span, message));
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
        return names(key);
    }
    let columns = resource.columns.get().into_iter().flat_map(|columns| &columns.entries);
    let hinted = columns.filter(|(_, column)| hint(column).get() == Some(&true));
    hinted.map(|(name, _)| name.value.clone()).collect()
}

/// Where columns are declared, a key that is none of them is a slip of the pen.
pub(super) fn check_declared(resource: &Resource, diagnostics: &mut Diagnostics) {
    let declared: Vec<&str> = match resource.columns.get() {
        Some(columns) => columns.entries.iter().map(|(name, _)| name.value.as_str()).collect(),
        None => return,
    };
    if declared.is_empty() {
        return;
    }
    let keys = [("primary_key", &resource.primary_key), ("merge_key", &resource.merge_key)];
    for (key, setting) in keys {
        for name in setting.get().into_iter().flat_map(|OneOrMany(names)| names) {
            if declared.contains(&name.value.as_str()) {
                continue;
            }
            let message =
                format!("`{key}` names `{}`, which is not one of the columns", name.value);
            let diagnostic = Diagnostic::error(Code::UnknownColumn, name.span, message);
            diagnostics.push(match closest(&name.value, declared.iter().copied()) {
                Some(meant) => diagnostic.says(format!("did you mean `{meant}`?")),
                None => {
                    diagnostic.help(format!("declared are {}", either(declared.iter().copied())))
                }
            });
        }
    }
}
