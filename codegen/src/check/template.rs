//! Text with gaps: how a file names secrets and settings in it.

use rest_source_plan::{Part, Template};

use super::{
    input::{Inputs, Kind, dlt_secret},
    placeholder::{is_foreign, is_name},
    setting::Filling,
};
use crate::{
    diagnostic::{Code, Diagnostic, Diagnostics, closest},
    source::Span,
};

impl Inputs {
    /// Reads text of the client: `dlt.secrets["name"]`, or text with `{secrets.name}` and
    /// `{config.name}` in it. Other braces are themselves, but `{name}` would be sent literally.
    pub(super) fn read(
        &mut self,
        text: &str,
        span: Span,
        diagnostics: &mut Diagnostics,
    ) -> Template {
        if !check_names(text, span, diagnostics) {
            return unknown();
        }
        self.read_value(text, span, diagnostics)
    }

    /// The same for the value of a header or of a form field, where `{name}` is text, as in dlt.
    pub(super) fn read_value(
        &mut self,
        text: &str,
        span: Span,
        diagnostics: &mut Diagnostics,
    ) -> Template {
        if let Some(name) = dlt_secret(text) {
            return template(vec![self.checked(Kind::Secret, name, span, diagnostics)]);
        }
        if is_foreign(text, span, diagnostics) || !check_braces(text, span, diagnostics) {
            return unknown();
        }
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some((begin, kind)) = next(rest) {
            let Some(length) = rest[begin..].find('}') else {
                let start = text.len() - rest.len() + begin;
                diagnostics.push(
                    Diagnostic::error(
                        Code::InvalidPlaceholder,
                        span.within(text, start, text.len()),
                        "this placeholder has no end",
                    )
                    .help("a secret is named as in `{secrets.access_token}`"),
                );
                return unknown();
            };
            let name = &rest[begin + kind.word().len() + 2..begin + length];
            if begin > 0 {
                parts.push(Part::Text(rest[..begin].to_owned().into()));
            }
            parts.push(self.checked(kind, name, span, diagnostics));
            rest = &rest[begin + length + 1..];
        }
        if !rest.is_empty() || parts.is_empty() {
            parts.push(Part::Text(rest.to_owned().into()));
        }
        template(parts)
    }

    /// The same for text that must be there.
    pub(super) fn read_required(
        &mut self,
        text: &str,
        span: Span,
        diagnostics: &mut Diagnostics,
    ) -> Template {
        let template = self.read(text, span, diagnostics);
        self.check_filling(&template, Filling::TEXT, span, diagnostics);
        template
    }

    /// Reads text that goes into errors and checkpoints, so that it takes settings and no secrets, and
    /// of settings those that fill it.
    pub(super) fn read_filled(
        &mut self,
        text: &str,
        filling: Filling,
        span: Span,
        diagnostics: &mut Diagnostics,
    ) -> Template {
        let template = self.read_settings(text, span, diagnostics);
        self.check_filling(&template, filling, span, diagnostics);
        template
    }

    /// Reads text that goes into errors and checkpoints, so that it takes settings and no secrets.
    pub(super) fn read_settings(
        &mut self,
        text: &str,
        span: Span,
        diagnostics: &mut Diagnostics,
    ) -> Template {
        let template = self.read(text, span, diagnostics);
        refuse_secrets(&template, span, diagnostics);
        template
    }
}

/// Reports secrets in text that goes into errors and checkpoints.
pub(super) fn refuse_secrets(template: &Template, span: Span, diagnostics: &mut Diagnostics) {
    if template.0.iter().any(|part| matches!(part, Part::Secret(_))) {
        let message = "a secret cannot stand here, where errors and checkpoints would show it";
        diagnostics.push(
            Diagnostic::error(Code::InvalidPlaceholder, span, message)
                .help("name a setting, `{config.NAME}`, whose value may be shown"),
        );
    }
}

fn template(parts: Vec<Part>) -> Template {
    Template(parts.into())
}

/// What a text with a mistake is taken for: a secret, so that nothing else is wrong with it.
fn unknown() -> Template {
    template(vec![Kind::Secret.part("secret")])
}

/// Whether part of a text is filled in later and is not known from the file.
pub(super) fn has_gaps(template: &Template) -> bool {
    template.0.iter().any(|part| !matches!(part, Part::Text(_)))
}

/// Where the next placeholder of the client begins.
fn next(text: &str) -> Option<(usize, Kind)> {
    let kind = |kind: &Kind, text: &str| {
        text.strip_prefix(kind.word()).is_some_and(|rest| rest.starts_with('.'))
    };
    text.match_indices('{').find_map(|(begin, brace)| {
        let name = &text[begin + brace.len()..];
        Some((begin, Kind::ALL.into_iter().find(|of| kind(of, name))?))
    })
}

/// Reports `{name}`, which names nothing where only secrets and settings are known. Whether all is
/// right.
fn check_names(text: &str, span: Span, diagnostics: &mut Diagnostics) -> bool {
    let mut all_right = true;
    for (begin, _) in text.match_indices('{') {
        let Some((name, _)) = text[begin + 1..].split_once('}') else { break };
        if !is_name(name) || name.contains('.') || text[..begin].ends_with(['{', '$']) {
            continue;
        }
        let message = format!("`{{{name}}}` has no value here");
        diagnostics.push(
            Diagnostic::error(
                Code::UnknownPlaceholder,
                span.within(text, begin, begin + name.len() + 2),
                message,
            )
            .help(format!(
                "write `{{config.{name}}}` for a setting, `{{secrets.{name}}}` for a secret"
            )),
        );
        all_right = false;
    }
    all_right
}

/// Braces that are none of a placeholder stay as they are, which `{secret.token}` should not, nor what
/// only a request has. Whether all is right.
fn check_braces(text: &str, span: Span, diagnostics: &mut Diagnostics) -> bool {
    let mut all_right = true;
    for (begin, _) in text.match_indices('{') {
        let (begin, after) = (begin + 1, &text[begin + 1..]);
        let name = after.split(['.', '{', '}']).next().unwrap_or_default();
        if !after[name.len()..].starts_with('.') {
            continue;
        }
        if matches!(name, "secrets" | "config") {
            continue;
        }
        let span = span.within(text, begin, begin + name.len());
        let message = format!("`{{{name}.…}}` is not a placeholder");
        if matches!(name, "resources" | "incremental" | "paginator" | "each") {
            let help = "only the path, the parameters, the headers and the body of an endpoint can \
                        name what a request has";
            let message = format!("`{{{name}.…}}` has no value here");
            diagnostics.push(Diagnostic::error(Code::UnknownPlaceholder, span, message).help(help));
        } else if let Some(meant) = closest(name, ["secrets", "config"]) {
            diagnostics.push(
                Diagnostic::error(Code::InvalidPlaceholder, span, message).meant(name, meant),
            );
        } else {
            continue;
        }
        all_right = false;
    }
    all_right
}
