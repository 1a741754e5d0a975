//! What users fetch: several resources as one tree, whose pages leave as one stream, and the ways to
//! take them: typed, type-erased, record by record.

mod between;
pub(crate) mod fetch;
mod identity;
pub(crate) mod pages;
pub(crate) mod record_stream;
mod slices;
pub(crate) mod source;
pub(crate) mod source_pages;
pub(crate) mod stream;
pub(crate) mod together;
pub(crate) mod tree;
