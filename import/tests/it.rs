//! Inputs beside the descriptions that are made of them: a folder for each case of a format.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{fs, path::Path};

use expect_test::expect_file;
use rest_source_codegen::{LintLevels, Severity, SourceFile, check};
use rest_source_import::{Failure, Imported, Selection, airbyte, curl, dlt, har, openapi};

type Import = fn(&str, &Selection) -> Result<Imported, Failure>;

/// Imports each `input` of a folder of cases, whatever its extension is, and compares the result with `expected.yaml`.
fn cases(folder: &str, import: Import) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(folder);
    let mut cases: Vec<_> =
        fs::read_dir(&folder).unwrap().map(|case| case.unwrap().path()).collect();
    cases.sort();
    assert!(!cases.is_empty());
    for case in cases {
        let mut files = fs::read_dir(&case).unwrap().map(|file| file.unwrap().path());
        let input =
            files.find(|file| file.file_stem().is_some_and(|stem| stem == "input")).unwrap();
        let text = fs::read_to_string(input).unwrap();
        let imported = import(&text, &Selection::default()).unwrap();
        let again = import(&text, &Selection::default()).unwrap();
        assert_eq!(imported, again, "{}", case.display());
        let file = SourceFile::new("expected.yaml", imported.text.as_str());
        let mut found = check(&file, LintLevels::default());
        found.retain(|diagnostic| diagnostic.severity == Severity::Error);
        assert_eq!(found, [], "{}", case.display());
        expect_file![case.join("expected.yaml")].assert_eq(&imported.text);
    }
}

#[test]
fn manifests_of_airbyte_become_descriptions() {
    cases("airbyte", airbyte);
}

#[test]
fn openapi_documents_become_descriptions() {
    cases("openapi", openapi);
}

#[test]
fn sources_of_dlt_become_descriptions() {
    cases("dlt", dlt);
}

#[test]
fn commands_become_descriptions() {
    cases("curl", curl);
}

#[test]
fn recordings_become_descriptions() {
    cases("har", har);
}
