//! Bounds and windows that settings give: what they are by default, and whether they may have no value.

use std::str::FromStr;

use rest_source_plan::{Bound, Configurable, DataType, Part, Selector, Str, Template};

use super::{
    super::{input::Inputs, named_bounds::NamedBounds},
    bound::of_default,
    value::wrong,
};
use crate::{
    config::Incremental,
    diagnostic::{Code, Diagnostic, Diagnostics},
    source::{Span, Spanned},
};

/// Checks what settings give a bound by default, as if the file had it written out. With `cursor` the bounds are
/// values of that field.
pub(in super::super) fn check_default(
    key: &'static str,
    value: Option<&Configurable<Str>>,
    (incremental, cursor, data_type): (&Incremental, &Selector, Option<DataType>),
    inputs: &Inputs,
    diagnostics: &mut Diagnostics,
) {
    let Some(Configurable::Template(template)) = value else { return };
    let Some(text) = inputs.default_text(template) else { return };
    let node = match key {
        "end_value" => &incremental.end_value,
        _ => &incremental.initial_value,
    };
    let Some(span) = node.get().map(|node| node.0.span) else { return };
    let format = incremental.cursor_format.get().map(|format| &format.value);
    let is_number = inputs.is_number(template);
    let bound = of_default(key, &text, is_number, span, format);
    // A format says what the values are, whatever their column is.
    let data_type = data_type.filter(|_| format.is_none());
    if let Some(diagnostic) = wrong(&bound, cursor, data_type) {
        diagnostics.push(diagnostic.note("this is the value by the defaults of its settings"));
    }
}

/// Checks what settings give for a length of time by default.
pub(in super::super) fn check_default_length<T: FromStr>(
    key: &str,
    template: &Template,
    span: Span,
    inputs: &Inputs,
    diagnostics: &mut Diagnostics,
) {
    if let Some(text) = inputs.default_text(template)
        && text.parse::<T>().is_err()
    {
        let message = format!("with its default `{key}` is `{text}`, which is no length of time");
        diagnostics.push(
            Diagnostic::error(Code::SettingType, span, message)
                .help("write a number and a unit, as in `30 days`"),
        );
    }
}

/// A bound may have no value where a setting of it has none, and what cannot be left out needs one.
pub(in super::super) fn check_required(
    sent: &NamedBounds,
    [initial, end]: [Option<&Configurable<Str>>; 2],
    inputs: &Inputs,
    diagnostics: &mut Diagnostics,
) {
    for Spanned { value: bound, span } in &sent.required {
        let (key, value) = match bound {
            Bound::EndValue => ("end_value", end),
            Bound::InitialValue | Bound::StartValue | Bound::LastValue => {
                ("initial_value", initial)
            }
            Bound::Lag => continue,
        };
        let Some(Configurable::Template(template)) = value else { continue };
        let optional = template.0.iter().find_map(|part| match part {
            Part::Config(name) => {
                inputs.declared.get(&**name).filter(|of| of.optional).map(|of| (name, of.span))
            }
            _ => None,
        });
        let Some((name, declared)) = optional else { continue };
        let message = format!(
            "`{{incremental.{}}}` may have no value: `{key}` is made of `{name}`, which is optional, and this \
             cannot be left out",
            bound.name()
        );
        diagnostics.push(
            Diagnostic::error(Code::SettingType, *span, message)
                .label(declared, "the setting")
                .help("leave out `optional`, and give it a `default` where it has one"),
        );
    }
}
