//! The names that fields within others have in a table.

use rest_source_plan::Selector;

use super::selector;

/// What separates the names that the name of a column or table is made of.
pub(super) const SEPARATOR: &str = "__";

/// The keys that a field within other ones is reached by.
pub(super) fn path(field: &str) -> Option<Vec<String>> {
    match selector::parse(field)? {
        Selector::Keys(keys) => Some(keys.iter().map(ToString::to_string).collect()),
        Selector::JsonPath(_) => None,
    }
}
