//! The code that is generated. That it compiles and runs is tested where the runtime is at hand.

use expect_test::expect_file;
use quote::quote;
use rest_source_codegen::{LintLevels, SourceFile, compile};

/// The code of a description without mistakes, formatted.
fn expand(text: &str) -> String {
    let output = compile(&SourceFile::new("api.yaml", text), "payments_api", LintLevels::default());
    assert_eq!(output.diagnostics, []);
    let (documentation, items) = (output.outer_documentation(true), output.items);
    let module = quote!(#documentation pub mod payments_api { #items });
    prettyplease::unparse(&syn::parse2(module).unwrap())
}

#[test]
fn the_reference_description() {
    let text = include_str!("../../../examples/payments.yaml");
    expect_file!["../data/payments.rs"].assert_eq(&expand(text));
}

#[test]
fn one_of_everything() {
    expect_file!["../data/everything.rs"]
        .assert_eq(&expand(include_str!("../data/everything.yaml")));
}

#[test]
fn defaults_and_the_same_written_out_in_each_resource_are_the_same_source() {
    let short = include_str!("../../../examples/payments.yaml");
    let long = include_str!("../data/payments_long.yaml");
    assert_eq!(expand(short), expand(long));
}

/// `serde_yaml` is an independent reader: what it makes of a file and writes in its own style,
/// without flow collections, anchors or comments, has to be the same source.
#[test]
fn a_file_that_serde_yaml_has_read_and_written_is_the_same_source() {
    for text in [
        include_str!("../../../examples/payments.yaml"),
        include_str!("../../../examples/gocardless.yaml"),
        include_str!("../data/everything.yaml"),
    ] {
        let mut value: serde_yaml::Value = serde_yaml::from_str(text).unwrap();
        value.apply_merge().unwrap();
        let written = serde_yaml::to_string(&value).unwrap();
        assert_ne!(written, text);
        assert_eq!(expand(&written), expand(text));
    }
}
