//! What a client is given when it is built: the secrets and settings that the file names.

use std::{
    collections::{HashMap, HashSet, hash_map::Entry},
    iter,
};

use rest_source_plan::{Condition, Input, Part, SettingType, Str, Template};

use super::{name, placeholder::is_name};
use crate::{
    diagnostic::{Code, Diagnostic, Diagnostics},
    source::Span,
};

/// Methods of every builder, which the setter of a value must not hide.
const BUILDER_METHODS: [&str; 5] = ["base_url", "build", "from_env", "timeout", "with"];

/// What a client needs and the file only names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    Secret,
    Config,
}

impl Kind {
    pub(super) const ALL: [Kind; 2] = [Kind::Secret, Kind::Config];

    /// As it is written in a placeholder.
    pub(super) fn word(self) -> &'static str {
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

    pub(super) fn part(self, name: &str) -> Part {
        match self {
            Kind::Secret => Part::Secret(name.to_owned().into()),
            Kind::Config => Part::Config(name.to_owned().into()),
        }
    }
}

/// What a file declares of a setting.
#[derive(Debug, Default)]
pub(super) struct Declared {
    pub(super) span: Span,
    /// `None`: what it is used as, or else text.
    pub(super) data_type: Option<SettingType>,
    /// Whether the file says the type, where it does not follow from the default.
    pub(super) is_typed: bool,
    pub(super) default: Option<Template>,
    pub(super) default_span: Span,
    pub(super) optional: bool,
    pub(super) description: Option<Str>,
}

/// The secrets and settings named so far, in order.
#[derive(Default)]
pub(super) struct Inputs {
    named: Vec<(Kind, String, Span)>,
    /// When each is needed: always, or if an option is chosen.
    known: HashMap<(Kind, String), Option<Vec<Condition>>>,
    /// The option that is read.
    option: Option<Condition>,
    /// What the file declares of settings.
    pub(super) declared: HashMap<String, Declared>,
    /// The settings that a text names.
    pub(super) used: HashSet<String>,
    /// The settings that are lists as they are used so.
    pub(super) lists: HashSet<String>,
}

impl Inputs {
    /// Adds what a text names, wherever it stands: `{secrets.token}`, in quotes or not.
    pub(super) fn mention(&mut self, text: &str) {
        for kind in Kind::ALL {
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
        Template(vec![Kind::Secret.part(name)].into())
    }

    /// The part for the secret or setting of this name.
    pub(super) fn checked(
        &mut self,
        kind: Kind,
        name: &str,
        span: Span,
        diagnostics: &mut Diagnostics,
    ) -> Part {
        if Self::is_valid(kind, name, span, diagnostics) {
            self.add(kind, name, span);
        }
        kind.part(name)
    }

    /// Whether a secret or setting can be called so.
    pub(super) fn is_valid(
        kind: Kind,
        name: &str,
        span: Span,
        diagnostics: &mut Diagnostics,
    ) -> bool {
        let is_valid = is_name(name) && name::variable(name).is_some();
        if !is_valid {
            let message = format!("`{name}` cannot be the name of a {}", kind.noun());
            let example = match kind {
                Kind::Secret => "{secrets.access_token}",
                Kind::Config => "{config.region}",
            };
            diagnostics.push(
                Diagnostic::error(Code::InvalidPlaceholder, span, message)
                    .help(format!("letters, digits and `_`, as in `{example}`")),
            );
        }
        is_valid
    }

    fn add(&mut self, kind: Kind, name: &str, span: Span) {
        if kind == Kind::Config {
            self.used.insert(name.to_owned());
        }
        let option = self.option.clone();
        match self.known.entry((kind, name.to_owned())) {
            Entry::Vacant(vacant) => {
                vacant.insert(option.map(|option| vec![option]));
                self.named.push((kind, name.to_owned(), span));
            }
            Entry::Occupied(mut known) => match (option, known.get_mut()) {
                (None, known) => *known = None,
                (Some(option), Some(known)) if !known.contains(&option) => known.push(option),
                (Some(_), _) => {}
            },
        }
    }

    /// Adds a setting that the file declares, which is needed where something names it.
    pub(super) fn add_declared(&mut self, name: &str, span: Span) {
        self.known.insert((Kind::Config, name.to_owned()), Some(Vec::new()));
        self.named.push((Kind::Config, name.to_owned(), span));
    }

    /// What is named from now on is needed only if this option is chosen.
    pub(super) fn begin_option(&mut self, option: Condition) {
        self.option = Some(option);
    }

    /// What is named from now on is always needed.
    pub(super) fn end_option(&mut self) {
        self.option = None;
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
        // Which of them has a setter or a variable.
        let mut owners: HashMap<(&str, Str), usize> = HashMap::new();
        let Inputs { named, mut known, mut declared, lists, .. } = self;
        for (kind, name, span) in named {
            let needed_if = known.remove(&(kind, name.clone())).flatten().unwrap_or_default();
            let setter = name::function(&name, &BUILDER_METHODS);
            let (Some(setter), Some(variable)) = (setter, name::variable(&name)) else { continue };
            let variables = vec![format!("{prefix}__{variable}").into(), variable.into()];
            let of_setting = (kind == Kind::Config).then(|| declared.remove(&name)).flatten();
            let is_declared = of_setting.is_some();
            let Declared { data_type, default, optional, description, .. } =
                of_setting.unwrap_or_default();
            let is_list = kind == Kind::Config && lists.contains(&name);
            let by_use = if is_list { SettingType::List } else { SettingType::Text };
            let input = Input {
                name: name.into(),
                setter: setter.into(),
                variables: variables.into(),
                needed_if: needed_if.into(),
                data_type: data_type.unwrap_or(by_use),
                default,
                optional,
                declared: is_declared,
                description,
                ..Input::DEFAULT
            };
            let called = called(&input);
            let taken = called.iter().filter_map(|called| Some((*owners.get(called)?, called)));
            // The earliest owner; of several things that they would share, the first.
            match taken.min_by_key(|(owner, _)| *owner) {
                Some((owner, (what, shared))) => {
                    let (of, first, first_span) = &inputs[owner];
                    let names = if *of == kind {
                        format!("the {}s `{}` and `{}`", of.noun(), first.name, input.name)
                    } else {
                        let (of, kind) = (of.noun(), kind.noun());
                        format!("the {of} `{}` and the {kind} `{}`", first.name, input.name)
                    };
                    let message = format!("{names} would share one {what}");
                    diagnostics.push(
                        Diagnostic::error(Code::NameClash, span, message)
                            .says(format!("`{shared}` again"))
                            .label(*first_span, format!("`{shared}`")),
                    );
                }
                None => {
                    owners.extend(called.into_iter().map(|called| (called, inputs.len())));
                    inputs.push((kind, input, span));
                }
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

/// All that an input is called by, which is its alone.
fn called(input: &Input) -> Vec<(&'static str, Str)> {
    let variables = input.variables.iter().cloned();
    let variables = variables.map(|variable| ("environment variable", variable));
    iter::once(("setter", input.setter.clone())).chain(variables).collect()
}

/// The name in `dlt.secrets["name"]`, the way dlt's own YAML documentation writes it.
pub(super) fn dlt_secret(text: &str) -> Option<&str> {
    let quoted = text.trim().strip_prefix("dlt.secrets[")?.strip_suffix(']')?;
    ['"', '\''].into_iter().find_map(|q| quoted.strip_prefix(q)?.strip_suffix(q))
}
