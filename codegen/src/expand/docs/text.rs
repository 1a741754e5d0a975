//! Markdown as attributes, and what its pages share.

use proc_macro2::TokenStream;
use quote::quote;

use crate::markdown;

/// The line of an example that only the compiler knows how to write: it knows where the module is.
pub(super) const USE_CLIENT: &str = "use MODULE::Client;";

/// A page as attributes, one for each line, as `///` would give them.
pub(super) fn attributes(page: &str) -> TokenStream {
    let lines = lines(page);
    quote!(#(#[doc = #lines])*)
}

pub(super) fn lines(page: &str) -> Vec<TokenStream> {
    let line = |line: &str| match line {
        "" => quote!(""),
        USE_CLIENT => {
            quote!(::core::concat!(" use ", ::core::module_path!(), "::Client;"))
        }
        line => {
            let line = format!(" {line}");
            quote!(#line)
        }
    };
    page.lines().map(line).collect()
}

/// What the file says of a thing, as the beginning of its page.
pub(super) fn description(description: Option<&str>) -> String {
    description.map(|text| markdown::documentation(text) + "\n").unwrap_or_default()
}

pub(super) fn lenient_lints() -> TokenStream {
    quote!(rustdoc::bare_urls, rustdoc::broken_intra_doc_links, rustdoc::invalid_html_tags)
}

/// In a table, `|` would begin the next cell.
pub(super) fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}
