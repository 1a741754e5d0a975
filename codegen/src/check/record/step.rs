//! The steps that records go through.

use std::collections::HashSet;

use rest_source_plan::{
    Cast, Choice, FieldPath, Origin, Part, ProcessingStep, Query, RecordFilter, RecordForm,
    Segment, Selector, Step, Str,
};

use super::{
    super::{
        each::Lists,
        incremental,
        input::Inputs,
        relation::Taken,
        request::{self, Known},
        selector,
    },
    path::{self, shown},
};
use crate::{
    config::{self, Endpoint, ObjectNode},
    diagnostic::{Code, Diagnostic, Diagnostics},
    parse::{Map, OneOrMany},
    source::{Span, Spanned},
    yaml::Value,
};

/// The keys of a step.
const KEYS: &str = "`filter`, `exclude`, `include`, `rename`, `add` or `cast`";

/// Reads steps one after the other, each with what those before have made of the records.
pub(super) struct Steps<'a, 'l> {
    pub(super) endpoint: &'a Endpoint,
    pub(super) known: Known<'a>,
    pub(super) lists: &'a mut Lists<'l>,
    pub(super) inputs: &'a mut Inputs,
    pub(super) diagnostics: &'a mut Diagnostics,
    pub(super) form: RecordForm,
    /// Where the steps of the form are in the file.
    pub(super) spans: Vec<Span>,
    /// The fields that were cast, by the names that they were sent with.
    pub(super) cast: Vec<(Origin, FieldPath, Span)>,
    pub(super) taken: Vec<Taken>,
}

impl Steps<'_, '_> {
    pub(super) fn read(&mut self, step: &Spanned<config::ProcessingStep>) {
        let Spanned { value: step, span } = step;
        for (key, function) in [("map", &step.map), ("yield_map", &step.yield_map)] {
            if let Some(function) = function.get() {
                incremental::python_function(key, function.span, self.diagnostics);
                return;
            }
        }
        let keys = [
            !step.filter.is_absent(),
            !step.exclude.is_absent(),
            !step.include.is_absent(),
            !step.rename.is_absent(),
            !step.add.is_absent(),
            !step.cast.is_absent(),
        ];
        match keys.into_iter().filter(|is_there| *is_there).count() {
            1 => {}
            0 => {
                let message = "this step does nothing";
                let help = format!("a step has one key, {KEYS}");
                self.diagnostics
                    .push(Diagnostic::error(Code::MissingKey, *span, message).help(help));
                return;
            }
            _ => {
                let message = "a step has one key, and this one has several";
                self.diagnostics.push(
                    Diagnostic::error(Code::Conflict, *span, message)
                        .help("write a step for each, in the order in which they are to be done"),
                );
                return;
            }
        }
        let read = if let Some(filter) = step.filter.get() {
            self.filter(filter)
        } else if let Some(OneOrMany(fields)) = step.exclude.get() {
            self.fields("exclude", fields, *span).map(ProcessingStep::Exclude)
        } else if let Some(OneOrMany(fields)) = step.include.get() {
            self.fields("include", fields, *span).map(ProcessingStep::Include)
        } else if let Some(Map { entries }) = step.rename.get() {
            self.rename(entries, *span)
        } else if let Some(Spanned { value: ObjectNode(node), .. }) = step.add.get() {
            self.add(node, *span)
        } else if let Some(Map { entries }) = step.cast.get() {
            self.cast(entries, *span)
        } else {
            None
        };
        if let Some(read) = read {
            self.form.steps.to_mut().push(read);
            self.spans.push(*span);
        }
    }

    fn filter(&mut self, text: &Spanned<String>) -> Option<ProcessingStep> {
        if !text.value.contains(['@', '$']) {
            let message = "this filter does not look at the record, which is `@`";
            self.diagnostics
                .push(Diagnostic::error(Code::InvalidSelector, text.span, message).help(format!(
                "write `\"@.{}\"` for the records that have the field; a Python function cannot \
                     be part of a file",
                text.value.trim()
            )));
            return None;
        }
        let filter = selector::filter(text, self.diagnostics)?;
        if filter.looks_at_root() {
            let message = "`$` is the whole response, which a step does not see";
            self.diagnostics
                .push(Diagnostic::error(Code::InvalidSelector, text.span, message).help(
                "write `@` for the record; `with` of the endpoint gives it fields of the response",
            ));
            return None;
        }
        filter.each_query(&mut |query| self.are_there(query, text.span));
        let text = text.value.trim().to_owned().into();
        Some(ProcessingStep::Filter(RecordFilter { text, filter, ..RecordFilter::DEFAULT }))
    }

