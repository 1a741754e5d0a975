//! The attribute `#[rest_source]`. Use it through the crate `rest_source`, which documents it.
//!
//! Everything it knows of the language is in `rest_source_codegen`; here the file is found and
//! read, and mistakes become errors of the compiler.

#![deny(missing_docs)]

mod arguments;
mod locate;
mod module;
mod report;

use proc_macro2::TokenStream;
use quote::quote;
use rest_source_codegen::{Output, SourceFile, compile};
use syn::{Visibility, parse_macro_input};

use self::{arguments::Arguments, locate::Located, module::Module};

/// Turns a source description into the annotated module.
///
/// ```
/// # use rest_source_macros::rest_source;
/// #[rest_source("../examples/payments.yaml")]
/// pub mod payments_api {}
/// ```
///
/// The path is relative to the package's folder, where its `Cargo.toml` is, or to the folder of the
/// source file. Items of the module are kept.
///
/// A dlt project file, `dlt.yml`, has several sources, of which one is chosen by its name:
///
/// ```
/// # use rest_source_macros::rest_source;
/// #[rest_source("../tests/src/dlt.yml", source = "pokemon")]
/// pub mod pokemon_api {}
/// ```
///
/// Lints get another level by `allow`, `warn` or `deny`:
///
/// ```
/// # use rest_source_macros::rest_source;
/// #[rest_source("../examples/payments.yaml", allow(plain_secret), warn(insecure_http))]
/// pub mod payments_api {}
/// ```
#[proc_macro_attribute]
pub fn rest_source(
    arguments: proc_macro::TokenStream,
    item: proc_macro::TokenStream,
) -> proc_macro::TokenStream {
    let arguments = parse_macro_input!(arguments as Arguments);
    let module = match syn::parse::<Module>(item) {
        Ok(module) => module,
        Err(error) => {
            let message = "`#[rest_source]` stands on a module: `pub mod payments_api {}`";
            return syn::Error::new(error.span(), message).into_compile_error().into();
        }
    };
    expand(&arguments, &module).into()
}

fn expand(arguments: &Arguments, module: &Module) -> TokenStream {
    let name = module.name.to_string();
    let name = name.strip_prefix("r#").unwrap_or(&name);
    let (file, tracking, unreadable) = match locate::locate(&arguments.path) {
        Ok(Located { file, tracking }) => (file, tracking, None),
        Err(diagnostic) => {
            let file = SourceFile::new(arguments.path.value(), String::new());
            (file, TokenStream::new(), Some(diagnostic))
        }
    };
    let file = match &arguments.source {
        Some(source) => file.with_source(source.value()),
        None => file,
    };
    let mut output = compile(&file, name, arguments.lints.clone());
    if let Some(diagnostic) = unreadable {
        output.diagnostics = vec![diagnostic];
    }
    let documentation =
        output.outer_documentation(matches!(module.visibility, Visibility::Public(_)));
    let Output { items, diagnostics, .. } = output;
    let reports = diagnostics.iter().map(|found| report::report(found, &file, &arguments.path));

    let Module { outer, visibility, keyword, name, inner, items: own_items } = module;
    quote! {
        #(#reports)*
        #(#outer)*
        #documentation
        #visibility #keyword #name {
            #(#inner)*
            #own_items
            #tracking
            #items
        }
    }
}
