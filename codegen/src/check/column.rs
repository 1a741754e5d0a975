//! Columns: their types and the fields that they become.

use std::collections::HashMap;

use super::{key, name};
use crate::{
    config::{DataType, Resource},
    diagnostic::{Code, Diagnostic, Diagnostics},
    model::Column,
    source::Span,
};

/// The field of every struct that holds what is not declared.
const EXTRA_FIELD: [&str; 1] = ["extra"];

/// The columns of a resource. One that declares none still has those of its key, as text.
pub(super) fn check(resource: &Resource, diagnostics: &mut Diagnostics) -> Vec<Column> {
    key::check_declared(resource, diagnostics);
    let mut fields: HashMap<String, (String, Span)> = HashMap::new();
    let mut columns = Vec::new();
    for (name, column) in resource.columns.get().into_iter().flat_map(|columns| &columns.entries) {
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
            data_type: column.data_type.get().copied().unwrap_or(DataType::Text),
            nullable: column.nullable.get().copied().unwrap_or(true),
            description: column.description.get().cloned(),
        });
    }
    if resource.columns.is_absent() {
        columns.extend(key_columns(resource));
    }
    columns
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
