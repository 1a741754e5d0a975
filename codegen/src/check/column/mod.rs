//! Columns: their types and the fields that they become, to any depth.

mod hints;
mod types;
mod words;

use std::collections::HashMap;

use rest_source_plan::{DataType, Link, List, Str};

pub(super) use self::types::Types;
use super::{key, name};
use crate::{
    config::{self, Columns, Resource},
    diagnostic::{Code, Diagnostic, Diagnostics},
    model::{Column, Content, Hints, Nested},
    source::{Span, Spanned},
};

/// The field of every struct that holds what is not declared.
const EXTRA_FIELD: [&str; 1] = ["extra"];

/// The columns of a resource whose records are of the type `owner`. One that declares none still has
/// those of its key, of whatever type their values are. `made` are the fields that follow from how records are
/// made.
pub(super) fn check(
    resource: &Resource,
    owner: &str,
    made: &[String],
    types: &mut Types,
    diagnostics: &mut Diagnostics,
) -> Vec<Column> {
    key::check_declared(resource, made, diagnostics);
    let mut columns = Vec::new();
    if let Some(declared) = resource.columns.get() {
        let path = resource.name.get().map_or("", |name| &name.value);
        let mut scope = Scope { owner, types, diagnostics, is_in_list: false };
        columns = scope.columns(owner, path, declared);
    }
    if resource.columns.is_absent() {
        columns.extend(key_columns(resource));
    }
    columns
}

/// What the columns of one resource share.
struct Scope<'a> {
    /// The type of the resource's records.
    owner: &'a str,
    types: &'a mut Types,
    diagnostics: &'a mut Diagnostics,
    /// Whether what is looked at is in a list, whose elements are rows of another table.
    is_in_list: bool,
}