    fn fields(
        &mut self,
        key: &str,
        fields: &[Spanned<String>],
        span: Span,
    ) -> Option<rest_source_plan::List<FieldPath>> {
        if fields.is_empty() {
            self.nothing(key, span);
            return None;
        }
        let mut paths: Vec<FieldPath> = Vec::new();
        for field in fields {
            let Some(path) = path::read(field, self.diagnostics) else { continue };
            if paths.contains(&path) {
                self.twice(key, field);
                continue;
            }
            self.is_there(&path, field.span);
            paths.push(path);
        }
        Some(paths.into())
    }

    fn rename(
        &mut self,
        entries: &[(Spanned<String>, Spanned<String>)],
        span: Span,
    ) -> Option<ProcessingStep> {
        if entries.is_empty() {
            self.nothing("rename", span);
            return None;
        }
        let mut renamed: Vec<(FieldPath, FieldPath)> = Vec::new();
        for (from, to) in entries {
            let old = path::read(from, self.diagnostics);
            let (Some(old), Some(new)) = (old, path::read(to, self.diagnostics)) else { continue };
            self.is_there(&old, from.span);
            if old == new {
                let message = format!("`{}` is called so already", from.value);
                self.diagnostics.push(Diagnostic::error(Code::Unused, to.span, message));
                continue;
            }
            if new.starts_with(&old) {
                let message = format!("`{}` would be within itself", shown(&new));
                self.diagnostics.push(Diagnostic::error(Code::NameClash, to.span, message));
                continue;
            }
            if renamed.iter().any(|(_, other)| *other == new) {
                let message = format!("two fields are renamed to `{}`", shown(&new));
                self.diagnostics.push(Diagnostic::error(Code::NameClash, to.span, message));
                continue;
            }
            renamed.push((old, new));
        }
        for (_, to) in entries {
            let Some(new) = selector::parse(&to.value) else { continue };
            let rest_source_plan::Selector::Keys(new) = new else { continue };
            // One that gives up its name itself leaves it free.
            if renamed.iter().all(|(old, _)| *old != new) {
                self.is_free(&new, to.span);
            }
        }
        Some(ProcessingStep::Rename(renamed.into()))
    }

    fn add(&mut self, node: &crate::yaml::Node, span: Span) -> Option<ProcessingStep> {
        let Value::Mapping(mapping) = &node.value else { return None };
        if mapping.entries.is_empty() {
            self.nothing("add", span);
            return None;
        }
        let mut added = Vec::new();
        for entry in &mapping.entries {
            let name = Spanned { value: entry.key.clone(), span: entry.key_span };
            let path = path::read(&name, self.diagnostics);
            let (value, mut taken) = request::read_added(
                &entry.value,
                self.endpoint,
                &self.known,
                self.lists,
                self.inputs,
                self.diagnostics,
            );
            self.taken.append(&mut taken);
            let Some(path) = path else { continue };
            self.is_free(&path, name.span);
            value.each_template(&mut |template| {
                for part in template.0.iter() {
                    if let Part::Record(Selector::Keys(path)) = part {
                        self.is_there(path, entry.value.span);
                    }
                }
            });
            added.push((path, value));
        }
        Some(ProcessingStep::Add(added.into()))
    }

    fn cast(
        &mut self,
        entries: &[(Spanned<String>, Spanned<Cast>)],
        span: Span,
    ) -> Option<ProcessingStep> {
        if entries.is_empty() {
            self.nothing("cast", span);
            return None;
        }
        let mut casts: Vec<(FieldPath, Cast)> = Vec::new();
        for (field, to) in entries {
            let Some(path) = path::read(field, self.diagnostics) else { continue };
            if casts.iter().any(|(other, _)| *other == path) {
                self.twice("cast", field);
                continue;
            }
            self.is_there(&path, field.span);
            let origin = self.origin(&path);
            let is_same = |(other, name, _): &&(Origin, FieldPath, Span)| {
                *other == origin && (matches!(origin, Origin::Sent(_)) || *name == path)
            };
            if let Some((.., first)) = self.cast.iter().find(is_same) {
                let message = format!("`{}` is cast twice", field.value);
                self.diagnostics.push(
                    Diagnostic::error(Code::Conflict, field.span, message)
                        .says("the second time")
                        .label(*first, "the first time"),
                );
                continue;
            }
            self.cast.push((origin, path.clone(), field.span));
            casts.push((path, to.value));
        }
        Some(ProcessingStep::Cast(casts.into()))
    }

