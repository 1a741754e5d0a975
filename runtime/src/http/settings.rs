//! The settings of a client: what was set, found in the environment or is their default, each as what the plan says
//! that it is.

use jiff::Timestamp;
use serde_json::Value;

use crate::{
    error::Reason,
    plan::{Input, MomentForm, Part, Relative, SettingType, Template},
    record::calendar,
};

/// The settings that a plan lists, with their values.
#[derive(Default)]
pub(crate) struct Settings(Vec<Setting>);

struct Setting {
    name: String,
    data_type: SettingType,
    /// `None` of one that is optional and not set.
    value: Option<String>,
    /// Whether its value may depend on when a run begins.
    is_relative: bool,
}

impl Setting {
    /// What is wrong with a time that is meant to be relative to a run.
    fn wrong_time(&self) -> Option<Reason> {
        let Setting { name, value, is_relative, .. } = self;
        let value = value.as_deref().filter(|_| *is_relative)?;
        let is_wrong = Relative::is_begun(value) && Relative::read(value).is_none();
        is_wrong.then(|| {
            format!(
                "the setting `{name}` is `{value}`, which is no time: write {}",
                Relative::FORMS
            )
            .into()
        })
    }
}

/// A setting whose value is yet to be found.
pub(super) enum Unset<'a> {
    /// It is nowhere.
    Missing(&'a Input),
    /// What it was set to does not fit, for this reason.
    Wrong(Reason),
}

impl Settings {
    /// The settings with what was `set` and what is `found` elsewhere.
    pub(super) fn collect<'a>(
        inputs: &'a [Input],
        set: &[(String, String)],
        found: impl Fn(&Input) -> Option<String>,
    ) -> (Settings, Vec<Unset<'a>>) {
        let (mut settings, mut unset) = (Settings::default(), Vec::new());
        let mut left: Vec<&Input> = Vec::new();
        for input in inputs {
            let given = set.iter().rev().find(|(name, _)| *name == input.name);
            // One that was set to nothing is set; of the environment, which has no such will, `found`
            // gives none.
            match given.map(|(_, value)| value.clone()).or_else(|| found(input)) {
                Some(value) if value.is_empty() && input.optional => settings.add(input, None),
                Some(value) => match read(input, &value) {
                    Ok(value) => settings.add(input, Some(value)),
                    Err(why) => unset.push(Unset::Wrong(why)),
                },
                None if input.default.is_some() => left.push(input),
                None if input.optional => settings.add(input, None),
                None => unset.push(Unset::Missing(input)),
            }
        }
        // A default may be made of others, whose own may be made of others.
        while !left.is_empty() {
            let before = left.len();
            left.retain(|input| {
                let template = input.default.as_ref();
                match template.and_then(|template| settings.of_default(template)) {
                    None => return true,
                    Some(None) if input.optional => settings.add(input, None),
                    Some(None) => unset.push(Unset::Missing(input)),
                    Some(Some(value)) => match read(input, &value) {
                        Ok(value) => settings.add(input, Some(value)),
                        Err(why) => unset.push(Unset::Wrong(why)),
                    },
                }
                false
            });
            if left.len() == before {
                // What they are made of has been told of.
                let left = left.drain(..).filter(|_| unset.is_empty()).map(Unset::Missing);
                let left: Vec<_> = left.collect();
                unset.extend(left);
            }
        }
        unset.extend(settings.0.iter().filter_map(Setting::wrong_time).map(Unset::Wrong));
        (settings, unset)
    }

    fn add(&mut self, input: &Input, value: Option<String>) {
        let default = input.default.as_ref().and_then(|default| self.of_default(default)).flatten();
        let is_relative = default.is_some_and(|default| Relative::read(&default).is_some());
        let (name, data_type) = (input.name.to_string(), input.data_type);
        self.0.push(Setting { name, data_type, value, is_relative });
    }

    /// What a default is: nothing yet, or nothing at all where an optional setting has no value.
    #[expect(
        clippy::option_option,
        reason = "what is not known yet is another thing than no value"
    )]
    fn of_default(&self, template: &Template) -> Option<Option<String>> {
        let mut text = String::new();
        for part in template.0.iter() {
            match part {
                Part::Text(part) => text.push_str(part),
                Part::Config(name) => match &self.named(name)?.value {
                    Some(value) => text.push_str(value),
                    None => return Some(None),
                },
                _ => return None,
            }
        }
        Some(Some(text))
    }

    fn named(&self, name: &str) -> Option<&Setting> {
        self.0.iter().find(|setting| setting.name == name)
    }

    /// The text of a setting, as it was set; the inner `None` if it has no value.
    #[expect(clippy::option_option, reason = "what is not listed is another thing than no value")]
    pub(super) fn text(&self, name: &str) -> Option<Option<&str>> {
        self.named(name).map(|setting| setting.value.as_deref())
    }

    /// The value of a setting in a run that began then; `null` if it has none.
    pub(super) fn value(&self, name: &str, now: Timestamp) -> Option<Result<Value, Reason>> {
        let setting = self.named(name)?;
        let Some(text) = &setting.value else { return Some(Ok(Value::Null)) };
        Some(match setting.data_type {
            SettingType::Text => match Relative::read(text).filter(|_| setting.is_relative) {
                Some(relative) => calendar::relative(now, relative)
                    .map(|moment| Value::from(MomentForm::utc().write(moment))),
                None => Ok(Value::from(text.as_str())),
            },
            SettingType::Integer | SettingType::Boolean | SettingType::List => {
                serde_json::from_str(text).map_err(|error| format!("`{name}`: {error}").into())
            }
        })
    }

    /// Whether that of any setting depends on when a run begins.
    pub(super) fn are_relative(&self) -> bool {
        self.0.iter().any(|setting| setting.is_relative)
    }

    /// Whether the value of a setting depends on when a run begins.
    pub(super) fn is_relative(&self, name: &str) -> bool {
        self.named(name).is_some_and(|setting| {
            let value = setting.value.as_deref();
            setting.is_relative && value.is_some_and(|value| Relative::read(value).is_some())
        })
    }
}

