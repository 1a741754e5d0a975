//! The paths of fields that steps name.

use rest_source_plan::{Choice, FieldPath, JsonPath, Segment, Selector, Step, Str};

use super::super::selector;
use crate::{
    diagnostic::{Code, Diagnostic, Diagnostics},
    source::Spanned,
};

/// The keys that lead to a field. Lists on the way are gone through.
pub(super) fn read(field: &Spanned<String>, diagnostics: &mut Diagnostics) -> Option<FieldPath> {
    let message = match selector::read(field, diagnostics)? {
        Selector::Keys(keys) if keys.is_empty() => "a step names a field, and this is the record",
        Selector::Keys(keys) => return Some(keys),
        Selector::JsonPath(_) => "a step names fields by their keys alone",
    };
    let mut diagnostic = Diagnostic::error(Code::InvalidSelector, field.span, message);
    if field.value.contains("[*]") {
        let keys = field.value.replace("[*]", "");
        diagnostic = diagnostic.help(format!("lists on the way are gone through: write `{keys}`"));
    }
    diagnostics.push(diagnostic);
    None
}

/// A path as messages show it.
pub(super) fn shown(path: &[Str]) -> String {
    path.join(".")
}

/// The steps of a selector.
pub(super) fn segments(selector: &Selector) -> Vec<Segment> {
    match selector {
        Selector::Keys(keys) => keys
            .iter()
            .map(|key| Segment::Children(vec![Choice::One(Step::Name(key.clone()))].into()))
            .collect(),
        Selector::JsonPath(JsonPath { segments, .. }) => segments.to_vec(),
    }
}

/// A selector of these steps, which the file writes as `text`.
pub(super) fn selector(segments: Vec<Segment>, text: &str) -> Selector {
    let key = |segment: &Segment| match segment {
        Segment::Children(choices) => match &**choices {
            [Choice::One(Step::Name(key))] => Some(key.clone()),
            _ => None,
        },
        Segment::Descendants(_) => None,
    };
    match segments.iter().map(key).collect::<Option<Vec<_>>>() {
        Some(keys) => Selector::Keys(keys.into()),
        None => Selector::JsonPath(JsonPath {
            text: text.to_owned().into(),
            segments: segments.into(),
            ..JsonPath::DEFAULT
        }),
    }
}
