//! The settings that a file declares, and whether what they are fits where their values go.

use std::collections::HashSet;

use rest_source_plan::{Part, Relative, SettingType, Template};

use super::{
    input::{Declared, Inputs, Kind},
    literal::json_text,
};
use crate::{
    config::{ConfigSetting, SettingDefault},
    diagnostic::{Code, Diagnostic, Diagnostics, all_of, closest},
    parse::{Map, find_placeholder, refuse_placeholder},
    source::{Span, Spanned},
    yaml::Node,
};

/// What may fill a text of the file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Filling {
    /// Whether a list may, if it is the whole of the text.
    lists: bool,
    /// Whether what is made of the text is left out if a setting has no value.
    unset: bool,
    number: Option<Number>,
}

/// What number a text must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Number {
    /// A whole one of at least this.
    Count(u64),
    Any,
}

impl Filling {
    /// A text that must be there.
    pub(super) const TEXT: Filling = Filling { lists: false, unset: false, number: None };
    /// A text that may be left out.
    pub(super) const OMITTED: Filling = Filling { unset: true, ..Filling::TEXT };
    /// A value of a request, which is sent once for each of a list.
    pub(super) const VALUE: Filling = Filling { lists: true, ..Filling::OMITTED };
    /// Values, at least one.
    pub(super) const VALUES: Filling = Filling { lists: true, ..Filling::TEXT };
    /// A number.
    pub(super) const NUMBER: Filling = Filling { number: Some(Number::Any), ..Filling::OMITTED };

    /// A whole number, at least so large.
    pub(super) const fn count(least: u64) -> Filling {
        Filling { number: Some(Number::Count(least)), ..Filling::OMITTED }
    }

    /// Whether what is made of the text must be there.
    pub(super) const fn is_required(self) -> bool {
        !self.unset
    }

    /// The same within a text, which takes no list.
    pub(super) const fn within_text(self) -> Filling {
        Filling { lists: false, ..self }
    }

    /// The same where it must be there.
    pub(super) const fn required(self) -> Filling {
        Filling { unset: false, ..self }
    }
}

impl Inputs {
    /// Takes the settings that a file declares.
    pub(super) fn declare(
        &mut self,
        config: Option<&Map<Option<ConfigSetting>>>,
        diagnostics: &mut Diagnostics,
    ) {
        let entries = config.map(|config| &config.entries[..]).unwrap_or_default();
        let mut declared = Vec::new();
        for (name, setting) in entries {
            if Self::is_valid(Kind::Config, &name.value, name.span, diagnostics) {
                self.add_declared(&name.value, name.span);
                declared.push((name, setting));
            }
        }
        self.used.clear();
        for (name, setting) in declared {
            let mut read = Declared { span: name.span, ..Declared::default() };
            if let Some(setting) = setting {
                self.read_declared(&name.value, setting, &mut read, diagnostics);
            }
            self.declared.insert(name.value.clone(), read);
        }
        for (name, _) in entries {
            self.check_default(&name.value, diagnostics);
        }
    }

    fn read_declared(
        &mut self,
        name: &str,
        setting: &ConfigSetting,
        read: &mut Declared,
        diagnostics: &mut Diagnostics,
    ) {
        read.optional = setting.optional.get().is_some_and(|optional| optional.value);
        read.description = setting.description.get().map(|text| text.0.clone().into());
        read.data_type = setting.r#type.get().map(|of| of.value);
        read.is_typed = read.data_type.is_some();
        let Some(Spanned { value: default, span }) = setting.default.get() else { return };
        read.default_span = *span;
        let (template, data_type) = match default {
            SettingDefault::One(text, data_type) => {
                (self.read_settings(text, *span, diagnostics), *data_type)
            }
            SettingDefault::Many(items) => {
                if items.iter().any(|(item, _)| refuse_placeholder(item, *span, diagnostics)) {
                    return;
                }
                let items: Vec<String> =
                    items.iter().map(|(item, data_type)| element(item, *data_type)).collect();
                (Template::text(format!("[{}]", items.join(","))), SettingType::List)
            }
        };
        let wanted = *read.data_type.get_or_insert(data_type);
        if let Some(text) = template.as_text() {
            if text.is_empty() {
                let message = format!("the default of `{name}` is empty");
                diagnostics.push(
                    Diagnostic::error(Code::SettingType, *span, message)
                        .help("a setting that may have no value is `optional: true`"),
                );
                return;
            }
            let fits = match (wanted, data_type) {
                (SettingType::List, of) => of == SettingType::List,
                (_, SettingType::List) => false,
                (wanted, _) => fits(wanted, text),
            };
            if !fits {
                let message = format!("the default of `{name}` must be {}", expected(wanted));
                diagnostics.push(Diagnostic::error(Code::SettingType, *span, message));
                return;
            }
            if wanted == SettingType::Text
                && Relative::is_begun(text)
                && Relative::read(text).is_none()
            {
                let message = format!("`{text}` is not a time");
                diagnostics.push(
                    Diagnostic::error(Code::SettingType, *span, message)
                        .help(format!("write {}", Relative::FORMS)),
                );
                return;
            }
        }
        read.default = Some(template);
    }

