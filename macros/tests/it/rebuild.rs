//! Cargo knows the description as a part of the program.

use crate::package::{Package, description};

/// A package with descriptions in both places where they may stand.
fn package(name: &str) -> Package {
    let package = Package::new(name);
    let code = "#[rest_source::rest_source(\"api.yaml\")]\npub mod api {}\n\
                #[rest_source::rest_source(\"beside.yaml\")]\npub mod beside {}\n";
    package.write("src/lib.rs", code);
    package.write("api.yaml", &description("things"));
    package.write("src/beside.yaml", &description("things"));
    package
}

/// Checks it, and tells whether there was something to do and what was said.
fn check(package: &Package) -> (bool, String) {
    let output = package.cargo(&["check", "--message-format=short"]).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    (said.contains("Checking rebuilt"), said)
}

#[test]
fn editing_a_description_rebuilds_and_doing_nothing_does_not() {
    let package = package("rebuilt_by_edits");
    let (built, said) = check(&package);
    assert!(built && said.contains("Finished"), "{said}");
    let (built, said) = check(&package);
    assert!(!built, "nothing has changed, and yet: {said}");

    for path in ["api.yaml", "src/beside.yaml"] {
        package.write(path, &description("others, thing: s"));
        let (built, said) = check(&package);
        assert!(built && said.contains("invalid") || said.contains("error"), "{path}: {said}");
        package.write(path, &description("others"));
        let (built, said) = check(&package);
        assert!(built && said.contains("Finished"), "{path}: {said}");
    }
}

#[test]
fn two_different_files_of_one_name_are_not_chosen_between() {
    let package = package("rebuilt_with_two_files");
    package.write("src/api.yaml", &description("others"));
    let (_, said) = check(&package);
    assert!(said.contains("`api.yaml` may be one of several files"), "{said}");
}
