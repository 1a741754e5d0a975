//! What an expression of Python comes to.

/// What an expression comes to, and where it is.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Value {
    /// What it is.
    pub(super) kind: Kind,
    /// Its line in the file.
    pub(super) line: usize,
    /// Where it begins in the file, by which two are known to be the same.
    pub(super) at: usize,
    /// Why it may be something else when the file runs.
    pub(super) reason: Option<String>,
}

/// What an expression comes to.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Kind {
    /// `None`.
    Nothing,
    /// A truth value.
    Bool(bool),
    /// A number, as a description writes it.
    Number(String),
    /// Text, in which secrets and settings are placeholders.
    Text(String),
    /// A list or a tuple.
    List(Vec<Value>),
    /// A dictionary.
    Dict(Vec<(String, Value)>),
    /// An instance of a class, with its arguments and their names.
    Instance(String, Vec<(Option<String>, Value)>),
    /// A secret that is named after its place: `dlt.secrets.value`.
    Secret,
    /// A setting that is named after its place: `dlt.config.value`.
    Setting,
    /// What only Python knows: the code of the gap, and what it is.
    Unknown(&'static str, String),
}

impl Value {
    /// The member of a dictionary.
    pub(super) fn get(&self, key: &str) -> Option<&Value> {
        let Kind::Dict(entries) = &self.kind else { return None };
        // Of several the last, as in Python.
        entries.iter().rev().find(|(name, _)| name == key).map(|(_, value)| value)
    }

    /// A text, or what would be one within a text.
    pub(super) fn text(&self) -> Option<String> {
        match &self.kind {
            Kind::Text(text) | Kind::Number(text) => Some(text.clone()),
            Kind::Bool(value) => Some(if *value { "True" } else { "False" }.to_owned()),
            _ => None,
        }
    }

    /// Whether only Python knows it.
    pub(super) fn is_unknown(&self) -> bool {
        matches!(self.kind, Kind::Unknown(..))
    }

    /// Whether only Python knows a member of a dictionary.
    pub(super) fn has_unknown(&self) -> bool {
        let Kind::Dict(entries) = &self.kind else { return false };
        entries.iter().any(|(_, value)| value.is_unknown())
    }

    /// The same with a reason why it is a guess, unless it has one.
    pub(super) fn because(mut self, reason: impl Into<String>) -> Value {
        self.reason.get_or_insert_with(|| reason.into());
        self
    }
}
