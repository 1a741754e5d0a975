//! Places in a description, by the names that its writer and later searches use.

use std::ops::Range;

use super::{Mapping, Node};

/// One step into a description.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    /// The value of a key.
    Key(String),
    /// The element of a list.
    Item(usize),
}

/// A way into a description, from its top.
pub(super) type Place = Vec<Step>;

/// Where each entry and element was written, outer ones before those in them.
pub(super) type Written = Vec<(Range<usize>, Place)>;

/// The innermost place around a position of the text.
pub(super) fn innermost(written: &Written, at: usize) -> Option<&Place> {
    let around = written.iter().filter(|(range, _)| range.contains(&at));
    around.max_by_key(|(_, place)| place.len()).map(|(_, place)| place)
}

/// What says nothing if it is empty, and is removed with the last thing in it.
const CONTAINERS: [&str; 11] = [
    "params",
    "headers",
    "json",
    "data",
    "config",
    "columns",
    "for_each",
    "resource_defaults",
    "processing_steps",
    "add",
    "exclude",
];

/// Removes what is at a place, and what is empty then; false if there is nothing.
pub(super) fn remove(mapping: &mut Mapping, place: &[Step]) -> bool {
    match place {
        [Step::Key(key)] => mapping.remove(key).is_some(),
        [Step::Key(key), rest @ ..] => {
            let is_removed = mapping.get_mut(key).is_some_and(|node| remove_below(node, rest));
            if CONTAINERS.contains(&key.as_str()) && mapping.get(key).is_some_and(is_empty) {
                mapping.remove(key);
            }
            is_removed
        }
        [] | [Step::Item(_), ..] => false,
    }
}

fn remove_below(node: &mut Node, place: &[Step]) -> bool {
    match (node, place) {
        (Node::Map(mapping), _) => remove(mapping, place),
        (Node::List(items), [Step::Item(at)]) if *at < items.len() => {
            items.remove(*at);
            true
        }
        (Node::List(items), [Step::Item(at), rest @ ..]) => {
            let is_removed = items.get_mut(*at).is_some_and(|item| remove_below(item, rest));
            if items.get(*at).is_some_and(is_empty) {
                items.remove(*at);
            }
            is_removed
        }
        _ => false,
    }
}

fn is_empty(node: &Node) -> bool {
    match node {
        Node::Map(mapping) => mapping.is_empty(),
        Node::List(items) => items.is_empty(),
        Node::Plain(_) | Node::Text(_) => false,
    }
}
