//! Credentials: settings that turned out to be secrets after something had named them, and literals of the
//! manifest, which become names of secrets.

use crate::{
    description::{Mapping, Node},
    gap::Gap,
    secret,
};

/// Keys of an authentication whose values are credentials.
const OF_AUTH: [&str; 7] =
    ["token", "password", "api_key", "client_secret", "refresh_token", "secret_key", "private_key"];
/// Keys of a description under which an API's own names stand.
const OF_API: [&str; 6] = [
    "params",
    "headers",
    "json",
    "data",
    "access_token_request_data",
    "access_token_request_headers",
];
/// Shorter literals are not looked for in messages: they may stand there by chance.
const SHORT: usize = 4;

/// A node in which placeholders are replaced, each by the one beside it.
pub(super) fn named(node: Node, secrets: &[(String, String)]) -> Node {
    match node {
        Node::Text(mut text) => {
            for (setting, secret) in secrets {
                text = text.replace(setting, secret);
            }
            Node::Text(text)
        }
        Node::List(items) => {
            Node::List(items.into_iter().map(|item| named(item, secrets)).collect())
        }
        Node::Map(Mapping { mut entries }) => {
            for entry in &mut entries {
                let value = std::mem::replace(&mut entry.value, Node::Plain(String::new()));
                entry.value = named(value, secrets);
            }
            Node::Map(Mapping { entries })
        }
        plain @ Node::Plain(_) => plain,
    }
}

/// Where a value stands, by which its name says whether it is a credential.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Within {
    /// A description's own keys.
    Description,
    /// An authentication.
    Auth,
    /// Parameters or headers.
    Request,
    /// A body, in which a `key` is mostly that of an object.
    Body,
}

/// Literals that are credentials.
#[derive(Default)]
pub(super) struct Literals {
    /// The literals and the names of their secrets.
    known: Vec<(String, String)>,
    /// Names of secrets that the description has already.
    taken: Vec<String>,
}

impl Literals {
    /// Those beside the secrets that a description has.
    pub(super) fn beside(described: &[&Node]) -> Literals {
        let mut literals = Literals::default();
        for node in described {
            literals.take(node);
        }
        literals
    }

    /// The same node with names of secrets for its credentials.
    pub(super) fn replaced(&mut self, node: Node) -> Node {
        self.node("", node, Within::Description)
    }

    /// Hides the values of secrets in messages.
    pub(super) fn hide(&self, gaps: &mut [Gap]) {
        for (literal, _) in self.known.iter().filter(|(literal, _)| literal.len() >= SHORT) {
            for gap in gaps.iter_mut().filter(|gap| gap.message.contains(literal)) {
                gap.message = gap.message.replace(literal, "…");
            }
        }
    }

    fn take(&mut self, node: &Node) {
        match node {
            Node::Text(text) => {
                let names = text.split("{secrets.").skip(1);
                let names = names.filter_map(|rest| rest.split_once('}'));
                self.taken.extend(names.map(|(name, _)| name.to_owned()));
            }
            Node::List(items) => items.iter().for_each(|item| self.take(item)),
            Node::Map(mapping) => mapping.entries.iter().for_each(|entry| self.take(&entry.value)),
            Node::Plain(_) => {}
        }
    }

    fn node(&mut self, name: &str, node: Node, within: Within) -> Node {
        match node {
            Node::Text(text) => Node::Text(self.text(name, text, within)),
            Node::Plain(number)
                if within != Within::Description
                    && is_credential(name, &number, within)
                    && number.parse::<f64>().is_ok() =>
            {
                Node::Text(self.keep(name, &number))
            }
            Node::List(items) => {
                Node::List(items.into_iter().map(|item| self.node(name, item, within)).collect())
            }
            Node::Map(mut mapping) => {
                for entry in &mut mapping.entries {
                    let within = match (within, entry.key.as_str()) {
                        (Within::Request | Within::Body, _) => within,
                        (_, "auth" | "options") => Within::Auth,
                        (_, "json" | "data") => Within::Body,
                        (_, key) if OF_API.contains(&key) => Within::Request,
                        (within, _) => within,
                    };
                    let value = std::mem::replace(&mut entry.value, Node::Plain(String::new()));
                    entry.value = self.node(&entry.key, value, within);
                }
                Node::Map(mapping)
            }
            plain @ Node::Plain(_) => plain,
        }
    }

    fn text(&mut self, name: &str, text: String, within: Within) -> String {
        if text.contains("://") {
            return self.address(&text);
        }
        if text.contains('{') || !is_credential(name, &text, within) {
            return text;
        }
        // What is before a space names the kind: `Bearer …`.
        match text.split_once(' ') {
            Some((kind, literal)) if !literal.trim().is_empty() => {
                format!("{kind} {}", self.keep(name, literal.trim()))
            }
            _ => self.keep(name, &text),
        }
    }

    /// An address, in whose query a credential may be.
    fn address(&mut self, text: &str) -> String {
        let Some((address, query)) = text.split_once('?') else { return text.to_owned() };
        let pairs = query.split('&').map(|pair| match pair.split_once('=') {
            Some((name, value)) if !value.contains('{') && secret::is_name(name) => {
                format!("{name}={}", self.keep(name, value))
            }
            _ => pair.to_owned(),
        });
        format!("{address}?{}", pairs.collect::<Vec<_>>().join("&"))
    }

    /// The placeholder of a literal's secret.
    fn keep(&mut self, name: &str, literal: &str) -> String {
        if let Some((_, name)) = self.known.iter().find(|(known, _)| known == literal) {
            return format!("{{secrets.{name}}}");
        }
        let name = secret::named(name);
        let names = std::iter::once(name.clone()).chain((2..).map(|n| format!("{name}_{n}")));
        let free = names.into_iter().find(|name| !self.taken.contains(name)).unwrap_or(name);
        self.taken.push(free.clone());
        self.known.push((literal.to_owned(), free.clone()));
        format!("{{secrets.{free}}}")
    }
}

/// Whether a literal of this name is a credential.
fn is_credential(name: &str, literal: &str, within: Within) -> bool {
    let is_named = match within {
        Within::Description => return false,
        Within::Auth => OF_AUTH.contains(&name),
        Within::Request => secret::is_name(name),
        Within::Body => secret::is_name(name) && name != "key",
    };
    (is_named && !literal.trim().is_empty()) || secret::is_value(literal)
}
