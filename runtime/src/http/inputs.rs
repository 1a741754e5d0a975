//! What a client needs and its plan only names: secrets and settings, set on the builder or found
//! in the environment.

use std::{borrow::Cow, str::FromStr};

use secrecy::{ExposeSecret, SecretString};

use crate::plan::{Configurable, Input, Part, SourcePlan, Str, Template};

/// The secrets and settings that a plan lists, with their values.
pub(crate) struct Inputs {
    /// The source's name, for errors.
    source: String,
    secrets: Vec<Secret>,
    config: Vec<(String, String)>,
}

struct Secret {
    name: String,
    value: SecretString,
    /// Where it was found, for errors.
    origin: String,
}

impl Inputs {
    /// Takes what was set and, if `environment`, looks there for the rest. The error names
    /// everything that is missing and every place where it could be.
    pub(crate) fn collect(
        plan: &SourcePlan,
        secrets: &[(String, SecretString)],
        config: &[(String, String)],
        environment: bool,
    ) -> Result<Inputs, String> {
        let mut missing = Vec::new();
        let mut collected =
            Inputs { source: plan.name.to_string(), secrets: Vec::new(), config: Vec::new() };
        known(plan, "secret", &plan.secrets, secrets.iter().map(|(name, _)| name))?;
        for input in plan.secrets.iter() {
            let value = secrets.iter().rev().find(|(name, _)| *name == input.name);
            let value = value.map(|(_, value)| value.clone());
            let value = value.filter(|value| !value.expose_secret().is_empty());
            let set = value.map(|value| (value, format!("`.{}(…)` of the builder", input.setter)));
            let found = || {
                let (value, variable) = read(input)?;
                Some((value.into(), format!("the variable {variable}")))
            };
            match set.or_else(|| if environment { found() } else { None }) {
                Some((value, origin)) => {
                    let name = input.name.to_string();
                    collected.secrets.push(Secret { name, value, origin });
                }
                None => missing.push(explain("secret", input, environment)),
            }
        }
        known(plan, "setting", &plan.config, config.iter().map(|(name, _)| name))?;
        for input in plan.config.iter() {
            let value = config.iter().rev().find(|(name, _)| *name == input.name);
            // One that was set to nothing is set; of the environment, which has no such will, `read`
            // takes none.
            let value = value.map(|(_, value)| value.clone());
            let found = || read(input).map(|(value, _)| value);
            match value.or_else(|| if environment { found() } else { None }) {
                Some(value) => collected.config.push((input.name.to_string(), value)),
                None => missing.push(explain("setting", input, environment)),
            }
        }
        if missing.is_empty() { Ok(collected) } else { Err(missing.join("\n")) }
    }

    /// The names of the secrets, with their values.
    pub(crate) fn named_secrets(&self) -> impl Iterator<Item = (&str, &str)> {
        self.secrets.iter().map(|secret| (secret.name.as_str(), secret.value.expose_secret()))
    }

    /// Where the secret of this name was found.
    pub(crate) fn origin(&self, name: &str) -> &str {
        let secret = self.secrets.iter().find(|secret| secret.name == name);
        secret.map_or("", |secret| &secret.origin)
    }

    /// The secret of this name.
    pub(crate) fn secret(&self, name: &str) -> Result<&str, String> {
        let secret = self.secrets.iter().find(|secret| secret.name == name);
        secret
            .map(|secret| secret.value.expose_secret())
            .ok_or_else(|| format!("{} uses the secret `{name}` and does not list it", self.source))
    }

    /// The secret that a checkpoint calls so.
    pub(crate) fn kept(&self, name: &str) -> Result<SecretString, String> {
        let secret = name
            .strip_prefix("secrets.")
            .and_then(|name| self.secrets.iter().find(|secret| secret.name == name));
        secret.map(|secret| secret.value.clone()).ok_or_else(|| {
            format!(
                "the checkpoint names `{name}`, and {} has no such secret any more; begin again \
                 without it",
                self.source
            )
        })
    }

    /// The setting of this name.
    pub(crate) fn config(&self, name: &str) -> Result<&str, String> {
        let setting = self.config.iter().find(|(named, _)| named == name);
        setting.map(|(_, value)| value.as_str()).ok_or_else(|| {
            format!("{} uses the setting `{name}` and does not list it", self.source)
        })
    }

