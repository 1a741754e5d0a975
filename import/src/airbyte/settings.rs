//! Settings and secrets, from the `spec` of the manifest. Only those that something uses are described.

use super::naming::identifier;
use crate::{
    description::{Mapping, Node},
    document::Value,
    secret,
};

/// How deep members of the configuration lie.
const MOST_DEPTH: usize = 6;

/// The settings of a manifest.
#[derive(Default)]
pub(super) struct Settings {
    declared: Vec<Setting>,
}

/// A member of the configuration.
#[derive(Default)]
struct Setting {
    path: Vec<String>,
    name: String,
    is_secret: bool,
    standing: Standing,
    kind: Option<&'static str>,
    default: Option<Node>,
    description: Option<String>,
    /// Whether something uses it.
    is_used: bool,
    /// Why it is needed although the spec does not require it.
    needed_by: Option<&'static str>,
}

/// What the spec says of a setting.
#[derive(Default, PartialEq, Eq)]
enum Standing {
    /// It requires it.
    Required,
    /// It declares it.
    #[default]
    Optional,
    /// It does not have it.
    Unknown,
}

impl Settings {
    /// Those that the spec of a manifest declares.
    pub(super) fn of(manifest: &Value) -> Settings {
        let mut settings = Settings::default();
        if let Some(spec) =
            manifest.get("spec").and_then(|spec| spec.get("connection_specification"))
        {
            settings.declare(spec, &mut Vec::new(), true);
        }
        // A name alone if no other setting has it.
        let names: Vec<String> = settings.declared.iter().map(|of| identifier(last(of))).collect();
        for (at, setting) in settings.declared.iter_mut().enumerate() {
            let is_shared = names.iter().enumerate().any(|(o, name)| o != at && *name == names[at]);
            setting.name =
                if is_shared { identifier(&setting.path.join("_")) } else { names[at].clone() };
        }
        settings
    }

    fn declare(&mut self, object: &Value, path: &mut Vec<String>, is_required: bool) {
        let required = object.list_of("required");
        for (name, member) in object.members_of("properties") {
            path.push(name.to_owned());
            let is_required =
                is_required && required.iter().any(|required| required.text() == Some(name));
            let has_members =
                ["properties", "oneOf", "anyOf"].iter().any(|key| member.get(key).is_some());
            if has_members && path.len() < MOST_DEPTH {
                self.declare(member, path, is_required);
                for option in member.list_of("oneOf").iter().chain(member.list_of("anyOf")) {
                    // What one of several options requires is needed only where that is chosen.
                    self.declare(option, path, is_required);
                }
            } else {
                self.add(member, path, is_required);
            }
            path.pop();
        }
    }

    fn add(&mut self, member: &Value, path: &[String], is_required: bool) {
        if self.declared.iter().any(|of| of.path == path) {
            return;
        }
        let kind = match member.get("type") {
            Some(Value::List(kinds)) => {
                kinds.iter().filter_map(Value::text).find(|kind| *kind != "null")
            }
            kind => kind.and_then(Value::text),
        };
        let default = member.get("default").or(member.get("const"));
        let is_credential = kind == Some("string")
            && default.is_some()
            && path.last().is_some_and(|name| secret::is_name(name));
        self.declared.push(Setting {
            path: path.to_vec(),
            // A default that is a credential is not copied.
            is_secret: member.is_true("airbyte_secret") || is_credential,
            standing: if is_required { Standing::Required } else { Standing::Optional },
            kind: match kind {
                Some("integer") => Some("integer"),
                Some("boolean") => Some("boolean"),
                Some("array") => Some("list"),
                _ => None,
            },
            default: default.and_then(|value| default_of(value, kind)),
            description: member
                .text_of("description")
                .or(member.text_of("title"))
                .map(prose)
                .filter(|text| !text.is_empty()),
            ..Setting::default()
        });
    }

    /// Whether a member may have a value: the spec declares it, it has the name of a credential, or there is no spec.
    pub(super) fn may_be(&self, path: &[&str]) -> bool {
        let is_declared = |of: &Setting| of.standing != Standing::Unknown;
        self.position(path).is_some()
            || path.last().is_some_and(|name| secret::is_name(name))
            || !self.declared.iter().any(is_declared)
    }

    fn position(&self, path: &[&str]) -> Option<usize> {
        self.declared.iter().position(|of| of.path == path && of.standing != Standing::Unknown)
    }

    /// The setting at a path, which is declared if it is not yet.
    fn setting(&mut self, path: &[&str]) -> &mut Setting {
        let known = self.declared.iter().position(|of| of.path == path);
        let at = known.unwrap_or_else(|| {
            let short = identifier(path.last().copied().unwrap_or_default());
            let is_taken = self.declared.iter().any(|of| of.name == short);
            let name = if is_taken { identifier(&path.join("_")) } else { short };
            let path = path.iter().map(|key| (*key).to_owned()).collect();
            self.declared.push(Setting {
                is_secret: secret::is_name(&name),
                path,
                name,
                standing: Standing::Unknown,
                ..Setting::default()
            });
            self.declared.len() - 1
        });
        &mut self.declared[at]
    }

    /// The placeholder of a member of the configuration.
    pub(super) fn placeholder(&mut self, path: &[&str]) -> String {
        let setting = self.setting(path);
        setting.is_used = true;
        let kind = if setting.is_secret { "secrets" } else { "config" };
        format!("{{{kind}.{}}}", setting.name)
    }

    /// The same where a value must be there.
    pub(super) fn needed(&mut self, path: &[&str], by: &'static str) -> String {
        let setting = self.setting(path);
        setting.needed_by = setting.needed_by.or(Some(by));
        self.placeholder(path)
    }

