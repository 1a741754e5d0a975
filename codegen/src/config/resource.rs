//! A resource: one collection of records.

use super::{Column, Endpoint};
use crate::{
    parse::{Map, OneOrMany, mapping, words},
    source::Spanned,
};

mapping! {
    /// One collection of records: one struct, one fetch function, one table.
    pub struct Resource is "a resource" {
        /// Its name, also of the function and the table.
        optional name: Spanned<String>,
        /// What it is.
        optional description: String,
        /// The name of its struct, where the singular of its name is not the right one.
        optional type_name: Spanned<String>,
        /// Method, path and parameters that serve it.
        optional endpoint: Endpoint,
        /// The columns that identify a record.
        optional primary_key: OneOrMany<String>,
        /// The columns that say which existing rows a record replaces.
        optional merge_key: OneOrMany<String>,
        /// What loading does to existing rows.
        optional write_disposition: Spanned<WriteDisposition>,
        /// The declared columns.
        optional columns: Map<Column>,
    }
}

words! {
    /// What loading does to existing rows.
    pub enum WriteDisposition is "a write disposition" {
        /// Adds the new rows.
        "append" => Append,
        /// Puts the new rows in the place of all old ones.
        "replace" => Replace,
        /// Puts each new row in the place of the one with its key.
        "merge" => Merge,
    }
}
