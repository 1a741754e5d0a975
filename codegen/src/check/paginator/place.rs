//! Where a request sends a paginator's values.

use rest_source_plan::{FirstPageParams, PageSize, Place, Template};

use super::{
    super::{body_path::body_path, setting::Filling},
    Checks, Keyed,
};
use crate::{
    config::{self, SentCursor, SentLimit},
    diagnostic::{Code, Diagnostic},
    parse::{Setting, TemplateText},
    source::Spanned,
};

impl Checks<'_> {
    /// Where the next request sends the page cursor.
    pub(super) fn cursor_place(&mut self, sent: &SentCursor) -> Place {
        self.sent_once(
            ("cursor_param", &sent.cursor_param),
            ("cursor_body_path", &sent.cursor_body_path),
            "cursor",
        )
    }

    /// The page cursor of the first request.
    pub(super) fn initial_cursor(&mut self, sent: &SentCursor) -> Option<Template> {
        sent.initial_cursor.get().map(|text| self.filled(text, Filling::OMITTED))
    }

    /// Which parameters are those of the first page alone.
    pub(super) fn first_page_params(&mut self, sent: &SentCursor) -> FirstPageParams {
        match sent.first_page_params.get().map(|params| &params.value) {
            None => FirstPageParams::None,
            Some(config::FirstPageParams::All) => FirstPageParams::All,
            Some(config::FirstPageParams::Named(names)) => {
                FirstPageParams::Named(names.iter().map(|name| self.text(name)).collect())
            }
        }
    }

    /// The page size of a paginator that can do without.
    pub(super) fn sent_size(&mut self, size: &SentLimit) -> Option<PageSize> {
        self.page_size(&size.limit);
        let place = self.size_place(&size.limit_param, &size.limit_body_path);
        let places =
            [("limit_param", &size.limit_param), ("limit_body_path", &size.limit_body_path)];
        for (key, place) in places {
            if let (Some(place), true) = (place.get(), size.limit.is_absent()) {
                self.diagnostics.push(
                    Diagnostic::error(
                        Code::MissingKey,
                        place.span,
                        format!("`{key}` requires `limit`"),
                    )
                    .help("add the page size, `limit: 100`"),
                );
            }
        }
        let records = self.number(&size.limit, Filling::count(1))?;
        Some(PageSize { place, records, ..PageSize::DEFAULT })
    }

    pub(super) fn size_place(
        &mut self,
        param: &Setting<Spanned<TemplateText>>,
        body: &Setting<Spanned<TemplateText>>,
    ) -> Place {
        self.sent_once(("limit_param", param), ("limit_body_path", body), "limit")
    }

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
                    .help(format!(
                        "write the body as `json`, or send the value by `{param_key}`, or name it in this \
                         body, `{{paginator.{default}}}`"
                    )),
            );
        }
        Place::Body(keys.into())
    }
}
