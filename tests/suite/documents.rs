//! What documents repeat is the same everywhere.

use std::fs;

use rest_source_codegen::{LintLevels, SourceFile, compile, for_rustc};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

fn read(path: &str) -> String {
    fs::read_to_string(format!("{ROOT}/{path}")).unwrap()
}

#[test]
fn the_reference_description_is_one() {
    let reference = read("examples/payments.yaml");
    for copy in ["runtime/payments.yaml", "demo/payments.yaml"] {
        assert_eq!(read(copy), reference, "{copy}");
    }
    assert!(read("README.md").contains(&reference), "README.md");
    let in_docs: String =
        reference.lines().map(|line| format!("//! {line}").trim_end().to_owned() + "\n").collect();
    assert!(read("runtime/src/lib.rs").contains(&in_docs), "runtime/src/lib.rs");
}

/// Written out in a description, the defaults of the crate's page change nothing.
#[test]
fn the_defaults_in_the_crates_page_are_the_defaults() {
    let page = read("runtime/src/lib.rs");
    let (_, table) = page.split_once("//! | key of `client` | default | meaning |").unwrap();
    let rows: Vec<Vec<&str>> = table
        .lines()
        .skip(2)
        .map_while(|line| line.strip_prefix("//! | "))
        .map(|row| row.split(" | ").map(|cell| cell.trim_matches('`')).collect())
        .collect();
    assert_eq!(rows.len(), 6);

    let code = |settings: &str| {
        let client = format!("base_url: https://api.example.com, paginator: single_page{settings}");
        let text = format!("client: {{{client}}}\nresources: [payments]\n");
        let file = SourceFile::new("api.yaml", text);
        let output = compile(&file, "api", LintLevels::default());
        assert_eq!(output.diagnostics, []);
        output.items.to_string()
    };
    for row in &rows {
        let written = match row[0].split_once('.') {
            Some((outer, key)) => format!(", {outer}: {{{key}: {}}}", row[1]),
            None => format!(", {}: {}", row[0], row[1]),
        };
        assert_eq!(code(&written), code(""), "{written}");
        assert_ne!(
            code(&written.replace(|c: char| c.is_ascii_digit(), "4")),
            code(""),
            "{written}"
        );
    }
}

/// Files and folders that the documents for contributors name are there.
#[test]
fn files_that_documents_name_exist() {
    for document in ["ARCHITECTURE.md", "CONTRIBUTING.md"] {
        for name in read(document).split('`').skip(1).step_by(2) {
            let is_path = name.contains("/src/") || name.contains("/tests/");
            let is_path =
                is_path && name.chars().all(|c| c.is_alphanumeric() || "/._-".contains(c));
            assert!(
                !is_path || fs::exists(format!("{ROOT}/{name}")).unwrap(),
                "{document}: {name}"
            );
        }
    }
}

/// The error that the README shows is the one that its own description gives with a typing error.
#[test]
fn the_error_in_the_readme_is_real() {
    let mistaken = read("examples/payments.yaml").replace("type: cursor", "type: curser");
    let file = SourceFile::new("payments.yaml", mistaken);
    let found = compile(&file, "payments_api", LintLevels::default()).diagnostics;
    let [diagnostic] = found.as_slice() else { panic!("{found:?}") };
    let shown = for_rustc(diagnostic, &file);
    let shown: Vec<&str> = shown.lines().map(str::trim_start).collect();
    let readme: Vec<String> =
        read("README.md").lines().map(|l| l.trim_start().to_owned()).collect();
    let found = readme
        .windows(shown.len())
        .any(|window| window[0] == format!("error: {}", shown[0]) && window[1..] == shown[1..]);
    assert!(found, "the README does not show:\n{}", shown.join("\n"));
}
