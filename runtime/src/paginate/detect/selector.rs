//! Paths of keys as selectors.

use crate::plan::Selector;

/// A path of keys as a selector.
pub(in crate::paginate) fn selector(path: &[String]) -> Selector {
    Selector::Keys(path.iter().map(|key| key.clone().into()).collect())
}
