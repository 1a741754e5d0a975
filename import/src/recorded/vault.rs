//! Keeps credentials out of a description: each becomes the name of a secret, wherever its value stands.

use crate::{
    description::{Mapping, Node},
    document::Value,
    secret,
};

/// Shorter values are not looked for in other texts: they may stand there by chance.
const SHORT: usize = 8;

/// The credentials that were found.
#[derive(Default)]
pub(super) struct Vault {
    known: Vec<Credential>,
}

struct Credential {
    value: String,
    /// The name of its secret.
    name: String,
    /// Where it was sent: a token that is renewed keeps its name, another credential gets another.
    place: String,
}

impl Vault {
    /// The name of a secret for a credential, `{secrets.api_key}`.
    pub(super) fn keep(&mut self, name: &str, place: &str, value: &str) -> String {
        let same = self.known.iter().find(|known| known.value == value);
        let renewed = self.known.iter().find(|known| known.place == place);
        let name = match same.or(renewed) {
            Some(known) => known.name.clone(),
            None => self.free(&secret::named(name)),
        };
        let placeholder = format!("{{secrets.{name}}}");
        if same.is_none() {
            let (value, place) = (value.to_owned(), place.to_owned());
            self.known.push(Credential { value, name, place });
        }
        placeholder
    }

    /// A name that no other credential has.
    fn free(&self, name: &str) -> String {
        let is_free = |name: &String| self.known.iter().all(|known| known.name != *name);
        let names = std::iter::once(name.to_owned()).chain((2..).map(|n| format!("{name}_{n}")));
        names.into_iter().find(is_free).unwrap_or_else(|| name.to_owned())
    }

    /// A value as a description may have it: the name of a secret if it is a credential, else the text, in
    /// which braces stand for themselves.
    pub(super) fn text(&mut self, name: &str, value: &str) -> String {
        if value.is_empty() {
            return String::new();
        }
        if secret::is_name(name) || secret::is_value(value) {
            return self.keep(name, name, value);
        }
        let mut text = value.replace('{', "{{").replace('}', "}}");
        for Credential { value, name, .. } in &self.known {
            if value.len() >= SHORT && text.contains(value.as_str()) {
                text = text.replace(value.as_str(), &format!("{{secrets.{name}}}"));
            }
        }
        text
    }

    /// A JSON value of this name as a description may have it.
    pub(super) fn json(&mut self, name: &str, value: &Value) -> Node {
        match value {
            Value::Null => Node::Plain("null".to_owned()),
            Value::Bool(value) => Node::truth(*value),
            Value::Number(number) if secret::is_name(name) => {
                Node::Text(self.keep(name, name, number))
            }
            Value::Number(number) => Node::Plain(number.clone()),
            Value::Text(text) => Node::Text(self.text(name, text)),
            Value::List(items) => {
                Node::List(items.iter().map(|item| self.json(name, item)).collect())
            }
            Value::Map(members) => {
                let mut mapping = Mapping::new();
                for (name, value) in members {
                    let key = name.replace('{', "{{").replace('}', "}}");
                    mapping.set(&key, self.json(name, value));
                }
                Node::Map(mapping)
            }
        }
    }
}