    fn origin(&self, path: &[Str]) -> Origin {
        self.form.origin(path, self.form.steps.len())
    }

    /// A step that names a field which is not there any more would do nothing.
    fn is_there(&mut self, path: &[Str], span: Span) {
        let message = |what: &str| format!("`{}` {what}", shown(path));
        match self.origin(path) {
            Origin::Sent(_) | Origin::Made(_) => {}
            Origin::Removed(step) => {
                let what = removed(&self.form, step, path);
                let diagnostic = Diagnostic::error(Code::Conflict, span, message(&what));
                self.diagnostics.push(diagnostic.label(self.spans[step], "by this step"));
            }
            Origin::Missing => {
                let what = "is not among `record_columns`";
                self.diagnostics.push(Diagnostic::error(Code::UnknownColumn, span, message(what)));
            }
        }
    }

    /// The same of what a filter looks at, as far as it is named.
    fn are_there(&mut self, query: &Query, span: Span) {
        let names = query.segments.iter().map_while(|segment| match segment {
            Segment::Children(choices) => match &**choices {
                [Choice::One(Step::Name(name))] => Some(name.clone()),
                _ => None,
            },
            Segment::Descendants(_) => None,
        });
        let path: Vec<Str> = names.collect();
        if !path.is_empty() {
            self.is_there(&path, span);
        }
    }

    /// A name that another field has would be lost.
    fn is_free(&mut self, path: &[Str], span: Span) {
        let message = format!("the records have a field `{}` already", shown(path));
        let mut diagnostic = Diagnostic::error(Code::NameClash, span, message);
        let first = |step: usize| self.spans[step];
        match self.origin(path) {
            Origin::Made(Some(step)) if makes(&self.form.steps[step], path) => {
                diagnostic = diagnostic.label(first(step), "from this step");
            }
            Origin::Made(None) => {}
            Origin::Sent(sent) if sent != path => {}
            Origin::Sent(_) if is_included(&self.form, path) => {}
            Origin::Sent(_) | Origin::Made(Some(_)) | Origin::Removed(_) | Origin::Missing => {
                return;
            }
        }
        self.diagnostics.push(diagnostic.help("rename or `exclude` that one in a step before"));
    }

    fn twice(&mut self, key: &str, field: &Spanned<String>) {
        let message = format!("`{key}` names `{}` twice", field.value);
        self.diagnostics.push(Diagnostic::error(Code::DuplicateName, field.span, message));
    }

    fn nothing(&mut self, key: &str, span: Span) {
        let message = format!("`{key}` names no field");
        self.diagnostics.push(
            Diagnostic::error(Code::WrongType, span, message)
                .help("leave the step out, or name the fields"),
        );
    }
}

/// Whether a step adds this very field, and not one within it.
fn makes(step: &ProcessingStep, path: &[Str]) -> bool {
    let ProcessingStep::Add(added) = step else { return false };
    added.iter().any(|(name, _)| path.starts_with(name) || **name == *path)
}

/// Whether the last step that says which fields are kept names this one.
fn is_included(form: &RecordForm, path: &[Str]) -> bool {
    let included = form.steps.iter().rev().find_map(|step| match step {
        ProcessingStep::Include(included) => Some(included),
        _ => None,
    });
    included.is_some_and(|included| included.iter().any(|included| **included == *path))
}

/// What a step does with a field that is not there behind it.
pub(super) fn removed(form: &RecordForm, step: usize, path: &[Str]) -> String {
    match &form.steps[step] {
        ProcessingStep::Exclude(_) => "is excluded".to_owned(),
        ProcessingStep::Include(_) => "is not among the fields that are included".to_owned(),
        ProcessingStep::Rename(renamed) => {
            // The name that the field has behind the steps before is another one where several rename it.
            let to = renamed.iter().find(|(from, _)| path.starts_with(from));
            let seen: HashSet<_> = renamed.iter().map(|(_, to)| shown(to)).collect();
            match to {
                Some((_, to)) => format!("is renamed to `{}`", shown(to)),
                None if seen.len() == 1 => {
                    format!("is renamed to `{}`", seen.into_iter().next().unwrap_or_default())
                }
                None => "is renamed".to_owned(),
            }
        }
        ProcessingStep::Filter(_) | ProcessingStep::Add(_) | ProcessingStep::Cast(_) => {
            "is removed".to_owned()
        }
    }
}
