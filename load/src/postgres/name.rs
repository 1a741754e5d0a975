//! Names in PostgreSQL, and the dataset that they are looked up in.

/// PostgreSQL cuts names off behind so many bytes.
pub(super) const MAX_NAME: usize = 63;

/// The dataset as a condition on what is in it.
pub(super) const HERE: &str =
    "(SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = current_schema())";
