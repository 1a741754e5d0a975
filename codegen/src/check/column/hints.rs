//! Hints of a column: which go together, and where they may stand.

use rest_source_plan::DataType;

use crate::{
    config::Column,
    diagnostic::{Code, Diagnostic, Diagnostics},
    source::Spanned,
};

/// Hints that go with one type only, and a name that is another one than that of the entry.
pub(super) fn check(name: &Spanned<String>, column: &Column, diagnostics: &mut Diagnostics) {
    if let Some(other) = column.name.get().filter(|other| other.value != name.value) {
        let message = format!("this column is called `{}` and `{}`", name.value, other.value);
        diagnostics
            .push(Diagnostic::error(Code::Conflict, other.span, message).label(name.span, "here"));
    }
    let given = column.data_type.get().map(|data_type| data_type.value);
    let kinds = [
        ("fields", column.fields.get().map(|_| ())),
        ("items", column.items.get().map(|_| ())),
        ("enum", column.r#enum.get().map(|_| ())),
    ];
    let kinds: Vec<&str> =
        kinds.iter().filter(|(_, kind)| kind.is_some()).map(|(key, _)| *key).collect();
    if let [first, second, ..] = kinds.as_slice() {
        let message = format!("a column has `{first}` or `{second}`, not both");
        diagnostics.push(Diagnostic::error(Code::Conflict, name.span, message));
    }
    if let (Some(data_type), [kind, ..]) = (given, kinds.as_slice()) {
        let fits = match *kind {
            "enum" => data_type == DataType::Text,
            _ => data_type == DataType::Json,
        };
        if !fits {
            let message = format!("a column with `{kind}` is not of type `{}`", data_type.name());
            diagnostics.push(
                Diagnostic::error(Code::Conflict, name.span, message).help("leave `data_type` out"),
            );
        }
    }
    if let Some(scale) = column.scale.get() {
        if given.is_some_and(|data_type| data_type != DataType::Decimal) {
            let message = "`scale` is only for `decimal`";
            diagnostics.push(Diagnostic::error(Code::WrongColumnType, scale.span, message));
        } else if let Some(precision) = column.precision.get().filter(|p| p.value < scale.value) {
            let message = "`scale` exceeds `precision`";
            diagnostics.push(
                Diagnostic::error(Code::InvalidNumber, scale.span, message)
                    .label(precision.span, "all digits"),
            );
        }
    }
    if let Some(timezone) = column.timezone.get()
        && given.is_some_and(|data_type| !matches!(data_type, DataType::Timestamp | DataType::Time))
    {
        let message = "`timezone` is only for `timestamp` and `time`";
        diagnostics.push(Diagnostic::error(Code::WrongColumnType, timezone.span, message));
    }
    if column.r#enum.get().is_some_and(Vec::is_empty) {
        let message = "an `enum` has at least one word";
        diagnostics.push(Diagnostic::error(Code::WrongType, name.span, message));
    }
}

/// Keys and hints about storage belong to a whole record; an item of a list is not part of the record's row.
pub(super) fn check_in_list(
    name: &Spanned<String>,
    column: &Column,
    diagnostics: &mut Diagnostics,
) {
    let hints = [
        ("primary_key", column.primary_key.get() == Some(&true)),
        ("merge_key", column.merge_key.get() == Some(&true)),
        ("hard_delete", column.hard_delete.get() == Some(&true)),
        ("dedup_sort", column.dedup_sort.get().is_some()),
    ];
    for (hint, is_set) in hints {
        if is_set {
            let message =
                format!("`{hint}` is of the record's own fields, not of fields in a list");
            diagnostics.push(Diagnostic::error(Code::Unused, name.span, message));
        }
    }
}

/// A name for a type that does not come about.
pub(super) fn check_type_name(column: &Column, diagnostics: &mut Diagnostics) {
    if let Some(type_name) = column.type_name.get() {
        let message = "`type_name` is only for columns with `fields` or `enum`";
        let diagnostic = Diagnostic::error(Code::WrongColumnType, type_name.span, message);
        diagnostics.push(if column.items.is_absent() {
            diagnostic
        } else {
            diagnostic.help(format!(
                "name the type of the list's elements, `items: {{type_name: {}, …}}`",
                type_name.value
            ))
        });
    }
}
