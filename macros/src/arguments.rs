//! The arguments of the attribute: the path, then the source's name and levels of lints.

use rest_source_codegen::{Level, LintLevels, UnknownLint, either};
use syn::{
    Ident, LitStr, Token, parenthesized,
    parse::{Parse, ParseStream},
    punctuated::Punctuated,
};

/// The attribute's arguments.
pub(crate) struct Arguments {
    pub(crate) path: LitStr,
    /// Which source of a dlt project file.
    pub(crate) source: Option<LitStr>,
    pub(crate) lints: LintLevels,
}

impl Parse for Arguments {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        if input.is_empty() {
            return Err(input.error(
                "which source description? write its path: `#[rest_source(\"payments.yaml\")]`",
            ));
        }
        let path = input.parse()?;
        let mut source = None;
        let mut lints = LintLevels::default();
        while !input.is_empty() {
            input.parse::<Token![,]>()?;
            if input.is_empty() {
                break;
            }
            let word: Ident = input.parse()?;
            if word != "source" {
                level(&word, input, &mut lints)?;
                continue;
            }
            input.parse::<Token![=]>()?;
            let name: LitStr = input.parse()?;
            if source.replace(name).is_some() {
                return Err(syn::Error::new(word.span(), "`source` is given twice"));
            }
        }
        Ok(Arguments { path, source, lints })
    }
}

/// `allow(plain_secret, insecure_http)`
fn level(word: &Ident, input: ParseStream<'_>, lints: &mut LintLevels) -> syn::Result<()> {
    let Some(level) = Level::from_name(&word.to_string()) else {
        let message = format!(
            "`#[rest_source]` has no argument `{word}`: after the path come levels of lints, as in \
             `allow(plain_secret)`, `warn(…)` or `deny(…)`, and for a dlt project file \
             `source = \"pokemon\"`"
        );
        return Err(syn::Error::new(word.span(), message));
    };
    let content;
    parenthesized!(content in input);
    for lint in Punctuated::<Ident, Token![,]>::parse_terminated(&content)? {
        lints.set(&lint.to_string(), level).map_err(|UnknownLint { closest, known }| {
            let hint = match closest {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => format!("there are {}", either(known)),
            };
            syn::Error::new(lint.span(), format!("there is no lint `{lint}`: {hint}"))
        })?;
    }
    Ok(())
}
