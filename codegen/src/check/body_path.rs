//! Paths into the JSON body of a request.

use rest_source_plan::{Part, Selector, Template};

use super::{input::Inputs, selector, setting::Filling};
use crate::{diagnostic::Diagnostics, parse::TemplateText, source::Spanned};

/// The keys of a path in a JSON body. A key with dots is written in brackets and quotes, as in
/// a selector.
pub(super) fn body_path(
    path: &Spanned<TemplateText>,
    inputs: &mut Inputs,
    diagnostics: &mut Diagnostics,
) -> Vec<Template> {
    if !path.value.0.contains('[') {
        let text = &path.value.0;
        return split(&inputs.read_filled(text, Filling::TEXT, path.span, diagnostics));
    }
    let text = Spanned { value: path.value.0.clone(), span: path.span };
    match selector::read(&text, diagnostics) {
        Some(Selector::Keys(keys)) => {
            keys.iter().map(|key| Template(vec![Part::Text(key.clone())].into())).collect()
        }
        Some(Selector::JsonPath(_)) => vec![Template::text("")],
        None => Vec::new(),
    }
}

/// The keys of a path with dots between them. A setting is a key or a part of one, whatever its value.
fn split(path: &Template) -> Vec<Template> {
    let mut keys = vec![Vec::new()];
    for part in path.0.iter() {
        let Part::Text(text) = part else {
            keys.last_mut().into_iter().for_each(|key| key.push(part.clone()));
            continue;
        };
        for (number, text) in text.split('.').enumerate() {
            if number > 0 {
                keys.push(Vec::new());
            }
            if !text.is_empty() {
                let text = Part::Text(text.to_owned().into());
                keys.last_mut().into_iter().for_each(|key| key.push(text.clone()));
            }
        }
    }
    keys.into_iter().map(|parts| Template(parts.into())).collect()
}
