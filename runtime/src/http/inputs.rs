//! What a client needs and its plan only names: secrets and settings, set on the builder or found
//! in the environment.

use std::{borrow::Cow, str::FromStr};

use jiff::Timestamp;
use reqwest::header::{HeaderMap, HeaderName};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;

use super::{
    header::header,
    json_template::{self, Gaps},
    path::{Path, is_address},
    settings::{Settings, Unset},
};
use crate::{
    error::Reason,
    plan::{AuthValue, Configurable, Input, JsonTemplate, Part, SourcePlan, Str, Template},
};

/// The secrets and settings that a plan lists, with their values.
pub(crate) struct Inputs {
    /// The source's name, for errors.
    source: String,
    secrets: Vec<Secret>,
    settings: Settings,
    /// When it was made, which settings are relative to that the whole client has.
    now: Timestamp,
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
    ) -> Result<Inputs, Reason> {
        let mut missing = Vec::new();
        let mut collected = Inputs {
            source: plan.name.to_string(),
            secrets: Vec::new(),
            settings: Settings::default(),
            now: Timestamp::now(),
        };
        known(plan, "secret", &plan.secrets, secrets.iter().map(|(name, _)| name))?;
        known(plan, "setting", &plan.config, config.iter().map(|(name, _)| name))?;
        // Which secrets and settings are needed is said by settings.
        let found = |input: &Input| {
            let found = if environment { read(input) } else { None };
            found.map(|(value, _)| value)
        };
        let (settings, unset) = Settings::collect(&plan.config, config, found);
        collected.settings = settings;
        let mut missing_settings = Vec::new();
        for unset in unset {
            match unset {
                Unset::Missing(input) if !collected.needs(input) => {}
                Unset::Missing(input) => {
                    missing_settings.push(explain("setting", input, environment));
                }
                Unset::Wrong(why) => missing_settings.push(why.into()),
            }
        }
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
                None if collected.needs(input) => {
                    missing.push(explain("secret", input, environment));
                }
                None => {}
            }
        }
        missing.append(&mut missing_settings);
        if missing.is_empty() { Ok(collected) } else { Err(missing.join("\n").into()) }
    }

    /// Whether a client with these settings needs a secret or a setting.
    fn needs(&self, input: &Input) -> bool {
        input.is_needed(|name| self.config(name).ok().flatten().map(str::to_owned))
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
    pub(crate) fn secret(&self, name: &str) -> Result<&str, Reason> {
        let secret = self.secrets.iter().find(|secret| secret.name == name);
        secret.map(|secret| secret.value.expose_secret()).ok_or_else(|| {
            format!("{} uses the secret `{name}` and does not list it", self.source).into()
        })
    }

    /// The secret that a checkpoint calls so.
    pub(crate) fn kept(&self, name: &str) -> Result<SecretString, Reason> {
        let secret = name
            .strip_prefix("secrets.")
            .and_then(|name| self.secrets.iter().find(|secret| secret.name == name));
        secret.map(|secret| secret.value.clone()).ok_or_else(|| {
            format!(
                "the checkpoint names `{name}`, and {} has no such secret any more; begin again \
                 without it",
                self.source
            )
            .into()
        })
    }

    /// The setting of this name, as it was set; `None` if it is optional and has no value.
    pub(crate) fn config(&self, name: &str) -> Result<Option<&str>, Reason> {
        self.settings.text(name).ok_or_else(|| self.unlisted(name))
    }

    /// The value of the setting of this name in a run that began then; `null` if it has none.
    pub(crate) fn setting(&self, name: &str, now: Timestamp) -> Result<Value, Reason> {
        self.settings.value(name, now).ok_or_else(|| self.unlisted(name))?
    }

    /// Whether any setting depends on when a run begins.
    pub(crate) fn may_be_of_now(&self) -> bool {
        self.settings.are_relative()
    }

    /// Whether what fills a text depends on when a run begins.
    pub(crate) fn is_of_now(&self, template: &Template) -> bool {
        template.0.iter().any(|part| match part {
            Part::Config(name) => self.settings.is_relative(name),
            _ => false,
        })
    }

    /// Whether a text has an optional setting in it that has no value, so that there is no such text.
    pub(crate) fn is_unset(&self, template: &Template) -> bool {
        template.0.iter().any(|part| match part {
            Part::Config(name) => self.settings.text(name) == Some(None),
            _ => false,
        })
    }

    fn unlisted(&self, name: &str) -> Reason {
        format!("{} uses the setting `{name}` and does not list it", self.source).into()
    }

    /// The text of a template that holds for the whole client: what only a request has cannot stand
    /// in it.
    pub(crate) fn fill(&self, template: &Template) -> Result<SecretString, Reason> {
        self.fill_with(template, &|_| None)
    }

    /// The same where `values` has what an authentication names beside secrets and settings.
    pub(crate) fn fill_with(
        &self,
        template: &Template,
        values: &dyn Fn(AuthValue) -> Option<Str>,
    ) -> Result<SecretString, Reason> {
        let filled = self.filled_with(template, values)?;
        filled.ok_or_else(|| format!("{} has no value", settings(template)).into())
    }

    /// The same as [`fill`](Self::fill); `None` if an optional setting in it has no value.
    pub(crate) fn filled(&self, template: &Template) -> Result<Option<SecretString>, Reason> {
        self.filled_with(template, &|_| None)
    }

    /// The text with what an authentication names beside secrets and settings; `None` if an optional
    /// setting in it has no value.
    fn filled_with(
        &self,
        template: &Template,
        values: &dyn Fn(AuthValue) -> Option<Str>,
    ) -> Result<Option<SecretString>, Reason> {
        let mut text = String::new();
        for part in template.0.iter() {
            match part {
                Part::Text(part) => text.push_str(part),
                Part::Secret(name) => text.push_str(self.secret(name)?),
                Part::Config(name) => match self.setting(name, self.now)? {
                    Value::Null => return Ok(None),
                    value => text.push_str(&plain(value)?),
                },
                Part::Auth(value) => text.push_str(&values(*value).ok_or_else(|| {
                    format!("`{{{}}}` has no value where the plan names it", value.name())
                })?),
                Part::Argument(_)
                | Part::Parent(_)
                | Part::Incremental(_)
                | Part::Formatted(_)
                | Part::PageCursor(_)
                | Part::Paginator(_)
                | Part::Param(_)
                | Part::Record(_)
                | Part::Each(_) => {
                    return Err("the plan of the client names what only a request has".into());
                }
            }
        }
        Ok(Some(text.into()))
    }

    /// A path, with each gap filled by one segment or a part of one; a setting that it begins with may be a
    /// whole address.
    pub(crate) fn path(&self, template: &Template) -> Result<String, Reason> {
        let mut path = Path::default();
        for (at, part) in template.0.iter().enumerate() {
            if let Part::Text(text) = part {
                path.push(text);
                continue;
            }
            let value = self.fill(&Template(vec![part.clone()].into()))?;
            match value.expose_secret() {
                address if at == 0 && is_address(address) => path.push(address),
                value => {
                    path.push_value(value).map_err(|why| why.with_context(settings(template)))?;
                }
            }
        }
        path.finish().map_err(|why| why.with_context(settings(template)))
    }

    /// The value of JSON whose gaps the client fills, with what an authentication names beside secrets and
    /// settings; `None` if all of it is an optional setting that has no value.
    pub(crate) fn json(
        &self,
        template: &JsonTemplate,
        values: &dyn Fn(AuthValue) -> Option<Str>,
    ) -> Result<Option<Value>, Reason> {
        json_template::fill(template, &ClientGaps { inputs: self, values })
    }

    /// The same for text that is no secret.
    pub(crate) fn text(&self, template: &Template) -> Result<Str, Reason> {
        match &*template.0 {
            [Part::Text(text)] => Ok(text.clone()),
            _ => self.fill(template).map(|text| text.expose_secret().to_owned().into()),
        }
    }

    /// The texts of a template: several if it is a list, none if an optional setting in it has no value.
    pub(crate) fn texts(&self, template: &Template) -> Result<Vec<Str>, Reason> {
        if let [Part::Config(name)] = &*template.0
            && let Value::Array(items) = self.setting(name, self.now)?
        {
            return items.into_iter().map(|item| plain(item).map(Str::from)).collect();
        }
        let text = self.filled(template)?;
        Ok(text.into_iter().map(|text| text.expose_secret().to_owned().into()).collect())
    }

    /// The same for a name, which cannot be empty.
    pub(crate) fn name(&self, template: &Template) -> Result<Str, Reason> {
        let name = self.text(template)?;
        if name.is_empty() {
            return Err(
                format!("{} is empty, and the name of something", settings(template)).into()
            );
        }
        Ok(name)
    }

    /// Headers of every request.
    pub(crate) fn headers(&self, plan: &[(Template, Template)]) -> Result<HeaderMap, Reason> {
        let mut headers = HeaderMap::new();
        for (name, template) in plan {
            let name = self.name(name)?;
            let name = HeaderName::from_bytes(name.as_bytes())
                .map_err(|_| format!("`{name}` is not the name of a header"))?;
            let Some(value) = self.filled(template)? else { continue };
            let mut value = header(&name, value.expose_secret())?;
            value.set_sensitive(template.0.iter().any(|part| matches!(part, Part::Secret(_))));
            headers.insert(name, value);
        }
        Ok(headers)
    }

    /// A value that the plan knows or that is read from a template's text. `expected` says what it
    /// must be: «a whole number».
    pub(crate) fn value<T: Clone + FromStr>(
        &self,
        value: &Configurable<T>,
        expected: &str,
    ) -> Result<T, Reason> {
        let given = self.given(Some(value), expected)?;
        Ok(given.ok_or_else(|| match value {
            Configurable::Template(template) => format!("{} has no value", settings(template)),
            Configurable::Known(_) => format!("{expected} is missing"),
        })?)
    }

    /// The same for one that may be left out: `None` if an optional setting in it has no value.
    pub(crate) fn given<T: Clone + FromStr>(
        &self,
        value: Option<&Configurable<T>>,
        expected: &str,
    ) -> Result<Option<T>, Reason> {
        let template = match value {
            None => return Ok(None),
            Some(Configurable::Known(value)) => return Ok(Some(value.clone())),
            Some(Configurable::Template(template)) => template,
        };
        let Some(text) = self.filled(template)? else { return Ok(None) };
        let text = text.expose_secret();
        text.trim().parse().map(Some).map_err(|_| {
            format!("{} must be {expected}, found `{text}`", settings(template)).into()
        })
    }

    /// Sets in a plan what settings give of its client.
    pub(crate) fn set(&self, plan: &mut Cow<'static, SourcePlan>) -> Result<(), Reason> {
        for (setting, template) in plan.settings.clone().iter() {
            let Some(text) = self.filled(template)? else { continue };
            let text = text.expose_secret();
            plan.to_mut().set(*setting, text).map_err(|expected| {
                let (key, settings) = (setting.name(), settings(template));
                format!("`{key}`: {settings} must be {expected}, found `{text}`")
            })?;
        }
        Ok(())
    }

    /// A whole number, 0 or above.
    pub(crate) fn count(&self, value: &Configurable<u64>) -> Result<u64, Reason> {
        self.value(value, COUNT)
    }

    /// The same for one that may be left out.
    pub(crate) fn optional_count(
        &self,
        value: Option<&Configurable<u64>>,
    ) -> Result<Option<u64>, Reason> {
        self.given(value, COUNT)
    }
}

