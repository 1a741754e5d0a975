//! Paths into a JSON document.

use std::fmt;

use crate::{List, Str};

/// A path into a JSON document. It shows itself as the file says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Selector {
    /// Members of objects, one inside the other: `meta.cursors.after`. None is the document itself.
    Keys(List<Str>),
    /// Any other path, which may select several places.
    JsonPath {
        /// As the file says it: `groups[*].items`.
        text: Str,
        /// The same in the language of RFC 9535: `$['groups'][*]['items']`.
        query: Str,
    },
}

impl Selector {
    /// The document itself.
    pub const ROOT: Selector = Selector::Keys(List::Borrowed(&[]));
}

impl fmt::Display for Selector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Selector::JsonPath { text, .. } => f.write_str(text),
            Selector::Keys(keys) if keys.is_empty() => f.write_str("$"),
            Selector::Keys(keys) => f.write_str(&keys.join(".")),
        }
    }
}
