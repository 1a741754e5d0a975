//! Keys that are added, and edits of a text.

use crate::yaml::{Mapping, Node, Value};

/// How long lines may get.
pub(super) const WIDTH: usize = 100;

/// A key that is added to a resource.
#[derive(Debug, Clone)]
pub struct Addition {
    /// Which mapping of the resource gets it: `columns`, `endpoint`; the resource itself if `None`.
    pub within: Option<&'static str>,
    /// The key, as YAML.
    pub key: String,
    /// What comes behind the key's colon in lines of their own: the first one as it is, those below
    /// as if the key began its line.
    pub block: String,
    /// The value on one line.
    pub flow: String,
}

/// Why keys cannot be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotEditable(pub String);

pub(super) fn mapping(node: &Node) -> Option<&Mapping> {
    match &node.value {
        Value::Mapping(mapping) => Some(mapping),
        _ => None,
    }
}

/// Several keys as one that holds them.
pub(super) fn nested(key: &str, additions: &[Addition]) -> Addition {
    let lines: String = additions.iter().map(|one| lines(one, 2)).collect();
    Addition {
        within: None,
        key: key.to_owned(),
        block: format!("\n{lines}"),
        flow: format!("{{{}}}", flow(additions)),
    }
}

pub(super) fn lines(addition: &Addition, indent: usize) -> String {
    let spaces = " ".repeat(indent);
    let text = format!("{}:{}", addition.key, addition.block);
    let lines: Vec<String> = text.lines().map(|line| format!("{spaces}{line}")).collect();
    lines.join("\n") + "\n"
}

pub(super) fn flow(additions: &[Addition]) -> String {
    let parts: Vec<String> =
        additions.iter().map(|one| format!("{}: {}", one.key, one.flow)).collect();
    parts.join(", ")
}
