//! `for_each`: the lists that a resource is fetched for.

use std::collections::HashSet;

use rest_source_plan::{DataType, Each, JsonTemplate, Part, Str};

use super::{
    batch,
    input::Inputs,
    literal::literal,
    placeholder::is_simple_name,
    setting::Filling,
    stored_name::{EACH, included_name},
};
use crate::{
    config::{Included, ListValues, Resource},
    diagnostic::{Code, Diagnostic, Diagnostics, either},
    source::{Span, Spanned},
    yaml::{Scalar, Value},
};

/// A list that a resource is fetched for.
pub(super) struct List {
    pub(super) each: Each,
    /// What its values are, for the column that takes them.
    pub(super) data_type: DataType,
}

/// The lists of a resource while its request is read.
pub(super) struct Lists<'a> {
    resource: &'a Resource,
    /// Those that the request names.
    used: HashSet<String>,
    /// Whether it names others, of which one may be meant.
    has_unknown: bool,
}

impl<'a> Lists<'a> {
    pub(super) fn of(resource: &'a Resource) -> Lists<'a> {
        Lists { resource, used: HashSet::new(), has_unknown: false }
    }

    /// What fills `{each.NAME}`.
    pub(super) fn part(
        &mut self,
        name: &str,
        span: Span,
        diagnostics: &mut Diagnostics,
    ) -> Option<Part> {
        let names: Vec<&str> = self.names().map(|name| name.value.as_str()).collect();
        if names.contains(&name) {
            self.used.insert(name.to_owned());
            return Some(Part::Each(name.to_owned().into()));
        }
        self.has_unknown = true;
        unknown(name, span, &names, diagnostics);
        None
    }

    /// Whether a request has several values of a list.
    pub(super) fn is_batched(&self, name: &str) -> bool {
        let mut lists = self.resource.for_each.get().into_iter().flat_map(|lists| &lists.entries);
        lists.any(|(list, values)| list.value == name && !values.batch.is_absent())
    }

    fn names(&self) -> impl Iterator<Item = &'a Spanned<String>> {
        self.resource
            .for_each
            .get()
            .into_iter()
            .flat_map(|lists| &lists.entries)
            .map(|(name, _)| name)
    }

    /// The lists, when the request is read.
    pub(super) fn read(self, inputs: &mut Inputs, diagnostics: &mut Diagnostics) -> Vec<List> {
        for name in self.names() {
            // The requests for each value would be the same.
            let is_used = self.used.contains(&name.value) || self.has_unknown;
            if !is_used && is_simple_name(&name.value) {
                let message = format!("no request uses `{{each.{}}}`", name.value);
                diagnostics.push(Diagnostic::error(Code::Unused, name.span, message).help(
                    format!(
                        "write it into the path, a parameter, a header or the body, \
                         `\"{{each.{}}}\"`",
                        name.value
                    ),
                ));
            }
        }
        let columns = columns(self.resource, diagnostics);
        let entries = self.resource.for_each.get().into_iter().flat_map(|lists| &lists.entries);
        let lists = entries.filter_map(|(name, values)| {
            if !is_simple_name(&name.value) {
                let message = format!("`{}` cannot be the name of a list", name.value);
                diagnostics.push(
                    Diagnostic::error(Code::InvalidName, name.span, message)
                        .help("letters, digits and `_`, as in `repo`"),
                );
                return None;
            }
            let batch = batch::read(&values.batch, &values.separator, diagnostics);
            let (values, data_type) = self::values(name, values, inputs, diagnostics);
            let column = columns.iter().find(|(of, _)| *of == name.value);
            let column = column.map(|(_, column)| Str::from(column.clone()));
            let each = Each {
                name: name.value.clone().into(),
                values: values.into(),
                column,
                batch: batch.map(|batch| batch.value),
                ..Each::DEFAULT
            };
            Some(List { each, data_type })
        });
        lists.collect()
    }
}

fn unknown(name: &str, span: Span, names: &[&str], diagnostics: &mut Diagnostics) {
    let message = format!("`{{each.{name}}}` has no value here");
    let diagnostic = Diagnostic::error(Code::UnknownPlaceholder, span, message);
    diagnostics.push(match diagnostics.closest(name, names.iter().copied()) {
        Some(meant) => diagnostic.says(format!("did you mean `{{each.{meant}}}`?")),
        None if names.is_empty() => diagnostic.help(format!(
            "name the list beside `endpoint`, `for_each: {{{name}: [a, b]}}`, or a setting, \
             `for_each: {{{name}: \"{{config.{name}}}\"}}`"
        )),
        None => diagnostic.help(format!("`for_each` has {}", either(names.iter().copied()))),
    });
}

