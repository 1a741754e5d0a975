//! Text with gaps: how a file names secrets and settings, and which ones it needs.

use rest_source_plan::{Bound, Input, Part, Template};

use super::{
    name,
    placeholder::{Piece, Placeholder, is_foreign, is_name, pieces},
    selector,
};
use crate::{
    diagnostic::{Code, Diagnostic, Diagnostics, LintLevels, closest},
    source::{Span, Spanned},
};

/// Methods of every builder, which the setter of a value must not hide.
const BUILDER_METHODS: [&str; 5] = ["base_url", "build", "from_env", "timeout", "with"];

/// What a client needs and the file only names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Secret,
    Config,
}

impl Kind {
    /// As it stands in a placeholder.
    fn word(self) -> &'static str {
        match self {
            Kind::Secret => "secrets",
            Kind::Config => "config",
        }
    }

    /// As it is called in sentences.
    fn noun(self) -> &'static str {
        match self {
            Kind::Secret => "secret",
            Kind::Config => "setting",
        }
    }

    fn part(self, name: &str) -> Part {
        match self {
            Kind::Secret => Part::Secret(name.to_owned().into()),
            Kind::Config => Part::Config(name.to_owned().into()),
        }
    }
}

/// The secrets and settings named so far, in order.
#[derive(Default)]
pub(super) struct Inputs {
    named: Vec<(Kind, String, Span)>,
}

