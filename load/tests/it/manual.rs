//! The manual names tests that are there.

use std::{fs, path::Path};

/// In the last column of the tables stands which test shows it: a path in this folder, or the name of a
/// file of another one.
#[test]
fn the_manual_names_tests_that_are_there() {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let manual = include_str!("../../src/guide/guarantees.md");
    let shown = manual.lines().filter_map(|line| line.strip_suffix('|')?.rsplit('|').next());
    let tests: Vec<_> = shown.flat_map(|cell| cell.split('`').skip(1).step_by(2)).collect();
    assert!(tests.len() > 10, "{tests:?}");
    for test in tests {
        if test.contains('/') {
            assert!(package.join("..").join(test).is_file(), "{test}");
            continue;
        }
        // A module, or a function in one.
        let path = package.join("tests/it").join(test.replace("::", "/"));
        if path.with_extension("rs").is_file() {
            continue;
        }
        let file = path.parent().unwrap().with_extension("rs");
        let code = fs::read_to_string(file).unwrap_or_default();
        let name = test.rsplit("::").next().unwrap();
        let is_there =
            [format!("fn {name}("), format!("fn {name}<")].iter().any(|f| code.contains(f));
        assert!(is_there, "there is no test `{test}`");
    }
}
