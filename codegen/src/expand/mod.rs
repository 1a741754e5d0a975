//! From the model to Rust: types, documentation and constants. Nothing here can fail, and nothing
//! that is generated does anything that the runtime could do.
//!
//! Everything is named by its full path, so that a resource may be called `strings` or `options`.

mod client;
mod docs;
mod ident;
mod plan;
mod record;
mod words;

use proc_macro2::TokenStream;
use quote::quote;

pub(crate) use self::docs::{inner as inner_documentation, outer as outer_documentation};
use self::ident::ident;
use crate::model::Source;

/// The items of a source's module.
pub(crate) fn items(source: &Source, module: &str) -> TokenStream {
    let client = client::expand(source, module);
    let records = source.resources.iter().map(record::expand);
    quote! {
        #client
        #(#records)*
    }
}
