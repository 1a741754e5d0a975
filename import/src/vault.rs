//! Keeps credentials out of a description: each becomes the name of a secret, wherever its value stands.

use std::collections::HashSet;

use crate::{
    description::{Mapping, Node},
    document::Value,
    secret,
    variable::{self, marked},
};

/// Shorter values are not looked for in other texts: they may stand there by chance.
const SHORT: usize = 8;

/// The credentials that were found.
#[derive(Default)]
pub(crate) struct Vault {
    known: Vec<Credential>,
    /// What looks like credentials and is none.
    public: HashSet<String>,
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
    pub(crate) fn keep(&mut self, name: &str, place: &str, value: &str) -> String {
        let place = place.to_ascii_lowercase();
        let same = self.known.iter().find(|known| known.value == value);
        let renewed = self.known.iter().find(|known| known.place == place);
        let value = &variable::named(value, name);
        let name = match same.or(renewed) {
            Some(known) => known.name.clone(),
            None => self.free(&secret::named(name)),
        };
        let placeholder = format!("{{secrets.{name}}}");
        if same.is_none() {
            self.known.push(Credential { value: value.to_owned(), name, place });
        }
        placeholder
    }

    /// A name that no other credential has.
    fn free(&self, name: &str) -> String {
        let is_free = |name: &String| self.known.iter().all(|known| known.name != *name);
        let names = std::iter::once(name.to_owned()).chain((2..).map(|n| format!("{name}_{n}")));
        names.into_iter().find(is_free).unwrap_or_else(|| name.to_owned())
    }

    /// Adds a value that is no credential, whatever it looks like.
    pub(crate) fn publish(&mut self, value: &str) {
        self.public.insert(value.to_owned());
    }

    /// Whether what was sent under a name is a credential.
    pub(crate) fn is_credential(&self, name: &str, value: &str) -> bool {
        secret::is_sent(name, value) && !self.public.contains(value)
    }

    /// A value as a description may have it: the name of a secret if it is a credential, else the text, in
    /// which braces stand for themselves.
    pub(crate) fn text(&mut self, name: &str, value: &str) -> String {
        if value.is_empty() {
            return String::new();
        }
        if self.is_credential(name, value) {
            return self.keep(name, name, value);
        }
        if value.contains('=') && !value.contains('{') {
            return self.raw(value);
        }
        let value = variable::named(value, name);
        self.word(name, &value)
    }

    fn word(&mut self, name: &str, value: &str) -> String {
        let is_between = |c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_' | '.');
        for word in value.split(is_between).filter(|word| secret::is_value(word)) {
            if !self.public.contains(word) {
                self.keep(name, word, word);
            }
        }
        for variable in variable::names(value).filter(|name| secret::is_name(name)) {
            self.keep(variable, variable, &marked(variable));
        }
        self.hidden(escaped(value))
    }

    /// A text of several words: what follows the name of a credential is one, as in
    /// `<password>…</password>` and `password=…`.
    pub(crate) fn raw(&mut self, text: &str) -> String {
        let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
        let mut hidden = String::new();
        let mut name = "";
        let mut rest = text;
        while let Some(start) = rest.find(is_part) {
            let (between, after) = rest.split_at(start);
            hidden.push_str(&self.word("", between));
            let is_value = between.contains(['=', ':', '>']) && !between.contains('<');
            let is_credential = is_value && secret::is_name(name);
            let ends_credential = |c: char| {
                c.is_whitespace() || matches!(c, '&' | ';' | ',' | '<' | '"' | '\'' | '}')
            };
            let is_end = |c: char| if is_credential { ends_credential(c) } else { !is_part(c) };
            let end = after.find(is_end).unwrap_or(after.len());
            let word = &after[..end];
            if is_credential {
                hidden.push_str(&self.keep(name, name, word));
            } else {
                hidden.push_str(&self.word("", word));
            }
            (name, rest) = (word, &after[end..]);
        }
        hidden.push_str(&self.word("", rest));
        self.hidden(hidden)
    }

    /// A text in which braces are those of placeholders, without the credentials that are known.
    pub(crate) fn hide(&self, text: &str) -> String {
        match self.known.iter().find(|known| known.value == text) {
            Some(known) => format!("{{secrets.{}}}", known.name),
            None => self.hidden(text.to_owned()),
        }
    }

    /// A text without the credentials that are known.
    fn hidden(&self, mut text: String) -> String {
        for Credential { value, name, .. } in &self.known {
            if value.len() >= SHORT && text.contains(value.as_str()) {
                text = text.replace(value.as_str(), &format!("{{secrets.{name}}}"));
            }
        }
        variable::settings(&text)
    }

    /// A JSON value of this name as a description may have it.
    pub(crate) fn json(&mut self, name: &str, value: &Value) -> Node {
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
                    let key = escaped(name);
                    mapping.set(&key, self.json(name, value));
                }
                Node::Map(mapping)
            }
        }
    }
}

/// A text in which braces stand for themselves.
fn escaped(text: &str) -> String {
    text.replace('{', "{{").replace('}', "}}")
}
