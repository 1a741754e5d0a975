//! Columns: their types and the fields that they become.

use std::collections::HashMap;

use super::{key, name};
use crate::{
    config::{self, DataType, Resource},
    diagnostic::{Code, Diagnostic, Diagnostics},
    model::Column,
    source::{Span, Spanned},
};

/// The field of every struct that holds what is not declared.
const EXTRA_FIELD: [&str; 1] = ["extra"];

/// The columns of a resource. One that declares none still has those of its key, as text.
pub(super) fn check(resource: &Resource, diagnostics: &mut Diagnostics) -> Vec<Column> {
    key::check_declared(resource, diagnostics);
    let mut fields: HashMap<String, (String, Span)> = HashMap::new();
    let mut columns = Vec::new();
    for (name, column) in resource.columns.get().into_iter().flat_map(|columns| &columns.entries) {
        check_hints(name, column, diagnostics);
        let Some(field) = name::function(&name.value, &EXTRA_FIELD) else {
            let message = format!("no Rust name can be made of the column `{}`", name.value);
            diagnostics.push(
                Diagnostic::error(Code::InvalidName, name.span, message)
                    .help("leave it out: the field `extra` keeps what is not declared"),
            );
            continue;
        };
        if let Some((first, first_span)) = fields.get(&field) {
            let message = format!("`{first}` and `{}` would share the field `{field}`", name.value);
            diagnostics.push(
                Diagnostic::error(Code::NameClash, name.span, message)
                    .says("the second")
                    .label(*first_span, "the first")
                    .help("leave one of them out: the field `extra` keeps what is not declared"),
            );
            continue;
        }
        fields.insert(field.clone(), (name.value.clone(), name.span));
        columns.push(Column {
            name: name.value.clone(),
            field,
            data_type: column.data_type.get().map_or(DataType::Text, |data_type| data_type.value),
            nullable: column.nullable.get().is_none_or(|nullable| nullable.value),
            description: column.description.get().cloned(),
        });
    }
    if resource.columns.is_absent() {
        columns.extend(key_columns(resource));
    }
    columns
}

/// Hints that go with one type only, and a name that is another one than that of the entry.
fn check_hints(name: &Spanned<String>, column: &config::Column, diagnostics: &mut Diagnostics) {
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
            let message = format!("a column with `{kind}` is not of type `{}`", data_type.word());
            diagnostics.push(
                Diagnostic::error(Code::Conflict, name.span, message).help("leave `data_type` out"),
            );
        }
    }
    if let Some(scale) = column.scale.get() {
        if given.is_some_and(|data_type| data_type != DataType::Decimal) {
            let message = "only a `decimal` has a scale";
            diagnostics.push(Diagnostic::error(Code::Conflict, scale.span, message));
        } else if let Some(precision) = column.precision.get().filter(|p| p.value < scale.value) {
            let message = "more digits stand behind the point than there are";
            diagnostics.push(
                Diagnostic::error(Code::Conflict, scale.span, message)
                    .label(precision.span, "all digits"),
            );
        }
    }
    if let Some(timezone) = column.timezone.get()
        && given.is_some_and(|data_type| !matches!(data_type, DataType::Timestamp | DataType::Time))
    {
        let message = "only a `timestamp` or `time` has a zone";
        diagnostics.push(Diagnostic::error(Code::Conflict, timezone.span, message));
    }
    if column.r#enum.get().is_some_and(Vec::is_empty) {
        let message = "an `enum` has at least one word";
        diagnostics.push(Diagnostic::error(Code::WrongType, name.span, message));
    }
}

fn key_columns(resource: &Resource) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::new();
    for name in key::names(&resource.primary_key).into_iter().chain(key::names(&resource.merge_key))
    {
        let Some(field) = name::function(&name, &EXTRA_FIELD) else { continue };
        if columns.iter().all(|column| column.field != field) {
            let data_type = DataType::Text;
            columns.push(Column { name, field, data_type, nullable: true, description: None });
        }
    }
    columns
}
