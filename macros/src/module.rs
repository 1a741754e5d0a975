//! The annotated module. Its items are passed on to the compiler.

use proc_macro2::TokenStream;
use syn::{
    Attribute, Ident, Token, Visibility, braced,
    parse::{Parse, ParseStream},
};

/// `pub mod payments_api {}`
pub(crate) struct Module {
    pub(crate) outer: Vec<Attribute>,
    pub(crate) visibility: Visibility,
    pub(crate) keyword: Token![mod],
    pub(crate) name: Ident,
    pub(crate) inner: Vec<Attribute>,
    pub(crate) items: TokenStream,
}

impl Parse for Module {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let outer = input.call(Attribute::parse_outer)?;
        let visibility = input.parse()?;
        let keyword = input.parse()?;
        let name = input.parse()?;
        let (mut inner, mut items) = (Vec::new(), TokenStream::new());
        // Without braces the compiler has something to say of it.
        if input.parse::<Option<Token![;]>>()?.is_none() {
            let content;
            braced!(content in input);
            inner = content.call(Attribute::parse_inner)?;
            items = content.parse()?;
        }
        Ok(Module { outer, visibility, keyword, name, inner, items })
    }
}
