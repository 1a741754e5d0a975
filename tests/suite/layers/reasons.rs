//! That what went wrong has a type of its own on its way through the runtime.

use std::{fs, path::Path};

use syn::{GenericArgument, PathArguments, Type, visit::Visit};

use super::imports;

/// The types `Result<…, String>` of a file.
#[derive(Default)]
struct Texts(Vec<String>);

impl<'ast> Visit<'ast> for Texts {
    fn visit_path_segment(&mut self, segment: &'ast syn::PathSegment) {
        if segment.ident == "Result"
            && let PathArguments::AngleBracketed(arguments) = &segment.arguments
            && let Some(GenericArgument::Type(Type::Path(error))) = arguments.args.get(1)
            && error.path.is_ident("String")
        {
            self.0.push(quote::quote!(#segment).to_string());
        }
        syn::visit::visit_path_segment(self, segment);
    }
}

fn texts(code: &str) -> Vec<String> {
    let mut found = Texts::default();
    found.visit_file(&syn::parse_file(code).expect("a file that compiles can be parsed"));
    found.0
}

/// A `String` can be anything; a `Reason` says why, and becomes an `Error` where its context is known.
#[test]
fn no_function_of_the_runtime_fails_with_a_string() {
    let src = Path::new(super::ROOT).join("runtime/src");
    for file in imports::of(&src).keys() {
        let found = texts(&fs::read_to_string(src.join(file)).unwrap());
        assert!(found.is_empty(), "runtime/src/{file}: `Reason` in place of {}", found.join(", "));
    }
}

#[test]
fn a_function_that_fails_with_a_string_is_found() {
    let code = "fn read(text: &str) -> Option<Result<Vec<u8>, String>> { todo!() }";
    assert_eq!(texts(code), ["Result < Vec < u8 > , String >"]);
    assert!(texts("fn read(text: &str) -> Result<String, Reason> { todo!() }").is_empty());
    assert!(texts("fn read() -> Result<ControlFlow<Why, String>, Halt> { todo!() }").is_empty());
}
