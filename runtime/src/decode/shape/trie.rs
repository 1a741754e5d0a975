//! Paths of keys that begin alike, as a tree.

use std::collections::HashMap;

use crate::plan::{FieldPath, Str};

/// What is to be done with the fields at the ends of some paths.
#[derive(Debug)]
pub(super) struct Trie<T> {
    /// For the value itself.
    pub(super) here: Option<T>,
    below: HashMap<Str, Trie<T>>,
}

impl<T> Trie<T> {
    pub(super) fn of<'a>(paths: impl IntoIterator<Item = (&'a [Str], T)>) -> Trie<T> {
        let mut root = Trie { here: None, below: HashMap::new() };
        for (path, value) in paths {
            let mut end = &mut root;
            for key in path {
                let empty = || Trie { here: None, below: HashMap::new() };
                end = end.below.entry(key.clone()).or_insert_with(empty);
            }
            end.here = Some(value);
        }
        root
    }

    /// What is to be done with the member of this name.
    pub(super) fn member(&self, name: &str) -> Option<&Trie<T>> {
        self.below.get(name)
    }
}

impl Trie<()> {
    pub(super) fn of_paths(paths: &[FieldPath]) -> Trie<()> {
        Trie::of(paths.iter().map(|path| (&**path, ())))
    }
}
