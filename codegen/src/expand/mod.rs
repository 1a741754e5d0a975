//! From the model to Rust: types, documentation and constants. Nothing here can fail, and nothing
//! that is generated does anything that the runtime could do.
//!
//! Everything is named by its full path, so that a resource may be called `strings` or `options`.

mod client;
mod docs;
mod plan;
mod record;
mod words;

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

pub(crate) use self::docs::{inner as inner_documentation, outer as outer_documentation};
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

/// A name as the checks give it: with `r#` where Rust keeps the word for itself.
fn ident(name: &str) -> Ident {
    match name.strip_prefix("r#") {
        Some(raw) => Ident::new_raw(raw, Span::call_site()),
        None => Ident::new(name, Span::call_site()),
    }
}