impl Scope<'_> {
    /// The columns of a struct that is called `prefix`. `path` leads to them: `payments.links`.
    fn columns(&mut self, prefix: &str, path: &str, declared: &Columns) -> Vec<Column> {
        let mut fields: HashMap<String, (String, Span)> = HashMap::new();
        let mut columns = Vec::new();
        for (name, column) in &declared.entries {
            hints::check(name, column, self.diagnostics);
            let Some(field) = self.field(name, &mut fields) else { continue };
            let path = format!("{path}.{}", name.value);
            let nested = format!("{prefix}{}", name::type_part(&name.value));
            columns.push(Column {
                name: name.value.clone(),
                field,
                ..self.column(&nested, &path, name.span, column)
            });
        }
        columns
    }

    /// The name of a field, if it has one of its own.
    fn field(
        &mut self,
        name: &Spanned<String>,
        fields: &mut HashMap<String, (String, Span)>,
    ) -> Option<String> {
        let Some(field) = name::function(&name.value, &EXTRA_FIELD) else {
            let message = format!("no Rust name can be made of the column `{}`", name.value);
            self.diagnostics.push(
                Diagnostic::error(Code::InvalidName, name.span, message)
                    .help("leave it out: the field `extra` keeps what is not declared"),
            );
            return None;
        };
        if let Some((first, first_span)) = fields.get(&field) {
            let message = format!("`{first}` and `{}` would share the field `{field}`", name.value);
            self.diagnostics.push(
                Diagnostic::error(Code::NameClash, name.span, message)
                    .says("the second")
                    .label(*first_span, "the first")
                    .help("leave one of them out: the field `extra` keeps what is not declared"),
            );
            return None;
        }
        fields.insert(field.clone(), (name.value.clone(), name.span));
        Some(field)
    }

    /// A column without its names, whose own type would be called `type_name`.
    fn column(
        &mut self,
        type_name: &str,
        path: &str,
        span: Span,
        column: &config::Column,
    ) -> Column {
        let content = self.content(type_name, path, span, column);
        let default = match content {
            Content::Plain | Content::Words(_) => DataType::Text,
            Content::Record(_) | Content::List(_) => DataType::Json,
        };
        let digits = |digits: &Spanned<u64>| u32::try_from(digits.value).unwrap_or(u32::MAX);
        Column {
            name: String::new(),
            field: String::new(),
            data_type: column.data_type.get().map_or(default, |data_type| data_type.value),
            inferred: false,
            nullable: column.nullable.get().is_none_or(|nullable| nullable.value),
            description: column.description.get().map(|text| text.0.clone()),
            precision: column.precision.get().map(digits),
            scale: column.scale.get().map(digits),
            timezone: column.timezone.get().is_none_or(|timezone| timezone.value),
            hints: Hints {
                unique: column.unique.get() == Some(&true),
                sort: column.sort.get() == Some(&true),
                hard_delete: column.hard_delete.get() == Some(&true),
                dedup_sort: column.dedup_sort.get().map(|order| order.value),
            },
            content,
        }
    }

    fn content(
        &mut self,
        type_name: &str,
        path: &str,
        span: Span,
        column: &config::Column,
    ) -> Content {
        if let Some(items) = column.items.get() {
            hints::check_type_name(column, self.diagnostics);
            let name = items.name.get().map_or_else(String::new, |name| name.value.clone());
            hints::check(&Spanned { value: name, span }, items, self.diagnostics);
            // `line_items` is a list of `LineItem`. A list seldom has holes.
            let nullable = items.nullable.get().is_some_and(|nullable| nullable.value);
            let is_in_list = std::mem::replace(&mut self.is_in_list, true);
            let element = self.column(&name::singular_type(type_name), path, span, items);
            self.is_in_list = is_in_list;
            return Content::List(Box::new(Column { nullable, ..element }));
        }
        let (fields, words) = (column.fields.get(), column.r#enum.get());
        if fields.is_none() && words.is_none() {
            hints::check_type_name(column, self.diagnostics);
            return Content::Plain;
        }
        let chosen = types::chosen(column, self.diagnostics);
        let (type_name, span) = match chosen {
            Some((chosen, span)) => (chosen.to_owned(), span),
            None => (self.types.name(type_name), span),
        };
        if !self.types.admit(self.owner, &type_name, path, span, self.diagnostics) {
            return Content::Plain;
        }
        match (fields, words) {
            (Some(fields), _) => {
                let columns = self.columns(&type_name, path, fields);
                if self.is_in_list {
                    for (name, column) in &fields.entries {
                        hints::check_in_list(name, column, self.diagnostics);
                    }
                }
                Content::Record(Nested { type_name, columns })
            }
            (None, words) => {
                let words = words.map_or(&[][..], Vec::as_slice);
                Content::Words(words::check(type_name, words, self.diagnostics))
            }
        }
    }
}

fn key_columns(resource: &Resource) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::new();
    for name in key::primary(resource).into_iter().chain(key::merge(resource)) {
        // What is within another field is no field of its own.
        if key::is_nested(&name) {
            continue;
        }
        let Some(field) = name::function(&name, &EXTRA_FIELD) else { continue };
        if columns.iter().all(|column| column.field != field) {
            columns.push(Column::inferred(name, field));
        }
    }
    columns
}

/// The column of the plan.
pub(super) fn plan(column: &Column) -> rest_source_plan::Column {
    let mut plan = rest_source_plan::Column {
        name: column.name.clone().into(),
        data_type: column.data_type,
        inferred: column.inferred,
        nullable: column.nullable,
        description: column.description.clone().map(Str::from),
        precision: column.precision,
        scale: column.scale,
        timezone: column.timezone,
        unique: column.hints.unique,
        sort: column.hints.sort,
        hard_delete: column.hints.hard_delete,
        dedup_sort: column.hints.dedup_sort,
        fields: List::default(),
        items: None,
        words: List::default(),
        ..rest_source_plan::Column::DEFAULT
    };
    match &column.content {
        Content::Plain => {}
        Content::Record(nested) => plan.fields = nested.columns.iter().map(self::plan).collect(),
        Content::List(items) => plan.items = Some(Link::from(self::plan(items))),
        Content::Words(words) => {
            plan.words = words.words.iter().map(|word| Str::from(word.word.clone())).collect();
        }
    }
    plan
}
