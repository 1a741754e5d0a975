//! What a response says beside its records: the single values in its objects.

use serde_json::Value;

/// How many objects may lie one inside the other.
const DEPTH: usize = 4;

/// A value, and where it stands.
#[derive(Clone)]
pub(super) struct Fact<'a> {
    pub(super) path: Vec<&'a str>,
    /// The last key without case and punctuation: `nextpagetoken` for `next_page_token`.
    pub(super) word: String,
    pub(super) value: &'a Value,
}

impl Fact<'_> {
    pub(super) fn owned_path(&self) -> Vec<String> {
        self.path.iter().map(|key| (*key).to_owned()).collect()
    }

    pub(super) fn key(&self) -> &str {
        self.path.last().copied().unwrap_or_default()
    }

    /// The word of the object that it stands in, if that is a member.
    pub(super) fn parent(&self) -> String {
        self.path.iter().rev().nth(1).map(|key| word(key)).unwrap_or_default()
    }

    /// A whole number, also as text.
    pub(super) fn number(&self) -> Option<u64> {
        match self.value {
            Value::Number(number) => number.as_u64(),
            Value::String(text) => text.parse().ok(),
            _ => None,
        }
    }

    /// Whether it stands in the same object.
    pub(super) fn is_beside(&self, other: &Fact<'_>) -> bool {
        self.path.split_last().map(|(_, above)| above)
            == other.path.split_last().map(|(_, above)| above)
    }
}

/// The facts of a body, those of outer objects first. Lists, and what is at `records`, are passed
/// over.
pub(super) fn facts<'a>(body: &'a Value, records: &[&str]) -> Vec<Fact<'a>> {
    let mut facts = Vec::new();
    let mut level = vec![(Vec::new(), body)];
    for _ in 0..DEPTH {
        let mut below = Vec::new();
        for (path, value) in level {
            let Value::Object(members) = value else { continue };
            for (key, value) in members {
                let mut path: Vec<&str> = path.clone();
                path.push(key);
                match value {
                    _ if path == records => {}
                    Value::Object(_) => below.push((path, value)),
                    Value::Array(_) => {}
                    _ => facts.push(Fact { path, word: word(key), value }),
                }
            }
        }
        level = below;
    }
    facts
}

/// A key without case and punctuation.
pub(super) fn word(key: &str) -> String {
    key.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
