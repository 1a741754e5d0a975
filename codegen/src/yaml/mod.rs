//! YAML as a tree in which every key and every value knows its place.

mod help;
mod key;
mod load;
mod offsets;
mod surrogate;

pub use self::load::{Loaded, MAX_BYTES, load};
use crate::source::Span;

/// A value and its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// The whole of it. For an alias this is where it is used; the nodes below keep the places of
    /// their definition.
    pub span: Span,
    /// What it is.
    pub value: Value,
}

/// What a node is.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Text, a number, a truth value or nothing: which one, is decided where it is read.
    Scalar(Scalar),
    /// A list.
    Sequence(Vec<Node>),
    /// Keys with values.
    Mapping(Mapping),
}

/// A scalar as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scalar {
    /// The content, without quotes and with escapes resolved.
    pub text: String,
    /// Whether it stood without quotes, and so may be something else than text.
    pub plain: bool,
}

/// What a plain scalar is by the core schema of YAML 1.2, in which `no` and `on` are text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Kind {
    /// `null`, `~` or nothing at all.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number or one with a fraction.
    Number,
    /// Anything else, and everything in quotes.
    Text,
}

/// Keys with values, in the file's order; no key stands twice.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Mapping {
    /// The entries.
    pub entries: Vec<Entry>,
}

/// A key with its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// Where the key stands.
    pub key_span: Span,
    /// The value.
    pub value: Node,
}

impl Node {
    /// Whether it is nothing: `null`, `~` or an empty value.
    pub fn is_null(&self) -> bool {
        matches!(&self.value, Value::Scalar(scalar) if scalar.kind() == Kind::Null)
    }

    /// Calls `visit` with every text in it, keys too.
    pub fn each_text(&self, visit: &mut impl FnMut(&str)) {
        match &self.value {
            Value::Scalar(scalar) => visit(&scalar.text),
            Value::Sequence(items) => items.iter().for_each(|item| item.each_text(visit)),
            Value::Mapping(mapping) => {
                for entry in &mapping.entries {
                    visit(&entry.key);
                    entry.value.each_text(visit);
                }
            }
        }
    }

    /// What it is, for a message: «the number `5`».
    pub fn describe(&self) -> String {
        match &self.value {
            Value::Sequence(_) => "a list".to_owned(),
            Value::Mapping(_) => "a mapping".to_owned(),
            Value::Scalar(scalar) => match scalar.kind() {
                Kind::Null => "nothing".to_owned(),
                Kind::Bool(_) => format!("the truth value `{}`", scalar.text),
                Kind::Number => format!("the number `{}`", scalar.text),
                Kind::Text
                    if scalar.text.len() <= 40 && !scalar.text.contains(char::is_control) =>
                {
                    format!("the text `{}`", scalar.text)
                }
                Kind::Text => "text".to_owned(),
            },
        }
    }
}

impl Scalar {
    /// What it is.
    pub fn kind(&self) -> Kind {
        if !self.plain {
            return Kind::Text;
        }
        match self.text.as_str() {
            "" | "~" | "null" | "Null" | "NULL" => Kind::Null,
            "true" | "True" | "TRUE" => Kind::Bool(true),
            "false" | "False" | "FALSE" => Kind::Bool(false),
            text if is_number(text) => Kind::Number,
            _ => Kind::Text,
        }
    }
}

/// A decimal number: `5`, `-1`, `+2.50`, `1e3`. `0755`, `0x1F`, `.5`, `1_000` and `.inf` are read
/// differently from one YAML library to the next, so that they count as text here.
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let ambiguous = digits.len() > 1 && digits.starts_with('0') && !digits.starts_with("0.");
    digits.starts_with(|c: char| c.is_ascii_digit())
        && !ambiguous
        && digits.bytes().all(|b| matches!(b, b'0'..=b'9' | b'.' | b'e' | b'E' | b'+' | b'-'))
        && text.parse::<f64>().is_ok()
}

impl Mapping {
    /// The entry of this key.
    pub fn get(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.key == key)
    }
}
