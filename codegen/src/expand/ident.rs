//! Names in Rust.

use proc_macro2::{Ident, Span};

/// A name as the checks give it: with `r#` where Rust keeps the word for itself.
pub(super) fn ident(name: &str) -> Ident {
    match name.strip_prefix("r#") {
        Some(raw) => Ident::new_raw(raw, Span::call_site()),
        None => Ident::new(name, Span::call_site()),
    }
}
