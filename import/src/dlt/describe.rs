//! From the values of a configuration to a description: the keys are the same, instances of classes get their
//! form as data, credentials become names of secrets, and what only Python knows becomes a gap.

use super::{
    class,
    sent::without_credentials,
    value::{Kind, Value},
};
use crate::{
    description::{Mapping, Node},
    gap::Gap,
    secret,
    vault::Vault,
};

/// Why the name of a secret stands where the file has a text.
const PLAIN: &str = "the file has the secret itself, which is not copied";

/// What parallel requests need here is nothing, and the rest is for dlt's engine.
const WITHOUT_EFFECT: [&str; 1] = ["parallelized"];

/// Describes values, and collects what cannot be.
pub(super) struct Describer<'g> {
    /// What could not be brought over.
    pub(super) gaps: &'g mut Vec<Gap>,
    /// The credentials of the file.
    vault: &'g mut Vault,
    /// The keys that lead to what is described.
    place: Vec<String>,
}

impl<'g> Describer<'g> {
    /// One that adds gaps to these.
    pub(super) fn new(gaps: &'g mut Vec<Gap>, vault: &'g mut Vault) -> Describer<'g> {
        Describer { gaps, vault, place: Vec::new() }
    }

    /// What a value is in a description, if anything, below a key.
    pub(super) fn below(&mut self, key: &str, value: &Value) -> Option<Node> {
        self.place.push(key.to_owned());
        let node = self.node(key, value);
        self.place.pop();
        node
    }

    /// Whether something is missing because only Python knows it.
    pub(super) fn is_missing(&mut self, value: &Value) -> bool {
        let Kind::Unknown(code, what) = &value.kind else { return false };
        let message = format!("`{}`: {what}", self.place.join("."));
        self.gaps.push(Gap::new(code, format!("line {}", value.line), message));
        true
    }

    fn node(&mut self, key: &str, value: &Value) -> Option<Node> {
        if self.is_missing(value) {
            return None;
        }
        Some(match &value.kind {
            Kind::Nothing => Node::Plain("null".to_owned()),
            Kind::Bool(value) => Node::truth(*value),
            Kind::Number(number) => Node::Plain(number.clone()),
            Kind::Text(text) => Node::Text(without_credentials(self.vault, &self.place, text)),
            Kind::Secret => Node::Text(format!("{{secrets.{}}}", secret::named(key))),
            Kind::Setting => Node::Text(format!("{{config.{}}}", secret::named(key))),
            Kind::List(items) => {
                let mut nodes = Vec::new();
                for (at, item) in items.iter().enumerate() {
                    let node = self.below(&at.to_string(), item);
                    // A condition without its action would mean something else.
                    let is_part = key == "response_actions" && item.has_unknown();
                    nodes.extend(node.filter(|_| !is_part));
                }
                if nodes.is_empty() && !items.is_empty() {
                    return None;
                }
                Node::List(nodes)
            }
            Kind::Dict(entries) => {
                let mapping = self.mapping(entries);
                if mapping.is_empty() && !entries.is_empty() {
                    return None;
                }
                let is_bearer = key == "auth" && mapping.get("type").is_none();
                Node::Map(if is_bearer { typed("bearer", mapping) } else { mapping })
            }
            Kind::Instance(class, arguments) => Node::Map(self.instance(class, arguments)),
            Kind::Unknown(..) => return None,
        })
    }

    /// The entries of a dictionary.
    pub(super) fn mapping(&mut self, entries: &[(String, Value)]) -> Mapping {
        let mut mapping = Mapping::new();
        for (key, value) in entries {
            if WITHOUT_EFFECT.contains(&key.as_str()) {
                continue;
            }
            let Some(node) = self.below(key, value) else { continue };
            let is_copied = match (&node, &value.kind) {
                (Node::Text(text), Kind::Text(own)) => text == own || own.starts_with("{config."),
                _ => true,
            };
            let reason = if is_copied { value.reason.clone() } else { Some(PLAIN.to_owned()) };
            mapping.put(key, node, reason);
        }
        mapping
    }

    /// An instance of one of dlt's classes.
    fn instance(&mut self, class: &str, arguments: &[(Option<String>, Value)]) -> Mapping {
        let mut entries = Vec::new();
        for (at, (name, value)) in arguments.iter().enumerate() {
            let name = name.as_deref().or_else(|| class::argument(class, at));
            entries.push((name.unwrap_or("argument").to_owned(), value.clone()));
        }
        let is_param = self.place.iter().rev().nth(1).is_some_and(|of| of == "params");
        let kind = class::kind(class).or(is_param.then_some("incremental"));
        let mapping = self.mapping(&entries);
        match kind {
            Some(kind) => typed(kind, mapping),
            None => mapping,
        }
    }
}

/// A mapping with its `type` first.
fn typed(kind: &str, mapping: Mapping) -> Mapping {
    let mut typed = Mapping::of([("type", Node::text(kind))]);
    typed.entries.extend(mapping.entries);
    typed
}
