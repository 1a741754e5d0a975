//! Secrets: how a file names them, and which ones it needs.

use std::collections::HashMap;

use super::{name, placeholder::is_name};
use crate::{
    diagnostic::{Code, Diagnostic, Diagnostics},
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

    /// The secret of this name, which the file does not write out.
    pub(super) fn named(&mut self, name: &str) -> Template {
        self.add(name, Span::default());
        Template { parts: vec![Part::Secret(name.to_owned())] }
    }

    fn checked(&mut self, name: &str, span: Span, diagnostics: &mut Diagnostics) -> Template {
        if !is_name(name) {
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

    /// All of them, each with the method of the builder that takes it. `a.b` and `a_b` would share
    /// one, and an environment variable besides.
    pub(super) fn into_list(self, diagnostics: &mut Diagnostics) -> Vec<Secret> {
        let mut setters: HashMap<String, (String, Span)> = HashMap::new();
        let mut secrets = Vec::new();
        for (name, span) in self.named {
            let setter = name::function(&name, &BUILDER_METHODS).unwrap_or_else(|| name.clone());
            if let Some((first, first_span)) = setters.get(&setter) {
                let message = format!("the secrets `{first}` and `{name}` would share one setter");
                diagnostics.push(
                    Diagnostic::error(Code::NameClash, span, message)
                        .says(format!("`{setter}` again"))
                        .label(*first_span, format!("`{setter}`")),
                );
                continue;
            }
            setters.insert(setter.clone(), (name.clone(), span));
            secrets.push(Secret { name, setter });
        }
        secrets
    }
}

/// The name in `dlt.secrets["name"]`, the way dlt's own YAML documentation writes it.
fn dlt_secret(text: &str) -> Option<&str> {
    let quoted = text.trim().strip_prefix("dlt.secrets[")?.strip_suffix(']')?;
    ['"', '\''].into_iter().find_map(|q| quoted.strip_prefix(q)?.strip_suffix(q))
}
