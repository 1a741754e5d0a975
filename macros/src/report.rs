//! Mistakes as errors and warnings of the compiler, at the path in the attribute: stable Rust has
//! no spans into other files, so that the message contains the place and the line.

use proc_macro2::TokenStream;
use quote::quote_spanned;
use rest_source_codegen::{Code, Diagnostic, Severity, SourceFile, for_rustc};
use syn::LitStr;

pub(crate) fn report(diagnostic: &Diagnostic, file: &SourceFile, path: &LitStr) -> TokenStream {
    let message = for_rustc(diagnostic, file);
    match diagnostic.severity {
        Severity::Error => quote_spanned!(path.span() => ::core::compile_error!(#message);),
        // There is no warning that a macro can give but one that the compiler gives for something
        // in its output: here the use of a constant that is deprecated with our text.
        Severity::Warning => quote_spanned! {path.span() =>
            const _: () = {
                #[deprecated(note = #message)]
                const SOURCE_DESCRIPTION: () = ();
                SOURCE_DESCRIPTION
            };
        },
    }
}

/// A mistake that comes before there is a text to point into.
pub(crate) fn unreadable(message: impl Into<String>) -> Diagnostic {
    Diagnostic::of_file(Code::UnreadableFile, message)
}
