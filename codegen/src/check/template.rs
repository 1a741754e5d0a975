//! Secrets: how a file names them, and which ones it needs.

use super::{
    name,
    placeholder::{is_foreign, is_name},
};
use crate::{
    diagnostic::{Code, Diagnostic, Diagnostics, closest},
    model::{Part, Secret, Template},
    source::Span,
};

/// Methods of every builder, which a secret's setter must not hide.
const BUILDER_METHODS: [&str; 4] = ["base_url", "build", "from_env", "timeout"];

/// The secrets named so far, in order.
#[derive(Default)]
pub(super) struct Secrets {
    named: Vec<(String, Span)>,
}

impl Secrets {
    /// Reads `dlt.secrets["name"]` or text with `{secrets.name}` in it; other text is itself.
    pub(super) fn read(
        &mut self,
        text: &str,
        span: Span,
        diagnostics: &mut Diagnostics,
    ) -> Template {
        if let Some(name) = dlt_secret(text) {
            return self.checked(name, span, diagnostics);
        }
        if is_foreign(text, span, diagnostics) {
            return Template { parts: vec![Part::Secret("secret".to_owned())] };
        }
        check_misspelt(text, span, diagnostics);
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some(begin) = rest.find("{secrets.") {
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
                // What was meant is a secret, so that nothing else is wrong with it.
                return Template { parts: vec![Part::Secret("secret".to_owned())] };
            };
            let name = &rest[begin + "{secrets.".len()..begin + length];
            if begin > 0 {
                parts.push(Part::Text(rest[..begin].to_owned()));
            }
            parts.extend(self.checked(name, span, diagnostics).parts);
            rest = &rest[begin + length + 1..];
        }
        if !rest.is_empty() || parts.is_empty() {
            parts.push(Part::Text(rest.to_owned()));
        }
        Template { parts }
    }

    /// Adds the secrets that a text names, wherever it stands: `{secrets.token}`, in quotes or not.
    pub(super) fn mention(&mut self, text: &str) {
        let named = text.split("secrets.").skip(1).filter_map(|rest| rest.split('}').next());
        for name in named.chain(dlt_secret(text)).filter(|name| is_name(name)) {
            self.add(name, Span::default());
        }
    }

    /// The secret of this name, which the file does not write out.
    pub(super) fn named(&mut self, name: &str) -> Template {
        self.add(name, Span::default());
        Template { parts: vec![Part::Secret(name.to_owned())] }
    }

    fn checked(&mut self, name: &str, span: Span, diagnostics: &mut Diagnostics) -> Template {
        if !is_name(name) || name::variable(name).is_none() {
            let message = format!("`{name}` cannot be the name of a secret");
            diagnostics.push(
                Diagnostic::error(Code::InvalidPlaceholder, span, message)
                    .help("letters, digits and `_`, as in `{secrets.access_token}`"),
            );
            return Template { parts: vec![Part::Secret("secret".to_owned())] };
        }
        self.add(name, span);
        Template { parts: vec![Part::Secret(name.to_owned())] }
    }

    fn add(&mut self, name: &str, span: Span) {
        if !self.named.iter().any(|(known, _)| known == name) {
            self.named.push((name.to_owned(), span));
        }
    }

    /// All of them, each with the method of the builder that takes it and the environment variables
    /// that may hold it, the one with the module's name first. `a.b` and `a_b` would share a setter;
    /// in the module `api`, `token` and `api.token` would share a variable.
    pub(super) fn into_list(self, module: &str, diagnostics: &mut Diagnostics) -> Vec<Secret> {
        let module = module.trim_start_matches("r#");
        let prefix = name::variable(module).unwrap_or_else(|| module.to_uppercase());
        let mut secrets: Vec<(Secret, Span)> = Vec::new();
        for (name, span) in self.named {
            let setter = name::function(&name, &BUILDER_METHODS);
            let (Some(setter), Some(variable)) = (setter, name::variable(&name)) else { continue };
            let secret =
                Secret { name, setter, variables: vec![format!("{prefix}__{variable}"), variable] };
            match secrets
                .iter()
                .find_map(|(first, span)| Some((first, span, shared(first, &secret)?)))
            {
                Some((first, first_span, (kind, shared))) => diagnostics.push(
                    Diagnostic::error(
                        Code::NameClash,
                        span,
                        format!(
                            "the secrets `{}` and `{}` would share one {kind}",
                            first.name, secret.name
                        ),
                    )
                    .says(format!("`{shared}` again"))
                    .label(*first_span, format!("`{shared}`")),
                ),
                None => secrets.push((secret, span)),
            }
        }
        secrets.into_iter().map(|(secret, _)| secret).collect()
    }
}

/// What two secrets would both be called by, and its name.
fn shared<'a>(first: &'a Secret, second: &Secret) -> Option<(&'static str, &'a str)> {
    if first.setter == second.setter {
        return Some(("setter", &first.setter));
    }
    let variable = first.variables.iter().find(|variable| second.variables.contains(variable))?;
    Some(("environment variable", variable))
}

/// The name in `dlt.secrets["name"]`, the way dlt's own YAML documentation writes it.
fn dlt_secret(text: &str) -> Option<&str> {
    let quoted = text.trim().strip_prefix("dlt.secrets[")?.strip_suffix(']')?;
    ['"', '\''].into_iter().find_map(|q| quoted.strip_prefix(q)?.strip_suffix(q))
}

/// Braces that are none of a placeholder stay as they are, which `{secret.token}` should not.
fn check_misspelt(text: &str, span: Span, diagnostics: &mut Diagnostics) {
    let mut begin = 0;
    while let Some(at) = text[begin..].find('{') {
        begin += at + 1;
        let name = text[begin..].split(['.', '{', '}']).next().unwrap_or_default();
        let is_path = text[begin + name.len()..].starts_with('.');
        if is_path
            && name != "secrets"
            && let Some(meant) = closest(name, ["secrets"])
        {
            let message = format!("`{{{name}.…}}` is not a placeholder");
            diagnostics.push(
                Diagnostic::error(
                    Code::InvalidPlaceholder,
                    span.within(text, begin, begin + name.len()),
                    message,
                )
                .says(format!("did you mean `{meant}`?")),
            );
        }
    }
}