impl Inputs {
    /// Reads text of the client: `dlt.secrets["name"]`, or text with `{secrets.name}` and
    /// `{config.name}` in it. Other braces are themselves, as in dlt.
    pub(super) fn read(
        &mut self,
        text: &str,
        span: Span,
        diagnostics: &mut Diagnostics,
    ) -> Template {
        if let Some(name) = dlt_secret(text) {
            return template(vec![self.checked(Kind::Secret, name, span, diagnostics)]);
        }
        if is_foreign(text, span, diagnostics) {
            return template(vec![Kind::Secret.part("secret")]);
        }
        check_misspelt(text, span, diagnostics);
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
                // What was meant is a secret, so that nothing else is wrong with it.
                return template(vec![Kind::Secret.part("secret")]);
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

    /// Reads text of an endpoint, in which every brace that is none of a placeholder is doubled.
    /// What is wrong with it has been reported with its relations. `bound` gives what stands for a
    /// plain name.
    pub(super) fn fill(
        &mut self,
        text: &str,
        span: Span,
        bound: &mut dyn FnMut(&mut Inputs, &str) -> Vec<Part>,
    ) -> Template {
        let mut unheard = Diagnostics::new(LintLevels::default());
        if let Some(name) = dlt_secret(text) {
            let part = self.checked(Kind::Secret, name, span, &mut unheard);
            unheard.finish();
            return template(vec![part]);
        }
        let mut parts = Vec::new();
        for piece in pieces(text, span, &mut unheard) {
            let Spanned { value, .. } = match piece {
                Piece::Text(text) => {
                    parts.push(Part::Text(text.into()));
                    continue;
                }
                Piece::Placeholder(placeholder) => placeholder,
            };
            match value {
                Placeholder::Parent { field, .. } => {
                    let field = Spanned { value: field, span };
                    parts.extend(selector::read(&field, &mut unheard).map(Part::Parent));
                }
                Placeholder::Incremental(attribute) => {
                    parts.push(Part::Incremental(self::bound(&attribute)));
                }
                Placeholder::Secret(name) => {
                    parts.push(self.checked(Kind::Secret, &name, span, &mut unheard));
                }
                Placeholder::Config(name) => {
                    parts.push(self.checked(Kind::Config, &name, span, &mut unheard));
                }
                Placeholder::Name(name) => parts.extend(bound(self, &name)),
            }
        }
        unheard.finish();
        template(parts)
    }

    /// The same where a plain name stands for nothing.
    pub(super) fn fill_text(&mut self, text: &str, span: Span) -> Template {
        self.fill(text, span, &mut |_, _| Vec::new())
    }

    /// Adds what a text names, wherever it stands: `{secrets.token}`, in quotes or not.
    pub(super) fn mention(&mut self, text: &str) {
        for kind in [Kind::Secret, Kind::Config] {
            let begin = format!("{}.", kind.word());
            let named = text.split(&begin).skip(1).filter_map(|rest| rest.split('}').next());
            for name in named.filter(|name| is_name(name)) {
                self.add(kind, name, Span::default());
            }
        }
        if let Some(name) = dlt_secret(text).filter(|name| is_name(name)) {
            self.add(Kind::Secret, name, Span::default());
        }
    }

    /// The secret of this name, which the file does not write out.
    pub(super) fn named(&mut self, name: &str) -> Template {
        self.add(Kind::Secret, name, Span::default());
        template(vec![Kind::Secret.part(name)])
    }

    fn checked(
        &mut self,
        kind: Kind,
        name: &str,
        span: Span,
        diagnostics: &mut Diagnostics,
    ) -> Part {
        if !is_name(name) || name::variable(name).is_none() {
            let message = format!("`{name}` cannot be the name of a {}", kind.noun());
            let example = match kind {
                Kind::Secret => "{secrets.access_token}",
                Kind::Config => "{config.region}",
            };
            diagnostics.push(
                Diagnostic::error(Code::InvalidPlaceholder, span, message)
                    .help(format!("letters, digits and `_`, as in `{example}`")),
            );
            return Kind::Secret.part("secret");
        }
        self.add(kind, name, span);
        kind.part(name)
    }

    fn add(&mut self, kind: Kind, name: &str, span: Span) {
        if !self.named.iter().any(|(of, known, _)| *of == kind && known == name) {
            self.named.push((kind, name.to_owned(), span));
        }
    }

    /// All secrets, and all settings, each with the method of the builder that takes it and the
    /// environment variables that may hold it, the one with the module's name first. `a.b` and `a_b`
    /// would share a setter; in the module `api`, `token` and `api.token` would share a variable.
    pub(super) fn into_lists(
        self,
        module: &str,
        diagnostics: &mut Diagnostics,
    ) -> (Vec<Input>, Vec<Input>) {
        let module = module.trim_start_matches("r#");
        let prefix = name::variable(module).unwrap_or_else(|| module.to_uppercase());
        let mut inputs: Vec<(Kind, Input, Span)> = Vec::new();
        for (kind, name, span) in self.named {
            let setter = name::function(&name, &BUILDER_METHODS);
            let (Some(setter), Some(variable)) = (setter, name::variable(&name)) else { continue };
            let variables = vec![format!("{prefix}__{variable}").into(), variable.into()];
            let input =
                Input { name: name.into(), setter: setter.into(), variables: variables.into() };
            let first = inputs.iter().find_map(|(of, first, span)| {
                shared(first, &input).map(|shared| (*of, first, *span, shared))
            });
            match first {
                Some((of, first, first_span, (what, shared))) => {
                    let names = if of == kind {
                        format!("the {}s `{}` and `{}`", of.noun(), first.name, input.name)
                    } else {
                        let (of, kind) = (of.noun(), kind.noun());
                        format!("the {of} `{}` and the {kind} `{}`", first.name, input.name)
                    };
                    let message = format!("{names} would share one {what}");
                    diagnostics.push(
                        Diagnostic::error(Code::NameClash, span, message)
                            .says(format!("`{shared}` again"))
                            .label(first_span, format!("`{shared}`")),
                    );
                }
                None => inputs.push((kind, input, span)),
            }
        }
        let (secrets, config): (Vec<_>, Vec<_>) =
            inputs.into_iter().partition(|(kind, ..)| *kind == Kind::Secret);
        let list = |inputs: Vec<(Kind, Input, Span)>| {
            inputs.into_iter().map(|(_, input, _)| input).collect()
        };
        (list(secrets), list(config))
    }
}

fn template(parts: Vec<Part>) -> Template {
    Template(parts.into())
}

/// Whether something in a text is filled in later, so that nobody can know it from the file.
pub(super) fn has_gaps(template: &Template) -> bool {
    template.0.iter().any(|part| !matches!(part, Part::Text(_)))
}

fn bound(attribute: &str) -> Bound {
    match attribute {
        "initial_value" => Bound::InitialValue,
        "last_value" => Bound::LastValue,
        "end_value" => Bound::EndValue,
        "lag" => Bound::Lag,
        _ => Bound::StartValue,
    }
}

/// Where the next placeholder of the client begins.
fn next(text: &str) -> Option<(usize, Kind)> {
    let find = |kind: Kind| Some((text.find(&format!("{{{}.", kind.word()))?, kind));
    [Kind::Secret, Kind::Config].into_iter().filter_map(find).min_by_key(|(begin, _)| *begin)
}

/// What two inputs would both be called by, and its name.
fn shared<'a>(first: &'a Input, second: &Input) -> Option<(&'static str, &'a str)> {
    if first.setter == second.setter {
        return Some(("setter", &first.setter));
    }
    let variable = first.variables.iter().find(|variable| second.variables.contains(variable))?;
    Some(("environment variable", variable))
}

/// The name in `dlt.secrets["name"]`, the way dlt's own YAML documentation writes it.
pub(super) fn dlt_secret(text: &str) -> Option<&str> {
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
            && !matches!(name, "secrets" | "config")
            && let Some(meant) = closest(name, ["secrets", "config"])
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
