//! Where a request sends a paginator's values.

use rest_source_plan::{Part, Place, Selector, Template};

use super::{super::selector, Checks, Keyed};
use crate::{
    diagnostic::{Code, Diagnostic},
    parse::TemplateText,
    source::Spanned,
};

impl Checks<'_> {
    /// A value goes into the query or into the body. A form is sent as it is, so that a value for its
    /// body would never arrive, and every page be the first.
    pub(super) fn sent_once(
        &mut self,
        (param_key, param): Keyed<'_, TemplateText>,
        (body_key, body): Keyed<'_, TemplateText>,
        default: &'static str,
    ) -> Place {
        let name = self.name((param_key, param), default);
        let Some(body) = body.get() else { return Place::Param(name) };
        if let Some(param) = param.get() {
            let message =
                format!("`{body_key}` and `{param_key}` send the same value to two places");
            self.diagnostics.push(
                Diagnostic::error(Code::Conflict, body.span, message)
                    .label(param.span, "the other place")
                    .help("keep one of them"),
            );
        }
        let keys = self.body_path(body);
        if keys.iter().any(|key| key.as_text() == Some("")) {
            let message = "this is not a path in a JSON body";
            self.diagnostics.push(
                Diagnostic::error(Code::InvalidSelector, body.span, message)
                    .help("a path of keys, as in `page.number`"),
            );
        }
        if let Some(data) = self.endpoint.and_then(|endpoint| endpoint.data.get()) {
            let message = format!("`{body_key}` requires a JSON body, and this body is not JSON");
            self.diagnostics.push(
                Diagnostic::error(Code::Conflict, body.span, message)
                    .label(data.span, "a form or text")
                    .help(format!("write the body as `json`, or send the value by `{param_key}`")),
            );
        }
        Place::Body(keys.into())
    }

    /// The keys of a path in a JSON body. A key with dots is written in brackets and quotes, as in
    /// a selector.
    pub(super) fn body_path(&mut self, path: &Spanned<TemplateText>) -> Vec<Template> {
        if !path.value.0.contains('[') {
            return split(&self.text(path));
        }
        let text = Spanned { value: path.value.0.clone(), span: path.span };
        match selector::read(&text, self.diagnostics) {
            Some(Selector::Keys(keys)) => {
                keys.iter().map(|key| Template(vec![Part::Text(key.clone())].into())).collect()
            }
            Some(Selector::JsonPath(_)) => vec![Template::text("")],
            None => Vec::new(),
        }
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
