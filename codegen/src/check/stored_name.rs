//! The names that fields within others have in a table.

use rest_source_plan::Selector;

use super::selector;
use crate::config::Included;

/// What separates the names that the name of a column or table is made of.
pub(super) const SEPARATOR: &str = "__";

/// What the made names of columns with values of `for_each` have in place of a parent.
pub(super) const EACH: &str = "each";

/// The keys that a field within other ones is reached by.
pub(super) fn path(field: &str) -> Option<Vec<String>> {
    match selector::parse(field)? {
        Selector::Keys(keys) => Some(keys.iter().map(ToString::to_string).collect()),
        Selector::JsonPath(_) => None,
    }
}

/// How a field of the parent's record is called in a child's: as the file names it, else as in dlt. One
/// that is within another has the name of its column in the parent's table.
pub(super) fn included_name(parent: &str, included: &Included) -> String {
    match &included.column {
        Some(name) => name.value.clone(),
        None => made_name(parent, included),
    }
}

/// The name that is made of the parent's, where the file chooses none.
pub(super) fn made_name(parent: &str, included: &Included) -> String {
    let field = &included.field.value;
    let column = match path(field) {
        Some(keys) => keys.join(SEPARATOR),
        None => field.clone(),
    };
    format!("_{parent}_{column}")
}
