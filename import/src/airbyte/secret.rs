//! Settings that turned out to be secrets after something had named them.

use crate::description::{Mapping, Node};

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
