//! What APIs call lists: those of their records and others.

use super::fact;

/// What APIs call the list of their records, beside its proper name.
const NAMES: &[&str] = &[
    "data",
    "items",
    "results",
    "entries",
    "records",
    "rows",
    "entities",
    "payload",
    "content",
    "objects",
    "values",
    "value",
    "elements",
    "docs",
    "hits",
    "list",
    "collection",
];

/// What they call lists that are something else.
const OTHERS: &[&str] = &[
    "errors",
    "warnings",
    "notices",
    "included",
    "links",
    "facets",
    "aggregations",
    "filters",
    "columns",
    "fields",
    "sort",
    "sorting",
];

/// Whether a word is a name of the records.
pub(super) fn is_name(word: &str, resource: &str) -> bool {
    NAMES.contains(&word) || word == fact::word(resource)
}

/// Whether a word is a name of records whatever they are.
pub(super) fn is_list_name(word: &str) -> bool {
    NAMES.contains(&word)
}

/// Whether a word is that of a list of something else.
pub(super) fn is_other(word: &str) -> bool {
    OTHERS.contains(&word)
}