/// A value as the type of its setting is written: a list as JSON.
fn read(input: &Input, value: &str) -> Result<String, Reason> {
    let Input { name, data_type, .. } = input;
    let trimmed = value.trim();
    if value.is_empty() && (input.declared || *data_type != SettingType::Text) {
        return Err(format!(
            "the setting `{name}` is required, and was set to nothing; where it may have no value, \
             declare it `optional: true`"
        )
        .into());
    }
    let read = match data_type {
        SettingType::Text => Some(value.to_owned()),
        SettingType::Integer => trimmed.parse::<i64>().ok().map(|number| number.to_string()),
        SettingType::Boolean => match &*trimmed.to_ascii_lowercase() {
            "true" | "1" => Some("true".to_owned()),
            "false" | "0" => Some("false".to_owned()),
            _ => None,
        },
        SettingType::List => list(trimmed).map(|list| Value::from(list).to_string()),
    };
    read.ok_or_else(|| {
        format!("the setting `{name}` must be {}, found `{value}`", data_type.expected()).into()
    })
}

/// The elements of a list that is written as JSON, or as texts with commas between them. Numbers other than whole
/// ones are texts, as they are where a setting is one.
fn list(text: &str) -> Option<Vec<Value>> {
    if !text.starts_with('[') {
        let items = text.split(',').map(str::trim).filter(|item| !item.is_empty());
        return Some(items.map(Value::from).collect());
    }
    let items: Vec<Value> = serde_json::from_str(text).ok()?;
    let items = items.into_iter().map(|item| match item {
        Value::Number(number) if !number.is_i64() => Some(number.to_string().into()),
        Value::String(_) | Value::Number(_) | Value::Bool(_) => Some(item),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    });
    items.collect()
}