/// The lists whose values are columns, and the columns.
fn columns(resource: &Resource, diagnostics: &mut Diagnostics) -> Vec<(String, String)> {
    let lists = resource.for_each.get().into_iter().flat_map(|lists| &lists.entries);
    let names: Vec<&str> = lists.map(|(name, _)| name.value.as_str()).collect();
    let mut columns: Vec<(String, String)> = Vec::new();
    for included in resource.include_from_each.get().into_iter().flat_map(|of| &of.entries) {
        let field = &included.field;
        if !names.contains(&field.value.as_str()) {
            unknown(&field.value, field.span, &names, diagnostics);
        } else if columns.iter().any(|(known, _)| *known == field.value) {
            let message = format!("`{}` is listed twice", field.value);
            diagnostics.push(Diagnostic::error(Code::DuplicateName, field.span, message));
        } else {
            check_own(included, resource, diagnostics);
            columns.push((field.value.clone(), included_name(EACH, included)));
        }
    }
    columns
}

/// The values of a list, and what they are.
fn values(
    name: &Spanned<String>,
    ListValues { nodes, is_wrong, .. }: &ListValues,
    inputs: &mut Inputs,
    diagnostics: &mut Diagnostics,
) -> (Vec<JsonTemplate>, DataType) {
    if nodes.is_empty() && !is_wrong {
        let message =
            format!("the list `{}` is empty, so that nothing would be requested", name.value);
        diagnostics.push(Diagnostic::error(Code::MissingKey, name.span, message).help(
            "write values, as in `[a, b]`, or a setting that is a list, `\"{config.NAME}\"`",
        ));
    }
    let scalars: Vec<(&Scalar, Span)> = nodes
        .iter()
        .filter_map(|node| match &node.value {
            Value::Scalar(scalar) => Some((scalar, node.span)),
            Value::Sequence(_) | Value::Mapping(_) => None,
        })
        .collect();
    let data_type = type_of(&scalars);
    let mut seen = HashSet::new();
    let mut values = Vec::new();
    for (scalar, span) in scalars {
        if !seen.insert(&scalar.text) {
            let message = format!("`{}` is listed twice", scalar.text);
            diagnostics.push(
                Diagnostic::error(Code::DuplicateName, span, message)
                    .help("a resource is fetched once for each value"),
            );
        }
        values.push(match literal(scalar).filter(|_| data_type != DataType::Text) {
            Some(literal) => JsonTemplate::Literal(literal.into()),
            None => JsonTemplate::Text(text(&scalar.text, span, inputs, diagnostics)),
        });
    }
    (values, data_type)
}

fn text(
    text: &str,
    span: Span,
    inputs: &mut Inputs,
    diagnostics: &mut Diagnostics,
) -> rest_source_plan::Template {
    let template = inputs.read_settings(text, span, diagnostics);
    if let [Part::Config(name)] = &*template.0 {
        inputs.takes_list(name);
    }
    inputs.check_filling(&template, Filling::VALUES, span, diagnostics);
    template
}

/// Values of several types are texts.
fn type_of(scalars: &[(&Scalar, Span)]) -> DataType {
    let is_whole = |text: &str| text.parse::<i64>().is_ok();
    let literals: Option<Vec<String>> = scalars.iter().map(|(scalar, _)| literal(scalar)).collect();
    match literals {
        Some(literals) if literals.is_empty() => DataType::Text,
        Some(literals) if literals.iter().all(|text| is_whole(text)) => DataType::Bigint,
        Some(literals) if literals.iter().all(|text| matches!(&**text, "true" | "false")) => {
            DataType::Bool
        }
        _ => DataType::Text,
    }
}

/// A column of a name that the file chooses is none of the records' own, whose values would be
/// replaced.
fn check_own(included: &Included, resource: &Resource, diagnostics: &mut Diagnostics) {
    let Some(name) = &included.column else { return };
    let columns = resource.columns.get().into_iter().flat_map(|columns| &columns.entries);
    if let Some((own, _)) = columns.into_iter().find(|(own, _)| own.value == name.value) {
        let message = format!("`{}` is a column of the resource itself", name.value);
        diagnostics.push(
            Diagnostic::error(Code::NameClash, name.span, message)
                .says(format!("`{}` would replace its values", included.field.value))
                .label(own.span, "the column")
                .help(format!(
                    "choose another name, as in `{{each_{0}: {0}}}`",
                    included.field.value
                )),
        );
    }
}
