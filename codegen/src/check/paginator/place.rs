//! Where a request sends a paginator's values.

use rest_source_plan::Place;

use super::{super::body_path::body_path, Checks, Keyed};
use crate::{
    diagnostic::{Code, Diagnostic},
    parse::TemplateText,
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
        let keys = body_path(body, self.inputs, self.diagnostics);
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
}
