//! Keys: what identifies a record.

use crate::{
    config::{Resource, WriteDisposition},
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
    let merge = resource.write_disposition.get().filter(|w| w.value == WriteDisposition::Merge);
    if let Some(merge) = merge
        && missing(&resource.primary_key)
        && missing(&resource.merge_key)
    {
        let message = format!(
            "`{}` cannot be merged without a key that tells which row a record replaces",
            name.value
        );
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