    /// What a default is made of must be there, and not the setting itself.
    fn check_default(&mut self, name: &str, diagnostics: &mut Diagnostics) {
        let Some(declared) = self.declared.get(name) else { return };
        let Some(template) = declared.default.as_ref().filter(|of| of.as_text().is_none()) else {
            return;
        };
        let (span, data_type) = (declared.default_span, declared.data_type);
        let filling = Filling {
            lists: data_type == Some(SettingType::List),
            unset: declared.optional,
            number: match data_type {
                Some(SettingType::Integer) => Some(Number::Any),
                _ => None,
            },
        };
        self.check_filling(template, filling, span, diagnostics);
        if let (Some(wanted), Some(text)) = (data_type, self.default_text(template))
            && !fits(wanted, &text)
        {
            let message = format!(
                "the default of `{name}` must be {}, and is `{text}` by the defaults of others",
                expected(wanted)
            );
            diagnostics.push(Diagnostic::error(Code::SettingType, span, message));
        }
        let is_relative = |named: &str| {
            let default = self.declared.get(named).and_then(|of| of.default.as_ref()?.as_text());
            default.is_some_and(|default| Relative::read(default).is_some())
        };
        if template.0.len() > 1
            && let Some(relative) = settings(template).find(|named| is_relative(named))
        {
            let message = format!("`{relative}` is relative to a run, and no part of other text");
            diagnostics.push(Diagnostic::error(Code::SettingType, span, message));
        }
        let mut way = vec![name];
        let mut left = vec![(name, settings(template).collect::<Vec<_>>())];
        let mut seen = HashSet::new();
        while let Some((_, named)) = left.last_mut() {
            let Some(next) = named.pop() else {
                left.pop();
                way.pop();
                continue;
            };
            if next == name {
                // The first of them in the file says so.
                let is_first = way.iter().all(|other| {
                    self.declared
                        .get(*other)
                        .is_none_or(|other| other.span.start >= declared.span.start)
                });
                if is_first {
                    let names = all_of(way.iter().copied());
                    let message = format!("the default of `{name}` is made of itself, by {names}");
                    diagnostics.push(
                        Diagnostic::error(Code::SettingCycle, span, message)
                            .help("give one of them a value of its own"),
                    );
                }
                return;
            }
            let default = self.declared.get(next).and_then(|of| of.default.as_ref());
            if let Some(default) = default.filter(|_| seen.insert(next)) {
                way.push(next);
                left.push((next, settings(default).collect()));
            }
        }
    }

    /// What the value of a setting is, as far as the file says it.
    pub(super) fn type_of(&self, name: &str) -> Option<SettingType> {
        match self.declared.get(name) {
            Some(declared) => declared.data_type,
            None => self.lists.contains(name).then_some(SettingType::List),
        }
    }

    /// Whether a setting is or may be a list, which it is then.
    pub(super) fn takes_list(&mut self, name: &str) -> bool {
        if self.type_of(name).is_none() {
            self.lists.insert(name.to_owned());
            if let Some(declared) = self.declared.get_mut(name) {
                declared.data_type = Some(SettingType::List);
            }
        }
        self.type_of(name) == Some(SettingType::List)
    }

