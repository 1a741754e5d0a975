//! Names of fields elsewhere in the file: all of them see the records as the steps leave them.

use std::collections::HashMap;

use rest_source_plan::{Origin, Selector, Str};

use super::{
    super::{
        key,
        relation::{self, Related, Taken},
        selector,
        stored_name::{self, SEPARATOR},
    },
    Checked, path,
    step::removed,
};
use crate::{
    config::{Columns, Resource},
    diagnostic::{Code, Diagnostic, Diagnostics},
    parse::OneOrMany,
    source::{Span, Spanned},
};

/// What a column is called in messages.
const COLUMN: &str = "the column";

/// What a child takes from its parent's records is in them behind the parent's steps.
pub(in crate::check) fn check_children(
    resources: &[Related<'_>],
    forms: &[(&str, Checked)],
    diagnostics: &mut Diagnostics,
) {
    let forms: HashMap<&str, &Checked> = forms.iter().map(|(name, form)| (*name, form)).collect();
    for Related { resource, taken, .. } in resources {
        for taken in taken {
            if let Some(parent) = forms.get(taken.resource.as_str()) {
                parent.check_taken(taken, diagnostics);
            }
        }
        for (origin, included) in relation::included(resource, &relation::origins(taken)) {
            if let Some(origin) = forms.get(origin) {
                origin.check_path(&included.field, "this takes", diagnostics);
            }
        }
    }
}

impl Checked {
    /// Checks what a resource names of its own records. `origins` are the resources that fields are included
    /// from, which are added behind the steps.
    pub(super) fn check_own(
        &self,
        resource: &Resource,
        origins: &[String],
        diagnostics: &mut Diagnostics,
    ) {
        if self.has_all_names() {
            return;
        }
        let all = relation::included(resource, origins);
        let included: Vec<String> =
            all.iter().map(|(origin, of)| stored_name::included_name(origin, of)).collect();
        let made = self.made_names();
        for (name, (_, of)) in included.iter().zip(&all) {
            if made.contains(name) {
                let message = format!("`{name}` is a field that the records have already");
                let span = of.column.as_ref().map_or(of.field.span, |name| name.span);
                diagnostics.push(
                    Diagnostic::error(Code::NameClash, span, message)
                        .help("leave one of them out, or choose another name"),
                );
            }
        }
        if let Some(columns) = resource.columns.get() {
            self.check_columns(columns, &[], &included, diagnostics);
        }
        for (setting, key) in
            [("primary_key", &resource.primary_key), ("merge_key", &resource.merge_key)]
        {
            for name in key.get().into_iter().flat_map(|OneOrMany(names)| names) {
                if included.contains(&name.value) {
                    continue;
                }
                let column = key::column_name(resource, &name.value);
                let path: Vec<Str> = if key::is_nested(&column) {
                    column.split(SEPARATOR).map(|key| key.to_owned().into()).collect()
                } else {
                    vec![column.into()]
                };
                self.check(&path, name.span, &format!("`{setting}` names"), diagnostics);
            }
        }
        let incremental = resource.endpoint.get().and_then(|of| of.incremental.get());
        let cursor = incremental.and_then(|incremental| incremental.cursor_path.get());
        if let Some(cursor) = cursor {
            self.check_path(cursor, "`cursor_path` is", diagnostics);
        }
        let keys = incremental.and_then(|incremental| incremental.primary_key.get());
        for name in keys.into_iter().flat_map(|OneOrMany(names)| names) {
            self.check_path(name, "`primary_key` names", diagnostics);
        }
    }

    /// Whether a record may have a field of any name.
    fn has_all_names(&self) -> bool {
        self.form.is_plain() && self.csv_names.is_none()
    }

    /// Checks a field that a child takes from the records.
    fn check_taken(&self, taken: &Taken, diagnostics: &mut Diagnostics) {
        let Taken { field, span, .. } = taken;
        let what = "this takes";
        self.check_path(&Spanned { value: field.clone(), span: *span }, what, diagnostics);
    }

    /// Checks a field of the parent's record that is included.
    fn check_path(&self, field: &Spanned<String>, what: &str, diagnostics: &mut Diagnostics) {
        if self.has_all_names() {
            return;
        }
        let Some(selector) = selector::parse(&field.value) else { return };
        let keys = match &selector {
            Selector::Keys(keys) => keys.to_vec(),
            path @ Selector::JsonPath(_) => {
                path.first_key().map(|key| key.to_owned().into()).into_iter().collect()
            }
        };
        if !keys.is_empty() {
            self.check(&keys, field.span, what, diagnostics);
        }
    }

    fn check_columns(
        &self,
        columns: &Columns,
        above: &[Str],
        included: &[String],
        diagnostics: &mut Diagnostics,
    ) {
        for (name, column) in &columns.entries {
            if above.is_empty() && included.contains(&name.value) {
                continue;
            }
            let path = [above, &[name.value.clone().into()]].concat();
            if !self.check(&path, name.span, COLUMN, diagnostics) {
                continue;
            }
            let mut inner = Some(column);
            while let Some(column) = inner {
                if let Some(fields) = column.fields.get() {
                    self.check_columns(fields, &path, included, diagnostics);
                }
                inner = column.items.get().map(|items| &**items);
            }
        }
    }

    /// Reports a field that no record has behind the steps. Whether it may be there.
    fn check(&self, path: &[Str], span: Span, what: &str, diagnostics: &mut Diagnostics) -> bool {
        let shown = path::shown(path);
        let which = if what == COLUMN { " " } else { ", which " };
        let mut missing = |key: &str| {
            let message = format!("{what} `{shown}`{which}is not among {key}");
            diagnostics.push(Diagnostic::error(Code::UnknownColumn, span, message));
            false
        };
        match self.form.origin(path, self.form.steps.len()) {
            Origin::Sent(sent) => match (&self.csv_names, sent.first()) {
                (Some(names), Some(first)) if !names.contains(first) => {
                    missing("the `columns` of `response_format`")
                }
                _ => true,
            },
            Origin::Made(_) => true,
            Origin::Missing => missing("`record_columns`"),
            Origin::Removed(step) => {
                let removed = removed(&self.form, step, path);
                let message = format!("{what} `{shown}`{which}{removed}");
                diagnostics.push(
                    Diagnostic::error(Code::UnknownColumn, span, message)
                        .label(self.spans[step], "by this step")
                        .help("name what the records have behind the `processing_steps`"),
                );
                false
            }
        }
    }
}