    /// The text of a template that holds for the whole client: what only a request has cannot stand
    /// in it.
    pub(crate) fn fill(&self, template: &Template) -> Result<SecretString, String> {
        let mut text = String::new();
        for part in template.0.iter() {
            text.push_str(match part {
                Part::Text(text) => text,
                Part::Secret(name) => self.secret(name)?,
                Part::Config(name) => self.config(name)?,
                Part::Argument(_)
                | Part::Parent(_)
                | Part::Incremental(_)
                | Part::Formatted(_)
                | Part::Param(_)
                | Part::Record(_) => {
                    return Err("the plan of the client names what only a request has".to_owned());
                }
            });
        }
        Ok(text.into())
    }

    /// The same for text that is no secret.
    pub(crate) fn text(&self, template: &Template) -> Result<Str, String> {
        match &*template.0 {
            [Part::Text(text)] => Ok(text.clone()),
            _ => self.fill(template).map(|text| text.expose_secret().to_owned().into()),
        }
    }

    /// The same for a name, which cannot be empty.
    pub(crate) fn name(&self, template: &Template) -> Result<Str, String> {
        let name = self.text(template)?;
        if name.is_empty() {
            return Err(format!("{} is empty, and the name of something", settings(template)));
        }
        Ok(name)
    }

    /// A value that the plan knows or that is read from a template's text. `expected` says what it
    /// must be: «a whole number».
    pub(crate) fn value<T: Clone + FromStr>(
        &self,
        value: &Configurable<T>,
        expected: &str,
    ) -> Result<T, String> {
        let template = match value {
            Configurable::Known(value) => return Ok(value.clone()),
            Configurable::Template(template) => template,
        };
        let text = self.text(template)?;
        text.trim()
            .parse()
            .map_err(|_| format!("{} must be {expected}, found `{text}`", settings(template)))
    }

    /// Sets in a plan what settings give of its client.
    pub(crate) fn set(&self, plan: &mut Cow<'static, SourcePlan>) -> Result<(), String> {
        for (setting, template) in plan.settings.clone().iter() {
            let text = self.text(template)?;
            plan.to_mut().set(*setting, &text).map_err(|expected| {
                let (key, settings) = (setting.name(), settings(template));
                format!("`{key}`: {settings} must be {expected}, found `{text}`")
            })?;
        }
        Ok(())
    }

    /// A whole number, 0 or above.
    pub(crate) fn count(&self, value: &Configurable<u64>) -> Result<u64, String> {
        self.value(value, "a whole number, 0 or above")
    }
}

/// The settings that a template names, for errors.
fn settings(template: &Template) -> String {
    let named = template.0.iter().filter_map(|part| match part {
        Part::Config(name) => Some(format!("`{name}`")),
        _ => None,
    });
    format!("the setting {}", named.collect::<Vec<_>>().join(" with "))
}

/// What was set must be something that the plan lists.
fn known<'a>(
    plan: &SourcePlan,
    kind: &str,
    listed: &[Input],
    mut set: impl Iterator<Item = &'a String>,
) -> Result<(), String> {
    match set.find(|name| listed.iter().all(|input| input.name != **name)) {
        Some(unknown) => Err(format!("{} has no {kind} `{unknown}`", plan.name)),
        None => Ok(()),
    }
}

/// The value and the name of the first variable that is set. A variable that is empty is one that is not set: shells and CI systems pass on what they lack.
fn read(input: &Input) -> Option<(String, &str)> {
    input.variables.iter().find_map(|name| {
        let value = std::env::var(&**name).ok().filter(|value| !value.is_empty())?;
        Some((value, &**name))
    })
}

/// Speaks of the methods that generated builders have, as those are what a user calls.
fn explain(kind: &str, input: &Input, environment: bool) -> String {
    let Input { name, setter, variables, .. } = input;
    let variables = variables.join(" or ");
    if environment {
        format!(
            "the {kind} `{name}` is missing: neither `.{setter}(…)` was called on the builder, nor \
             is {variables} set in the environment"
        )
    } else {
        format!(
            "the {kind} `{name}` is missing or empty: call `.{setter}(…)` on the builder, or \
             `.from_env()` with {variables} set"
        )
    }
}
