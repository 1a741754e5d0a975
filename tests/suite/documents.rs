//! What documents repeat is the same everywhere.

use std::fs;

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

fn read(path: &str) -> String {
    fs::read_to_string(format!("{ROOT}/{path}")).unwrap()
}

#[test]
fn the_reference_description_is_one() {
    let reference = read("examples/payments.yaml");
    assert_eq!(read("runtime/payments.yaml"), reference, "runtime/payments.yaml");
    assert!(read("README.md").contains(&reference), "README.md");
    let in_docs: String =
        reference.lines().map(|line| format!("//! {line}").trim_end().to_owned() + "\n").collect();
    assert!(read("runtime/src/lib.rs").contains(&in_docs), "runtime/src/lib.rs");
}

#[test]
fn links_between_documents_lead_somewhere() {
    for document in ["README.md", "ARCHITECTURE.md", "CHANGELOG.md", "docs/differences-from-dlt.md"]
    {
        let text = read(document);
        let links = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        for link in links.filter(|link| !link.starts_with("http")) {
            assert!(fs::exists(format!("{ROOT}/{link}")).unwrap(), "{document} leads to {link}");
        }
    }
}

/// The error that the README shows is the one that its own description gives with a typing error.
#[test]
fn the_error_in_the_readme_is_real() {
    let mistaken = read("examples/payments.yaml").replace("type: cursor", "type: curser");
    let file = rest_source_codegen::SourceFile::new("payments.yaml", mistaken);
    let lints = rest_source_codegen::LintLevels::default();
    let found = rest_source_codegen::compile(&file, "payments_api", lints).diagnostics;
    let [diagnostic] = found.as_slice() else { panic!("{found:?}") };
    let shown = rest_source_codegen::for_rustc(diagnostic, &file);
    let shown: Vec<&str> = shown.lines().map(str::trim_start).collect();
    let readme: Vec<String> =
        read("README.md").lines().map(|l| l.trim_start().to_owned()).collect();
    let found = readme
        .windows(shown.len())
        .any(|window| window[0] == format!("error: {}", shown[0]) && window[1..] == shown[1..]);
    assert!(found, "the README does not show:\n{}", shown.join("\n"));
}