    /// Has a setting be a secret, whatever the spec calls it.
    pub(super) fn secret(&mut self, path: &[&str]) {
        self.setting(path).is_secret = true;
    }

    /// Has a setting a default, unless the spec gives it one.
    pub(super) fn set_default(&mut self, path: &[&str], default: Node) {
        let setting = self.setting(path);
        if setting.default.is_none() && !setting.is_secret && setting.standing != Standing::Required
        {
            setting.default = Some(default);
        }
    }

    /// Has a setting be of a type.
    pub(super) fn set_kind(&mut self, path: &[&str], kind: Option<&'static str>) {
        let setting = self.setting(path);
        setting.kind = kind;
        let default = setting.default.take();
        setting.default = match (kind, default) {
            (Some("list"), Some(default @ Node::List(_))) => Some(default),
            (Some("list"), _) | (None, Some(Node::List(_))) => None,
            (_, default) => default,
        };
    }

    /// Whether a setting is no credential, as it has a value or is no text.
    pub(super) fn has_value(&self, path: &[&str]) -> bool {
        self.position(path).is_some_and(|at| {
            self.declared[at].default.is_some() || self.declared[at].kind.is_some()
        })
    }

    /// Whether an address is known: it has a scheme, or is a setting with a default.
    pub(super) fn is_valued(&self, address: &str) -> bool {
        let name = address.strip_prefix("{config.").and_then(|rest| rest.split_once('}'));
        name.is_none_or(|(name, _)| {
            self.declared.iter().any(|of| of.name == name && of.default.is_some())
        })
    }

    /// Has a setting that chooses one of several words be the first one by default.
    pub(super) fn set_words(&mut self, path: &[&str], first: &str) {
        let setting = self.setting(path);
        setting.standing = Standing::Required;
        setting.default = Some(Node::text(first));
    }

    /// A setting that the manifest does not have: `now`. Of several with one name each has its default.
    pub(super) fn own(&mut self, name: &str, default: Option<&str>, description: &str) -> String {
        let default = default.map(Node::text);
        let names = std::iter::once(name.to_owned()).chain((2..20).map(|n| format!("{name}_{n}")));
        let free = names.into_iter().find(|name| {
            let known = self.declared.iter().find(|of| of.name == *name);
            known
                .is_none_or(|known| known.default == default && known.standing == Standing::Unknown)
        });
        let name = free.unwrap_or_else(|| name.to_owned());
        let setting = self.setting(&[name.as_str()]);
        setting.default = default;
        setting.description = Some(description.to_owned());
        self.placeholder(&[name.as_str()])
    }

    /// The placeholders of settings that turned out to be secret, and what they are then.
    pub(super) fn late_secrets(&self) -> Vec<(String, String)> {
        let secrets = self.declared.iter().filter(|of| of.is_used && of.is_secret);
        secrets
            .map(|of| (format!("{{config.{}}}", of.name), format!("{{secrets.{}}}", of.name)))
            .collect()
    }

    /// The block `config`, of the settings that the description names.
    pub(super) fn described(&self, described: &[&Node]) -> Mapping {
        let mut config = Mapping::new();
        let is_named = |name: &str| {
            let placeholder = format!("{{config.{name}}}");
            let has = |node: &Node| node.has_text(&|text: &str| text.contains(&placeholder));
            let defaults = self.declared.iter().filter_map(|of| of.default.as_ref());
            described.iter().copied().chain(defaults).any(has)
        };
        let used = |of: &&Setting| of.is_used && !of.is_secret && is_named(&of.name);
        for setting in self.declared.iter().filter(used) {
            let mut block = Mapping::new();
            if let Some(kind) = setting.kind {
                block.set("type", Node::text(kind));
            }
            let mut reason = (setting.standing == Standing::Unknown)
                .then(|| "the manifest uses it, but its `spec` does not declare it".to_owned())
                .filter(|_| setting.default.is_none());
            match (&setting.default, setting.needed_by) {
                (Some(default), _) => block.set("default", default.clone()),
                (None, Some(by)) if setting.standing == Standing::Optional => {
                    reason = Some(format!("optional in the manifest, but {by} needs it"));
                }
                (None, None) if setting.standing != Standing::Required => {
                    block.set("optional", Node::truth(true));
                }
                (None, _) => {}
            }
            if let Some(text) = &setting.description {
                block.set("description", Node::text(text.as_str()));
            }
            config.put(&setting.name, block.into(), reason);
        }
        config
    }
}

fn last(setting: &Setting) -> &str {
    setting.path.last().map(String::as_str).unwrap_or_default()
}

/// The default that a spec gives a member.
fn default_of(value: &Value, kind: Option<&str>) -> Option<Node> {
    match value {
        Value::Text(text) if text.is_empty() => None,
        Value::List(items) => {
            let items: Option<Vec<Node>> =
                items.iter().map(|item| item.scalar().map(Node::Text)).collect();
            items.filter(|items| !items.is_empty()).map(Node::List)
        }
        Value::Bool(value) if kind == Some("boolean") => Some(Node::truth(*value)),
        Value::Number(_) if kind == Some("integer") => value.whole().map(Node::number),
        value => value.scalar().map(Node::Text),
    }
}

/// A description without the HTML that specs have, on one line.
fn prose(text: &str) -> String {
    let mut prose = String::new();
    let mut is_tag = false;
    for c in text.chars() {
        match c {
            '<' => is_tag = true,
            '>' if is_tag => is_tag = false,
            c if !is_tag => prose.push(c),
            _ => {}
        }
    }
    prose.split_whitespace().collect::<Vec<_>>().join(" ")
}