struct ClientGaps<'a> {
    inputs: &'a Inputs,
    values: &'a dyn Fn(AuthValue) -> Option<Str>,
}

impl Gaps for ClientGaps<'_> {
    fn name(&self, template: &Template) -> Result<Option<String>, Reason> {
        let filled = self.inputs.filled_with(template, self.values)?;
        Ok(filled.map(|text| text.expose_secret().to_owned()))
    }

    fn value(&self, template: &Template) -> Result<Option<Value>, Reason> {
        match &*template.0 {
            [Part::Config(name)] => {
                let value = self.inputs.setting(name, self.inputs.now)?;
                Ok((!value.is_null()).then_some(value))
            }
            _ => Ok(self.name(template)?.map(Value::from)),
        }
    }
}

const COUNT: &str = "a whole number, 0 or above";

/// The settings that a template names, for errors.
pub(super) fn settings(template: &Template) -> String {
    let named = template.0.iter().filter_map(|part| match part {
        Part::Config(name) => Some(format!("`{name}`")),
        _ => None,
    });
    format!("the setting {}", named.collect::<Vec<_>>().join(" with "))
}

/// A value as it is written in a text.
fn plain(value: Value) -> Result<String, Reason> {
    match value {
        Value::String(text) => Ok(text),
        Value::Array(_) | Value::Object(_) => {
            Err(format!("{value} cannot be a part of a text").into())
        }
        value => Ok(value.to_string()),
    }
}

/// What was set must be something that the plan lists.
fn known<'a>(
    plan: &SourcePlan,
    kind: &str,
    listed: &[Input],
    mut set: impl Iterator<Item = &'a String>,
) -> Result<(), Reason> {
    match set.find(|name| listed.iter().all(|input| input.name != **name)) {
        Some(unknown) => Err(format!("{} has no {kind} `{unknown}`", plan.name).into()),
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