    /// Whether the settings in a text are what is needed there.
    pub(super) fn check_filling(
        &self,
        template: &Template,
        filling: Filling,
        span: Span,
        diagnostics: &mut Diagnostics,
    ) {
        let is_alone = template.0.len() == 1;
        for name in settings(template) {
            let data_type = self.type_of(name);
            let declared = self.declared.get(name);
            let is_list = data_type == Some(SettingType::List);
            let mut misfit = |message: String, help: &str| {
                let mut diagnostic = Diagnostic::error(Code::SettingType, span, message).help(help);
                if let Some(declared) = declared {
                    diagnostic = diagnostic.label(declared.span, "the setting");
                }
                diagnostics.push(diagnostic);
            };
            if is_list && !(filling.lists && is_alone) {
                let help = if filling.lists {
                    "write it as the whole of the value, which is then sent once for each element"
                } else {
                    "declare it `type: text`, or fetch the resource `for_each` of its values"
                };
                misfit(format!("`{name}` is a list, and one text is required here"), help);
            } else if declared.is_some_and(|of| of.optional) && !filling.unset {
                misfit(
                    format!("`{name}` is optional, and this cannot be left out"),
                    "leave out `optional`, and give it a `default` where it has one",
                );
            }
            let is_number = match (filling.number, data_type) {
                (Some(_), Some(SettingType::Boolean)) => false,
                // A default that is text names no type.
                (Some(Number::Count(_)), Some(SettingType::Text)) => {
                    !declared.is_some_and(|of| of.is_typed)
                }
                _ => true,
            };
            if !is_number {
                let message = format!("`{name}` is no number, and one is required here");
                misfit(message, "declare it `type: integer`");
            }
        }
        if let Some(Number::Count(least)) = filling.number
            && let Some(text) = self.default_text(template)
            && text.trim().parse::<u64>().ok().is_none_or(|number| number < least)
        {
            let message = format!("with its default this is `{text}`");
            let help = format!("a whole number of {least} or above is required here");
            diagnostics.push(Diagnostic::error(Code::SettingType, span, message).help(help));
        }
    }

    /// A text with the defaults of its settings; `None` if one has none, or what it is depends on others.
    pub(super) fn default_text(&self, template: &Template) -> Option<String> {
        let mut filled = String::new();
        let mut has_gaps = false;
        for part in template.0.iter() {
            match part {
                Part::Text(text) => filled.push_str(text),
                Part::Config(name) => {
                    has_gaps = true;
                    filled.push_str(self.declared.get(&**name)?.default.as_ref()?.as_text()?);
                }
                _ => return None,
            }
        }
        has_gaps.then_some(filled)
    }

    /// Whether a text is a setting whose value is a number.
    pub(super) fn is_number(&self, template: &Template) -> bool {
        let [Part::Config(name)] = &*template.0 else { return false };
        self.type_of(name) == Some(SettingType::Integer)
    }

    /// A setting that the file declares and nowhere uses.
    pub(super) fn check_used(&self, document: &Node, diagnostics: &mut Diagnostics) {
        let mut unused: Vec<(&String, Span)> = self
            .declared
            .iter()
            .filter(|(name, _)| !self.used.contains(*name))
            .map(|(name, declared)| (name, declared.span))
            .collect();
        if unused.is_empty() {
            return;
        }
        // What is wrong with the text that uses it has been reported.
        document.each_text(&mut |text| {
            if find_placeholder(text).is_some() {
                let names = |name: &str| {
                    let found = text.match_indices("config.");
                    let mut after = found.map(|(at, sign)| &text[at + sign.len()..]);
                    after.any(|rest| {
                        let rest = rest.strip_prefix(name);
                        rest.is_some_and(|rest| !rest.starts_with(|c: char| is_part(c)))
                    })
                };
                unused.retain(|(name, _)| !names(name));
            }
        });
        unused.sort_by_key(|(_, span)| span.start);
        for (name, span) in unused {
            let message = format!("nothing uses the setting `{name}`");
            let undeclared = self.used.iter().filter(|used| !self.declared.contains_key(*used));
            let help = match closest(name, undeclared.map(String::as_str)) {
                Some(slip) => format!(
                    "a text names `{{config.{slip}}}`, which is not declared: write `{{config.{name}}}` there"
                ),
                None => format!("write `\"{{config.{name}}}\"` where its value goes"),
            };
            diagnostics.push(Diagnostic::error(Code::Unused, span, message).help(help));
        }
    }
}

/// Whether a character may be part of a name.
fn is_part(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

/// The settings that a text names.
fn settings(template: &Template) -> impl Iterator<Item = &str> {
    template.0.iter().filter_map(|part| match part {
        Part::Config(name) => Some(&**name),
        _ => None,
    })
}

/// Whether a text is of a type, as far as that shows.
fn fits(data_type: SettingType, text: &str) -> bool {
    match data_type {
        SettingType::Text | SettingType::List => true,
        SettingType::Integer => text.parse::<i64>().is_ok(),
        SettingType::Boolean => matches!(text, "true" | "false"),
    }
}

/// An element of a list as JSON: what a setting of its own would be, with every character of it.
fn element(text: &str, data_type: SettingType) -> String {
    let is_same = match data_type {
        SettingType::Integer => text.parse().is_ok_and(|number: i64| number.to_string() == text),
        SettingType::Boolean => matches!(text, "true" | "false"),
        SettingType::Text | SettingType::List => false,
    };
    if is_same { text.to_owned() } else { json_text(text) }
}

fn expected(data_type: SettingType) -> &'static str {
    match data_type {
        SettingType::List => "a list: `[a, b]`",
        other => other.expected(),
    }
}
