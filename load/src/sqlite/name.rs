//! Names in SQLite.

/// SQLite has no bound on names.
pub(super) const MAX_NAME: usize = usize::MAX;
