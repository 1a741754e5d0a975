//! Where references within a document lead.

use crate::document::Value;

/// How many references may follow one another.
const MOST_REFERENCES: usize = 32;

static NOTHING: Value = Value::Null;

/// A document whose parts may refer to each other, `{$ref: "#/components/schemas/Order"}`.
pub(crate) struct Document<'a> {
    root: &'a Value,
    /// Whether its schemas are those of samples, which have what they show and nothing else.
    pub(super) is_of_samples: bool,
}

impl<'a> Document<'a> {
    /// The document with this root.
    pub(crate) fn new(root: &'a Value) -> Document<'a> {
        Document { root, is_of_samples: false }
    }

    /// No document, of which schemas are made of samples.
    pub(crate) fn of_samples() -> Document<'a> {
        Document { root: &NOTHING, is_of_samples: true }
    }

    /// Where a reference leads, or the value itself if it is none. What leads out of the document, or nowhere,
    /// is nothing.
    pub(crate) fn resolve(&self, value: &'a Value) -> &'a Value {
        self.resolve_named(value).0
    }

    /// The same, with the last name of the last reference, which is that of a schema.
    pub(crate) fn resolve_named(&self, mut value: &'a Value) -> (&'a Value, Option<&'a str>) {
        let mut name = None;
        for _ in 0..MOST_REFERENCES {
            let Some(reference) = value.text_of("$ref") else { return (value, name) };
            name = reference.rsplit('/').next();
            match self.find(reference) {
                Some(found) => value = found,
                None => return (&NOTHING, name),
            }
        }
        (&NOTHING, name)
    }

    /// The reference of a value that leads out of the document, or nowhere.
    pub(crate) fn missing(&self, mut value: &'a Value) -> Option<&'a str> {
        for _ in 0..MOST_REFERENCES {
            let reference = value.text_of("$ref")?;
            match self.find(reference) {
                Some(found) => value = found,
                None => return Some(reference),
            }
        }
        None
    }

    /// Follows a JSON pointer of this document, `#/components/schemas/Order`.
    fn find(&self, reference: &str) -> Option<&'a Value> {
        let pointer = reference.strip_prefix('#')?;
        let mut value = self.root;
        for step in pointer.split('/').skip(1) {
            let step = unescaped(step);
            value = match value {
                Value::Map(members) => members.get(step.as_str())?,
                Value::List(items) => items.get(step.parse::<usize>().ok()?)?,
                _ => return None,
            };
        }
        Some(value)
    }
}

/// A step of a JSON pointer in a fragment: `~1` is a slash, `%7B` a brace.
fn unescaped(step: &str) -> String {
    let mut bytes = Vec::with_capacity(step.len());
    let mut rest = step.as_bytes();
    while let [first, after @ ..] = rest {
        let hex = (*first == b'%').then(|| step_hex(after)).flatten();
        bytes.push(hex.unwrap_or(*first));
        rest = if hex.is_some() { &after[2..] } else { after };
    }
    String::from_utf8_lossy(&bytes).replace("~1", "/").replace("~0", "~")
}

fn step_hex(digits: &[u8]) -> Option<u8> {
    let digits = std::str::from_utf8(digits.get(..2)?).ok()?;
    u8::from_str_radix(digits, 16).ok()
}
