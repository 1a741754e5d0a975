//! A record that is changed: text as it was sent, taken apart only where a step leads.

use std::borrow::Cow;

use serde_json::value::RawValue;

use crate::{Extra, error::Misread, plan::Str};

/// How many lists may be one inside the other on the way to a field.
pub(super) const LISTS: usize = 32;

/// A value: JSON text, or its parts.
#[derive(Debug, Clone)]
pub(super) enum Node<'a> {
    Text(Cow<'a, str>),
    Object(Vec<Member<'a>>),
    List(Vec<Node<'a>>),
}

/// A member of an object.
#[derive(Debug, Clone)]
pub(super) struct Member<'a> {
    /// Borrowed as it is written between its quotes, owned if that needs escapes.
    pub(super) name: Cow<'a, str>,
    pub(super) value: Node<'a>,
}

impl<'a> Node<'a> {
    /// A value that a parser has gone over.
    pub(super) fn of(json: &'a str) -> Node<'a> {
        Node::Text(Cow::Borrowed(json))
    }

    pub(super) fn owned(json: String) -> Node<'a> {
        Node::Text(Cow::Owned(json))
    }

    pub(super) fn is_null(&self) -> bool {
        matches!(self, Node::Text(text) if text == "null")
    }

    /// The members of an object.
    pub(super) fn members(&mut self) -> Option<&mut Vec<Member<'a>>> {
        self.take_apart();
        match self {
            Node::Object(members) => Some(members),
            Node::Text(_) | Node::List(_) => None,
        }
    }

    /// The elements of a list.
    pub(super) fn elements(&mut self) -> Option<&mut Vec<Node<'a>>> {
        self.take_apart();
        match self {
            Node::List(elements) => Some(elements),
            Node::Text(_) | Node::Object(_) => None,
        }
    }

    fn take_apart(&mut self) {
        let parts = match self {
            Node::Text(Cow::Borrowed(text)) => parts(text),
            Node::Text(Cow::Owned(text)) => parts(text).map(Node::into_owned),
            Node::Object(_) | Node::List(_) => None,
        };
        if let Some(parts) = parts {
            *self = parts;
        }
    }

    fn into_owned<'b>(self) -> Node<'b> {
        match self {
            Node::Text(text) => Node::owned(text.into_owned()),
            Node::Object(members) => Node::Object(
                members
                    .into_iter()
                    .map(|Member { name, value }| Member {
                        name: Cow::Owned(name.into_owned()),
                        value: value.into_owned(),
                    })
                    .collect(),
            ),
            Node::List(elements) => {
                Node::List(elements.into_iter().map(Node::into_owned).collect())
            }
        }
    }

    /// Appends the JSON text.
    pub(super) fn write(&self, json: &mut String) {
        match self {
            Node::Text(text) => json.push_str(text),
            Node::Object(members) => {
                json.push('{');
                for (index, Member { name, value }) in members.iter().enumerate() {
                    if index > 0 {
                        json.push(',');
                    }
                    match name {
                        Cow::Borrowed(written) => {
                            json.extend(["\"", *written, "\""]);
                        }
                        Cow::Owned(name) => json.push_str(&quoted(name)),
                    }
                    json.push(':');
                    value.write(json);
                }
                json.push('}');
            }
            Node::List(elements) => {
                json.push('[');
                for (index, element) in elements.iter().enumerate() {
                    if index > 0 {
                        json.push(',');
                    }
                    element.write(json);
                }
                json.push(']');
            }
        }
    }

    /// The JSON text of what is no object.
    pub(super) fn json_of_plain(&self) -> Option<String> {
        match self {
            Node::Text(text) if !text.starts_with('{') => Some(text.to_string()),
            Node::List(_) => Some(self.json()),
            Node::Text(_) | Node::Object(_) => None,
        }
    }

    /// The JSON text.
    pub(super) fn json(&self) -> String {
        let mut json = String::new();
        self.write(&mut json);
        json
    }
}

/// The parts of an object or a list.
fn parts(json: &str) -> Option<Node<'_>> {
    match json.as_bytes().first()? {
        b'{' => {
            let members = Extra::members_of(json).into_iter();
            let member = |(name, value)| Member { name, value: Node::of(value) };
            Some(Node::Object(members.map(member).collect()))
        }
        b'[' => {
            let elements: Vec<&RawValue> = serde_json::from_str(json).ok()?;
            Some(Node::List(elements.into_iter().map(|raw| Node::of(raw.get())).collect()))
        }
        _ => None,
    }
}

/// Text as JSON.
pub(super) fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// A path as messages show it.
pub(super) fn shown(path: &[Str]) -> String {
    path.join(".")
}

/// The same mistake, seen from what has it in the field of this name.
pub(super) fn in_field(misread: Misread, name: &str) -> Misread {
    let field = match misread.field {
        None => name.to_owned(),
        Some(field) if field.is_empty() => name.to_owned(),
        Some(field) if field.starts_with('[') => format!("{name}{field}"),
        Some(field) => format!("{name}.{field}"),
    };
    Misread { field: Some(field), ..misread }
}

/// A list is nested too deep for what is in it to be looked for.
pub(super) fn too_deep() -> Misread {
    let what = format!("lists are nested more than {LISTS} deep on the way to a field of a step");
    Misread { what, ..Misread::default() }
}
