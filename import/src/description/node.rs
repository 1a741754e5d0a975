//! A description as it is built: values, and keys with the reasons of what was guessed.

/// A value of a description.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Node {
    /// A number, `true`, `false` or `null`, as it is written.
    Plain(String),
    /// Text.
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// Keys with values.
    Map(Mapping),
}

impl Node {
    /// Text.
    pub(crate) fn text(text: impl Into<String>) -> Node {
        Node::Text(text.into())
    }

    /// A number.
    pub(crate) fn number(number: i64) -> Node {
        Node::Plain(number.to_string())
    }

    /// A text as it is sent: a number without quotes.
    pub(crate) fn word(text: &str) -> Node {
        match text.parse::<i64>() {
            Ok(number) if number.to_string() == text => Node::number(number),
            _ => Node::text(text),
        }
    }

    /// A truth value.
    pub(crate) fn truth(value: bool) -> Node {
        Node::Plain(value.to_string())
    }

    /// The mapping that it is.
    pub(crate) fn map(&self) -> Option<&Mapping> {
        match self {
            Node::Map(mapping) => Some(mapping),
            Node::Plain(_) | Node::Text(_) | Node::List(_) => None,
        }
    }

    /// The mapping that it is, to change.
    pub(crate) fn map_mut(&mut self) -> Option<&mut Mapping> {
        match self {
            Node::Map(mapping) => Some(mapping),
            Node::Plain(_) | Node::Text(_) | Node::List(_) => None,
        }
    }

    /// Removes what is at the keys of mappings, one within the other, and the mappings that are empty then.
    pub(crate) fn remove(&mut self, keys: &[&str]) {
        match (self.map_mut(), keys) {
            (Some(mapping), [key]) => _ = mapping.remove(key),
            (Some(mapping), [key, rest @ ..]) => {
                if let Some(below) = mapping.get_mut(key) {
                    below.remove(rest);
                    if below.map().is_some_and(Mapping::is_empty) {
                        mapping.remove(key);
                    }
                }
            }
            _ => {}
        }
    }

    /// Whether a text in it is such.
    pub(crate) fn has_text(&self, is_such: &impl Fn(&str) -> bool) -> bool {
        match self {
            Node::Plain(_) => false,
            Node::Text(text) => is_such(text),
            Node::List(items) => items.iter().any(|item| item.has_text(is_such)),
            Node::Map(mapping) => mapping.entries.iter().any(|entry| entry.value.has_text(is_such)),
        }
    }

    /// Whether it says the same, whatever the reasons in it are.
    pub(crate) fn says_same(&self, other: &Node) -> bool {
        match (self, other) {
            (Node::List(a), Node::List(b)) => {
                a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.says_same(b))
            }
            (Node::Map(a), Node::Map(b)) => {
                let mut pairs = a.entries.iter().zip(&b.entries);
                a.entries.len() == b.entries.len()
                    && pairs.all(|(a, b)| a.key == b.key && a.value.says_same(&b.value))
            }
            (a, b) => a == b,
        }
    }
}

impl From<Mapping> for Node {
    fn from(mapping: Mapping) -> Node {
        Node::Map(mapping)
    }
}

/// Keys with values, in the order in which they are written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Mapping {
    /// The entries, no two with one key.
    pub(crate) entries: Vec<Entry>,
}

/// A key with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    /// The key.
    pub(crate) key: String,
    /// Its value.
    pub(crate) value: Node,
    /// Why it is a guess; written as a comment.
    pub(crate) reason: Option<String>,
}

impl Mapping {
    /// An empty one.
    pub(crate) fn new() -> Mapping {
        Mapping::default()
    }

    /// One with these keys.
    pub(crate) fn of<const N: usize>(entries: [(&str, Node); N]) -> Mapping {
        let mut mapping = Mapping::new();
        for (key, value) in entries {
            mapping.set(key, value);
        }
        mapping
    }

    /// Sets a key to what the input says.
    pub(crate) fn set(&mut self, key: &str, value: impl Into<Node>) {
        self.put(key, value.into(), None);
    }

    /// Sets a key to a guess, with its reason.
    pub(crate) fn guess(&mut self, key: &str, value: impl Into<Node>, reason: impl Into<String>) {
        self.put(key, value.into(), Some(reason.into()));
    }

    /// Sets a key with the reason that there is.
    pub(crate) fn put(&mut self, key: &str, value: Node, reason: Option<String>) {
        match self.entries.iter_mut().find(|entry| entry.key == key) {
            Some(entry) => (entry.value, entry.reason) = (value, reason),
            None => self.entries.push(Entry { key: key.to_owned(), value, reason }),
        }
    }

    /// The value of a key.
    pub(crate) fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// The value of a key, to change.
    pub(crate) fn get_mut(&mut self, key: &str) -> Option<&mut Node> {
        self.entries.iter_mut().find(|entry| entry.key == key).map(|entry| &mut entry.value)
    }

    /// The text of a key.
    pub(crate) fn text(&self, key: &str) -> Option<&str> {
        match self.get(key) {
            Some(Node::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// A key with its value.
    pub(crate) fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.key == key)
    }

    /// Removes a key.
    pub(crate) fn remove(&mut self, key: &str) -> Option<Entry> {
        let at = self.entries.iter().position(|entry| entry.key == key)?;
        Some(self.entries.remove(at))
    }

    /// Whether it has no keys.
    pub(crate) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}
